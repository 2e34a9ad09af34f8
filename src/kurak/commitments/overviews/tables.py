"""The region compared, as a published table."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kurak.commitments.overviews.queries import region
from kurak.ground.publishing.tables import Column, Row, Table, content_version


def rows() -> Iterator[Row]:
    for each in region():
        counted = each.tally
        yield [
            each.place.code, counted.n, counted.kept, counted.open, counted.ended, counted.unknown, counted.late,
            each.treaties, each.compared, each.middle, each.wide,
        ]  # fmt: skip


TABLES = (
    Table(
        code="commitments-by-country",
        title=_("Commitments by country"),
        description=_("What each country promised, how much was kept, and how far accounts of it lie apart."),
        columns=(
            Column("place", "code of the country"),
            Column("commitments", "how many were made there, at every level", "integer"),
            Column("kept", "ended with the whole promise kept", "integer"),
            Column("open", "not ended", "integer"),
            Column("ended", "ended otherwise than kept", "integer"),
            Column("unknown", "whose status says nothing", "integer"),
            Column("late", "open, and their day has passed", "integer"),
            Column("treaties", "conventions that the state is party to", "integer"),
            Column("compared", "things on which the state and civil society can be compared", "integer"),
            Column("gap", "median of state minus civil society, -1 to 1", "number"),
            Column("wide", "gaps of half the ladder or more", "integer"),
        ),
        rows=rows,
        version=content_version(rows),
    ),
)
