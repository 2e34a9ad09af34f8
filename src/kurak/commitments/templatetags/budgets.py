"""How budgets write amounts and shares."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.template.defaultfilters import floatformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kurak.commitments.budgets.showing import paying_for

register = template.Library()


@register.filter
def amount(value: Decimal | None) -> SafeString | str:
    """Whole units, in groups of three; a dash where nothing is known."""
    return "–" if value is None else format_html('<bdi class="amount" dir="ltr">{}</bdi>', floatformat(value, "0g"))


@register.filter
def share(value: float | None) -> SafeString | str:
    """Per cent, one decimal at most."""
    if value is None:
        return "–"
    return format_html('<bdi class="amount" dir="ltr">{} %</bdi>', floatformat(value * 100, -1))


@register.filter
def points(value: float | None) -> SafeString | str:
    """A difference of shares, with its sign."""
    if value is None:
        return "–"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return format_html('<bdi class="amount" dir="ltr">{}{}</bdi>', sign, floatformat(abs(value) * 100, -1))


@register.inclusion_tag("commitments/budgets/_money.html")
def money_for(commitment: Any) -> dict[str, Any]:
    """Lines of published budgets that pay for a commitment."""
    return {"rows": paying_for(commitment)}
