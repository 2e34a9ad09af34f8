"""A list of the API, a page at a time."""

from __future__ import annotations

from typing import Annotated

from django.db.models import QuerySet
from ninja import Field, Query, Schema

MOST = 1000


class Which(Schema):
    """Which part of a list."""

    offset: int = Field(0, ge=0, le=10_000_000, description="How many to pass over")
    limit: int = Field(100, ge=1, le=MOST, description="How many to give")


Paged = Annotated[Which, Query()]


class Page[Item](Schema):
    total: int
    offset: int
    items: list[Item]


def page(rows: QuerySet, which: Which) -> dict[str, object]:
    return {
        "total": rows.count(),
        "offset": which.offset,
        "items": list(rows[which.offset : which.offset + which.limit]),
    }
