"""{% load figures %}: numbers as the reader writes them, texts of a document in their language."""

from typing import Any

from django import template
from django.utils.translation import get_language

from kurak.instruments.catalogue.texts import text_of
from kurak.instruments.catalogue.wording import number

register = template.Library()


@register.filter
def figure(value: Any, digits: int | None = None) -> str:
    """A number with at most so many digits after the point; a dash where there is none.

    >>> figure(0.1234567, 3), figure(67.0, 2), figure(None)
    ('0.123', '67', '–')
    """
    if value is None:
        return "–"
    if isinstance(value, int | float) and not isinstance(value, bool) and digits is not None:
        return number(round(float(value), digits))
    return number(value)


@register.filter
def percent(share: float | None) -> str:
    """A share as whole per cent; a dash where there is none.

    >>> percent(0.944), percent(None)
    ('94 %', '–')
    """
    return "–" if share is None else f"{number(round(100 * share))} %"


@register.filter
def told(value: Any) -> str:
    """A text of a document in the reader's language; nothing where there is none."""
    text = text_of(value)
    return "" if text is None else str(text.into(get_language() or "en"))
