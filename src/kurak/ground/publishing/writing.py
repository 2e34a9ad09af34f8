"""Rows as CSV, JSON or Parquet, sent while they are read: a large table never lies whole in memory."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from kurak.ground.publishing.tables import Column, Row, Table

BATCH = 1000
BLOCK = 256 * 1024
FORMULA = ("=", "+", "-", "@", "\t", "\r")
DUCKDB_TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",  # in UTC; zones would need an extension of DuckDB
}
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


def written(table: Table, form: str) -> Iterator[bytes]:
    """The table in the form asked for: csv, json or parquet."""
    return {"csv": as_csv, "json": as_json, "parquet": as_parquet}[form](table.columns, table.rows())


def as_csv(columns: Iterable[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """RFC 4180 with a header. A text that a spreadsheet would run as a formula gets an apostrophe before it.

    >>> b"".join(as_csv([Column("text", ""), Column("n", "", "integer")], [("=1+1", -5)])).decode()
    "text,n\\r\\n'=1+1,-5\\r\\n"
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([column.name for column in columns])
    for number, row in enumerate(rows, start=1):
        writer.writerow([harmless(cell) for cell in row])
        if number % BATCH == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet runs; numbers stay numbers.

    >>> harmless("@SUM(A1)"), harmless("a=b"), harmless(-3), harmless(None), harmless(True)
    ("'@SUM(A1)", 'a=b', -3, '', 'true')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dict | list):
        return json.dumps(cell, ensure_ascii=False, sort_keys=True)
    if hasattr(cell, "isoformat"):
        return cell.isoformat()
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return "'" + cell
    return cell


def as_json(columns: Iterable[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """A list of objects, one a line.

    >>> b"".join(as_json([Column("a", "", "integer")], [(1,), (None,)])).decode()
    '[\\n{"a": 1},\\n{"a": null}\\n]\\n'
    """
    names = [column.name for column in columns]
    lines: list[str] = []
    begun = False
    yield b"[\n"
    for row in rows:
        lines.append(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, cls=DjangoJSONEncoder))
        if len(lines) == BATCH:
            yield ((",\n" if begun else "") + ",\n".join(lines)).encode()
            lines, begun = [], True
    if lines:
        yield ((",\n" if begun else "") + ",\n".join(lines)).encode()
        begun = True
    yield b"\n]\n" if begun else b"]\n"


def as_parquet(columns: Iterable[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """Parquet with typed columns, made by DuckDB from a temporary file that is gone afterwards."""
    columns = list(columns)
    with tempfile.TemporaryDirectory(prefix="kurak-") as folder:
        source, target = Path(folder) / "rows.csv", Path(folder) / "rows.parquet"
        with source.open("w", encoding="utf-8", newline="") as file:
            # Quoted text, bare nothing: an empty text and a missing one stay apart.
            writer = csv.writer(file, quoting=csv.QUOTE_NOTNULL)
            writer.writerows([_plain(cell) for cell in row] for row in rows)
        _converted(source, target, columns)
        with target.open("rb") as made:
            while block := made.read(BLOCK):
                yield block


def _converted(source: Path, target: Path, columns: list[Column]) -> None:
    import duckdb

    types = {column.name: DUCKDB_TYPES[column.type] for column in columns}
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(
            "COPY (SELECT * FROM read_csv(?, columns = ?, header = false, auto_detect = false, quote = '\"', "
            "escape = '\"', delim = ',', nullstr = '', allow_quoted_nulls = false)) "
            "TO ? (FORMAT parquet, COMPRESSION zstd)",
            [str(source), types, str(target)],
        )


def _plain(cell: Any) -> Any:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, dt.datetime):
        return cell.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ")
    return harmless(cell)


def _emptied(buffer: io.StringIO) -> bytes:
    content = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return content
