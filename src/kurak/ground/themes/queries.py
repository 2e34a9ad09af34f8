"""What can be asked about themes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kurak.ground.errors import Missing
from kurak.ground.themes.models import Theme


def theme_called(code: str) -> Theme:
    theme = Theme.objects.filter(code=code.lower()).first()
    if theme is None:
        raise Missing("theme.missing", _("There is no such theme. The list of themes shows them all."), asked=code)
    return theme


def priorities() -> QuerySet[Theme]:
    return Theme.objects.filter(kind=Theme.Kind.PRIORITY)


def goals() -> QuerySet[Theme]:
    return Theme.objects.filter(kind=Theme.Kind.GOAL)
