"""Tables as they are sent: CSV in any encoding, SDMX-CSV, XLSX; long (a row a value) or wide (a column a year)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kurak.commitments.indicators.reading import shapes
from kurak.commitments.indicators.reading.rows import Report, Row, unreadable

ENCODINGS = ("utf-8-sig", "cp1251")
SEPARATORS = ",;\t|"
YEAR = re.compile(r"(19|20)\d\d")
SEARCHED = 12  # rows in which the header may stand
type Cells = Sequence[str]


def rows_of_csv(data: bytes, report: Report) -> Iterator[Row]:
    text = decoded(data)
    separator = separator_of(text)
    report.form = "csv"
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        yield from rows_of_table(numbered(table), report, decimal="," if separator in ";\t" else "")
    except csv.Error as problem:
        raise unreadable(
            "broken_csv", _("This CSV file cannot be read to its end."), line=table.line_num, found=str(problem)
        ) from problem


def numbered(table: Any) -> Iterator[tuple[int, Cells]]:
    for cells in table:
        yield table.line_num, cells


def rows_of_workbook(data: bytes, report: Report) -> Iterator[Row]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError) as problem:
        raise unreadable("broken_xlsx", _("This workbook cannot be opened. Save it again as XLSX.")) from problem
    report.form = "xlsx"
    filled = {name: rows for name, rows in sheets.items() if rows}
    if not filled:
        raise unreadable("empty", _("There is no observation in this file. It needs a row for each value."))
    first = next(iter(filled.values()))
    for other in list(filled)[1:]:
        report.note(_("Only the first sheet was read. Not read: %(sheet)s") % {"sheet": other})
    yield from rows_of_table(((at, [shown(cell) for cell in row]) for at, row in enumerate(first, 1)), report)


def shown(cell: Any) -> str:
    """A cell as text; whole numbers without a point, so that 2020.0 is a year.

    >>> shown(2020.0), shown(4.5), shown(None)
    ('2020', '4.5', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell).replace("\x00", "").strip()


def decoded(data: bytes) -> str:
    """As text. What has empty bytes is in an encoding that says not which."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").replace("\x00", "")
    for encoding in ENCODINGS if b"\x00" not in data else ():
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable("encoding", _("The letters of this file cannot be read. Save it as CSV in UTF-8."))


def separator_of(text: str) -> str:
    """What stands between cells: the sign that the first full line has most of."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=head.count)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which column is what."""

    series: int
    area: int
    time: int
    value: int
    unit: int
    group: int
    parts: tuple[tuple[int, str], ...]
    lists: tuple[int, ...]
    attributes: tuple[tuple[int, str], ...]
    years: tuple[tuple[int, str], ...]  # of a wide table


def rows_of_table(table: Iterable[tuple[int, Cells]], report: Report, decimal: str = "") -> Iterator[Row]:
    """decimal: "," where the separator of the file says that commas are decimal marks."""
    rows = iter(table)
    plan = planned(rows, report)
    if plan.years:
        report.form += "-wide"
    for line, cells in rows:
        if not any(cells) or cells[0][:1] == "#":  # a row of HXL tags, or a remark
            continue
        yield from read(plan, line, cells, decimal)


def read(plan: Plan, line: int, cells: Cells, decimal: str) -> Iterator[Row]:
    width = len(cells)

    def at(place: int) -> str:
        return plain(cells[place]) if 0 <= place < width else ""

    said = {name: plain(cells[place]) for place, name in plan.parts if place < width and cells[place]}
    attributes = {name: cells[place] for place, name in plan.attributes if place < width and cells[place]}
    unit, area = at(plan.unit), at(plan.area)
    series, group = at(plan.series), at(plan.group)
    for place in plan.lists:
        if place < width and cells[place]:
            for name, value in shapes.listed(cells[place]).items():
                if name in shapes.UNIT:
                    unit = unit or value
                elif name in shapes.AREA:
                    area = area or value
                elif name in shapes.SERIES:
                    series, group = value, group or series
                elif name in shapes.ATTRIBUTES:
                    attributes[name] = value
                else:
                    said[name] = value
    if decimal:
        attributes["DECIMAL"] = decimal
    parts = shapes.parts_of(said)
    if not plan.years:
        yield Row(line, series, area, at(plan.time), at(plan.value), parts, unit, attributes, group)
    for place, year in plan.years:
        if place < width and cells[place].strip():
            yield Row(line, series, area, year, plain(cells[place]), parts, unit, attributes, group)


def plain(cell: str) -> str:
    """A cell without spaces, and without the apostrophe by which we keep spreadsheets from running it."""
    said = cell.strip()
    return said[1:] if said[:2] in ("'=", "'+", "'-", "'@") else said


def planned(rows: Iterator[tuple[int, Cells]], report: Report) -> Plan:
    """The plan of the first row that names columns."""
    seen: list[str] = []
    for _line, cells in rows:
        names = [column(cell) for cell in cells]
        if (plan := plan_of(names)) is not None:
            if any(name in ("DATAFLOW", "STRUCTURE") for name in names):
                report.form = "sdmx-csv"
            return plan
        seen += [cell for cell in cells if cell][:20]
        if len(seen) > SEARCHED * 20:
            break
    raise unreadable(
        "columns",
        _("No row of this file names its columns. It needs a code of the indicator, a year and a value, or years."),
        found=", ".join(seen[:12])[:200],
    )


def column(cell: str) -> str:
    """The name of a column: SDMX-CSV with labels writes "SEX: Sex".

    >>> column("REF_AREA: Reference area"), column("obs value"), column("2020.0")
    ('REF_AREA', 'OBS_VALUE', '2020')
    """
    return cell.split(":", 1)[0].strip().upper().replace(" ", "_").removesuffix(".0")


def plan_of(names: Sequence[str]) -> Plan | None:
    def first(known: Sequence[str]) -> int:
        return next((names.index(name) for name in known if name in names), -1)

    series, area, time = first(shapes.SERIES), first(shapes.AREA), first(shapes.TIME)
    value, unit = first(shapes.VALUE), first(shapes.UNIT)
    group = next((names.index(name) for name in shapes.GROUP if name in names and names.index(name) != series), -1)
    years = tuple((at, name) for at, name in enumerate(names) if YEAR.fullmatch(name))
    if value >= 0 and time >= 0:
        years = ()
    if not years and (value < 0 or time < 0):
        return None
    taken = {series, area, time, value, unit, group, *(at for at, _name in years)}
    others = [(at, name) for at, name in enumerate(names) if at not in taken and name]
    titles = {"SERIES_NAME", "INDICATOR_NAME", "NAME", "TITLE"}
    return Plan(
        series, area, time, value, unit, group,
        parts=tuple(
            (at, name) for at, name in others if name not in shapes.ATTRIBUTES | shapes.LISTS | titles
        ),
        lists=tuple(at for at, name in others if name in shapes.LISTS),
        attributes=tuple((at, name) for at, name in others if name in shapes.ATTRIBUTES),
        years=years,
    )  # fmt: skip
