"""A table that is published: named columns, rows that are read while they are sent, and where they come from.

Rooms declare their tables with `publish`; pages, downloads and the data package read them from here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kurak.ground.errors import Missing
from kurak.ground.publishing.citing import LICENCE

Type = Literal["string", "integer", "number", "boolean", "date", "datetime"]
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    description: str
    type: Type = "string"


@dataclass(frozen=True, slots=True)
class Table:
    code: str
    title: str | Promise
    description: str | Promise
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Row]]
    version: Callable[[], str]  # changes whenever the rows do
    key: tuple[str, ...] = ()
    licence: str = LICENCE
    sources: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def content_version(rows: Callable[[], Iterable[Row]]) -> Callable[[], str]:
    """The version of a small table: a digest of all its rows."""
    return lambda: hashlib.sha256(repr([tuple(row) for row in rows()]).encode()).hexdigest()


_published: dict[str, Table] = {}


def publish(table: Table) -> None:
    _published[table.code] = table


def published() -> list[Table]:
    return sorted(_published.values(), key=lambda table: table.code)


def table_called(code: str) -> Table:
    if code not in _published:
        raise Missing("table.missing", _("There is no such table. The page of open data lists them all."), asked=code)
    return _published[code]
