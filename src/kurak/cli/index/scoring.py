"""Scores from a table: printed, or written as a folder of tables with what is needed to compute them again."""

from __future__ import annotations

import argparse
import csv
import json
import math
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from kurak import __version__
from kurak.cli.index.finding import definition_of, laid_out, plain_layout, told
from kurak.cli.index.naming import alike
from kurak.cli.index.tables import sheets_of, table_of, unusable
from kurak.cli.opinion.folder import checked, whole_folder
from kurak.cli.opinion.tables import harmless
from kurak.cli.problems import Problem
from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.problems import Undeclarable, Unusable
from kurak.engines.composite.scoring import Result, score
from kurak.engines.composite.table import Table
from kurak.instruments.definitions.analysis import Definition, computed_from
from kurak.instruments.definitions.files import Sheet
from kurak.instruments.definitions.flattening import flat, is_node
from kurak.instruments.definitions.layouts import Laid, Layout, inputs_of
from kurak.instruments.results.trends.analysis import Moved, moved

MARK = "result.json"
PRINTED = 40  # rows, without --out


def scored(chosen: argparse.Namespace) -> int:
    if chosen.out is not None:
        checked(chosen.out, replace=chosen.replace, mark=MARK, holds="scores")
    definition = definition_of(chosen.id)
    sheets = alike(sheets_of(chosen.data, chosen.sheet))
    layout, nodes = _read_as(definition, sheets, chosen)
    given = laid_out(layout, sheets)
    declaration = _declaration(definition, layout, nodes)
    if layout.item is not None:
        _filled(given, _columns(definition, layout, nodes, declaration))
    try:
        result = score(declaration, table_of(given, only=_columns(definition, layout, nodes, declaration)))
        varied = _varied(declaration, result.table, chosen) if chosen.draws else None
    except Unusable as wrong:
        raise unusable(wrong, given) from None
    summary = _summary(definition, layout, nodes, result, sheets, chosen, varied)
    if chosen.out is not None:
        with whole_folder(chosen.out) as folder:
            _write(folder, result, summary, varied)
    print(
        json.dumps(summary, ensure_ascii=False, indent=1) if chosen.json else "\n".join(_told(result, summary, chosen))
    )
    return 0


def _read_as(definition: Definition, sheets: Sequence[Sheet], chosen: argparse.Namespace) -> tuple[Layout, Any]:
    """How the files are read, and which nodes can be computed; a Problem where the overall score cannot."""
    layout, nodes, lack = plain_layout(definition, sheets, chosen.unit, chosen.period)
    if definition.declaration.root not in nodes:
        said = f"columns are missing that {definition.code} needs: {', '.join(lack[:12])}"
        more = [f"  and {len(lack) - 12} more"] if len(lack) > 12 else []
        remedy = f"add them, empty where nothing is known; kurak index show {chosen.id} says what they are"
        raise Problem("index.columns", said, remedy, more)
    return layout, nodes


def prepared_for(chosen: argparse.Namespace) -> tuple[Definition, Declaration, Table, Laid]:
    """What is computed from the files, for whoever asks something else than scores."""
    definition = definition_of(chosen.id)
    sheets = alike(sheets_of(chosen.data, chosen.sheet))
    layout, nodes = _read_as(definition, sheets, chosen)
    given = laid_out(layout, sheets)
    declaration = _declaration(definition, layout, nodes)
    if layout.item is not None:
        _filled(given, _columns(definition, layout, nodes, declaration))
    return definition, declaration, table_of(given, only=_columns(definition, layout, nodes, declaration)), given


def _declaration(definition: Definition, layout: Layout, nodes: Sequence[str]) -> Declaration:
    every = [code for code, item in flat(definition.document).items() if is_node(item)]
    if not layout.columns and len(nodes) == len(every):
        return definition.declaration
    return computed_from(definition, layout.columns, [definition.declaration.root, *nodes], uncertain=True)


