"""Summaries of draws against slow counts."""

from itertools import product

import numpy as np
import pytest
from scipy.stats import spearmanr

from kurak.engines.composite.varying import summary, vary
from tests.engines.composite.varying.trials import a_table, an_index


def some_ranks(draws=30, n=6, gaps=True):
    rng = np.random.default_rng(8)
    ranks = rng.integers(1, n + 1, (draws, n)).astype(float)
    if gaps:
        ranks[rng.random(ranks.shape) < 0.1] = np.nan
    return ranks


@pytest.mark.parametrize(("name", "share"), [("median", 0.5), ("low", 0.05), ("high", 0.95)])
def test_quantiles_are_linear_between_the_draws_that_there_are(name, share):
    ranks = some_ranks()
    assert np.allclose(getattr(summary.spread(ranks), name), np.nanquantile(ranks, share, axis=0))


def test_a_unit_without_any_score_has_no_spread():
    found = summary.spread(np.full((4, 1), np.nan))
    assert found.known == 0
    assert np.isnan([found.mean, found.median, found.low, found.high]).all()


def test_pairs_against_counting_them():
    ranks = some_ranks(draws=150, n=5)
    found = summary.above(ranks)
    for i, j in product(range(5), repeat=2):
        both = [(a, b) for a, b in ranks[:, [i, j]] if not np.isnan(a + b)]
        assert found[i, j] == pytest.approx(np.mean([1.0 if a < b else 0.5 if a == b else 0.0 for a, b in both]))


def test_chances_of_ranks_and_of_keeping_them():
    ranks, nominal = np.array([[1.0, 2, 3], [2, 1, 3], [1, np.nan, 2]]), np.array([1.0, 2, 3])
    assert np.allclose(summary.at_most(ranks, 1), [2 / 3, 1 / 3, 0])
    assert np.allclose(summary.holding(ranks, nominal), [2 / 3, 1 / 3, 2 / 3])
    assert np.allclose(summary.holding(ranks, nominal, within=1), [1, 2 / 3, 1])
    assert np.allclose(summary.shift(ranks, nominal), [0, 2 / 3, 0.5])


def test_rank_correlation_is_that_of_scipy():
    ranks, nominal = some_ranks(gaps=False), np.array([1.0, 2, 2, 4, 5, 6])
    assert np.allclose(summary.spearman(ranks, nominal), [spearmanr(each, nominal).statistic for each in ranks])
    assert np.isnan(summary.spearman(np.ones((1, 6)), nominal)).all()


def test_a_variation_tells_the_same_as_its_draws():
    found = vary(an_index("weights", "combine"), a_table(), draws=100)
    ranks, nominal = found.outcomes.ranks["r"], found.nominal_ranks()
    assert np.allclose(found.ranks().mean, ranks.mean(axis=0))
    assert np.allclose(found.holds(), (ranks == nominal).mean(axis=0))
    assert np.allclose(found.shift(), np.abs(ranks - nominal).mean(axis=1))
    assert np.allclose(found.scores("p").median, np.median(found.outcomes.scores["p"], axis=0))
    shares = found.classes()
    assert np.allclose(shares["low"] + shares["high"], 1)
    high = found.nominal.classes["r"][0] == 1
    assert np.allclose(found.class_holds(), np.where(high, shares["high"], shares["low"]))
    assert found.classes("p") is None
    assert len(found.parameters["weight of a in p"]) == 100
