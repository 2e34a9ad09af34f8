"""Tables as people bring them: CSV in any usual encoding and separator, with decimal points or commas, or a workbook.

Nothing is guessed in silence: `notes` says what was done, and what could mean two things is refused with its place."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kurak.ground.files.inspecting import UNREADABLE
from kurak.instruments.definitions.problems import Misdeclared, Problem
from kurak.instruments.definitions.reach import extents

LARGEST = 100_000_000  # bytes of a file
UNPACKED = 500_000_000  # bytes of a workbook that was unpacked
MOST_ROWS = 1_000_000
MOST_COLUMNS = 5_000
MOST_CELLS = 20_000_000  # of a workbook, empty ones too
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")

_ERROR = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*?\bt="e"')
_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_POINT = re.compile(r"[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?")
_THOUSAND = re.compile(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}")
_SPACED = re.compile(r"[-+]?[0-9]{1,3}([ \u00a0\u202f][0-9]{3})+([.,][0-9]+)?")


@dataclass(slots=True)
class Sheet:
    """rows: the cells, numbers or texts, None where empty. lines: of each row in the file, from 1."""

    name: str
    header: list[str]
    rows: list[list[Any]]
    lines: list[int]
    notes: list[str] = field(default_factory=list)

    def column(self, name: str) -> list[Any]:
        place = self.header.index(name)
        return [row[place] for row in self.rows]

    def at(self, row: int, column: str) -> tuple[int, int]:
        """Line in the file, and number of the column, from 1."""
        return self.lines[row], self.header.index(column) + 1 if column in self.header else 0


class Unreadable(Misdeclared):
    """A table that cannot be read; `problems` have line and column."""


def read_sheet(path: Path, sheet: str | None = None) -> Sheet:
    """The table of a file. Raises Unreadable with what is wrong, where, and what to do."""
    if not path.is_file():
        raise _wrong(path.name, "file", f"there is no file {path.name}", "Check the name and the folder")
    if path.stat().st_size > LARGEST:
        raise _wrong(path.name, "too-large", f"the file is larger than {LARGEST // 1_000_000} MB", "Split it")
    if path.suffix.lower() in WORKBOOKS:
        return read_workbook(path.read_bytes(), path.name, sheet)
    return read_csv(path.read_bytes(), path.name)


def read_csv(data: bytes, name: str) -> Sheet:
    text, notes = _decoded(data, name)
    skipped, text, separator = _separated(text)
    if separator != ",":
        notes.append(f"cells are separated by {'a tab' if separator == chr(9) else repr(separator)}")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[Any]] = []
    lines: list[int] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append([cell.strip() or None for cell in row])
                lines.append(reader.line_num + skipped)
            if len(rows) > MOST_ROWS:
                raise _wrong(name, "too-many", f"there are more than {MOST_ROWS:,} rows", "Split the file")
    except csv.Error as error:
        remedy = "Close the quotation mark; double it inside a text"
        raise _wrong(name, "quotes", f"the file cannot be read: {error}", remedy, reader.line_num + skipped) from None
    return _sheet(name, rows, lines, notes)


def read_workbook(data: bytes, name: str, sheet: str | None = None) -> Sheet:
    from python_calamine import CalamineError, CalamineWorkbook

    _bounded(data, name)
    _need_reach(data, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, OSError, ValueError) as error:
        raise _wrong(name, "workbook", f"the workbook cannot be read: {error}", "Save it again as .xlsx") from None
    names = book.sheet_names
    if sheet is not None and sheet not in names:
        raise _wrong(name, "sheet", f"there is no sheet {sheet!r}", f"Name one of: {', '.join(names)}")
    chosen = sheet or names[0]
    found = book.get_sheet_by_name(chosen)
    _unmerged(found.merged_cell_ranges or [], name)
    cells = found.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
    notes = [f"read the sheet {chosen!r} of {len(names)}"] if len(names) > 1 else []
    kept = [(line, row) for line, row in enumerate(cells, start=1) if any(str(cell).strip() for cell in row)]
    return _sheet(name, [[_cell(cell) for cell in row] for _, row in kept], [line for line, _ in kept], notes)


def _bounded(data: bytes, name: str) -> None:
    """Refuse a workbook before it grows, and one whose formulas failed: the reader would take these cells as empty."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return  # an older kind of workbook, or none; the reader will say
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(each.file_size for each in archive.infolist()) > UNPACKED:
            said = f"the workbook is larger than {UNPACKED // 1_000_000} MB once it is unpacked"
            raise _wrong(name, "too-large", said, "Save the table alone, as CSV")
        sheets = [each for each in archive.namelist() if each.startswith("xl/worksheets/") and each.endswith(".xml")]
        failed = [cell.decode() for each in sheets for cell in _ERROR.findall(archive.read(each))]
    if failed:
        said = f"formulas have failed in {_listed(failed)}"
        raise _wrong(name, "formula", said, "Mend them, or write the value in place of each")


