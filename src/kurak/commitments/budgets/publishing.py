"""Showing a budget and taking it back. Its execution becomes measures of the ground, so that other rooms can use it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.commitments.budgets import analysis, rules
from kurak.commitments.budgets.models import Budget
from kurak.ground.errors import Refused
from kurak.ground.measures.actions import cite, state, withdraw
from kurak.ground.measures.models import Measure, Source
from kurak.ground.people.models import Person
from kurak.ground.safety.actions import record

QUANTITIES = {"adjusted": "budget-execution", "approved": "budget-execution-of-approved"}


def source_of(budget: Budget) -> Source:
    code = f"budget-{budget.place.code}-{budget.year}".lower()
    return cite(code=code, title=budget.source, **({"url": budget.url} if budget.url else {}))


@transaction.atomic
def publish(*, budget: Budget, by: Person | None) -> Budget:
    """Show a budget to everybody; its execution becomes measures of the place."""
    held = _held(budget, by)
    if not held.lines.exists():
        raise Refused("budget.empty", _("There is no line in this budget. Bring a file in first."))
    if held.status != Budget.Status.PUBLISHED:
        held.status, held.published_at = Budget.Status.PUBLISHED, timezone.now()
        held.save(update_fields=["status", "published_at"])
        record(verb="budget.published", on=held, by=by)
    state_of(held, by)
    return held


@transaction.atomic
def unpublish(*, budget: Budget, by: Person, why: str) -> Budget:
    """Take a budget back; its measures are withdrawn with the reason and stay readable."""
    held = _held(budget, by)
    if not why.strip():
        raise Refused("budget.why", _("Say why it is taken back: whoever used it will ask."))
    held.status = Budget.Status.DRAFT
    held.save(update_fields=["status"])
    for measure in measures_of(held):
        withdraw(measure, why=why, by=by)
    record(verb="budget.taken_back", on=held, by=by, reason=why)
    return held


def _held(budget: Budget, by: Person | None) -> Budget:
    if by is not None:
        rules.need_bringer(by, budget.place)
    return Budget.objects.select_for_update(of=("self",)).select_related("place").get(pk=budget.pk)


def measures_of(budget: Budget) -> list[Measure]:
    rows = Measure.objects.filter(source=source_of(budget), quantity__code__in=QUANTITIES.values(), withdrawn_at=None)
    return list(rows.select_related("place", "quantity"))


def state_of(budget: Budget, by: Person | None) -> None:
    """The execution of expenditure, whole and by function, until the end of the last month that is known."""
    stated = []
    source = source_of(budget)
    if budget.month:
        period = analysis.period_of(budget)
        about: dict[str, Any] = {"place": budget.place, "period": period, "source": source, "by": by, "on": [budget],
                                 "made_from": budget.sha256}  # fmt: skip
        method = f"kurak budgets import FILE --place {budget.place.code} --year {budget.year}"
        for function, shares in analysis.shares_by_function(budget).items():
            for against, quantity in QUANTITIES.items():
                value = shares[against]
                if value is not None:
                    split = {"function": function} if function else {}
                    stated.append(state(quantity=quantity, value=value, dimensions=split, method=method, **about))
    numbers = {each.pk for each in stated if each is not None}
    for measure in measures_of(budget):
        if measure.pk not in numbers:
            _give_way(measure)


def _give_way(measure: Measure) -> None:
    Measure.objects.filter(pk=measure.pk).update(withdrawn_at=timezone.now(), withdrawn_why="superseded")
