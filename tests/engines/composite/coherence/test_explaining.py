from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kurak.engines.composite.coherence.explaining import parts, standing
from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.methods import Choice

NAN = np.nan
RULES = {
    "harmonic": {},
    "power": {"p": 0.5},
    "min": {},
    "median": {},
    "mean-of-worst": {"k": 2},
    "mpi": {},
    "copeland": {},
    "wroclaw": {},
}
tables = arrays(float, (4, 4), elements=st.floats(1, 50).map(lambda x: round(x, 2)))
WEIGHTS = np.array([1.0, 2.0, 3.0, 4.0])


def slow(values, how, unit, reference):
    """The Shapley value as it is defined: over all orders, what each child changes when it comes."""
    run, k = COMBINATIONS[how.by].run, values.shape[1]
    found = np.zeros(k)
    for order in permutations(range(k)):
        mixed = values.copy()
        mixed[unit] = reference
        for child in order:
            before = run(mixed, WEIGHTS, **how.settings)[unit]
            mixed[unit, child] = values[unit, child]
            found[child] += (run(mixed, WEIGHTS, **how.settings)[unit] - before) / 24
    return found


@pytest.mark.parametrize("name", RULES)
def test_parts_are_shapley_values(name):
    values = np.random.default_rng(1).random((5, 4)) * 9 + 1
    how, reference = Choice(name, RULES[name]), np.full(4, 5.0)
    found = parts(values, WEIGHTS, how, reference=reference)
    for unit in range(5):
        np.testing.assert_allclose(found.parts[unit], slow(values, how, unit, reference), atol=1e-12)


@pytest.mark.parametrize("name", ["mean", "geometric", *RULES])
@settings(max_examples=15)
@given(values=tables)
def test_base_and_parts_add_up_to_the_score(name, values):
    values[1, 2] = NAN
    how = Choice(name, RULES.get(name, {}))
    found = parts(values, WEIGHTS, how)
    score = COMBINATIONS[name].run(values, WEIGHTS, **how.settings)
    total = found.base + found.parts.sum(axis=1)
    np.testing.assert_allclose(np.exp(total) if found.scale == "log" else total, score, rtol=1e-9, atol=1e-9)
    assert found.parts[1, 2] == 0


def test_parts_of_a_mean_are_the_rescaled_weights_times_the_values():
    found = parts(np.array([[4.0, 8.0], [NAN, 8.0]]), np.array([3.0, 1.0]), Choice("mean"))
    assert found.parts.tolist() == [[3.0, 2.0], [0.0, 8.0]]


def test_children_of_equal_value_and_weight_have_equal_parts():
    found = parts(np.array([[4.0, 4.0, 9.0], [1.0, 2.0, 3.0]]), np.ones(3), Choice("harmonic"), reference=np.ones(3))
    assert found.parts[0, 0] == pytest.approx(found.parts[0, 1])


def test_many_children_are_put_in_in_drawn_orders_that_still_add_up():
    values = np.random.default_rng(2).random((3, 15)) + 1
    found = parts(values, np.ones(15), Choice("harmonic"), seed=4)
    again = parts(values, np.ones(15), Choice("harmonic"), seed=4)
    score = COMBINATIONS["harmonic"].run(values, np.ones(15))
    assert not found.exact
    np.testing.assert_allclose(found.base + found.parts.sum(axis=1), score)
    np.testing.assert_array_equal(found.parts, again.parts)


def test_drawn_orders_come_near_to_all_orders(monkeypatch):
    values = np.random.default_rng(2).random((3, 8)) + 1
    exact = parts(values, np.ones(8), Choice("harmonic"))
    monkeypatch.setattr("kurak.engines.composite.coherence.explaining.MOST_TOGETHER", 3)
    drawn = parts(values, np.ones(8), Choice("harmonic"))
    np.testing.assert_allclose(drawn.parts, exact.parts, atol=0.02)


def test_a_unit_is_strong_where_it_is_ahead_of_its_peers_and_weak_where_it_is_behind():
    rng = np.random.default_rng(0)
    values = rng.random((20, 6))
    values[4, 2], values[4, 5] = 2.0, -1.0
    found = standing(values, 4, most=1)
    assert (found.strengths, found.weaknesses) == ((2,), (5,))
    assert (found.rank[2], found.rank[5]) == (1.0, 20.0)


def test_what_most_peers_share_says_nothing_about_a_unit():
    values = np.random.default_rng(0).random((20, 2))
    values[:15, 1] = 0.0
    assert standing(values, 19).judged.tolist() == [True, False]


def test_a_value_that_is_missing_is_neither_strength_nor_weakness():
    values = np.random.default_rng(0).random((20, 2))
    values[3, 0] = NAN
    found = standing(values, 3)
    assert not found.judged[0]
    assert 0 not in (*found.strengths, *found.weaknesses)


def test_peers_may_be_chosen_and_the_unit_is_ranked_among_them():
    values = np.arange(10.0)[:, None]
    peers = np.arange(10) >= 7
    assert standing(values, 5, peers=peers).rank.tolist() == [4.0]
    assert standing(values, 5, peers=peers).of.tolist() == [4]
