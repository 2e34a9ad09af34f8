"""Quantities, sources and measures as published tables."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from kurak.ground.measures.models import Measure, Quantity, Source
from kurak.ground.measures.queries import standing
from kurak.ground.publishing.tables import Column, Row, Table, content_version

CHUNK = 2000


def measure_rows() -> Iterator[Row]:
    for each in standing().order_by("pk").iterator(CHUNK):
        yield [
            each.pk, each.quantity.code, each.place.code, each.start, each.end, each.slice, each.value, each.low,
            each.high, each.quantity.unit, each.label, each.quality, each.n, each.source.code, each.method,
            each.version, each.made_from, each.stated_at,
        ]  # fmt: skip


def measures_version() -> str:
    """Changes whenever one is stated or withdrawn."""
    found = Measure.objects.aggregate(newest=Max("pk"), withdrawn=Count("withdrawn_at"))
    return f"{found['newest']}:{found['withdrawn']}"


def quantity_rows() -> Iterator[Row]:
    for each in Quantity.objects.all():
        texts = [
            text.into(language) if text else None for text in (each.name, each.description) for language in ("en", "ru")
        ]
        told = [str(text) if text else None for text in texts]
        yield [each.code, *told, each.unit, each.kind, each.direction]


def source_rows() -> Iterator[Row]:
    for each in Source.objects.all():
        yield [each.code, each.title, each.url, each.licence, each.citation, each.retrieved]


MEASURES = Table(
    code="measures",
    title=_("Measures"),
    description=_(
        "Every figure on the platform: a value, for a place, in a period, from a source, with its uncertainty."
    ),
    columns=(
        Column("id", "number of the measure", "integer"),
        Column("quantity", "code of what is measured"),
        Column("place", "code of the place"),
        Column("start", "first day of the period", "date"),
        Column("end", "last day of the period", "date"),
        Column("slice", "which part of the whole: name=value;..., empty for everybody"),
        Column("value", "in the unit; shares are 0..1", "number"),
        Column("low", "the value is not below", "number"),
        Column("high", "the value is not above", "number"),
        Column("unit", "unit of the value"),
        Column("label", "exact, approximate or proxy"),
        Column("quality", "original, copy or unverified"),
        Column("n", "observations it stands on", "integer"),
        Column("source", "code of the source"),
        Column("method", "command or formula that makes it again"),
        Column("version", "version of the method"),
        Column("made_from", "SHA-256 of the input"),
        Column("stated_at", "when it was stated", "datetime"),
    ),
    rows=measure_rows,
    version=measures_version,
    key=("id",),
)
QUANTITIES = Table(
    code="quantities",
    title=_("Quantities"),
    description=_("What is measured, in which unit, and whether more of it is better."),
    columns=(
        Column("code", "the word that measures use"),
        Column("name_en", "name in English"),
        Column("name_ru", "name in Russian"),
        Column("description_en", "description in English"),
        Column("description_ru", "description in Russian"),
        Column("unit", "unit of its values"),
        Column("kind", "count, share, amount or score"),
        Column("direction", "up: more is better; down: less is better; neither"),
    ),
    rows=quantity_rows,
    version=content_version(quantity_rows),
    key=("code",),
)
SOURCES = Table(
    code="sources",
    title=_("Sources"),
    description=_("Where the figures come from, with licence and citation."),
    columns=(
        Column("code", "the word that measures use"),
        Column("title", "title"),
        Column("url", "address"),
        Column("licence", "SPDX code, or the words of the source"),
        Column("citation", "how to cite it"),
        Column("retrieved", "when it was read", "date"),
    ),
    rows=source_rows,
    version=content_version(source_rows),
    key=("code",),
)
