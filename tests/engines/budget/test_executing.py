"""Execution and pace."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kurak.engines.budget import execution, expected_share

AMOUNTS = some.floats(0.01, 1e12)


def test_where_the_plan_was_not_adjusted_the_approved_one_counts():
    found = execution([30.0], approved=[60.0], adjusted=[np.nan])
    assert found.of_adjusted[0] == found.of_approved[0] == 0.5


def test_nothing_planned_has_no_share():
    assert np.isnan(execution([5.0], approved=[0.0]).of_adjusted[0])


def test_nothing_known_of_the_spending_has_no_share():
    assert np.isnan(execution([np.nan], approved=[10.0]).of_adjusted[0])


def test_lines_of_different_number_are_refused():
    with pytest.raises(ValueError, match="give the same lines"):
        execution([1.0, 2.0], approved=[1.0])


@given(some.lists(some.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=20), some.floats(0.1, 10))
def test_shares_do_not_depend_on_the_currency(rows, rate):
    spent, plan = np.array(rows).T
    assert np.allclose(
        execution(spent * rate, approved=plan * rate).of_adjusted, execution(spent, approved=plan).of_adjusted
    )


def test_the_pace_of_earlier_years_is_their_mean_over_the_newest_three():
    years = [np.linspace(0, 1, 12) * 0 + share for share in (0.9, 0.1, 0.2, 0.3)]
    for year in years:
        year[-1] = 1.0
    assert expected_share(6, years) == pytest.approx(0.2)


@pytest.mark.parametrize("broken", [[1] * 11, [np.nan] * 12, [0] * 12])
def test_a_year_with_gaps_is_passed_over(broken):
    assert expected_share(3, [broken]) == 0.25


@pytest.mark.parametrize("month", [0, 13, -1])
def test_there_is_no_other_month(month):
    with pytest.raises(ValueError, match="1 to 12"):
        expected_share(month)
