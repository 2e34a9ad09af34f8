"""What is due, as a table."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kurak.commitments.calendar import queries
from kurak.ground.publishing.tables import Column, Row, Table, content_version


def due() -> Iterator[Row]:
    for each in queries.days():
        source = each.key.partition(":")[0]
        yield [each.key, source, each.day, each.exact, each.due.kind if each.due else source, each.agenda.code,
               each.place.code, each.title.language, each.title.body, each.verified, each.url or None,
               each.source or None]  # fmt: skip


TABLES = (
    Table(
        "calendar", _("Calendar of commitments"),
        _("Reports, reviews, sessions, the last days of agendas and the deadlines of commitments."),
        (Column("key", "stays the same"), Column("from", "due, agenda or commitment"),
         Column("day", "the last one", "date"), Column("exact", "day, month or year"),
         Column("kind", "what is due"), Column("agenda", "code"), Column("place", "code"),
         Column("language", "of the title"), Column("title", "as written"),
         Column("verified", "compared with the announcement", "boolean"), Column("url", "of the announcement"),
         Column("source", "name of the announcement")),
        due, content_version(due), ("key",),
    ),
)  # fmt: skip
