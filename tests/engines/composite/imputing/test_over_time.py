"""Imputing from the unit's other periods."""

import numpy as np
import pytest

from kurak.engines.composite.imputing.over_time import constant, latest, linear, linear_constant

YEARS = np.array(["2018", "2019", "2020", "2022", "2023"])
ONE = np.array(["a"] * 5)


def series(method, values, **settings):
    x = np.array(values, float)[:, None]
    return method(x, units=ONE[: len(values)], periods=YEARS[: len(values)], **settings).ravel()


def test_the_latest_value_is_carried_on_and_never_back():
    np.testing.assert_array_equal(series(latest, [np.nan, 1, np.nan, np.nan, 3]), [np.nan, 1, 1, 1, 3])


def test_a_value_may_be_too_old_in_years_not_rows():
    np.testing.assert_array_equal(series(latest, [1, 2, np.nan, np.nan, np.nan], max_age=1), [1, 2, 2, np.nan, np.nan])


def test_a_line_goes_by_years_not_rows():
    np.testing.assert_array_equal(series(linear, [1, 2, np.nan, np.nan, 6]), [1, 2, 3, 5, 6])


def test_ends_are_flat_or_missing():
    values = [np.nan, 1, 2, np.nan]
    np.testing.assert_array_equal(series(linear, values), [1, 1, 2, 2])
    np.testing.assert_array_equal(series(linear, values, ends="missing"), [np.nan, 1, 2, np.nan])


@pytest.mark.parametrize("ends", ["flat", "missing"])
def test_one_observation_stays_alone_or_holds_always_and_is_no_error(ends):
    values = [np.nan, 4, np.nan]
    np.testing.assert_array_equal(series(linear, values, ends=ends), values)
    np.testing.assert_array_equal(series(linear, values, ends=ends, single="constant"), [4, 4, 4])
    np.testing.assert_array_equal(series(linear_constant, values, ends=ends), [4, 4, 4])


def test_a_step_begins_with_the_first_value():
    np.testing.assert_array_equal(series(constant, [np.nan, 1, np.nan, 3, np.nan]), [1, 1, 1, 3, 3])


def test_units_do_not_lend_to_one_another_and_rows_may_be_in_any_order():
    x = np.array([[np.nan], [5.0], [1.0], [np.nan]])
    found = latest(x, units=np.array(["a", "b", "a", "b"]), periods=np.array(["2020", "2019", "2019", "2018"]))
    np.testing.assert_array_equal(found.ravel(), [1.0, 5.0, 1.0, np.nan])


def test_without_periods_nothing_is_imputed():
    assert np.isnan(latest(np.array([[np.nan]]), units=np.array(["a"]))).all()
