"""Imputing from the most similar unit."""

import numpy as np

from kurak.engines.composite.imputing.hot_deck import donors, hot_deck

X = np.array([[0.0, 0.0, 0.0, 5.0], [9.0, 9.0, 9.0, 1.0], [1.0, 1.0, 1.0, np.nan], [1.0, np.nan, 1.0, np.nan]])


def test_the_nearest_unit_that_has_it_gives_and_is_recorded():
    assert hot_deck(X)[2, 3] == 5.0
    assert donors(X)[2].tolist() == [-1, -1, -1, 0]


def test_units_that_share_too_few_indicators_are_not_compared():
    assert np.isnan(hot_deck(X)[3, 3])
    assert hot_deck(X, shared=2)[3, 3] == 5.0


def test_distances_are_shares_of_each_range():
    x = np.array([[0.0, 0.0, 1.0], [1000.0, 10.0, 2.0], [400.0, 8.0, np.nan]])
    assert hot_deck(x, shared=2)[2, 2] == 2.0  # 0.6 and 0.2 away, against 0.4 and 0.8


def test_a_far_indicator_counts_more_by_the_euclidean_distance():
    x = np.array([[0.0, 0.0, 1.0], [10.0, 10.0, 2.0], [5.5, 0.0, np.nan], [10.0, 0.0, np.nan]])
    x = np.vstack([x, [3.0, 4.0, 3.0]])
    assert donors(x, shared=2)[2, 2] == 0  # 0.275 on average, against 0.325
    assert donors(x, shared=2, metric="euclidean")[2, 2] == 4  # 0.334 against 0.389


def test_donors_are_of_the_same_period():
    x = np.array([[1.0, 1.0, 5.0], [1.0, 1.0, np.nan], [8.0, 8.0, 6.0]])
    assert donors(x, periods=np.array(["2020", "2021", "2021"]), shared=2)[1, 2] == 2
