"""Places as a published table."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.places.models import Place
from kurak.ground.publishing.tables import Column, Row, Table, content_version

COLUMNS = (
    Column("code", "ISO 3166-1 alpha-2, ISO 3166-2, or a word of ours"),
    Column("kind", "world, region, country or subdivision"),
    Column("parent", "code of the place around it"),
    Column("division", "what ISO 3166-2 calls a subdivision of this kind"),
    Column("iso3", "ISO 3166-1 alpha-3"),
    Column("m49", "UN M.49"),
    Column("national", "code of the national statistical office"),
    *(Column(f"name_{each.code}", f"name in {each.english_name}") for each in LANGUAGES),
)


def rows() -> Iterator[Row]:
    for place in Place.objects.select_related("parent").order_by("code"):
        codes = [place.codes.get(name) for name in ("iso3", "m49", "national")]
        names = [place.names.get(each.code) for each in LANGUAGES]
        yield [place.code, place.kind, place.parent.code if place.parent else None, place.division, *codes, *names]


TABLE = Table(
    code="places",
    title=_("Places"),
    description=_("The world, the region, its seven countries and their subdivisions, with names in ten languages."),
    columns=COLUMNS,
    rows=rows,
    version=content_version(rows),
    key=("code",),
    sources=("Unicode CLDR (names of countries)", "ISO 3166 (codes)"),
)
