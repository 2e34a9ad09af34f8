"""Values in the words and digits of a language."""

from __future__ import annotations

from babel.numbers import format_decimal, format_percent
from django.utils.translation import gettext as _

from kurak.ground.languages.names import locale
from kurak.ground.measures.models import Measure, Quantity


def number(value: float, kind: str, language: str) -> str:
    """A bare value as readers of the language write it.

    >>> number(6415900, "count", "en"), number(0.6415, "share", "en"), number(3.14159, "amount", "en")
    ('6,415,900', '64%', '3.14')
    """
    if kind == Quantity.Kind.SHARE:
        return format_percent(value, locale=locale(language))
    digits = "#,##0" if kind == Quantity.Kind.COUNT else "#,##0.##"
    return format_decimal(value, format=digits, locale=locale(language))


def shown(measure: Measure, language: str) -> str:
    """The value, marked where it is not exact."""
    value = number(measure.value, measure.quantity.kind, language)
    return value if measure.label == Measure.Label.EXACT else f"≈\N{NO-BREAK SPACE}{value}"


def told(measure: Measure, language: str) -> str:
    """What is measured, with the part of it that this value is about."""
    name = str(measure.quantity.name.into(language))
    parts = [word(dimension, value) for dimension, value in measure.dimensions.items()]
    return f"{name}: {', '.join(parts)}" if parts else name


def word(dimension: str, value: str) -> str:
    """A value of a dimension in the reader's language; what has no word of its own is shown as it is."""
    return {
        ("gender", "woman"): _("women"),
        ("gender", "man"): _("men"),
        ("settlement", "urban"): _("in cities"),
        ("settlement", "rural"): _("outside cities"),
        ("age", "0-14"): _("aged 0–14"),
        ("age", "15-59"): _("aged 15–59"),
        ("age", "60+"): _("aged 60 and over"),
    }.get((dimension, value), value)
