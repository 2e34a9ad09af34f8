"""Recompute a published index from what it was made of, and compare: scores, ranks and classes.

Each node is computed from what is published below it, so that a mistake shows where it is and not in all that stands on
it. Beside that, the whole way from the bottom is computed, to say how far the errors add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.cli.index.arrows import apart
from kurak.cli.index.arrows import compared as compared_arrows
from kurak.cli.index.tables import legible, published_number, table_of
from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.evaluating import REASON, REASONS
from kurak.engines.composite.formula import Formula
from kurak.engines.composite.ranks import ranked
from kurak.engines.composite.scoring import Result, classes_of, rank_groups, score
from kurak.instruments.definitions.analysis import Definition, computed_from
from kurak.instruments.definitions.flattening import below
from kurak.instruments.definitions.layouts import ROUNDING, Exceptions, Laid, Layout, inputs_of

type Floats = NDArray[np.float64]

ARROWS = "arrows"  # what they are called beside the nodes
EXACT = 1e-9  # the tolerance where a layout states none: the last bits


@dataclass(frozen=True, slots=True)
class Off:
    """One cell that is not what it should be, and where it stands."""

    unit: str
    period: str
    published: Any
    computed: Any
    error: float
    place: tuple[str, int, int] | None
    why: str = ""


@dataclass(slots=True)
class Compared:
    """One node compared with one column. of: score, rank or class. excepted: rows that are known to differ, with why;
    extra: rows that have a value here and none published; bare: published rows with nothing published below them, which
    are no evidence; parted: ranks inside a tie of printed scores, which unpublished decimals part; whole: largest error
    from the bottom up."""

    node: str
    of: str
    column: str
    rows: int
    largest: float
    tolerance: float
    off: list[Off]
    excepted: list[Off] = field(default_factory=list)
    why_excepted: Any = ""
    extra: int = 0
    bare: int = 0
    parted: int = 0
    whole: float | None = None

    @property
    def held(self) -> bool:
        return self.rows > 0 and not self.off


@dataclass(slots=True)
class Verified:
    definition: Definition
    layout: Layout
    rows: int
    compared: list[Compared]

    @property
    def held(self) -> bool:
        return bool(self.compared) and all(each.held for each in self.compared)


def verified(definition: Definition, layout: Layout, given: Laid) -> Verified:
    """Compare everything the layout and the files have in common."""
    layout = _here(layout, given)
    legible(given, (*layout.published.values(), *layout.rank.values()))
    steps = _steps(definition, layout, given)
    whole = _scores(definition, layout, given, dict(layout.columns), [*steps]) if steps else None
    found = []
    for node, (result, inputs) in steps.items():
        if node in layout.published and whole is not None:
            published = _published(given, layout.published[node])
            found.append(_compared(node, layout, given, result, inputs))
            found[-1].whole = _largest(whole.scores[node], published, layout.digits.get(node))
        if node in layout.rank:
            found.append(_ranks(node, layout, given, result))
        if node in layout.classes:
            found.append(_classes(node, definition, layout, given, result))
    if layout.arrows:
        found.append(_arrows(definition, layout, given))
    return Verified(definition, layout, len(given.units), found)


def _arrows(definition: Definition, layout: Layout, given: Laid) -> Compared:
    """All arrows as one: where they differ, the indicator stands in place of the period."""
    every, bare = compared_arrows(definition.declaration, layout, given)
    off = [
        Off(given.units[row], code, cell, ours, apart(ours, layout.labels[str(cell)]), given.places[column][row])
        for code, column, row, cell, ours in every
        if ours != layout.labels[str(cell)]
    ]
    largest = max((each.error for each in off), default=0.0)
    return _excepting(Compared(ARROWS, "arrow", layout.arrows, len(every), largest, 0.0, off, bare=bare), layout)


def _here(layout: Layout, given: Laid) -> Layout:
    """The layout with the columns only that are there."""
    kept = {
        name: {node: column for node, column in getattr(layout, name).items() if column in given.columns}
        for name in ("published", "rank", "classes")
    }
    return replace(layout, **kept)  # type: ignore[arg-type]


def _steps(definition: Definition, layout: Layout, given: Laid) -> dict[str, tuple[Result, dict[str, str]]]:
    """{node: its result from what is published right below it, and the columns that went in}, lower nodes first."""
    under = below(definition.document, layout.columns)
    level: dict[str, int] = {}

    def of(node: str) -> int:
        if node not in level:
            level[node] = 1 + max((of(each) for each in under[node] if each in layout.published), default=0)
        return level[node]

    found = {}
    nodes = layout.nodes
    for step in sorted({of(node) for node in nodes}):
        wanted = [node for node in nodes if level[node] == step]
        lower = {node: column for node, column in layout.published.items() if level[node] < step}
        columns = {**layout.columns, **lower}
        result = _scores(definition, layout, given, columns, wanted, ready=lower)
        for node in wanted:
            found[node] = result, inputs_of(definition.document, replace(layout, columns=columns), [node])
    return found


def _scores(
    definition: Definition,
    layout: Layout,
    given: Laid,
    columns: Mapping[str, str],
    wanted: Iterable[str],
    ready: Iterable[str] = (),
) -> Result:
    part = computed_from(definition, columns, list(wanted), ready)
    inputs = inputs_of(definition.document, replace(layout, columns=columns), wanted)
    labels = {name for name in (*part.groups, part.reference, part.ranks.within) if name}
    if layout.item is not None:  # in a long file, what no unit has is in no row
        for column in inputs.values():
            given.columns.setdefault(column, [None] * len(given.units))
            given.places.setdefault(column, [None] * len(given.units))
    return score(part, table_of(given, only={*inputs.values(), *labels}))


def _published(given: Laid, column: str) -> Floats:
    return np.array([published_number(cell) for cell in given.columns[column]], dtype=np.float64)


def _rounded(scores: Floats, digits: int | None) -> Floats:
    if digits is None:
        return scores
    return Formula("round_half_up(score, digits)").run({"score": scores, "digits": float(digits)})


def _largest(scores: Floats, published: Floats, digits: int | None) -> float:
    error = np.abs(_rounded(scores, digits) - published)
    return float(np.nanmax(error)) if np.isfinite(error).any() else np.nan


def tolerance_of(node: str, layout: Layout, given: Laid, inputs: Mapping[str, str]) -> float:
    """As the layout states it. `rounding`: half of the last decimal of the column, and of the inputs'.

    Inputs of whole points among others with decimals are not rounded, so that the most decimals count."""
    stated = layout.tolerance.get(node, EXACT)
    if stated != ROUNDING:
        return float(stated)
    own = 0.5 * 10.0 ** -given.decimals(layout.published[node])
    theirs = [0.5 * 10.0 ** -given.decimals(column) for column in inputs.values() if column in given.columns]
    return (own + min(theirs, default=0.0)) * (1 + 1e-6)


def _compared(node: str, layout: Layout, given: Laid, result: Result, inputs: Mapping[str, str]) -> Compared:
    column = layout.published[node]
    published = _published(given, column)
    scores = _rounded(result.scores[node], layout.digits.get(node))
    tolerance = tolerance_of(node, layout, given, inputs)
    error = scores - published
    nothing = _empty(given, inputs) | (result.reasons[node] == REASON["all-missing"])
    bare = ~np.isnan(published) & np.isnan(scores) & nothing
    there = ~np.isnan(published) & ~bare
    with np.errstate(invalid="ignore"):
        wrong = there & ~(np.abs(error) <= tolerance + EXACT)
    off = []
    for row in np.flatnonzero(wrong):
        why = REASONS[int(result.reasons[node][row])] if np.isnan(scores[row]) else ""
        off.append(_off(given, column, int(row), published[row].item(), scores[row].item(), why))
    seen = np.abs(error[there & np.isfinite(error)])
    found = Compared(node, "score", column, int(there.sum()), float(seen.max(initial=0.0)), tolerance, off)
    found.extra, found.bare = int((np.isnan(published) & np.isfinite(scores)).sum()), int(bare.sum())
    return _excepting(found, layout)


def _empty(given: Laid, inputs: Mapping[str, str]) -> NDArray[np.bool_]:
    """Rows in which every input is empty."""
    there = [given.columns[column] for column in inputs.values() if column in given.columns]
    return np.array([all(cells[row] is None for cells in there) for row in range(len(given.units))], dtype=bool)


def _off(given: Laid, column: str, row: int, published: Any, computed: Any, why: str = "") -> Off:
    period = given.periods[row] if given.periods else ""
    error = abs(computed - published) if isinstance(computed, float) and isinstance(published, float) else np.nan
    return Off(given.units[row], period, published, computed, float(error), given.places[column][row], why)


def _excepting(found: Compared, layout: Layout) -> Compared:
    """Move what is known to differ aside; nothing is moved when there is more of it than is known."""
    found.off.sort(key=lambda each: -np.nan_to_num(each.error, nan=np.inf))
    for rule in layout.exceptions:
        if (rule.node, rule.of) != (found.node, found.of):
            continue
        known = [each for each in found.off if _covered(each, rule)]
        if known and len(known) <= rule.limit(found.rows):
            found.excepted += known
            found.why_excepted = rule.why
            found.off = [each for each in found.off if each not in known]
    return found


def _covered(each: Off, rule: Exceptions) -> bool:
    if rule.periods is not None and not (each.period.isdigit() and _within(int(each.period), rule.periods)):
        return False
    return rule.most is None or each.error <= rule.most + EXACT


def _within(period: int, periods: tuple[float, float]) -> bool:
    return periods[0] <= period <= periods[1]


def _basis(node: str, layout: Layout, given: Laid, result: Result) -> Floats:
    """The scores that ranks and classes are formed from."""
    if layout.compare == "published" and node in layout.published:
        return _published(given, layout.published[node])
    return result.scores[node]


def _ranks(node: str, layout: Layout, given: Laid, result: Result) -> Compared:
    column = layout.rank[node]
    published, scores = _published(given, column), _basis(node, layout, given, result)
    declared = result.declaration.nodes.get(node)
    rule = (declared.ranks if declared else None) or result.declaration.ranks
    ranks, first, last = np.full((3, len(given.units)), np.nan)
    for rows in rank_groups(result.table, rule):
        for found, ties in ((ranks, rule.ties), (first, "min"), (last, "max")):
            found[rows] = ranked(scores[rows], ties, rule.better, rule.digits)
    there = ~np.isnan(published) & ~np.isnan(ranks)  # a rank without a score, as some publishers print, is no evidence
    bare = int((~np.isnan(published) & ~there).sum())
    differ = there & ~(ranks == published)
    tied = differ & (first <= published) & (published <= last) & (layout.compare == "published")
    differ &= ~tied
    off = [_off(given, column, int(row), published[row].item(), ranks[row].item()) for row in np.flatnonzero(differ)]
    largest = max((each.error for each in off if np.isfinite(each.error)), default=0.0)
    return _excepting(
        Compared(node, "rank", column, int(there.sum()), largest, 0.0, off, bare=bare, parted=int(tied.sum())), layout
    )


def _classes(node: str, definition: Definition, layout: Layout, given: Laid, result: Result) -> Compared:
    column, declaration = layout.classes[node], result.declaration
    name = _scheme(declaration, node)
    order = {each.code: place for place, each in enumerate(declaration.classes[name].of)}
    titles = _titles(definition, name)
    scores = {**result.scores, node: _basis(node, layout, given, result)}
    places = classes_of(declaration, result.table, scores, node)
    codes = [*order]
    off, rows = [], 0
    for row, cell in enumerate(given.columns[column]):
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        text = text.removesuffix(".0")
        wanted = layout.labels.get(text, titles.get(text.casefold(), text))
        if cell is None or wanted == "" or not _asked(node, layout, given, row):
            continue  # not published, or formed otherwise
        rows += 1
        got = "" if places is None or places[row] < 0 else codes[int(places[row])]
        if got != wanted:
            one = _off(given, column, row, cell, got)
            steps = abs(order[got] - order[wanted]) if got in order and wanted in order else np.nan
            off.append(replace(one, error=float(steps)))
    largest = max((each.error for each in off if np.isfinite(each.error)), default=0.0)
    return _excepting(Compared(node, "class", column, rows, largest, 0.0, off), layout)


def _asked(node: str, layout: Layout, given: Laid, row: int) -> bool:
    """Whether the class of a node is formed as declared for this row."""
    asked = layout.class_where.get(node, {})
    return all(fnmatchcase(str(given.columns[column][row] or ""), like) for column, like in asked.items())


def _scheme(declaration: Declaration, code: str) -> str:
    item = declaration.nodes.get(code) or declaration.leaves[code]
    return str(item.classes)


def _titles(definition: Definition, scheme: str) -> dict[str, str]:
    """{what a class is called, in any language: its code}."""
    found = {}
    for each in definition.document["classes"][scheme]["of"]:
        title = each.get("title", {})
        for text in [each["code"], *(title.values() if isinstance(title, Mapping) else [title])]:
            found[str(text).casefold()] = str(each["code"])
    return found
