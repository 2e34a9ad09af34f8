from itertools import permutations

import numpy as np
import pytest

from kurak.engines.composite.combining.kemeny import condorcet_kemeny, kemeny
from kurak.engines.composite.combining.pairwise import outranking


def respected(votes, order):
    return np.triu(np.nan_to_num(votes)[np.ix_(order, order)], 1).sum()


@pytest.mark.parametrize("seed", range(12))
def test_no_other_order_respects_more_votes(seed):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 4, (6, 5)).astype(float)
    values[rng.random(values.shape) < 0.1] = np.nan
    votes = outranking(values, rng.random(5))
    found = kemeny(votes)
    assert found.exact
    best = max(respected(votes, list(order)) for order in permutations(range(6)))
    assert respected(votes, found.order) == pytest.approx(best)


def circles(n=20):
    rng = np.random.default_rng(2)
    return outranking(rng.random((n, 7)), np.ones(7))


def test_an_order_that_is_not_proven_is_said_to_be_so():
    assert kemeny(circles()).exact
    assert not kemeny(circles(), most=5).exact


def test_the_order_that_is_not_proven_comes_near():
    assert kemeny(circles(), most=5).agreement == pytest.approx(kemeny(circles()).agreement, rel=0.02)


def test_a_unit_that_beats_all_others_comes_first():
    rng = np.random.default_rng(4)
    values = rng.random((15, 5))
    values[7] = 2
    assert kemeny(outranking(values, np.ones(5))).order[0] == 7


def test_neighbours_that_may_change_places_are_named():
    assert kemeny(outranking(np.array([[1.0, 1.0], [1.0, 1.0]]), np.ones(2))).ties == ((0, 1),)


def test_units_without_data_have_no_place():
    found = condorcet_kemeny(np.array([[1.0], [np.nan], [2.0]]), np.ones(1))
    assert np.isnan(found[1])
    assert found[[0, 2]].tolist() == [0.0, 1.0]
