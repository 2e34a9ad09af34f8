"""How budgets and their lines are shown in the trail."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.commitments.budgets import rules
from kurak.commitments.budgets.models import Budget, BudgetLine
from kurak.ground.trail.kinds import Kind, by_pk, register


def register_kinds() -> None:
    register(
        Kind("budget", _l("Budget"), Budget, by_pk(Budget, "place"), title_of, url_of,
             lambda budget, person: rules.may_see(person, budget))
    )  # fmt: skip
    register(
        Kind("budget-line", _l("Budget line"), BudgetLine, by_pk(BudgetLine, "budget__place"), title_of_line,
             url_of_line, lambda line, person: rules.may_see(person, line.budget))
    )  # fmt: skip


def title_of(budget: Budget) -> str:
    words = {"place": budget.place.name(get_language() or "en"), "year": str(budget.year)}
    return _("Budget of %(place)s, %(year)s") % words


def url_of(budget: Budget) -> str:
    return reverse("budgets:budget", args=[budget.place.code, budget.year])


def title_of_line(line: BudgetLine) -> str:
    return f"{title_of(line.budget)}, {line.code}: {line.title.into(get_language() or 'en')}"


def url_of_line(line: BudgetLine) -> str:
    return reverse("budgets:line", args=[line.budget.place.code, line.budget.year, line.code])
