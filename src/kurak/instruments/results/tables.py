"""Published scores and the runs they come from, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kurak.ground.publishing.tables import Column, Row, Table, content_version
from kurak.instruments.results import queries
from kurak.instruments.results.commands import command_of
from kurak.instruments.results.models import Score, Trend


def runs() -> Iterator[Row]:
    for run in queries.runs():
        source = run.data_set.source if run.data_set else None
        yield [
            run.pk, run.edition.instrument.code, run.edition.edition, run.edition.revision, run.label,
            run.published_at, run.engine, run.declaration, run.made_from, run.draws, run.seed, command_of(run),
            source.title if source else "", source.licence if source else "",
        ]  # fmt: skip


def scores() -> Iterator[Row]:
    found = Score.objects.filter(run__in=queries.runs().values("pk")).order_by("run", "node", "period", "unit")
    related = found.select_related("place", "run__edition__instrument")
    for each in related.defer("run__edition__document", "run__edition__text", "run__shown").iterator(2000):
        yield [
            each.run_id, each.run.edition.instrument.code, each.run.edition.edition, each.node, each.unit,
            each.place.code if each.place else None, each.period or None, each.value, each.low, each.high, each.rank,
            each.rank_low, each.rank_high, each.ranked, each.rank_share, each.class_code or None, each.coverage,
            each.reason or None,
        ]  # fmt: skip


def trends() -> Iterator[Row]:
    found = Trend.objects.filter(run__in=queries.runs().values("pk")).order_by("run", "node", "unit")
    related = found.select_related("place", "run__edition__instrument")
    for each in related.defer("run__edition__document", "run__edition__text", "run__shown").iterator(2000):
        yield [
            each.run_id, each.run.edition.instrument.code, each.run.edition.edition, each.node, each.unit,
            each.place.code if each.place else None, each.since, each.until, each.first, each.last, each.yearly,
            each.goal, each.by_year, each.needed, each.arrow or None,
        ]  # fmt: skip


def marks() -> Iterator[Row]:
    """Scores never change: the runs that are published say whether anything is new."""
    for number, status in queries.runs().values_list("pk", "status"):
        yield [number, status]


KEY = (
    Column("run", "number of the run", "integer"), Column("instrument", "code of the instrument"),
    Column("edition", "as its publisher names it"),
)  # fmt: skip
TABLES = (
    Table(
        "results", _("Published results"), _("Each computation of an index, and what makes it again."),
        (*KEY, Column("revision", "of the edition's file", "integer"), Column("label", "exact, approximate or proxy"),
         Column("published_at", "when", "datetime"), Column("engine", "name and version"),
         Column("declaration", "SHA-256 of what is computed"), Column("made_from", "SHA-256 of the input"),
         Column("draws", "0: not varied", "integer"), Column("seed", "of the draws", "integer"),
         Column("command", "makes the same scores again"), Column("source", "of the data"),
         Column("licence", "of the data")),
        runs, content_version(marks), ("run",),
    ),
    Table(
        "scores", _("Scores of indexes"), _("Scores, ranks and classes of published indexes, with what they may be."),
        (*KEY, Column("node", "code of the score"), Column("unit", "as the data name it"),
         Column("place", "code of the place, where we know it"), Column("period", "year"),
         Column("value", "empty where there is none: see reason", "number"), Column("low", "lowest", "number"),
         Column("high", "highest", "number"), Column("rank", "1 is best", "number"),
         Column("rank_low", "best rank", "number"), Column("rank_high", "worst rank", "number"),
         Column("ranked", "how many have a rank", "integer"),
         Column("rank_share", "of the draws in which the rank holds", "number"), Column("class", "code of the class"),
         Column("coverage", "share of the data that is there", "number"), Column("reason", "why there is no score")),
        scores, content_version(marks), ("run", "node", "unit", "period"),
    ),
    Table(
        "trends", _("Trends of indexes"), _("How units moved from their first year to their last, inside one edition."),
        (*KEY, Column("node", "code of the score or indicator"), Column("unit", "as the data name it"),
         Column("place", "code of the place, where we know it"), Column("since", "first year", "integer"),
         Column("until", "last year", "integer"), Column("first", "value in the first year", "number"),
         Column("last", "value in the last year", "number"), Column("yearly", "change a year", "number"),
         Column("goal", "where the edition declares one", "number"), Column("by_year", "of the goal", "integer"),
         Column("needed", "change a year that leads to the goal", "number"),
         Column("arrow", "up, moderate, stagnating or down")),
        trends, content_version(marks), ("run", "node", "unit"),
    ),
)  # fmt: skip
