"""Normalising by order: ties, one value, references, levels and the mean."""

import numpy as np
import pytest

from kurak.engines.composite.normalising.ordering import above_below_mean, borda, categorical, percentile, rank
from kurak.engines.composite.problems import Unusable


@pytest.mark.parametrize(
    ("ties", "ranks"),
    [("min", [1, 2, 2, 4]), ("average", [1, 2.5, 2.5, 4]), ("max", [1, 3, 3, 4]), ("dense", [1, 2, 2, 3])],
)
def test_equal_values_share_the_rank_that_is_declared(ties, ranks):
    x = np.array([1.0, 5.0, 5.0, 7.0])
    assert rank(x, direction=1, ties=ties).tolist() == ranks
    assert rank(x, direction=1, ties=ties, reference=np.ones(4, bool)).tolist() == ranks


def test_where_all_are_equal_all_have_the_first_or_the_middle_rank():
    assert rank(np.ones(3), direction=1).tolist() == [1.0, 1.0, 1.0]
    assert rank(np.ones(3), direction=1, ties="average").tolist() == [2.0, 2.0, 2.0]


def test_the_points_of_borda_count_the_units_that_are_behind():
    assert borda(np.array([5.0, 1.0, 3.0]), direction=-1).tolist() == [0.0, 2.0, 1.0]


def test_a_percentile_of_one_value_is_left_to_the_policy():
    one = np.array([4.0, np.nan])
    assert np.isnan(percentile(one, direction=1)).all()
    assert percentile(one, direction=1, constant="midpoint")[0] == 0.5
    with pytest.raises(Unusable, match="Declare constant"):
        percentile(one, direction=1, constant="error")


def test_a_mid_rank_of_one_value_is_the_middle():
    assert percentile(np.array([4.0]), direction=1, mid=True).tolist() == [0.5]


def test_a_unit_outside_the_reference_is_placed_among_it():
    x, base = np.array([10.0, 20.0, 30.0, 25.0, 99.0]), np.array([True, True, True, False, False])
    assert rank(x, direction=1, reference=base).tolist() == [1.0, 2.0, 3.0, 3.0, 4.0]
    assert percentile(x, direction=1, reference=base).tolist() == [0.0, 0.5, 1.0, 1.0, 1.0]


def test_levels_are_cut_at_percentiles_of_the_data():
    found = categorical(np.arange(1.0, 101.0), direction=1)
    assert [int((found == level).sum()) for level in (0, 20, 40, 60, 80, 100)] == [5, 20, 40, 20, 10, 5]


def test_a_value_on_a_cut_belongs_to_the_better_class_in_both_directions():
    x, cuts = np.array([1.0, 2.0, 3.0]), (2.0, 2.5)
    assert categorical(x, direction=1, cuts=cuts, levels=(0.0, 1.0, 2.0)).tolist() == [0.0, 1.0, 2.0]
    assert categorical(x, direction=-1, cuts=cuts, levels=(0.0, 1.0, 2.0)).tolist() == [2.0, 2.0, 0.0]


def test_levels_that_do_not_fit_the_cuts_are_refused():
    with pytest.raises(Unusable, match="one level more than cuts"):
        categorical(np.array([1.0]), direction=1, cuts=(1.0,), levels=(0.0,))


def test_a_margin_around_a_negative_mean_does_not_turn_around():
    assert above_below_mean(np.array([-8.0, -10.0, -12.0]), direction=1, margin=0.1).tolist() == [1.0, 0.0, -1.0]


def test_values_within_the_margin_are_average():
    assert above_below_mean(np.array([9.0, 10.0, 11.0]), direction=1, margin=0.2).tolist() == [0.0, 0.0, 0.0]
