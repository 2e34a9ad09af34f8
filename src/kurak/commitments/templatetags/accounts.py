"""{% three_accounts commitment %}: what the state says, what civil society found, what the treaty body graded, on the
pages of agendas. {{ value|rung }}: a place on the common ladder."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import number_format

from kurak.commitments.accounts.showing import side_by_side
from kurak.commitments.agendas.models import Commitment, Provision

register = template.Library()


@register.inclusion_tag("commitments/accounts/_side_by_side.html")
def three_accounts(thing: Commitment | Provision) -> dict[str, Any]:
    return side_by_side(thing)


@register.filter
def rung(value: float | None) -> str:
    """With two decimals, as the reader's language writes numbers; a dash where there is none."""
    return "–" if value is None else number_format(round(value, 2), 2)


@register.filter
def signed(value: float | None) -> str:
    """A gap, with its sign."""
    if value is None:
        return "–"
    mark = "+" if value > 0.005 else "−" if value < -0.005 else ""
    return f"{mark}{number_format(round(abs(value), 2), 2)}"
