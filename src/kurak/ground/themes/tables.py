"""Themes as a published table."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kurak.ground.publishing.tables import Column, Row, Table, content_version
from kurak.ground.themes.models import Theme

COLUMNS = (
    Column("code", "the word that addresses use"),
    Column("kind", "priority of the Vision, or goal of the 2030 Agenda"),
    Column("number", "its number within the kind", "integer"),
    Column("name_en", "name in English"),
    Column("name_ru", "name in Russian"),
    Column("description_en", "description in English"),
    Column("description_ru", "description in Russian"),
)


def rows() -> Iterator[Row]:
    for theme in Theme.objects.all():
        texts = [
            text.into(language) if text else None
            for text in (theme.name, theme.description)
            for language in ("en", "ru")
        ]
        yield [theme.code, theme.kind, theme.number, *(str(text) if text else None for text in texts)]


TABLE = Table(
    code="themes",
    title=_("Themes"),
    description=_("The nine priorities of the Vision and the 17 Sustainable Development Goals."),
    columns=COLUMNS,
    rows=rows,
    version=content_version(rows),
    key=("code",),
    sources=("Looking into the Future: Development of Central Asian Civil Society – 2025", "United Nations (goals)"),
)
