"""How a published file is read: which of its columns is what. A definition knows several such layouts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from kurak.instruments.definitions.files import Sheet
from kurak.instruments.definitions.flattening import below, flat, is_node

ROUNDING = "rounding"  # a tolerance: half of the last decimal of what was published, and of what went in


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Rows that are known to differ: at most so many (or such a share of the rows compared), in these periods, by at
    most so much. More of them, and none is excepted."""

    node: str
    of: str = "score"
    rows: int | None = None
    share: float = 0.0
    periods: tuple[float, float] | None = None
    most: float | None = None
    why: Any = ""

    def limit(self, compared: int) -> int:
        return self.rows if self.rows is not None else int(self.share * compared)


@dataclass(frozen=True, slots=True)
class Layout:
    """columns: {code: column} of what goes in; published, rank, classes: {node: column} of what is compared."""

    name: str
    unit: str
    period: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    published: Mapping[str, str] = field(default_factory=dict)
    rank: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    class_where: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # {node: {column: pattern}}
    tolerance: Mapping[str, float | str] = field(default_factory=dict)
    digits: Mapping[str, int] = field(default_factory=dict)
    compare: str = "computed"
    item: str | None = None  # of a long file: the column that names what a row holds
    take: Mapping[str, str] = field(default_factory=dict)  # of a long file: {column: how it is called, with {item}}
    period_of_series: str | None = None  # the column of a long file that holds a series
    take_of_series: Mapping[str, str] = field(
        default_factory=dict
    )  # {column: how it is called, with {item} and {period}}
    arrows: str = ""  # the column of a leaf's published arrow, with {code}
    series: str = ""  # the columns of its series, with {code} and {period}
    exceptions: tuple[Exceptions, ...] = ()
    why: Any = ""

    @property
    def nodes(self) -> list[str]:
        """All that is compared, in the order of the file."""
        return [*dict.fromkeys((*self.published, *self.rank, *self.classes))]


def layouts(document: Mapping[str, Any]) -> list[Layout]:
    """All layouts a definition knows."""
    return [_layout(each) for each in document.get("verify") or []]


def _layout(given: Mapping[str, Any]) -> Layout:
    words = {key: {str(k): str(v) for k, v in (given.get(key) or {}).items()} for key in _WORDS}
    pivot, arrows = given.get("pivot") or {}, given.get("arrows") or {}
    series = pivot.get("series") or {}
    return Layout(
        name=str(given["name"]),
        unit=str(given["unit"]),
        period=None if given.get("period") is None else str(given["period"]),
        classes=words.pop("class"),
        **words,
        class_where={str(k): dict(v) for k, v in (given.get("class_where") or {}).items()},
        tolerance={str(k): v if v == ROUNDING else float(v) for k, v in (given.get("tolerance") or {}).items()},
        digits={str(k): int(v) for k, v in (given.get("digits") or {}).items()},
        compare=str(given.get("compare", "computed")),
        item=pivot.get("item"),
        take={str(k): str(v) for k, v in (pivot.get("take") or {}).items()},
        period_of_series=series.get("period"),
        take_of_series={str(k): str(v) for k, v in (series.get("take") or {}).items()},
        arrows=str(arrows.get("column", "")),
        series=str(arrows.get("series", "")),
        exceptions=tuple(_exceptions(each) for each in given.get("exceptions") or []),
        why=given.get("why", ""),
    )


_WORDS = ("where", "columns", "published", "rank", "class", "labels")


def _exceptions(given: Mapping[str, Any]) -> Exceptions:
    periods = given.get("periods")
    return Exceptions(
        node=str(given["node"]),
        of=str(given.get("of", "score")),
        rows=given.get("rows"),
        share=float(given.get("share", 0)),
        periods=(float(periods[0]), float(periods[1])) if periods else None,
        most=None if given.get("most") is None else float(given["most"]),
        why=given["why"],
    )


@dataclass(slots=True)
class Laid:
    """Files brought into one table. columns: {column: cells}; places: {column: [(file, line, number of column)]}.
    nameless: (file, line) of rows that hold something and name no unit."""

    units: list[str]
    periods: list[str] | None
    columns: dict[str, list[Any]]
    places: dict[str, list[tuple[str, int, int] | None]]
    left_out: int = 0  # rows that `where` does not ask for
    nameless: list[tuple[str, int]] = field(default_factory=list)

    def decimals(self, column: str) -> int:
        """Most decimals a cell of the column has; many where it is empty, for then it adds no error."""
        return max((_decimals(cell) for cell in self.columns[column] if cell is not None), default=15)


def _decimals(cell: Any) -> int:
    text = repr(cell) if isinstance(cell, float) else str(cell or "")
    mantissa, _, exponent = text.lower().partition("e")
    digits = len(mantissa.partition(".")[2].rstrip("0"))
    return max(0, digits - int(exponent or 0)) if mantissa.lstrip("+-").replace(".", "", 1).isdigit() else 0


