import numpy as np
import pytest

from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.combining.counting import poverty
from kurak.engines.composite.problems import Unusable

NAN = np.nan


def combined(name, rows, weights=None, **settings):
    values = np.array(rows, float)
    weights = np.ones(values.shape[-1]) if weights is None else np.array(weights, float)
    return COMBINATIONS[name].run(values, weights, **settings).tolist()


def test_the_mean_of_the_worst_takes_the_worst_part_of_the_weight():
    """A third of the weight: the child of value 1 has a sixth of it, the next gives the other sixth."""
    assert combined("mean-of-worst", [[1, 3, 9]], [1, 2, 3], k=1) == pytest.approx([2.0])


def test_children_that_tie_for_the_last_place_share_it():
    there, back = ([[1, 5, 5]], [1, 1, 9]), ([[5, 1, 5]], [9, 1, 1])
    assert combined("mean-of-worst", *there, k=2) == pytest.approx(combined("mean-of-worst", *back, k=2))


def test_a_weighted_median_lies_where_half_of_the_weight_does():
    assert combined("median", [[1, 2, 3]], [5, 1, 1]) == [1.0]
    assert combined("median", [[1, 2, 3, 4]]) == [2.5]
    assert combined("median", [[1, NAN, 3, NAN]]) == [2.0]


def test_owa_reaches_from_the_best_child_to_the_worst():
    assert combined("owa", [[5, 1, 3]], order=[1, 0, 0]) == [5.0]
    assert combined("owa", [[5, 1, 3]], order=[0, 0, 1]) == [1.0]
    assert combined("owa", [[5, 1, 3]]) == [3.0]


def test_owa_has_weights_for_every_number_of_children_present():
    """Half of the weight on the better half of the children, however many there are."""
    order = [0.4, 0.3, 0.2, 0.1]
    assert combined("owa", [[4, 3, 2, 1], [NAN, 4, NAN, 2]], order=order) == pytest.approx([3.0, 0.7 * 4 + 0.3 * 2])


def test_a_balanced_unit_is_not_punished_and_a_single_child_is_balanced():
    assert combined("mpi", [[100, 100], [90, 110], [NAN, 110]]) == [100.0, 99.0, 110.0]
    assert combined("mpi", [[90, 110]], penalty="plus") == [101.0]
    assert combined("mpi", [[90, 110]], sd="sample") == [98.0]


def test_mazziotta_pareto_refuses_a_scale_whose_mean_is_not_above_0():
    with pytest.raises(Unusable):
        combined("mpi", [[-1, 0]])


def test_mean_min_lies_between_the_mean_and_the_minimum():
    assert combined("mean-min", [[2, 8]], alpha=0) == [5.0]
    assert combined("mean-min", [[2, 8]], alpha=1) == [2.0]
    assert 2 < combined("mean-min", [[2, 8]], alpha=1, beta=1)[0] < 5


def test_the_ideal_unit_is_at_distance_0():
    found = combined("wroclaw", [[5, 5], [1, 2], [3, 4]])
    assert found[0] == 0
    assert found[1] > found[2] > 0
    assert combined("wroclaw", [[5, 5], [1, 2], [3, 4]], better="high") == pytest.approx([1 - x for x in found])


def test_units_that_are_all_alike_are_all_ideal():
    assert combined("wroclaw", [[5, 5], [5, 5]]) == [0.0, 0.0]


def test_deprivations_are_counted_by_weight_and_few_may_not_count():
    rows = [[0, 1, 1], [0, 0, 1], [0, 0, 0]]
    assert combined("counting", rows, [2, 1, 1]) == [0.5, 0.75, 1.0]
    assert combined("counting", rows, [2, 1, 1], poor=0.6) == [0.0, 0.75, 1.0]


def test_a_share_that_reaches_the_cut_but_for_the_last_bits_counts():
    assert combined("counting", [[0, 0, 0] + [1] * 7], poor=0.1 + 0.2) == [pytest.approx(0.3)]


def test_poverty_is_how_many_times_how_deep():
    rng = np.random.default_rng(1)
    found = poverty((rng.random((500, 6)) < 0.6).astype(float), rng.random(6), poor=0.4)
    assert found.adjusted == pytest.approx(found.headcount * found.intensity)
    assert found.contribution.sum() == pytest.approx(1)


def test_poverty_counts_people_where_units_stand_for_many():
    values = np.array([[0.0, 0.0], [1.0, 1.0]])
    assert poverty(values, np.ones(2), sizes=[3, 1]).headcount == 0.75


def test_nobody_is_poor_where_nothing_lacks():
    found = poverty(np.ones((3, 2)), np.ones(2))
    assert (found.headcount, found.adjusted) == (0.0, 0.0)
    assert np.isnan(found.intensity)


def test_rules_of_all_any_and_so_many():
    rows = [[1, 1, 1], [1, 0, 1], [0, 0, 0], [1, NAN, 1], [NAN, NAN, NAN]]
    np.testing.assert_array_equal(combined("all", rows), [1, 0, 0, 1, NAN])
    np.testing.assert_array_equal(combined("any", rows), [1, 1, 0, 1, NAN])
    np.testing.assert_array_equal(combined("at-least", rows, k=2), [1, 1, 0, 1, NAN])
