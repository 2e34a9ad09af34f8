"""Which definition is meant, and how the files are to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kurak.cli.index.naming import PERIODS, UNITS, renamed
from kurak.cli.index.tables import refused
from kurak.cli.problems import Problem
from kurak.ground.errors import Missing
from kurak.instruments.definitions.analysis import Definition, definition, read, shipped
from kurak.instruments.definitions.files import Sheet
from kurak.instruments.definitions.flattening import flat, is_node
from kurak.instruments.definitions.layouts import Laid, Layout, inputs_of, laid, layouts, names_of, twice
from kurak.instruments.definitions.problems import Misdeclared

FILES = (".yaml", ".yml", ".json")


def definition_of(named: str) -> Definition:
    """A shipped definition by code or code-edition, or a file of one's own."""
    path = Path(named)
    if path.suffix.lower() in FILES:
        return _from_file(path)
    try:
        return definition(named)
    except Missing:
        known = sorted({name for code, edition, _ in shipped() for name in (code, f"{code}-{edition}")})
        close = get_close_matches(named, known, n=3)
        remedy = f"did you mean {' or '.join(close)}?" if close else "kurak index list shows all; or give a .yaml file"
        raise Problem("index.unknown", f"there is no index {named!r}", remedy) from None


def _from_file(path: Path) -> Definition:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Problem("index.file", f"{path} cannot be read: {error.strerror}", "check the name") from None
    except UnicodeDecodeError:
        raise Problem("index.file", f"{path} is not written in UTF-8", "save it as plain text in UTF-8") from None
    try:
        return read(text, path.name)
    except Misdeclared as wrong:
        raise refused("index.misdeclared", path.name, wrong) from None


