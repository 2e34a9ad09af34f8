"""What must hold of every way to combine, whatever the values and weights."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kurak.engines.composite.combining import COMBINATIONS

SETTINGS = {
    "power": {"p": 0.5},
    "mean-of-worst": {"k": 2},
    "mean-of-best": {"k": 2},
    "owa": {"exponent": 2.0},
    "at-least": {"k": 2, "holds": 40.0},
    "all": {"holds": 40.0},
    "any": {"holds": 40.0},
    "counting": {"below": 40.0},
}
BOUNDED = [name for name, method in COMBINATIONS.items() if "bounded" in method.traits]
RELATIVE = [name for name, method in COMBINATIONS.items() if "relative" in method.traits]
OWN = [name for name in COMBINATIONS if name not in RELATIVE]
MONOTONE = [name for name in OWN if name not in ("mpi", "ampi", "counting")]
HOMOGENEOUS = ["mean", "geometric", "harmonic", "power", "min", "max", "median", "mean-of-worst", "mean-of-best", "owa",
               "mean-min", "sum"]  # fmt: skip

few = settings(max_examples=25)
numbers = st.floats(1, 100).map(lambda x: round(x, 3))
tables = arrays(float, st.tuples(st.integers(2, 5), st.just(4)), elements=numbers)
weightings = arrays(float, 4, elements=st.floats(0.1, 5).map(lambda x: round(x, 2)))
gaps = arrays(bool, (5, 4), elements=st.booleans())


def run(name, values, weights):
    return COMBINATIONS[name].run(values, weights, **SETTINGS.get(name, {}))


def with_gaps(values, missing):
    return np.where(missing[: len(values)], np.nan, values)


@pytest.mark.parametrize("name", BOUNDED)
@few
@given(values=tables, weights=weightings, missing=gaps)
def test_a_mean_lies_between_the_lowest_and_the_highest_child(name, values, weights, missing):
    values = with_gaps(values, missing)
    found, low, high = run(name, values, weights), np.fmin.reduce(values, 1), np.fmax.reduce(values, 1)
    there = ~np.isnan(values).all(axis=1)
    assert (np.isnan(found) == ~there).all()
    assert (found[there] >= low[there] - 1e-9).all()
    assert (found[there] <= high[there] + 1e-9).all()


@pytest.mark.parametrize("name", MONOTONE)
@few
@given(values=tables, weights=weightings, child=st.integers(0, 3), more=st.floats(0.1, 50))
def test_a_unit_that_gets_better_in_a_child_never_scores_less(name, values, weights, child, more):
    better = values.copy()
    better[0, child] += more
    assert run(name, better, weights)[0] >= run(name, values, weights)[0] * (1 - 1e-9) - 1e-9


@pytest.mark.parametrize("name", COMBINATIONS)
@few
@given(values=tables, weights=weightings, missing=gaps, seed=st.integers(0, 10**6))
def test_the_order_of_the_children_does_not_matter(name, values, weights, missing, seed):
    values = with_gaps(values, missing)
    order = np.random.default_rng(seed).permutation(4)
    np.testing.assert_allclose(run(name, values[:, order], weights[order]), run(name, values, weights), rtol=1e-7)


@pytest.mark.parametrize("name", [name for name in COMBINATIONS if name != "condorcet-kemeny"])
@few
@given(values=tables, weights=weightings, missing=gaps, seed=st.integers(0, 10**6))
def test_the_order_of_the_units_does_not_matter(name, values, weights, missing, seed):
    values = with_gaps(values, missing)
    order = np.random.default_rng(seed).permutation(len(values))
    np.testing.assert_allclose(run(name, values[order], weights), run(name, values, weights)[order], rtol=1e-7)


@pytest.mark.parametrize("name", HOMOGENEOUS)
@few
@given(values=tables, weights=weightings, factor=st.floats(0.1, 10))
def test_values_in_another_unit_give_the_score_in_that_unit(name, values, weights, factor):
    np.testing.assert_allclose(run(name, factor * values, weights), factor * run(name, values, weights), rtol=1e-9)


@pytest.mark.parametrize("name", [name for name in COMBINATIONS if name not in ("sum", "product", "borda")])
@few
@given(values=tables, weights=weightings, factor=st.sampled_from([0.5, 2.0, 4.0]))
def test_only_the_proportions_of_the_weights_matter(name, values, weights, factor):
    np.testing.assert_allclose(run(name, values, factor * weights), run(name, values, weights), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", COMBINATIONS)
@few
@given(values=tables, weights=weightings)
def test_a_child_of_weight_0_counts_as_absent(name, values, weights):
    weights[1] = 0
    absent = values.copy()
    absent[:, 1] = np.nan
    ones = np.where(weights == 0, 0.0, weights)
    np.testing.assert_allclose(run(name, values, ones), run(name, absent, ones), rtol=1e-12)


@pytest.mark.parametrize("name", OWN)
@few
@given(values=tables, weights=weightings)
def test_a_unit_alone_scores_as_it_does_among_others(name, values, weights):
    np.testing.assert_array_equal(run(name, values[:1], weights), run(name, values, weights)[:1])


@pytest.mark.parametrize("name", COMBINATIONS)
@few
@given(values=tables, weights=weightings)
def test_draws_are_scored_as_each_would_be_alone(name, values, weights):
    draws = np.stack([values, values[::-1] + 1.0])
    np.testing.assert_array_equal(run(name, draws, weights)[1], run(name, draws[1], weights))
    both = np.stack([weights, weights[::-1]])
    found = np.broadcast_to(run(name, values, both), (2, len(values)))
    np.testing.assert_allclose(found[1], run(name, values, both[1]), rtol=1e-12)


@pytest.mark.parametrize("name", COMBINATIONS)
def test_a_table_without_units_has_no_scores(name):
    assert run(name, np.empty((0, 4)), np.ones(4)).shape == (0,)


@pytest.mark.parametrize("name", COMBINATIONS)
def test_units_without_any_data_have_no_score(name):
    assert np.isnan(run(name, np.full((3, 4), np.nan), np.ones(4))).all()
