"""A file of observations, whatever it is written in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from kurak.commitments.indicators.reading.rows import Report, Row, unreadable
from kurak.commitments.indicators.reading.sdmx import is_xml, rows_of_sdmx
from kurak.commitments.indicators.reading.tables import rows_of_csv, rows_of_workbook

LARGEST = 100 * 1024 * 1024
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def rows_of(data: bytes, report: Report) -> Iterator[Row]:
    """The observations of a file, told apart by what is in it and not by its name."""
    if not data.strip():
        raise unreadable("empty", _("There is no observation in this file. It needs a row for each value."))
    if len(data) > LARGEST:
        raise unreadable("large", _("This file is larger than 100 MB. Send it in parts."), size=len(data))
    if data.startswith(WORKBOOK):
        return rows_of_workbook(data, report)
    if is_xml(data[:200]):
        return rows_of_sdmx(io.BytesIO(data), report)
    return rows_of_csv(data, report)


def read_file(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise unreadable("large", _("This file is larger than 100 MB. Send it in parts."), size=path.stat().st_size)
        return path.read_bytes()
    except OSError as problem:
        raise unreadable("no_file", _("This file cannot be opened."), file=str(path)) from problem
