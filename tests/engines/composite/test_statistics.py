"""Statistics of indicators and what is odd about them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kurak.engines.composite.statistics import Limits, describe, oddities

columns = st.lists(st.integers(-20, 20).map(float), min_size=4, max_size=20).filter(lambda x: len(set(x)) > 1)


@given(x=columns)
def test_statistics_are_those_of_an_independent_program(x):
    found = describe(np.array([*x, np.nan])[:, None])
    assert found.skew[0] == pytest.approx(stats.skew(x, bias=False), rel=1e-9, abs=1e-9)
    assert found.kurtosis[0] == pytest.approx(stats.kurtosis(x, bias=False), rel=1e-9, abs=1e-9)
    assert (found.sd[0], found.median[0]) == (pytest.approx(np.std(x, ddof=1)), np.median(x))


def test_what_too_few_values_can_not_tell_is_missing():
    found = describe(np.array([[1.0, 1.0, np.nan], [4.0, np.nan, np.nan], [2.0, np.nan, np.nan]]))
    assert np.isnan(found.kurtosis[0])
    assert np.isfinite(found.skew[0])
    assert np.isnan([found.sd[1], found.skew[1], found.mean[2], found.share(found.zeros)[2]]).all()


def test_a_constant_has_no_skewness_and_is_no_outlier():
    found = describe(np.full((6, 1), 3.0))
    odd = oddities(found)
    assert np.isnan(found.skew[0])
    assert (odd.outliers[0], odd.constant[0], odd.repeated[0]) == (False, True, True)


def test_scarce_data_are_flagged_below_the_limit_and_not_on_it():
    x = np.where(np.arange(20)[:, None] < [13, 12], np.arange(20.0)[:, None], np.nan)
    assert oddities(describe(x)).scarce.tolist() == [False, True]


def test_an_outlier_needs_both_signs():
    x = np.append(np.arange(30.0), 500.0)[:, None]
    assert oddities(describe(x)).outliers.tolist() == [True]
    assert oddities(describe(x), Limits(kurtosis=100.0)).outliers.tolist() == [False]
