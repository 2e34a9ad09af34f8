"""Chains: R-hat, effective sample size and densest intervals, on draws whose answer is known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from kurak.engines.composite.raters.chains import densest, met, worth


def walk(memory, seed=0, chains=4, draws=2000):
    """Draws of N(0, 1) of which each remembers the one before."""
    rng = np.random.default_rng(seed)
    x = [rng.normal(size=chains)]
    for _ in range(draws - 1):
        x.append(memory * x[-1] + np.sqrt(1 - memory**2) * rng.normal(size=chains))
    return np.array(x).T


def test_chains_of_one_distribution_have_met():
    assert met(walk(0.5)) == pytest.approx(1, abs=0.01)


def test_a_chain_elsewhere_has_not_met_the_others():
    assert met(walk(0) + np.array([[0], [0], [0], [1.0]])) > 1.1


def test_chains_that_only_differ_in_spread_have_not_met():
    assert met(walk(0) * np.array([[1], [1], [1], [3.0]])) > 1.05


def test_constant_chains_have_met_unless_they_differ():
    assert met(np.full((2, 10), 3.0)) == 1
    assert met(np.repeat([[1.0], [2.0]], 10, axis=1)) > 1.05


@pytest.mark.parametrize("memory", [0.0, 0.5, 0.9])
def test_draws_that_remember_are_worth_less(memory):
    expected = 8000 * (1 - memory) / (1 + memory)
    assert np.mean([worth(walk(memory, seed)) for seed in range(5)]) == pytest.approx(expected, rel=0.15)


def test_many_quantities_are_judged_at_once():
    both = np.stack([walk(0.0), walk(0.9)], axis=-1)
    assert worth(both).tolist() == pytest.approx([float(worth(walk(0.0))), float(worth(walk(0.9)))])


def test_the_densest_interval_of_a_skewed_distribution_starts_at_its_mode():
    low, high = densest(np.random.default_rng(0).exponential(size=50_000), 0.68)
    assert (low, high) == pytest.approx((0, -np.log(0.32)), abs=0.05)


def test_the_densest_interval_of_a_normal_is_one_standard_deviation():
    low, high = densest(norm.ppf((np.arange(10_000) + 0.5) / 10_000), 0.68)
    assert (low, high) == pytest.approx((-0.994, 0.994), abs=0.01)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50), st.floats(0.01, 0.99))
def test_the_densest_interval_holds_its_share(draws, share):
    x = np.array(draws)
    low, high = densest(x, share)
    assert np.mean((low <= x) & (x <= high)) >= share - 1e-9
