"""The workbook of a document. It has no formulas, and a first sheet that people can begin with."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter
import xlsxwriter.worksheet

from kurak.instruments.catalogue.texts import languages_of
from kurak.instruments.catalogue.workbooks.layout import ALWAYS, CODES, INSTRUMENT, SHEETS
from kurak.instruments.catalogue.workbooks.rows import Row, rows_of

BEGINNING = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no zones
WIDE = {"value": 40, "formula": 30, "more": 40, "title en": 40, "title ru": 40, "url": 30}
USUAL = 14


class Exact(xlsxwriter.worksheet.Worksheet):
    """Writes numbers to the last bit; the library leaves the seventeenth digit out, and a weight would come back
    changed."""

    def _write_number(self, row: int, col: int, number: float, cell_format: Any = None) -> int:
        exact = number if isinstance(number, int) else _Written(number)
        return int(super()._write_number(row, col, exact, cell_format))


class _Written(float):
    def __format__(self, how: str) -> str:
        return repr(float(self))


def as_workbook(document: Mapping[str, Any]) -> bytes:
    """XLSX with the sheets of the layout. The same document always gives the same bytes."""
    buffer = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, settings)
    book.set_properties({"created": BEGINNING})
    head = book.add_format({"bold": True, "bg_color": "#e5f1ee", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    languages = [code for code in CODES if code in {*ALWAYS, *languages_of(document)}]
    rows = rows_of(document)
    for sheet in SHEETS:
        header = [*sheet.columns, *languages] if sheet.name == INSTRUMENT else sheet.header(languages)
        _fill(book.add_worksheet(sheet.name, Exact), header, rows[sheet.name], head, wrapped)
    book.close()
    return buffer.getvalue()


def _fill(page: Any, header: list[str], rows: list[Row], head: Any, wrapped: Any) -> None:
    page.freeze_panes(1, 1)
    for column, name in enumerate(header):
        page.write_string(0, column, name, head)
        page.set_column(column, column, WIDE.get(name, 30 if " " in name else USUAL))
    for number, row in enumerate(rows, start=1):
        for column, name in enumerate(header):
            if name in row:
                _write(page, number, column, row[name], wrapped)


def _write(page: Any, row: int, column: int, value: Any, wrapped: Any) -> None:
    if isinstance(value, bool):
        page.write_boolean(row, column, value, wrapped)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, wrapped)
    else:
        page.write_string(row, column, str(value), wrapped)
