"""Who may bring budgets in and publish them, and who may look at residents' photographs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kurak.commitments.budgets.models import Budget
from kurak.ground.errors import Forbidden
from kurak.ground.people.rules import Role, has_second_factor, holds
from kurak.ground.places.models import Place


def may_bring(person: Any, place: Place) -> bool:
    """Analysts of the place; a coordinator may do what they may."""
    return holds(person, Role.ANALYST, place=place) and has_second_factor(person)


def need_bringer(person: Any, place: Place) -> None:
    if not may_bring(person, place):
        raise Forbidden("budget.not_here", _("Only analysts and coordinators of the place bring budgets in."))


def may_see(person: Any, budget: Budget) -> bool:
    return budget.status == Budget.Status.PUBLISHED or may_bring(person, budget.place)


def may_answer(person: Any) -> bool:
    return bool(getattr(person, "is_authenticated", False) and person.is_active)


def may_decide(person: Any, place: Place) -> bool:
    """On a photograph: coordinators of the place."""
    return holds(person, Role.COORDINATOR, place=place) and has_second_factor(person)
