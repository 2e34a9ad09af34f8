"""Opens a workbook that a stranger sent. Nothing in it is run, and it is refused before it can grow: what is no XLSX,
what is too large once unpacked, macros, formulas, links to other files, cells at the end of the world."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kurak.ground.errors import Refused
from kurak.ground.files.inspecting import UNREADABLE
from kurak.instruments.definitions.reach import SHEET, extent

LARGEST = 2_000_000  # bytes of the file
UNPACKED = 40_000_000
MOST_FILES = 200
MOST_ROWS, MOST_COLUMNS = 20_000, 300
MOST_CELLS = 3_000_000  # of all sheets together, empty ones too
MOST_SAID = 20
FORMULA = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,4}[0-9]{1,9})"[^<>]*>\s*<(?:\w+:)?f[ />]')
NAMED = re.compile(rb'<(?:\w+:)?sheet\b[^<>]*?\bname="([^"]*)"[^<>]*?:id="([^"]*)"')
TARGET = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
ATTRIBUTE = re.compile(rb'\b(Id|Target)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Opened:
    """rows {sheet: its rows, the first of them the header}."""

    rows: dict[str, list[list[Any]]]


def opened(content: bytes, *, formulas: bool = False) -> Opened:
    """The cells of a workbook. Raises Refused for what is not safe to open. formulas: whether cells may have been
    computed, where their last values will do."""
    if len(content) > LARGEST:
        raise Refused("workbook.large", _("The file is larger than two megabytes. Leave out what is not needed."))
    _look_inside(content, formulas=formulas)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return Opened(
            {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
        )
    except (CalamineError, ValueError, OSError) as problem:
        raise broken() from problem


def broken() -> Refused:
    return Refused("workbook.broken", _("This workbook cannot be read. Open it, save it as XLSX again, and send that."))


def _look_inside(content: bytes, *, formulas: bool) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            "workbook.old", _("This is an old .xls file, or one with a password. Save it as XLSX without one.")
        )
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused("workbook.none", _("This is not a workbook. Save it as XLSX, or send the definition as YAML."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_at(archive, may_compute=formulas)
    except UNREADABLE as problem:
        raise broken() from problem


def _look_at(archive: zipfile.ZipFile, *, may_compute: bool) -> None:
    names = archive.namelist()
    if "xl/workbook.xml" not in names:
        raise Refused("workbook.kind", _("This is not an XLSX workbook. Save it as XLSX."))
    if len(names) > MOST_FILES:
        raise Refused("workbook.bomb", _("There is too much inside this workbook. Send one with the sheets alone."))
    if any("vbaproject" in name.lower() for name in names):
        raise Refused("workbook.macros", _("This workbook has macros. Save it as XLSX, without them."))
    if any("externallink" in name.lower() or "/embeddings/" in name.lower() for name in names):
        raise Refused("workbook.links", _("This workbook is linked to other files. Break the links and save it again."))
    formulas: list[tuple[str, str]] = []
    cells = 0
    parts: dict[str, bytes] = {}
    for name, part in _parts(archive):
        if name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            parts[name] = part
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            raise broken()
        if b"macroEnabled" in part and name == "[Content_Types].xml":
            raise Refused("workbook.macros", _("This workbook has macros. Save it as XLSX, without them."))
        if SHEET.fullmatch(name):
            cells += _within_reach(part)
            formulas += [(name, cell.decode()) for cell in FORMULA.findall(part)[:MOST_SAID]]
        if cells > MOST_CELLS:
            raise Refused("workbook.bomb", _("There is too much inside this workbook. Send one with the sheets alone."))
    if formulas and not may_compute:
        titles = _titles(parts)
        said = [f"{titles.get(name, name)}!{cell}" for name, cell in formulas[:MOST_SAID]]
        raise Refused(
            "workbook.formulas",
            _("These cells have formulas: %(cells)s. Put the values in their place: copy, then paste as values.")
            % {"cells": ", ".join(said)},
            cells=said,
        )


def _titles(parts: dict[str, bytes]) -> dict[str, str]:
    """{name of the part: what the sheet is called}."""
    targets = {}
    for tag in TARGET.findall(parts.get("xl/_rels/workbook.xml.rels", b"")):
        given = dict(ATTRIBUTE.findall(tag))
        target = given.get(b"Target", b"").decode(errors="replace").lstrip("/").removeprefix("xl/")
        targets[given.get(b"Id", b"")] = f"xl/{target}"
    named = NAMED.findall(parts.get("xl/workbook.xml", b""))
    return {targets[known]: title.decode(errors="replace") for title, known in named if known in targets}


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every file inside, as long as all of them together stay small: what an archive says of itself is not believed."""
    left = UNPACKED
    for each in archive.infolist():
        if each.is_dir():
            continue
        with archive.open(each) as file:
            part = file.read(left + 1)
        left -= len(part)
        if left < 0:
            raise Refused("workbook.bomb", _("There is too much inside this workbook. Send one with the sheets alone."))
        yield each.filename, part


def _within_reach(part: bytes) -> int:
    """How many cells the sheet makes. A single cell far away would make a table of a billion empty ones."""
    rows, columns = extent(part)
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise Refused(
            "workbook.far",
            _("The cell %(cell)s lies too far out: at most %(rows)d rows and %(columns)d columns are read.")
            % {"cell": f"{column_letters(columns)}{rows}", "rows": MOST_ROWS, "columns": MOST_COLUMNS},
        )
    return rows * columns


def column_letters(number: int) -> str:
    """
    >>> column_letters(1), column_letters(27)
    ('A', 'AA')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
