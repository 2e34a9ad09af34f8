"""Normalising what changed between periods."""

import numpy as np

from kurak.engines.composite.normalising.changing import balance, change, cyclical

UNITS, PERIODS = np.array(["a", "b", "a", "b", "a"]), np.array([2020, 2020, 2021, 2021, 2022])


def panel(method, x, direction=1):
    return method(np.array(x), direction=direction, units=UNITS, periods=PERIODS)


def test_change_is_measured_against_the_period_before_of_the_same_unit():
    found = panel(change, [10.0, 1.0, 15.0, 3.0, 12.0])
    np.testing.assert_allclose(found, [np.nan, np.nan, 0.5, 2.0, -0.2])


def test_change_from_a_negative_base_has_the_sign_of_the_change():
    assert panel(change, [-10.0, 1.0, -5.0, 3.0, 0.0])[2] == 0.5


def test_change_from_zero_is_missing_not_infinite():
    assert np.isnan(panel(change, [0.0, 1.0, 5.0, 3.0, 1.0])[2])


def test_a_gap_is_not_bridged():
    units, periods = np.array(["a", "b", "a"]), np.array([2020, 2021, 2022])
    assert np.isnan(change(np.array([1.0, 1.0, 2.0]), direction=1, units=units, periods=periods)).all()


def test_a_cycle_is_measured_in_the_usual_swing_of_the_unit():
    np.testing.assert_allclose(panel(cyclical, [1.0, 5.0, 3.0, 5.0, 5.0])[[0, 2, 4]], [-1.5, 0.0, 1.5])


def test_a_unit_that_never_moves_has_no_cycle():
    assert np.isnan(panel(cyclical, [1.0, 5.0, 3.0, 5.0, 5.0])[[1, 3]]).all()


def test_the_balance_counts_rises_against_falls():
    np.testing.assert_array_equal(panel(balance, [1.0, 9.0, 2.0, 9.0, 1.0]), [np.nan, np.nan, 100.0, 0.0, 0.0])
    assert panel(balance, [1.0, 9.0, 2.0, 9.0, 1.0], direction=-1)[2] == -100.0
