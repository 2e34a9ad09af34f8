import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.combining.doubt import benefit_of_the_doubt, best, common, doubt
from kurak.engines.composite.combining.programs import Programs
from kurak.engines.composite.problems import Unusable

tables = arrays(float, st.tuples(st.integers(2, 12), st.integers(1, 5)), elements=st.integers(1, 20).map(float))


def solver(values, unit, least=0.0, most=1.0):
    """One program, as it is written in the papers, by a general solver."""
    x, k = values[unit], values.shape[1]
    shares = np.vstack([least * x - np.diag(x), np.diag(x) - most * x])
    limits = np.append(np.ones(len(values)), np.zeros(2 * k))
    return -linprog(-x, A_ub=np.vstack([values, shares]), b_ub=limits).fun


@given(values=tables)
def test_scores_are_those_of_a_general_solver(values):
    expected = [solver(values, unit) for unit in range(len(values))]
    np.testing.assert_allclose(doubt(values).scores, expected, rtol=1e-9)


@given(values=tables)
def test_scores_with_bounded_shares_are_those_of_a_general_solver(values):
    k = values.shape[1]
    bounds = {"least": 0.4 / k, "most": 1.5 / k}
    expected = [solver(values, unit, **bounds) for unit in range(len(values))]
    found = doubt(values, **bounds)
    np.testing.assert_allclose(found.scores, expected, rtol=1e-7)
    assert (found.shares >= bounds["least"] - 1e-9).all()
    assert (found.shares <= bounds["most"] + 1e-9).all()


@given(values=tables)
def test_no_unit_gets_more_than_1_with_the_weights_of_another_and_one_gets_1(values):
    found = doubt(values)
    assert (found.weights @ values.T).max() <= 1 + 1e-9
    assert found.scores.max() == pytest.approx(1)


@given(values=tables, factor=st.floats(0.01, 100))
def test_the_unit_of_measurement_does_not_matter(values, factor):
    scaled = values * np.where(np.arange(values.shape[1]) == 0, factor, 1.0)
    np.testing.assert_allclose(doubt(scaled).scores, doubt(values).scores, rtol=1e-9)


def test_a_missing_value_gets_no_weight():
    found = doubt(np.array([[np.nan, 4.0], [2.0, 4.0], [np.nan, np.nan]]))
    assert found.scores[:2].tolist() == [1.0, 1.0]
    assert found.weights[0, 0] == 0
    assert np.isnan(found.scores[2])


def test_bounds_that_no_weights_can_meet_are_reported_with_unit_and_child():
    values = np.array([[1.0, 2.0], [0.0, 3.0]])
    assert doubt(values, least=0.1).impossible.tolist() == [False, True]
    with pytest.raises(Unusable) as wrong:
        benefit_of_the_doubt(values, np.ones(2), least=0.1)
    assert [problem.path for problem in wrong.value.problems] == [(1, 0)]


@pytest.mark.parametrize("bounds", [{"least": 0.6}, {"most": 0.4}])
def test_bounds_whose_sum_can_not_be_1_are_impossible_for_all(bounds):
    assert doubt(np.array([[1.0, 2.0], [3.0, 1.0]]), **bounds).impossible.all()


def test_values_below_0_are_refused():
    with pytest.raises(Unusable):
        doubt(np.array([[1.0, -2.0]]))


def test_common_weights_are_the_same_for_all_and_flatter_nobody_more_than_its_own():
    values = np.random.default_rng(1).random((20, 4)) + 0.1
    found = common(values)
    assert np.ptp(found.weights, axis=0).max() == 0
    assert (found.scores <= doubt(values).scores + 1e-9).all()
    method = COMBINATIONS["benefit-of-the-doubt"]
    np.testing.assert_array_equal(method.run(values, np.ones(4), for_each="all"), found.scores)


def test_a_degenerate_program_ends():
    """All slacks are 0 at the start, where the simplest rule may go in circles (Beale 1955)."""
    a = np.array([[0.25, -60.0, -0.04, 9.0], [0.5, -90.0, -0.02, 3.0], [0.0, 0.0, 1.0, 0.0]])
    found = Programs(a, np.array([0.0, 0.0, 1.0])).maximise(np.array([0.75, -150.0, 0.02, -6.0]))
    assert found @ np.array([0.75, -150.0, 0.02, -6.0]) == pytest.approx(0.05)


def test_a_program_without_a_limit_is_refused():
    with pytest.raises(ValueError, match="no solution"):
        Programs(np.array([[1.0, -1.0]]), np.ones(1)).maximise(np.array([0.0, 1.0]))


def test_units_that_others_surpass_set_no_limit():
    assert best(np.array([[3.0, 1.0], [1.0, 3.0], [1.0, 1.0], [2.0, 2.0]])).tolist() == [0, 1, 3]
