"""Intervals, chances and corrections: against published examples, scipy and the obvious slow way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kurak.engines.opinion.intervals import adjusted, chance_of_difference, chance_of_majority, difference, wilson


@given(st.integers(0, 200), st.integers(1, 200))
def test_wilson_is_that_of_scipy(successes, trials):
    successes = min(successes, trials)
    expected = stats.binomtest(successes, trials).proportion_ci(0.9, method="wilson")
    low, high = wilson(np.array([successes]), np.array([trials]))
    assert (low[0], high[0]) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_the_difference_is_newcombes_first_example():
    gap, low, high = difference(np.array([56]), np.array([70]), np.array([48]), np.array([80]), confidence=0.95)
    assert (gap[0], low[0], high[0]) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


@given(st.integers(0, 300), st.integers(0, 300))
def test_the_chance_of_a_majority_is_the_binomial_tail(successes, trials):
    successes = min(successes, trials)
    expected = stats.binom.sf(successes - 1, trials, 0.5)
    assert chance_of_majority(np.array([successes]), np.array([trials]))[0] == pytest.approx(expected, rel=1e-9)


def test_the_chance_of_a_difference_is_half_that_of_the_corrected_chi_square():
    two_sided = stats.chi2_contingency([[30, 10], [15, 25]], correction=True).pvalue
    ours = chance_of_difference(np.array([30]), np.array([40]), np.array([15]), np.array([40]))
    assert ours[0] == pytest.approx(two_sided / 2)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_corrected_chances_are_those_of_scipy(chances):
    assert adjusted(np.array(chances)) == pytest.approx(stats.false_discovery_control(chances))


def test_what_was_not_tested_is_not_counted():
    assert adjusted(np.array([[0.02, np.nan], [np.nan, 0.9]]))[0, 0] == pytest.approx(0.04)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 90])
def test_a_confidence_outside_zero_and_one_is_refused(confidence):
    with pytest.raises(ValueError, match="confidence"):
        wilson(np.array([1]), np.array([2]), confidence)
