import numpy as np
import pytest

from kurak.engines.composite.combining.pairwise import MOST_UNITS, borda, copeland, outranking
from kurak.engines.composite.combining.thresholds import electre, promethee
from kurak.engines.composite.problems import Unusable

NAN = np.nan


def won(first, second, weights):
    """Share of the weight in which the first is better, as the definition says."""
    both = [q for q in range(len(weights)) if not np.isnan(first[q]) and not np.isnan(second[q])]
    points = [weights[q] * (1 if first[q] > second[q] else 0.5 if first[q] == second[q] else 0) for q in both]
    return sum(points) / sum(weights[q] for q in both) if both else NAN


def slow_outranking(values, weights):
    pairs = [[0 if i == j else won(x, y, weights) for j, y in enumerate(values)] for i, x in enumerate(values)]
    return np.array(pairs, float)


def a_table(seed, n=9, k=5):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 4, (n, k)).astype(float)
    values[rng.random((n, k)) < 0.3] = NAN
    return values, rng.random(k)


@pytest.mark.parametrize("seed", range(5))
def test_the_outranking_matrix_is_what_the_definition_says(seed):
    values, weights = a_table(seed)
    np.testing.assert_allclose(outranking(values, weights), slow_outranking(values, weights), rtol=1e-12)


def test_missing_values_count_for_neither_unit_whatever_the_order_of_rows():
    values = np.array([[1.0, NAN, 3.0], [2.0, 9.0, 1.0]])
    there, back = outranking(values, np.ones(3)), outranking(values[::-1], np.ones(3))
    assert there[0, 1] == back[1, 0] == 0.5


def test_units_without_a_common_child_are_not_compared():
    found = outranking(np.array([[1.0, NAN], [NAN, 2.0]]), np.ones(2))
    assert np.isnan(found[0, 1])
    assert copeland(np.array([[1.0, NAN], [NAN, 2.0]]), np.ones(2)).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("rule", [copeland, borda, promethee, electre])
def test_a_unit_without_data_has_no_score(rule):
    found = rule(np.array([[1.0, 2.0], [NAN, NAN], [2.0, 1.0]]), np.ones(2))
    assert np.isnan(found).tolist() == [False, True, False]


def test_half_of_49_equal_weights_is_exactly_half():
    """24 children are better, 24 worse, one is equal: 24.5/49."""
    first = np.array([1.0] * 24 + [0.0] * 24 + [0.5])
    for weights in (np.full(49, 1 / 49), np.full(49, 0.02), np.ones(49)):
        assert copeland(np.stack([first, 1 - first]), weights).tolist() == [0.0, 0.0]


def test_too_many_units_to_compare_are_refused_instead_of_waited_for():
    with pytest.raises(Unusable):
        copeland(np.zeros((MOST_UNITS + 1, 2)), np.ones(2))


def test_rows_compared_in_blocks_are_the_same_as_at_once(monkeypatch):
    values, weights = a_table(3, n=30)
    whole = copeland(values, weights)
    monkeypatch.setattr("kurak.engines.composite.combining.pairwise.AT_ONCE", 60)
    np.testing.assert_array_equal(copeland(values, weights), whole)


def test_small_differences_do_not_count_and_large_ones_do():
    values = np.array([[1.0], [1.5], [4.0]])
    assert promethee(values, np.ones(1), indifference=1.0).tolist() == [-0.5, -0.5, 1.0]
    assert promethee(values, np.ones(1)).tolist() == [-1.0, 0.0, 1.0]


def test_one_veto_outweighs_agreement_in_all_other_children():
    good_but_one = [9.0, 9.0, 9.0, 0.0]
    even = [5.0, 5.0, 5.0, 5.0]
    values = np.array([good_but_one, even])
    assert electre(values, np.ones(4))[0] > 0
    assert electre(values, np.ones(4), veto=5.0, preference=4.5)[0] < 0


@pytest.mark.parametrize("rule", [promethee, electre])
def test_draws_of_values_and_weights_are_compared_each_by_itself(rule):
    rng = np.random.default_rng(0)
    values, weights = rng.random((3, 6, 4)), rng.random((3, 4))
    found = rule(values, weights)
    for draw in range(3):
        np.testing.assert_array_equal(found[draw], rule(values[draw], weights[draw]))
