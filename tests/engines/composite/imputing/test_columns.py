"""Imputing from the same indicator of other units."""

import numpy as np

from kurak.engines.composite.imputing.columns import group_mean, group_median, mean, median

X = np.array([[1.0], [3.0], [np.nan], [11.0], [np.nan]])
LABELS = np.array(["a", "a", "a", "b", "c"])


def test_the_mean_and_the_median_stand_in():
    assert mean(X)[2, 0] == 5.0
    assert median(X)[2, 0] == 3.0


def test_a_group_lends_its_own_mean():
    assert group_mean(X, labels=LABELS)[2, 0] == 2.0


def test_a_group_without_values_stays_missing_unless_all_units_may_stand_in():
    assert np.isnan(group_mean(X, labels=LABELS)[4, 0])
    assert group_mean(X, labels=LABELS, otherwise="overall")[4, 0] == 5.0
    assert group_median(X, labels=LABELS, otherwise="overall")[4, 0] == 3.0


def test_a_unit_without_a_group_is_no_group_of_its_own():
    labels = np.array(["a", "", "", "b", ""])
    assert np.isnan(group_mean(X, labels=labels)[2, 0])
    assert group_mean(X, labels=labels, otherwise="overall")[2, 0] == 5.0


def test_units_are_compared_within_their_period_only():
    periods = np.array(["2020", "2021", "2021", "2021", "2020"])
    assert mean(X, periods=periods).ravel().tolist() == [1.0, 3.0, 7.0, 11.0, 1.0]
