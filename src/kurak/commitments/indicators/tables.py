"""Indicators, their targets and how they go, as published tables. The observations are in the table of measures."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from kurak.commitments.indicators.models import Indicator, Series, Target
from kurak.ground.publishing.tables import Column, Row, Table, content_version

CHUNK = 2000
METHODS = ("open-sdg", "eurostat", "un-chart", "unescap", "sdg-index")


def indicator_rows() -> Iterator[Row]:
    for each in Indicator.objects.select_related("quantity", "goal").iterator(CHUNK):
        yield [
            each.code, str(each.title.into("en")), str(each.title.into("ru")), each.quantity.unit,
            each.quantity.direction, each.direction_by, each.parity, each.least, each.most, each.kind,
            " ".join(each.codes), each.goal.code if each.goal else "", each.source, each.url,
        ]  # fmt: skip


def target_rows() -> Iterator[Row]:
    for each in Target.objects.select_related("indicator", "place").iterator(CHUNK):
        yield [
            each.indicator.code, each.place.code, each.slice, each.year, each.value, each.baseline_year, each.baseline,
            each.path, each.kind, each.source, each.verified,
        ]  # fmt: skip


def progress_rows() -> Iterator[Row]:
    rows = Series.objects.filter(slice="").select_related("indicator", "place", "source")
    for each in rows.iterator(CHUNK):
        said = [each.verdicts.get(method, {}).get("step", "") for method in METHODS]
        yield [
            each.indicator.code, each.place.code, each.source.code, each.n, each.since, each.until, each.first,
            each.last, each.method, each.status, *said, each.disagree, each.outlook.get("chance"), each.engine,
        ]  # fmt: skip


def progress_version() -> str:
    found = Series.objects.aggregate(newest=Max("computed_at"), many=Count("pk"))
    return f"{found['newest']}:{found['many']}"


INDICATORS = Table(
    code="indicators",
    title=_("Indicators"),
    description=_("What is followed over time, in which unit, and which way is better."),
    columns=(
        Column("code", "code of the indicator, and of its quantity in the table of measures"),
        Column("title_en", "title in English"),
        Column("title_ru", "title in Russian"),
        Column("unit", "unit of its values"),
        Column("direction", "up: more is better; down: less is better; neither"),
        Column("direction_by", "who says which way is better"),
        Column("parity", "best is equality", "boolean"),
        Column("least", "no value is below", "number"),
        Column("most", "no value is above", "number"),
        Column("kind", "who defined it: official, global, civil"),
        Column("codes", "codes of the global framework"),
        Column("goal", "code of the goal"),
        Column("source", "source of the definition"),
        Column("url", "address of the definition"),
    ),
    rows=indicator_rows,
    version=content_version(indicator_rows),
    key=("code",),
)
TARGETS = Table(
    code="targets",
    title=_("Targets of indicators"),
    description=_("Where an indicator should be at a place in a year, and who says so."),
    columns=(
        Column("indicator", "code of the indicator"),
        Column("place", "code of the place; world: for everybody"),
        Column("slice", "which part of the whole; empty for everybody"),
        Column("year", "by the end of the year", "integer"),
        Column("value", "in the unit of the indicator", "number"),
        Column("baseline_year", "counted from", "integer"),
        Column("baseline", "value counted from", "number"),
        Column("path", "values on the way, by year"),
        Column("kind", "given by the agenda, set by analysts, or regional"),
        Column("source", "where it stands"),
        Column("verified", "compared with its source", "boolean"),
    ),
    rows=target_rows,
    version=content_version(target_rows),
    key=("indicator", "place", "slice", "year", "kind"),
)
PROGRESS = Table(
    code="progress",
    title=_("Progress of indicators"),
    description=_("How every series of everybody goes, by five methods, and whether they contradict each other."),
    columns=(
        Column("indicator", "code of the indicator"),
        Column("place", "code of the place"),
        Column("source", "code of the source"),
        Column("n", "years with a value", "integer"),
        Column("since", "first year", "integer"),
        Column("until", "last year", "integer"),
        Column("first", "first value", "number"),
        Column("last", "last value", "number"),
        Column("method", "the method of the headline"),
        Column("status", "by the headline's method"),
        *(Column(name.replace("-", "_"), f"by the method {name}") for name in METHODS),
        Column("disagree", "methods contradict each other", "boolean"),
        Column("chance", "that the target is met in its year", "number"),
        Column("engine", "version of the engine"),
    ),
    rows=progress_rows,
    version=progress_version,
    key=("indicator", "place", "source"),
)
TABLES = (INDICATORS, TARGETS, PROGRESS)
