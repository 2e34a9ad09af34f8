"""{% load figures %}: numbers as the reader writes them."""

from typing import Any

from django import template

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
