"""The data package: a descriptor (datapackage.json, Data Package 2.0) that lists every published table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kurak.ground.publishing.citing import LICENCE_URLS
from kurak.ground.publishing.tables import Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def descriptor(name: str, title: str, tables: Iterable[Table], *, path: Callable[[Table], str]) -> dict[str, Any]:
    """The descriptor of these tables. path: where the CSV of a table is found, absolute or beside the descriptor."""
    listed = list(tables)
    return {
        "$schema": PROFILE,
        "name": name,
        "title": title,
        "licenses": [licence(code) for code in sorted({table.licence for table in listed})],
        "resources": [resource(table, path(table)) for table in listed],
    }


def resource(table: Table, path: str) -> dict[str, Any]:
    fields = [{"name": each.name, "type": each.type, "description": each.description} for each in table.columns]
    described: dict[str, Any] = {
        "name": table.code,
        "type": "table",
        "title": str(table.title),
        "description": str(table.description),
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "licenses": [licence(table.licence)],
        "schema": {"fields": fields, "missingValues": [""]},
    }
    if table.key:
        described["schema"]["primaryKey"] = list(table.key)
    if table.sources:
        described["sources"] = [{"title": source} for source in table.sources]
    return described


def licence(code: str) -> dict[str, str]:
    """A licence as the descriptor names it.

    >>> licence("CC0-1.0")
    {'name': 'CC0-1.0', 'path': 'https://creativecommons.org/publicdomain/zero/1.0/'}
    """
    return {"name": code, "path": LICENCE_URLS[code]} if code in LICENCE_URLS else {"name": code}
