"""How far the cells of a workbook reach, before anything makes a table of them: one cell at the far corner of a sheet
becomes a table of seventeen thousand million empty ones, and the process is no more.

Source: ECMA-376 part 1, 18.3.1.4 (c) and 18.3.1.73 (row): a row or cell without `r` follows the one before it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
PLACE = re.compile(r"([A-Za-z]{1,4})([0-9]{1,9})")


class Unlike(ValueError):
    """A part that is no plain XML."""


class _Cells:
    def __init__(self) -> None:
        self.row = self.column = self.rows = self.columns = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            given = attributes.get("r", "")
            self.row, self.column = int(given) if given.isdecimal() and len(given) < 10 else self.row + 1, 0
        elif name == "c":
            if found := PLACE.fullmatch(attributes.get("r", "")):
                self.column, self.row = column_number(found.group(1).upper()), int(found.group(2))
            else:
                self.column += 1
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)


def extent(part: bytes) -> tuple[int, int]:
    """(rows, columns) of the farthest cells of a sheet. Raises Unlike for what declares entities or is broken.

    >>> extent(b"<sheetData><row><c/><c/></row><row r='7'><c r='C7'/></row></sheetData>")
    (7, 3)
    """

    def refuse(*_declared: object) -> None:
        raise Unlike("a document type")

    cells, parser = _Cells(), expat.ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = cells.start, refuse
    try:
        parser.Parse(part, True)
    except expat.ExpatError as problem:
        raise Unlike(str(problem)) from problem
    return cells.rows, cells.columns


def extents(workbook: bytes, most: int) -> Iterator[tuple[int, int]]:
    """(rows, columns) of every sheet of an XLSX. Raises Unlike for what unpacks to more than `most` bytes."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        for each in archive.infolist():
            if not SHEET.fullmatch(each.filename):
                continue
            with archive.open(each) as file:
                part = file.read(most + 1)
            most -= len(part)
            if most < 0:
                raise Unlike("too much")
            yield extent(part)


def column_number(letters: str) -> int:
    """
    >>> column_number("A"), column_number("Z"), column_number("AA")
    (1, 26, 27)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
