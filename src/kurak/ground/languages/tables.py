"""Languages as a published table."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.languages.names import language_name
from kurak.ground.publishing.tables import Column, Row, Table, content_version

COLUMNS = (
    Column("code", "ISO 639-1, or 639-3 for Dari"),
    Column("direction", "ltr or rtl"),
    Column("own_name", "what its speakers call it"),
    *(Column(f"name_{each.code}", f"name in {each.english_name}") for each in LANGUAGES),
)


def rows() -> Iterator[Row]:
    for each in LANGUAGES:
        names = [language_name(each.code, in_=other.code) for other in LANGUAGES]
        yield [each.code, each.direction, each.own_name, *names]


TABLE = Table(
    code="languages",
    title=_("Languages"),
    description=_("The ten languages of the platform and what each calls the others."),
    columns=COLUMNS,
    rows=rows,
    version=content_version(rows),
    key=("code",),
    sources=("Unicode CLDR",),
)