def laid(layout: Layout, sheets: Sequence[Sheet]) -> Laid:
    """The files as one table; a long file is turned, so that each item has its column."""
    order: dict[tuple[str, str], int] = {}
    cells: dict[str, dict[int, tuple[Any, tuple[str, int, int]]]] = {}
    out = 0
    nameless: list[tuple[str, int]] = []
    for sheet in sheets:
        columns = {name: sheet.column(name) for name in sheet.header if name}
        long = layout.item is not None and layout.item in columns
        for row in range(len(sheet.rows)):
            unit = columns[layout.unit][row]
            if unit is None:
                nameless.append((sheet.name, sheet.lines[row]))
            if unit is None or not _asked(layout.where, columns, row):
                out += unit is not None
                continue
            when = "" if layout.period is None else _shown(columns[layout.period][row])
            place = order.setdefault((_shown(unit), when), len(order))
            for name, values in columns.items():
                called = _called(layout, name, columns, row) if long else name
                if called and (long or place not in cells.get(called, {})):
                    where = (sheet.name, *sheet.at(row, name))
                    cells.setdefault(called, {})[place] = (values[row], where)
    return Laid(
        [unit for unit, _ in order],
        None if layout.period is None else [period for _, period in order],
        {name: [found.get(i, (None, None))[0] for i in range(len(order))] for name, found in cells.items()},
        {name: [found.get(i, (None, None))[1] for i in range(len(order))] for name, found in cells.items()},
        out,
        nameless,
    )


def _called(layout: Layout, name: str, columns: Mapping[str, list[Any]], row: int) -> str:
    """How a cell of a long file is called in the table: by its item, and in a series by its period too."""
    item = str(columns[layout.item or ""][row])
    period = layout.period_of_series
    if period is not None and period in columns:
        when = _shown(columns[period][row])
        return layout.take_of_series.get(name, "").replace("{item}", item).replace("{period}", when)
    return layout.take.get(name, "").replace("{item}", item)


def _asked(where: Mapping[str, str], columns: Mapping[str, list[Any]], row: int) -> bool:
    return all(fnmatchcase(_shown(columns[name][row]), like) for name, like in where.items() if name in columns)


def _shown(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell)


def twice(layout: Layout, sheets: Sequence[Sheet]) -> list[tuple[str, int, str, int]]:
    """(unit and period, line, file, line of the first) of rows that are there twice; in a long file, for one item."""
    found = []
    for sheet in sheets:
        seen: dict[tuple[str, ...], int] = {}
        columns = {name: sheet.column(name) for name in sheet.header if name}
        keys = [layout.unit, layout.period]
        if layout.item is not None and layout.item in columns:
            keys += [layout.item, layout.period_of_series if layout.period_of_series in columns else None]
        named = [columns[name] for name in keys if name is not None]
        for row, line in enumerate(sheet.lines):
            if columns[layout.unit][row] is None or not _asked(layout.where, columns, row):
                continue
            key = tuple(_shown(cells[row]) for cells in named)
            if key in seen:
                found.append((" in ".join(filter(None, key)), line, sheet.name, seen[key]))
            seen.setdefault(key, line)
    return found


def names_of(layout: Layout, sheets: Sequence[Sheet]) -> set[str] | None:
    """The columns the files give under a layout; None where a file has no units or periods for it."""
    found: set[str] = set()
    for sheet in sheets:
        if layout.unit not in sheet.header or (layout.period is not None and layout.period not in sheet.header):
            return None
        if layout.item is not None and layout.item in sheet.header:
            of = {str(each) for each in sheet.column(layout.item) if each is not None}
            if layout.period_of_series in sheet.header:
                when = {_shown(each) for each in sheet.column(layout.period_of_series) if each is not None}
                likes = [like.replace("{item}", item) for like in layout.take_of_series.values() for item in of]
                found |= {like.replace("{period}", each) for like in likes for each in when}
                continue
            found |= {like.replace("{item}", item) for name, like in layout.take.items() for item in of}
        else:
            found |= {name for name in sheet.header if name}
    return found


def inputs_of(document: Mapping[str, Any], layout: Layout, wanted: Iterable[str]) -> dict[str, str]:
    """{code: column} of every leaf that the wanted nodes stand on when the layout's columns are given."""
    every, under = flat(document), below(document, layout.columns)
    needed: set[str] = set().union(*(under[code] | {code} for code in wanted if code in under))
    found = {}
    for code in every:
        if code in needed and (code in layout.columns or not is_node(every[code])):
            found[code] = layout.columns.get(code, str(every[code].get("column", code)))
    for code in needed:
        fill = every[code].get("fill") or {}
        if "column" in fill and code not in layout.columns:
            for child in every[code].get("children", []):
                found[f"{code} {child['use']}"] = str(fill["column"]).replace("{code}", str(child["use"]))
    return found
