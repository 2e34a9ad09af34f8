"""The invented town: it loads, loading twice is loading once, and its money adds up."""

import pytest

from kurak.cli.sample import load_town
from kurak.commitments.budgets.analysis import pace, total
from kurak.commitments.budgets.models import Budget, BudgetLine
from kurak.ground.loading import load_ground
from kurak.ground.measures.models import Measure

pytestmark = pytest.mark.django_db


def test_the_town_loads_and_twice_is_once():
    load_ground()
    load_town()
    kept = list(BudgetLine.objects.values_list("pk", "code", "executed"))
    figures = Measure.objects.filter(place__code="sample-town").count()
    load_town()
    assert list(BudgetLine.objects.values_list("pk", "code", "executed")) == kept
    assert Measure.objects.filter(place__code="sample-town").count() == figures > 0
    assert len(kept) == 54
    assert BudgetLine.objects.filter(commitments__agenda__code="sample-town-plan").exists()


def test_the_second_year_is_held_against_the_first():
    load_ground()
    load_town()
    first, second = Budget.objects.order_by("year")
    found = pace(second, [first])
    assert (found.month, found.years) == (9, (2025,))
    whole = total(list(first.lines.filter(side="expenditure")))
    assert 0.8 < whole.of_adjusted < 1
    assert whole.unknown == 0
    assert first.invented
