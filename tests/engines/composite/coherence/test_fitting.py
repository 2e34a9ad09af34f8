import numpy as np

from kurak.engines.composite.coherence.fitting import fit, flagged
from kurak.engines.composite.coherence.importance import importance


def blocks(seed=0, n=300):
    """Two nodes of two children each; the last child belongs to the other node in truth."""
    rng = np.random.default_rng(seed)
    one, two = rng.normal(size=(2, n))
    noise = rng.normal(size=(4, n)) * 0.4
    return np.stack([one, one, two, one]).T + noise.T, np.stack([one, two]).T


def test_a_child_that_goes_more_with_another_node_is_named_with_that_node():
    values, nodes = blocks()
    found = fit(values, nodes, [0, 0, 1, 1])
    assert [(flag.first, flag.second) for flag in found.flags if flag.kind == "elsewhere"] == [(3, 0)]
    assert found.own[3] == found.correlations[3, 1]


def test_pairs_are_judged_inside_their_group_only():
    values, _ = blocks()
    assert {(flag.first, flag.second) for flag in flagged(values, [0, 0, 1, 1])} == {(2, 3)}
    assert (0, 2) in {(flag.first, flag.second) for flag in flagged(values)}


def test_children_that_repeat_or_oppose_each_other_are_told_apart():
    x = np.linspace(0, 1, 20)
    found = flagged(np.column_stack([x, x + 0.001 * np.sin(9 * x), -x]))
    assert [flag.kind for flag in found] == ["redundant", "negative", "negative"]


def test_a_child_that_is_the_same_for_all_is_not_flagged():
    x = np.linspace(0, 1, 20)
    assert flagged(np.column_stack([x, np.ones(20)])) == ()


def test_main_effects_of_independent_children_in_a_sum_are_their_shares_of_variance():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2000, 3))
    score = x @ [1.0, 2.0, 3.0]
    found = importance(x, score)
    np.testing.assert_allclose(found.main, np.array([1, 4, 9]) / 14, atol=0.05)
    np.testing.assert_allclose(found.linear, np.array([1, 4, 9]) / 14, atol=0.05)


def test_a_child_that_works_in_a_curve_matters_though_it_does_not_correlate():
    x = np.random.default_rng(0).uniform(-1, 1, 400)
    found = importance(np.column_stack([x]), x**2)
    assert found.linear[0] < 0.05 < 0.95 < found.main[0]


def test_weight_is_not_importance():
    """The second child weighs as much as the first, but goes with nothing and differs little."""
    rng = np.random.default_rng(1)
    x = np.column_stack([rng.normal(size=500), rng.normal(size=500) * 0.1])
    found = importance(x, x.mean(axis=1))
    assert found.main[0] > 0.95
    assert found.main[1] < 0.1


def test_what_does_not_differ_has_no_importance():
    x = np.column_stack([np.arange(30.0), np.ones(30)])
    assert np.isnan(importance(x, np.arange(30.0)).main).tolist() == [False, True]
    assert np.isnan(importance(x, np.ones(30)).main).all()
    assert np.isnan(importance(x, np.full(30, np.nan)).main).all()


def test_units_without_a_value_are_left_out():
    x = np.arange(40.0)
    holes = np.where(x % 4 == 0, np.nan, x)
    assert importance(holes[:, None], x).main[0] > 0.999