def _columns(definition: Definition, layout: Layout, nodes: Sequence[str], declaration: Declaration) -> set[str]:
    named = [declaration.reference, declaration.ranks.within, *declaration.groups]
    errors = [leaf.error for leaf in declaration.leaves.values() if isinstance(leaf.error, str)]
    inputs = inputs_of(definition.document, layout, nodes).values()
    own = [leaf.column for leaf in declaration.leaves.values()]
    return {*inputs, *own, *errors, *(name for name in named if name)}


def _filled(given: Laid, columns: Iterable[str]) -> None:
    """Of a long file: what no unit has becomes an empty column."""
    for column in columns:
        given.columns.setdefault(column, [None] * len(given.units))
        given.places.setdefault(column, [None] * len(given.units))


def _varied(declaration: Declaration, table: Table, chosen: argparse.Namespace) -> Any:
    from kurak.engines.composite.varying.vary import vary

    try:
        return vary(declaration, table, draws=chosen.draws, seed=chosen.seed)
    except Undeclarable as wrong:
        lines = [f"  {each.said}. {each.remedy}." for each in wrong.problems[:5]]
        said = f"{declaration.code} cannot be varied as it is declared"
        raise Problem(
            "index.uncertainty", said, "leave --draws out, or mend uncertainty: in the definition", lines
        ) from None


def _summary(
    definition: Definition,
    layout: Layout,
    nodes: Sequence[str],
    result: Result,
    sheets: Sequence[Sheet],
    chosen: argparse.Namespace,
    varied: Any,
) -> dict[str, Any]:
    root = result.declaration.root
    skipped = [code for code, item in flat(definition.document).items() if is_node(item) and code not in nodes]
    scores = result.scores[root]
    found: dict[str, Any] = {
        "index": definition.code,
        "edition": definition.edition,
        "title": told(definition.document["title"]),
        "label": result.label(root),
        "root": root,
        "definition_sha256": definition.sha256,
        "declaration": result.declared,
        "input": result.made_from,
        "engine": result.engine,
        "version": __version__,
        "command": _command(chosen),
        "files": [
            {"name": path.name, "sha256": sha256(path.read_bytes()).hexdigest(), "notes": sheet.notes}
            for path, sheet in zip(chosen.data, sheets, strict=True)
        ],
        "read_as": layout.name,
        "given": dict(layout.columns),
        "rows": result.table.n,
        "scored": int((~(scores != scores)).sum()),
        "not_computed": [code for code in skipped if code not in layout.columns],
        "weights": {code: [float(w) for w in weights.reshape(-1)] for code, weights in result.weights.items()},
        "notes": list(result.notes),
        "adjusted": [
            {"node": each.node, "adjustment": each.code, "by": each.by, "rows": len(each.rows)}
            for each in result.adjusted
        ],
        "stood_in": {
            f"{node} {child}": int(rows.sum()) for (node, child), rows in result.stood_in.items() if rows.any()
        },
    }
    if varied is not None:
        found["varied"] = {
            "draws": varied.draws, "seed": chosen.seed, "factors": list(varied.factors),
            "excluded": list(varied.excluded),
            "mean_shift_of_rank": _plain(float(varied.shift().mean())),
        }  # fmt: skip
    return found


def _command(chosen: argparse.Namespace) -> str:
    """The command that computes the same again, in a folder that has the same files."""
    words = ["kurak", "index", "score", chosen.id, *(path.name for path in chosen.data)]
    for name in ("unit", "period", "sheet"):
        if getattr(chosen, name) is not None:
            words += [f"--{name}", getattr(chosen, name)]
    if chosen.draws:
        words += ["--draws", str(chosen.draws), "--seed", str(chosen.seed)]
    return shlex.join([*words, "--out", chosen.out.name if chosen.out else "scores"])


