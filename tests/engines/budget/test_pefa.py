"""Budget reliability."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kurak.engines.budget import composition_variance, contingency, outturn, revenue, variance

LINES = some.lists(some.tuples(some.floats(1, 1e9), some.floats(1, 1e9)), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("spent", "letter"),
    [
        ((95, 105, 200), "A"),
        ((94.9, 105.1, 100), "B"),
        ((90, 110, 10), "B"),
        ((85, 115, 10), "C"),
        ((84, 116, 100), "D"),
    ],
)
def test_outturn_keeps_its_mark_in_two_of_three_years(spent, letter):
    assert outturn([100] * 3, spent).letter == letter


def test_two_years_are_not_judged():
    score = outturn([100, 100], [100, 100])
    assert (score.letter, score.reason) == ("", "few-years")


def test_only_the_newest_three_years_count():
    assert outturn([100] * 5, [10, 10, 100, 100, 100]).letter == "A"


@pytest.mark.parametrize(("received", "letter"), [((97, 106, 50), "A"), ((94, 112, 50), "B"), ((91, 117, 100), "D")])
def test_revenue_has_bands_of_its_own(received, letter):
    assert revenue([100] * 3, received).letter == letter


@pytest.mark.parametrize(
    ("shares", "letter"), [((0.03,) * 3, "B"), ((0.06,) * 3, "B"), ((0.1,) * 3, "C"), ((0.2,) * 3, "D")]
)
def test_contingency_is_judged_by_its_mean_with_the_stated_sides(shares, letter):
    assert contingency(shares).letter == letter


@given(LINES, some.floats(0.1, 10))
def test_spending_everywhere_alike_is_no_variance(lines, more):
    plan = np.array(lines)[:, 0]
    assert variance(plan, plan * more) == pytest.approx(0, abs=1e-9)


@given(LINES)
def test_variance_equals_the_slow_and_obvious_sum(lines):
    plan, spent = [row[0] for row in lines], [row[1] for row in lines]
    share = sum(spent) / sum(plan)
    slow = sum(abs(b - share * a) for a, b in lines) / sum(share * a for a in plan)
    assert variance(plan, spent) == pytest.approx(slow)
    assert 0 <= variance(plan, spent) <= 2


def test_a_variance_of_a_twentieth_is_not_an_a():
    year = ([100.0, 100.0], [105.0, 95.0])
    assert variance(*year) == pytest.approx(0.05)
    assert composition_variance([year] * 3).letter == "B"


def test_bands_that_were_recalled_say_so():
    assert not outturn([1] * 3, [1] * 3).verified
    assert composition_variance([([1.0, 2.0], [1.0, 2.0])] * 3).verified


def test_nothing_spent_has_no_variance():
    assert np.isnan(variance([1.0, 2.0], [0.0, 0.0]))
