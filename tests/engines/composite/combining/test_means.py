import numpy as np
import pytest

from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.problems import Unusable

NAN = np.nan


def combined(name, rows, weights=None, **settings):
    values = np.array(rows, float)
    weights = np.ones(values.shape[-1]) if weights is None else np.array(weights, float)
    return COMBINATIONS[name].run(values, weights, **settings)


@pytest.mark.parametrize("p", [-1, 0, 0.5, 1, 2, 3])
def test_a_power_mean_skips_what_is_missing(p):
    assert combined("power", [[1, NAN]], p=p).tolist() == [1.0]


@pytest.mark.parametrize("row", [[-1, 2], [-1, 1], [0, 1]])
def test_the_harmonic_mean_refuses_values_that_are_not_above_0(row):
    with pytest.raises(Unusable) as wrong:
        combined("harmonic", [[1, 1], row])
    [problem] = wrong.value.problems
    assert problem.path == (1, 0)
    assert "[1, 100]" in problem.remedy


def test_the_geometric_mean_refuses_zeros_and_names_every_one():
    with pytest.raises(Unusable) as wrong:
        combined("geometric", [[0, 2], [1, 1], [3, -1]])
    assert [problem.path for problem in wrong.value.problems] == [(0, 0), (2, 1)]


def test_the_geometric_mean_may_be_annulled_by_a_zero_or_lifted_to_a_floor():
    assert combined("geometric", [[0, 4], [1, 4]], zero="zero").tolist() == [0.0, 2.0]
    assert combined("geometric", [[0, 4]], floor=1.0).tolist() == [2.0]


def test_the_geometric_mean_is_not_annulled_by_a_zero_of_weight_0():
    assert combined("geometric", [[0, 4]], [0, 1]).tolist() == [4.0]


def test_a_value_below_0_is_refused_even_where_zeros_annul():
    with pytest.raises(Unusable):
        combined("geometric", [[-1, 4]], zero="zero")


def test_powers_of_large_values_do_not_overflow():
    assert combined("power", [[1e5, 1e5]], p=100).tolist() == pytest.approx([1e5])


def test_odd_powers_keep_the_sign_and_others_refuse_values_below_0():
    assert combined("power", [[-8, -8]], p=3).tolist() == pytest.approx([-8])
    for p in (2, 0.5):
        with pytest.raises(Unusable):
            combined("power", [[-8, -8]], p=p)


def test_the_others_stand_in_for_a_missing_part_of_a_sum_and_a_product():
    assert combined("sum", [[1, 2, NAN]]).tolist() == [4.5]
    assert combined("product", [[0.5, 0.5, NAN]]).tolist() == pytest.approx([0.125])


@pytest.mark.parametrize("name", ["mean", "geometric", "harmonic", "sum", "product", "min", "max", "median", "mpi"])
def test_a_unit_without_any_child_has_no_score(name):
    found = combined(name, [[NAN, NAN], [1, 2]])
    assert np.isnan(found).tolist() == [True, False]


def test_a_node_whose_weights_are_all_0_has_no_score():
    assert np.isnan(combined("mean", [[1, 2]], [0, 0])).all()


def test_draws_of_weights_give_what_each_would_give_alone_to_the_last_bit():
    rng = np.random.default_rng(5)
    values, weights = rng.random((40, 7)), rng.random((100, 7))
    values[3, 2] = NAN
    together = COMBINATIONS["mean"].run(values, weights)
    for chunk in (1, 3, 64):
        parts = [COMBINATIONS["mean"].run(values, weights[i : i + chunk]) for i in range(0, 100, chunk)]
        np.testing.assert_array_equal(np.concatenate(parts), together)
