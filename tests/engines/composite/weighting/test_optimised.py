import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kurak.engines.composite.problems import Unusable
from kurak.engines.composite.weighting.optimised import aimed, optimised


def a_table(seed=0, k=4, shared=0.6):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(80, 1)) * shared + rng.normal(size=(80, k)) * rng.uniform(0.5, 3, k)


def correlations(values, weights):
    return np.array([np.corrcoef(child, values @ weights)[0, 1] for child in values.T])


@settings(max_examples=25)
@given(seed=st.integers(0, 5000))
def test_where_the_target_is_reached_children_go_with_the_score_in_that_proportion(seed):
    target = np.array([1.0, 1.0, 2.0, 2.0])
    found = optimised(a_table(seed), target.tolist())
    assert found.weights.min() >= 0
    np.testing.assert_allclose(found.correlations, correlations(a_table(seed), found.weights), rtol=1e-6)
    if found.reached:
        assert np.ptp(found.correlations / target) < 1e-5


def test_equal_importance_needs_unequal_weights():
    values = a_table()
    found = optimised(values)
    assert found.reached
    assert np.ptp(correlations(values, found.weights)) < 1e-9
    assert np.ptp(correlations(values, np.full(4, 0.25))) > 0.1


def test_squared_importance_is_of_squared_correlations():
    values = a_table()
    found = optimised(values, [1, 1, 1, 2], importance="squared")
    assert found.reached
    share = correlations(values, found.weights) ** 2
    assert share[3] / share[0] == pytest.approx(2)


def alike():
    """Children that go together so closely that none can matter much less than the others."""
    rng = np.random.default_rng(3)
    return rng.normal(size=(60, 1)) + rng.normal(size=(60, 3)) * 0.3


def test_a_target_out_of_reach_is_said_to_be_so_with_the_name_of_the_child():
    found = optimised(alike(), [5, 1, 5])
    assert not found.reached
    assert found.weights.min() >= 0
    [note] = aimed(alike(), target=[5, 1, 5]).said(["press", "law", "courts"])
    assert note.startswith("the target can't be reached: ")


def test_weights_stay_within_their_bounds():
    found = optimised(a_table(), least=0.2, most=0.3)
    assert found.weights.min() >= 0.2 - 1e-9
    assert found.weights.max() <= 0.3 + 1e-9


def test_no_weights_within_the_bounds_come_nearer_to_the_target():
    values, rng = a_table(), np.random.default_rng(1)
    found = optimised(values, least=0.1, most=0.35)

    def miss(weights):
        c = correlations(values, weights)
        return 1 - c.sum() / np.linalg.norm(c) / 2

    others = rng.dirichlet(np.full(4, 5.0), 4000)
    inside = others[(others.min(axis=1) >= 0.1) & (others.max(axis=1) <= 0.35)]
    assert len(inside) > 100
    assert miss(found.weights) <= min(map(miss, inside)) + 1e-9


def test_groups_keep_their_weight_while_children_inside_share_it():
    found = optimised(a_table(), groups=[0, 0, 1, 1])
    assert found.weights[:2].sum() == pytest.approx(0.5)


@pytest.mark.parametrize("wrong", [{"target": [1, 2]}, {"target": [1, 1, 1, 0]}, {"least": 0.3}, {"most": 0.2}])
def test_targets_and_bounds_that_make_no_sense_are_refused(wrong):
    with pytest.raises(Unusable):
        optimised(a_table(), **wrong)