def told(text: Any, language: str = "en") -> str:
    """A text of a definition in a language, English where it is not there."""
    if isinstance(text, dict):
        return " ".join(str(text.get(language) or text.get("en") or "").split())
    return "" if text is None else str(text)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well files fit a layout: nodes and columns that can be compared, and columns that are missing.

    sheets: the files, with their columns called as the layout calls them."""

    layout: Layout
    sheets: list[Sheet]
    nodes: tuple[str, ...]
    columns: int
    missing: tuple[str, ...]

    @property
    def order(self) -> tuple[int, int, int, int]:
        notes = sum(len(sheet.notes) for sheet in self.sheets)
        return -len(self.missing), len(self.nodes), self.columns, -notes


def fits(definition: Definition, sheets: Sequence[Sheet], unit: str | None, period: str | None) -> list[Fit]:
    """Every layout that could be meant, the best first."""
    found = []
    for declared in layouts(definition.document):
        layout, sheets_ = renamed(definition.document, declared, sheets, unit, period)
        names = names_of(layout, sheets_)
        if names is None or _is_a_series(layout, sheets_):
            continue
        every = (layout.published, layout.rank, layout.classes)
        compared = [node for one in every for node, column in one.items() if column in names]
        compared += arrows_in(definition, layout, names)
        nodes = tuple(dict.fromkeys(compared))
        lack = {*inputs_of(definition.document, layout, nodes).values()} - names
        long = any(layout.item in sheet.header for sheet in sheets_)  # an item that nobody has is in no row of it
        found.append(Fit(layout, sheets_, nodes, len(compared), () if long else tuple(sorted(lack))))
    return sorted((each for each in found if each.nodes), key=lambda each: each.order, reverse=True)


def _is_a_series(layout: Layout, sheets: Sequence[Sheet]) -> bool:
    """Whether a long file holds items of many periods, where the layout knows of one."""
    if layout.item is None or layout.period is not None or layout.period_of_series is not None:
        return False
    long = [sheet for sheet in sheets if layout.item in sheet.header and any(each in sheet.header for each in PERIODS)]
    return bool(twice(layout, long))


def arrows_in(definition: Definition, layout: Layout, names: set[str]) -> list[str]:
    """Leaves whose published arrow is there, with the ends of its series."""
    found = []
    for leaf in definition.declaration.leaves.values() if layout.arrows else ():
        if leaf.trend and layout.arrows.replace("{code}", leaf.code) in names:
            like = layout.series.replace("{code}", leaf.code)
            ends = {like.replace("{period}", str(year)) for year in (leaf.trend.first, leaf.trend.last)}
            found += [leaf.code] if ends <= names else []
    return found


def layout_of(
    definition: Definition,
    sheets: Sequence[Sheet],
    named: str | None,
    unit: str | None = None,
    period: str | None = None,
) -> tuple[Layout, list[Sheet]]:
    """The layout named, or the one that fits best, and the files with their columns called as it calls them."""
    for given, what in ((unit, "unit"), (period, "period")):
        if given is not None and not any(given in sheet.header for sheet in sheets):
            raise Problem(f"index.{what}", f"there is no column {given!r}", "name one that is there", _have(sheets))
    known = [each.name for each in layouts(definition.document)]
    if not known:
        said = f"{definition.code}-{definition.edition} does not say how a published file is read"
        raise Problem("index.no-layout", said, "add a verify: block to the definition")
    if named is not None and named not in known:
        raise Problem("index.layout", f"there is no layout {named!r}", f"name one of: {', '.join(known)}")
    found = [each for each in fits(definition, sheets, unit, period) if named in (None, each.layout.name)]
    if not found:
        raise _unfitting(definition, sheets)
    if found[0].missing:
        said = f"the layout {found[0].layout.name!r} needs columns that are not there: {_some(found[0].missing)}"
        raise Problem("index.columns", said, "give the file that has them too, or name another --layout", _have(sheets))
    return found[0].layout, found[0].sheets


def _unfitting(definition: Definition, sheets: Sequence[Sheet]) -> Problem:
    wanted = []
    for layout in layouts(definition.document):
        columns = [layout.unit, *filter(None, [layout.period, layout.item]), *layout.published.values()]
        columns += [name for name in (*layout.take, *layout.take_of_series) if layout.arrows]
        wanted.append(f"  layout {layout.name!r} needs: {_some(columns)}")
    said = "no layout of the definition fits the columns of the file"
    return Problem(
        "index.columns", said, "rename columns, or describe the file under verify:", [*wanted, *_have(sheets)]
    )


def _have(sheets: Sequence[Sheet]) -> list[str]:
    return [f"  {sheet.name} has: {_some([name for name in sheet.header if name])}" for sheet in sheets]


def _some(names: Sequence[str], shown: int = 12) -> str:
    more = len(names) - shown
    return ", ".join(names[:shown]) + (f" and {more} more" if more > 0 else "")


def laid_out(layout: Layout, sheets: Sequence[Sheet]) -> Laid:
    """The files as one table; a row that is there twice is refused with both lines."""
    double = twice(layout, sheets)
    if double:
        lines = [f"  {file}, line {line}: {key} is on line {first} already" for key, line, file, first in double[:20]]
        said = f"{len(double)} row{'s are' if len(double) > 1 else ' is'} there twice"
        raise Problem("index.twice", said, "keep one row for each unit and period", lines)
    found = laid(layout, sheets)
    if found.nameless:
        _nameless(layout, found, sheets)
    if not found.units:
        raise Problem("index.empty", "no row of the file is asked for", f"look at where: of the layout {layout.name!r}")
    return found


def _nameless(layout: Layout, found: Laid, sheets: Sequence[Sheet]) -> None:
    """Rows without a unit are left out, and it is said; when no row has one, nothing can be done."""
    places = [f"  {file}, line {line}" for file, line in found.nameless[:20]]
    if not found.units and not found.left_out:
        said = f"no row says in the column {layout.unit!r} which unit it is about"
        raise Problem("index.empty", said, "fill the column, or name another with --unit", places)
    for sheet in sheets:
        lines = [str(line) for file, line in found.nameless if file == sheet.name]
        if lines:
            sheet.notes.append(f"without a unit in {layout.unit!r}, so left out: line {_some(lines)}")


def plain_layout(
    definition: Definition, sheets: Sequence[Sheet], unit: str | None, period: str | None
) -> tuple[Layout, list[str], list[str]]:
    """For scoring: where units and periods stand, which nodes can be computed, and which columns are missing."""
    names = [name for sheet in sheets for name in sheet.header if name]
    unit = _named(unit, UNITS, names, "unit")
    if unit is None:
        remedy = f"name it with --unit; the file has: {_some(names)}"
        raise Problem("index.unit", "no column says which unit a row is about", remedy)
    known = layouts(definition.document)
    items = {layout.item for layout in known if layout.item is not None}
    is_long = any(name in items for name in names)  # then a layout must say how it is turned
    every = [] if is_long else [Layout("columns", unit, _named(period, PERIODS, names, "period"))]
    for layout in known:
        is_given = definition.declaration.root in layout.columns  # the score itself: nothing is left to compute
        fits_ = names_of(layout, sheets) is not None and unit == layout.unit
        if fits_ and not is_given and is_long == (layout.item is not None) and not _is_a_series(layout, sheets):
            every.append(layout)
    if not every:
        raise _unfitting(definition, sheets)
    document = definition.document
    nodes = [code for code, item in flat(document).items() if is_node(item)]
    best: tuple[Layout, list[str], list[str]] | None = None
    for layout in every:
        there = names_of(layout, sheets) or set()
        if layout.item is not None:  # what no unit has is in no row of a long file
            there |= {leaf.column for leaf in definition.declaration.leaves.values()}
        can = [
            node for node in nodes
            if node not in layout.columns and {*inputs_of(document, layout, [node]).values()} <= there
        ]  # fmt: skip
        lack = {*inputs_of(document, layout, [definition.declaration.root]).values()} - there
        if best is None or (len(lack) == 0, len(can)) > (len(best[2]) == 0, len(best[1])):
            best = layout, can, sorted(lack)
    assert best is not None  # noqa: S101 - one at least is tried
    return best


def _named(given: str | None, usual: Sequence[str], names: Sequence[str], what: str) -> str | None:
    if given is not None:
        if given not in names:
            raise Problem(f"index.{what}", f"there is no column {given!r}", f"the file has: {_some(names)}")
        return given
    lower = {name.casefold(): name for name in names}
    return next((lower[each] for each in usual if each in lower), None)