def _write(folder: Path, result: Result, summary: dict[str, Any], varied: Any) -> None:
    codes = [code for code in result.declaration.nodes if not code.startswith("all_that_is_asked")]
    rows = [*result.rows(tuple(codes))]
    head = ("unit", "period", "node")
    _table(folder / "scores.csv", (*head, "score", "low", "high", "coverage"), (
        (r.unit, r.period, r.node, r.score, r.low, r.high, r.coverage) for r in rows
    ))  # fmt: skip
    _table(folder / "ranks.csv", (*head, "rank", "of"), (
        (r.unit, r.period, r.node, r.rank, r.ranked) for r in rows if not math.isnan(r.rank)
    ))  # fmt: skip
    _table(
        folder / "classes.csv",
        (*head, "class"),
        ((r.unit, r.period, r.node, r.class_code) for r in rows if r.class_code),
    )
    _table(folder / "reasons.csv", (*head, "reason"), ((r.unit, r.period, r.node, r.reason) for r in rows if r.reason))
    if trends := [*moved(result)]:
        columns = [each.name for each in fields(Moved)]
        _table(folder / "trends.csv", columns, ([getattr(each, name) for name in columns] for each in trends))
    if varied is not None:
        _table(folder / "intervals.csv", (*head, *_INTERVALS), _intervals(varied))
    text = json.dumps(summary, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / MARK).write_text(text + "\n", encoding="utf-8")


_INTERVALS = (
    "score 5%", "score median", "score 95%", "rank 5%", "rank median", "rank 95%", "rank holds", "class holds",
)  # fmt: skip


def _intervals(varied: Any) -> Iterable[Sequence[Any]]:
    for node in varied.outcomes.scores:
        scores, ranks = varied.scores(node), varied.ranks(node)
        holds, classes = varied.holds(node=node), varied.class_holds(node)
        for row, unit in enumerate(varied.units):
            period = varied.periods[row] if varied.periods else ""
            class_holds = math.nan if classes is None else float(classes[row])
            yield (
                unit, period, node, *(float(x[row]) for x in (scores.low, scores.median, scores.high)),
                *(float(x[row]) for x in (ranks.low, ranks.median, ranks.high)), float(holds[row]), class_holds,
            )  # fmt: skip


def _table(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    """Numbers whole and unrounded, so that the table computes on; texts harmless in a spreadsheet."""
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value + 0.0)
    return harmless(value) if isinstance(value, str) else value


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else value


def _told(result: Result, summary: dict[str, Any], chosen: argparse.Namespace) -> Iterable[str]:
    root = result.declaration.root
    yield f"{summary['title']}, {summary['index']}-{summary['edition']} ({summary['label']})"
    yield f"{summary['scored']:,} of {summary['rows']:,} rows have a score of {root}"
    yield from (f"  note: {each['name']}: {note}" for each in summary["files"] for note in each["notes"])
    yield from (f"  note: {note}" for note in summary["notes"])
    if summary["not_computed"]:
        yield f"  not computed, because columns are missing: {', '.join(summary['not_computed'][:12])}"
    if "varied" in summary:
        moved = summary["varied"]["mean_shift_of_rank"]
        said = "nobody is ranked" if moved is None else f"ranks move by {moved:.2g} places on average"
        yield f"  {chosen.draws:,} draws, seed {chosen.seed}: {said}"
    if chosen.out is not None:
        yield f"written to {chosen.out}/"
        return
    rows = [*result.rows((root,))]
    yield ""
    yield f"{'unit':<24}  {'period':<8}  {'score':>10}  {'rank':>5}  class, or why there is no score"
    for row in rows[:PRINTED]:
        score_, rank = ("" if math.isnan(x) else f"{x:.{digits}g}" for x, digits in ((row.score, 6), (row.rank, 5)))
        yield f"{row.unit[:24]:<24}  {row.period:<8}  {score_:>10}  {rank:>5}  {row.class_code or row.reason}".rstrip()
    if len(rows) > PRINTED:
        yield f"... and {len(rows) - PRINTED:,} more; --out DIR writes all"
