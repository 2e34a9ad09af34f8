"""Treating outliers: never more than declared, never what need not be treated, always said."""

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kurak.engines.composite.treating import TREATMENTS
from kurak.engines.composite.treating.transforming import boxcox, likeliest_power, log_ct_plus
from kurak.engines.composite.treating.treat import trim, winsorise

LONG_TAIL = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 40.0, 90.0, np.nan])
columns = st.lists(st.integers(-50, 50).map(lambda n: float(n) ** 3), min_size=1, max_size=25).map(np.array)
every_treatment = pytest.mark.parametrize("name", TREATMENTS)


@every_treatment
@given(x=columns)
def test_treatment_keeps_the_order_and_what_is_missing(name, x):
    x = np.append(x, np.nan)
    found = TREATMENTS[name].run(x, force=True).values
    assert np.isnan(found).tolist() == np.isnan(x).tolist()
    steps = np.diff(found[np.argsort(x[:-1], kind="stable")])
    assert (steps >= -1e-9 * np.abs(found[:-1]).max()).all()


@every_treatment
@pytest.mark.parametrize("x", [[5.0, 5.0, 5.0], [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0], [np.nan, np.nan], [9.0]])
def test_constants_and_yes_or_no_are_never_treated(name, x):
    found = TREATMENTS[name].run(np.array(x), force=True)
    np.testing.assert_array_equal(found.values, x)
    assert found.passed
    assert not found.transform


@every_treatment
def test_what_passes_is_left_alone_unless_it_is_forced(name):
    x = np.arange(20.0)
    assert (TREATMENTS[name].run(x).values == x).all()
    assert (TREATMENTS[name].run(x, force=True).values != x).any()


@every_treatment
def test_the_table_says_the_settings_that_the_function_takes(name):
    method = TREATMENTS[name]
    defaults = {key: setting.default for key, setting in method.takes.items() if key not in ("test", "fence")}
    signature = inspect.signature(method.run).parameters
    assert {key: signature[key].default for key in defaults if key in signature}.items() <= defaults.items()
    assert method.run(LONG_TAIL, **{key: setting.default for key, setting in method.takes.items()})


@given(x=columns, most=st.integers(1, 6))
def test_no_value_is_drawn_in_beyond_one_that_is_left(x, most):
    found = winsorise(x, most=most)
    kept = x[~found.winsorised]
    assert kept.size
    assert found.values.min() >= kept.min()
    assert found.values.max() <= kept.max()
    assert (found.values[~found.winsorised] == kept).all()


def test_values_are_drawn_in_until_the_test_is_passed_and_no_further():
    found = winsorise(LONG_TAIL)
    assert found.values[:9].tolist() == [1, 2, 3, 4, 5, 6, 7, 40, 40]
    assert (found.before.passed, found.after.passed, found.share) == (False, True, pytest.approx(1 / 9))


def test_the_number_of_values_is_limited():
    assert winsorise(LONG_TAIL, most=1, skew=0.1, kurtosis=-5).winsorised.sum() == 1


def test_no_limit_draws_in_as_many_as_the_test_needs():
    assert winsorise(LONG_TAIL, most=0, skew=0.1, kurtosis=-5).passed


def test_values_that_share_the_extreme_move_together():
    found = winsorise(np.array([1.0, 2.0, 3.0, 4.0, 9.0, 9.0]), most=1, force=True)
    assert found.values.tolist() == [1, 2, 3, 4, 4, 4]


def test_a_tail_below_is_drawn_up():
    assert winsorise(-LONG_TAIL).values[8] == -40.0


def test_what_still_fails_is_transformed_from_the_original_values():
    found = winsorise(LONG_TAIL, most=1, skew=0.5, kurtosis=0, then="log-ct")
    assert found.transform == "log-ct"
    assert found.values[8] == pytest.approx(np.log(89 + 0.89))
    assert not found.winsorised.any()


def test_or_from_the_winsorised_ones():
    found = winsorise(LONG_TAIL, most=1, skew=0.5, kurtosis=0, then="log-ct", on="winsorised")
    assert found.values[8] == found.values[7] == pytest.approx(np.log(39 + 0.39))
    assert found.winsorised[8]


def test_fences_tell_outliers_on_both_sides():
    x = np.array([-80.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 90.0])
    assert winsorise(x, test="iqr").values.tolist() == [1, 1, 2, 3, 4, 5, 6, 7, 7]
    assert winsorise(x, test="mad").winsorised.sum() == 2


def test_wider_fences_find_fewer():
    x = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 12.0])
    assert winsorise(x, test="iqr", fence=1.5).winsorised.any()
    assert not winsorise(x, test="iqr", fence=3).winsorised.any()


def test_where_most_values_are_equal_there_are_no_fences():
    x = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0])
    assert winsorise(x, test="mad").passed


def test_trimming_clips_at_quantiles():
    found = trim(np.arange(101.0), low=0.1, high=0.9, force=True)
    assert (found.values.min(), found.values.max(), found.winsorised.sum()) == (10.0, 90.0, 20)


def test_a_tail_below_is_mirrored():
    x = np.array([1.0, 2.0, 3.0, 10.0])
    np.testing.assert_allclose(log_ct_plus(-x, skew=-1.0), -log_ct_plus(x, skew=1.0))


def test_the_likeliest_power_is_the_one_an_independent_program_finds():
    x = np.random.default_rng(3).lognormal(size=80)
    y = x - x.min() + 1.0
    assert likeliest_power(x) == pytest.approx(stats.boxcox(y)[1], abs=1e-5)
    np.testing.assert_allclose(boxcox(x), stats.boxcox(y)[0], rtol=1e-4)
