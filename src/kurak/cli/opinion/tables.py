"""The tables of a picture. +1 = agree: where a number has a sign, its column says so."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np

from kurak.cli.opinion.drawing import Drawing
from kurak.cli.opinion.results import Results
from kurak.cli.opinion.rows import Bad
from kurak.cli.opinion.statements import Statements
from kurak.engines.opinion.findings import REASONS, Finding
from kurak.engines.opinion.integrity import REASONS as REASONS_FOR_FLAGS
from kurak.engines.opinion.integrity import Flags
from kurak.engines.opinion.statistics import Stance
from kurak.engines.opinion.tally import Counts, Tally

MEAN = "mean vote (+1 = agree)"
STANCE = ("share", "test", "ratio", "ratio_test")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what starts so


def write_tables(folder: Path, drawing: Drawing, results: Results, statements: Statements) -> None:
    _write(folder / "participants.csv", *_participants(drawing))
    _write(folder / "statements.csv", *_statements(drawing, results, statements))
    _write(folder / "groups.csv", *_groups(drawing, results))
    _write(folder / "representative.csv", *_representative(drawing, results, statements))
    _write(folder / "findings.csv", *_findings(drawing, results, statements))


def write_rejected(folder: Path, bad: Sequence[Bad]) -> None:
    _write(folder / "rejected.csv", ("file", "line", "column", "value", "remedy"), (
        (row.file, row.line, row.column, row.value, row.remedy) for row in bad
    ))  # fmt: skip


def write_flags(folder: Path, drawing: Drawing, flags: Flags) -> None:
    header = ("participant", "reason", "why", "votes", "expected by chance", "share of fast votes", "with")
    people = drawing.votes.participants
    _write(folder / "flags.csv", header, (
        (
            people[f.person].item(), f.reason, REASONS_FOR_FLAGS[f.reason], f.votes, f.chance, f.fast,
            " ".join(str(people[p]) for p in f.with_ if p != f.person),
        )
        for f in flags.flags
    ))  # fmt: skip


def harmless(text: str) -> str:
    """Text of strangers, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, float):
        return "" if isnan(value) else f"{value:.10g}"
    return value


def _participants(d: Drawing) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
    names = (*d.names, "")
    confidence = np.full(d.votes.people, np.nan) if d.confidence is None else d.confidence
    columns = d.position[:, 0], d.position[:, 1], d.group, confidence, np.diff(d.votes.start)
    people = zip(d.votes.participants.tolist(), *(column.tolist() for column in columns), strict=True)
    rows = ((p, x, y, names[g], sure if g >= 0 else "", n) for p, x, y, g, sure, n in people)
    return ("participant", "x", "y", "group", "confidence", "votes"), rows


def _statements(d: Drawing, r: Results, s: Statements) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
    worst = np.full(d.votes.width, np.nan) if r.maximin is None else r.maximin.score
    geometric = np.full(d.votes.width, np.nan) if r.maximin is None else r.maximin.geometric
    united, divided = ({f.statement for f in found if f.said} for found in (r.findings.unites, r.findings.divides))
    columns = {"group_aware_consensus": r.group_aware, "maximin": worst, "geometric_mean": geometric}
    columns |= {"bridging": r.bridging.score, "bridging_low": r.bridging.low, "bridging_high": r.bridging.high}
    columns |= {"extremity": r.extremity, "priority": r.priority}
    header = ("statement", "text", "moderated_out", *_COUNTS, *columns, "unites", "divides")

    def rows() -> Iterator[Sequence[Any]]:
        for j, number in enumerate(d.votes.statements.tolist()):
            told = (column[j].item() for column in columns.values())
            out = int(d.left_out[j])
            said = int(j in united), int(j in divided)
            yield (number, s.text.get(number, ""), out, *_counts(r.everybody, 0, j), *told, *said)
        for number in sorted(set(s.text) - set(d.votes.statements.tolist())):
            out = int(number in s.moderated_out)
            yield (number, s.text[number], out, 0, 0, 0, 0, "", *("" for _ in columns), 0, 0)

    return header, rows()


_COUNTS = ("agree", "disagree", "pass", "seen", MEAN)


def _counts(t: Tally, g: int, j: int) -> Sequence[Any]:
    agree, disagree, seen = (_item(c, g, j) for c in (t.agree, t.disagree, t.seen))
    return agree, disagree, seen - agree - disagree, seen, (agree - disagree) / seen if seen else ""


def _item(counts: Counts, g: int, j: int) -> Any:
    return counts[g, j].item()


def _stance(stance: Stance, g: int, j: int) -> list[float]:
    return [getattr(stance, name)[g, j].item() for name in STANCE]


def _groups(d: Drawing, r: Results) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
    header = (
        "group",
        "people",
        "statement",
        *_COUNTS,
        *(f"{way}_{n}" for way in ("agree", "disagree") for n in STANCE),
    )
    people = np.bincount(d.group[d.group >= 0], minlength=d.k).tolist()
    rows = (
        (
            name, people[g], number, *_counts(r.statistics.tally, g, j),
            *_stance(r.statistics.agree, g, j), *_stance(r.statistics.disagree, g, j),
        )
        for g, name in enumerate(d.names)
        for j, number in enumerate(d.votes.statements.tolist())
    )  # fmt: skip
    return header, rows


def _representative(d: Drawing, r: Results, s: Statements) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
    header = ("group", "rank", "statement", "text", "stance", "votes", "seen", *STANCE, "best_agree")
    numbers = d.votes.statements.tolist()
    rows = (
        (
            name, rank, numbers[e.statement], s.text.get(numbers[e.statement], ""), "agree" if e.agrees else "disagree",
            e.count, e.seen, e.share, e.test, e.ratio, e.ratio_test, int(e.best_agree),
        )
        for name, entries in zip(d.names, r.representative, strict=True)
        for rank, e in enumerate(entries, 1)
    )  # fmt: skip
    return header, rows


def _findings(d: Drawing, r: Results, s: Statements) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
    header = (
        "kind", "group", "against", "statement", "text", "stance", "said", "size", "low", "high", "seen", "p",
        "adjusted_p", "reason",
    )  # fmt: skip
    every = (*r.findings.unites, *r.findings.divides, *(f for group in r.findings.characterises for f in group))
    return header, (_finding(d, s, f) for f in every)


def _finding(d: Drawing, s: Statements, f: Finding) -> Sequence[Any]:
    number = int(d.votes.statements[f.statement].item())
    names = (*d.names, "")
    stance = "agree" if f.agrees else "disagree"
    numbers = int(f.said), f.size, f.low, f.high, f.seen, f.p, f.adjusted, REASONS[f.reason]
    return f.kind, names[f.group], names[f.against], number, s.text.get(number, ""), stance, *numbers
