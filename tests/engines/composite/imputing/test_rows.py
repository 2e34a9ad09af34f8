"""Imputing from the unit's other indicators."""

import numpy as np

from kurak.engines.composite.imputing.rows import row_mean, row_median

X = np.array([[0.0, 0.0, 100.0, 7.0], [10.0, 50.0, 300.0, 7.0], [5.0, 40.0, np.nan, 7.0]])
UP, ONE = np.ones(4, int), np.zeros(4, int)


def test_a_gap_is_as_far_up_its_range_as_the_others_are_up_theirs():
    assert row_mean(X, directions=UP, parents=ONE)[2, 2] == 100 + 200 * (0.5 + 0.8) / 2


def test_directions_are_aligned_before_and_turned_back_after():
    assert row_mean(X, directions=np.array([1, 1, -1, 1]), parents=ONE)[2, 2] == 300 - 200 * (0.5 + 0.8) / 2


def test_only_siblings_inform_unless_all_may():
    parents = np.array([0, 1, 0, 1])
    assert row_mean(X, directions=UP, parents=parents)[2, 2] == 200.0
    assert row_mean(X, directions=UP, parents=parents, within="all")[2, 2] == 100 + 200 * 0.65


def test_leaves_outside_the_tree_are_no_siblings():
    assert np.isnan(row_mean(X, directions=UP, parents=np.full(4, -1))[2, 2])


def test_a_constant_indicator_informs_of_nothing_and_is_imputed_with_its_value():
    x = np.append(X, [[2.0, 10.0, 200.0, np.nan]], axis=0)
    assert row_mean(x, directions=UP, parents=ONE)[3, 3] == 7.0


def test_the_median_is_not_moved_by_one_far_indicator():
    x = np.array([[0.0] * 4, [1.0] * 4, [0.2, 0.3, 1.0, np.nan]])
    assert row_median(x, directions=UP, parents=ONE)[2, 3] == 0.3


def test_the_outcome_equals_a_mean_of_what_is_there_on_the_normalised_scale():
    found = row_mean(X, directions=UP, parents=ONE)
    scaled = (found - X[0]) / np.array([10.0, 50.0, 200.0, 1.0])
    assert np.isclose(scaled[2, :3].mean(), scaled[2, :2].mean())