def _unmerged(ranges: Sequence[Any], name: str) -> None:
    """A merged cell holds its value once, and leaves its other rows without."""
    problems = []
    for (top, left), (bottom, right) in ranges:
        said = f"the cells from line {top + 1}, column {left + 1} to line {bottom + 1}, column {right + 1} are merged"
        remedy = "Take them apart, write the value into each, and leave out titles above the header"
        problems.append(Problem((), "table.merged", said, remedy, top + 1, left + 1))
    if problems:
        raise Unreadable(problems[:20], name)


def _need_reach(data: bytes, name: str) -> None:
    """Refuses a workbook that would grow to more cells than any table has."""
    if not data.startswith(b"PK"):
        return
    try:
        cells = sum(rows * columns for rows, columns in extents(data, UNPACKED))
    except UNREADABLE as error:
        raise _wrong(name, "workbook", f"the workbook cannot be read: {error}", "Save it again as .xlsx") from None
    if cells > MOST_CELLS:
        remedy = "Delete the cells far out, and the sheets that are not needed"
        raise _wrong(name, "too-far", f"the sheets reach over {cells:,} cells; at most {MOST_CELLS:,} are read", remedy)


def _cell(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return int(cell) if float(cell).is_integer() else float(cell)
    return str(cell).strip() or None


def _decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    if wide := _wide(data):
        try:
            return data.decode(wide).removeprefix("\ufeff"), [f"the file is written in {wide[:6].upper()}"]
        except UnicodeDecodeError as error:
            said = f"the file is written in {wide[:6].upper()} and is broken at byte {error.start:,}"
            raise _wrong(name, "encoding", said, "Save the table as CSV in UTF-8") from None
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        at = data[: error.start].count(b"\n") + 1
    if b"\x00" in data[:4000]:
        raise _wrong(name, "binary", "this is no text", "Save the table as CSV in UTF-8, or as .xlsx")
    try:
        return data.decode("cp1251"), [f"line {at} is not UTF-8: the file was read as Windows-1251; check its names"]
    except UnicodeDecodeError:
        raise _wrong(name, "encoding", f"line {at} is not UTF-8", "Save the table as CSV in UTF-8", at) from None


def _wide(data: bytes) -> str:
    """The encoding of a text of two or four bytes a letter; empty for others."""
    if data[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"):
        return "utf-32"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    start = data[:4000]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if len(start) > 3 and max(even, odd) > 0.2 * len(start) and min(even, odd) < 0.02 * len(start):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _separated(text: str) -> tuple[int, str, str]:
    """(lines left out, the rest, its separator). Spreadsheets write `sep=;` into a first line of its own."""
    first, _, rest = text.partition("\n")
    if len(named := first.strip()) == 5 and named.startswith("sep="):
        return 1, rest, named[4]
    return 0, text, _separator(text)


def _separator(text: str) -> str:
    """The one that splits the first line into most cells, quoted ones kept whole."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t|", key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def _sheet(name: str, rows: list[list[Any]], lines: list[int], notes: list[str]) -> Sheet:
    if not rows:
        raise _wrong(name, "empty", "the file is empty", "Give a table with a header row")
    header = ["" if cell is None else " ".join(str(cell).split()) for cell in rows[0]]
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
        raise _wrong(name, "too-many", f"there are more than {MOST_COLUMNS:,} columns", "Leave some out", lines[0])
    problems = [
        Problem((), "table.header", f"the column {each!r} is there twice", "Rename one of them", lines[0], place + 1)
        for place, each in enumerate(header)
        if each and each in header[:place]
    ]
    body = []
    for line, row in zip(lines[1:], rows[1:], strict=True):
        extra = [cell for cell in row[len(header) :] if cell is not None]
        if extra:
            said = f"the row has {len(row)} cells, the header {len(header)}"
            remedy = "Quote a cell that holds the separator"
            if len(header) == 1:
                remedy = f"If line {lines[0]} is a title, leave it out, so that the first line names the columns"
            problems.append(Problem((), "table.cells", said, remedy, line, 1))
        body.append([*row[: len(header)], *[None] * (len(header) - len(row))])
    if problems:
        raise Unreadable(problems, name)
    found = Sheet(name, header, body, lines[1:], notes)
    _numbers(found)
    return found


def _numbers(sheet: Sheet) -> None:
    """Decimal commas, thin spaces and long minus signs become plain numbers, column by column, and it is said."""
    problems: list[Problem] = []
    commas, spaced = [], []
    for place, name in enumerate(sheet.header):
        texts = [row[place] for row in sheet.rows if isinstance(row[place], str)]
        if not any("," in each or " " in each or "\u00a0" in each or "\u202f" in each or "−" in each for each in texts):
            continue
        for row in sheet.rows:
            if isinstance(row[place], str) and row[place].startswith("−") and row[place][1:2].isdigit():
                row[place] = "-" + row[place][1:]
        if _spaced(sheet.rows, place):
            spaced.append(name)
        if (doubt := _commas(sheet.rows, place)) is True:
            commas.append(name)
        elif doubt is not False:
            said = f"{doubt[1]!r} in the column {name!r} may be a thousand or a decimal comma"
            remedy = "Write numbers with a decimal point and without separators of thousands"
            problems.append(Problem((name,), "table.comma", said, remedy, sheet.lines[doubt[0]], place + 1))
    if problems:
        raise Unreadable(problems, sheet.name)
    if commas:
        sheet.notes.append(f"decimal commas were read as points in {_listed(commas)}")
    if spaced:
        sheet.notes.append(f"spaces between thousands were left out in {_listed(spaced)}")


def _spaced(rows: Sequence[list[Any]], place: int) -> bool:
    there = [row[place] for row in rows if isinstance(row[place], str)]
    found = [each for each in there if _SPACED.fullmatch(each)]
    plain = [each for each in there if _COMMA.fullmatch(each) or _POINT.fullmatch(each)]
    if not found or len(found) + len(plain) < 0.5 * len(there):
        return False
    for row in rows:
        if isinstance(row[place], str) and _SPACED.fullmatch(row[place]):
            row[place] = re.sub(r"[ \u00a0\u202f]", "", row[place])
    return True


def _commas(rows: Sequence[list[Any]], place: int) -> bool | tuple[int, str]:
    """True when the column had decimal commas, now points; (row, cell) when it cannot be known; else False."""
    there = [(number, row[place]) for number, row in enumerate(rows) if isinstance(row[place], str)]
    found = [(number, each) for number, each in there if _COMMA.fullmatch(each)]
    if not found or any("." in each and _POINT.fullmatch(each) for _, each in there):
        return False  # a column with both is left to the reading of its cells, which names the odd ones
    if all(_THOUSAND.fullmatch(each) for _, each in found):
        return found[0]
    for number, each in found:
        rows[number][place] = each.replace(",", ".")
    return True


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:8])
    return shown if len(names) <= 8 else f"{shown} and {len(names) - 8} more"


def _wrong(name: str, code: str, said: str, remedy: str, line: int = 1) -> Unreadable:
    return Unreadable([Problem((), f"table.{code}", said, remedy, line, 1)], name)
