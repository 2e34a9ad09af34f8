import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kurak.engines.composite.coherence.principal import principal
from kurak.engines.composite.problems import Unusable
from kurak.engines.composite.weighting import WEIGHTINGS
from kurak.engines.composite.weighting.loadings import factors, first_component, varimax
from kurak.engines.composite.weighting.outcome import regressed, regression
from kurak.engines.composite.weighting.spread import critic, entropy, inverse_sd

NAN = np.nan
WITHOUT_SETTINGS = ["equal", "pca", "factors", "inverse-sd", "entropy", "critic", "unobserved", "optimised"]


def related(seed=0, n=60, loadings=(1.0, 0.8, 0.5, 0.3)):
    """Children that share one trait to different degrees, all above 0."""
    rng = np.random.default_rng(seed)
    return 10 + rng.normal(size=(n, 1)) * np.array(loadings) + rng.normal(size=(n, len(loadings))) * 0.7


@pytest.mark.parametrize("name", WITHOUT_SETTINGS)
@settings(max_examples=15)
@given(seed=st.integers(0, 1000))
def test_weights_are_never_below_0_and_sum_to_1(name, seed):
    found = WEIGHTINGS[name].run(related(seed)).weights
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize("name", WITHOUT_SETTINGS)
def test_children_in_another_order_keep_their_weights(name):
    values, order = related(), [2, 0, 3, 1]
    there, back = WEIGHTINGS[name].run(values).weights, WEIGHTINGS[name].run(values[:, order]).weights
    np.testing.assert_allclose(back, there[order], rtol=1e-6)


@pytest.mark.parametrize("name", ["pca", "factors", "optimised"])
def test_a_child_that_is_the_same_for_all_is_refused_by_its_place(name):
    values = related()
    values[:, 2] = 7
    with pytest.raises(Unusable) as wrong:
        WEIGHTINGS[name].run(values)
    assert [problem.path for problem in wrong.value.problems] == [(2,)]


@pytest.mark.parametrize("name", ["inverse-sd", "entropy", "critic"])
def test_a_child_that_is_the_same_for_all_has_no_weight_and_is_named(name):
    values = related()
    values[:, 2] = 7
    found = WEIGHTINGS[name].run(values)
    assert found.weights[2] == 0
    assert "law" in found.said(["press", "courts", "law", "votes"])[0]


@pytest.mark.parametrize("name", ["pca", "factors", "optimised"])
def test_too_few_complete_units_are_refused(name):
    with pytest.raises(Unusable, match="have all"):
        WEIGHTINGS[name].run(np.array([[1.0, NAN], [2.0, 3.0], [NAN, 1.0]]))


def test_the_sign_of_a_component_is_fixed_so_that_its_loadings_sum_to_more_than_0():
    assert (principal(related()).vectors.sum(axis=0) >= 0).all()
    np.testing.assert_allclose(first_component(-related()).weights, first_component(related()).weights)


def test_components_explain_all_of_the_variance():
    assert principal(related()).values.sum() == pytest.approx(4)


def test_more_children_than_units_still_have_components():
    found = principal(np.random.default_rng(0).random((5, 9)))
    assert found.values[4:] == pytest.approx(0)
    assert found.vectors.shape == (9, 9)


def test_two_blocks_of_children_are_two_factors():
    rng = np.random.default_rng(1)
    traits = rng.normal(size=(300, 2))
    values = np.repeat(traits, 3, axis=1) + rng.normal(size=(300, 6)) * 0.5
    found = factors(values)
    assert len(set(found.assigned[:3])) == len(set(found.assigned[3:])) == 1
    assert found.assigned[0] != found.assigned[3]
    assert found.weights[:3].sum() == pytest.approx(0.5, abs=0.05)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25)
def test_rotation_changes_no_communality(seed):
    loadings = np.random.default_rng(seed).normal(size=(7, 3))
    np.testing.assert_allclose((varimax(loadings) ** 2).sum(axis=1), (loadings**2).sum(axis=1))


def test_entropy_counts_a_zero_as_no_information_and_refuses_values_below_it():
    assert entropy(np.array([[0.0, 1.0], [4.0, 1.0], [4.0, 1.0]])).weights.tolist() == [1.0, 0.0]
    with pytest.raises(Unusable) as wrong:
        entropy(np.array([[1.0, 2.0], [3.0, -1.0]]))
    assert wrong.value.problems[0].path == (1, 1)


def test_entropy_is_that_of_the_formula():
    values = np.array([[1.0, 2.0], [3.0, 3.0]])
    e = [-(p * np.log(p)).sum() / np.log(2) for p in (values / values.sum(axis=0)).T]
    np.testing.assert_allclose(entropy(values).weights, (1 - np.array(e)) / (2 - sum(e)))


def test_a_child_that_repeats_another_weighs_less_by_critic():
    one, other = np.random.default_rng(0).random((2, 200))
    found = critic(np.column_stack([one, one, other])).weights
    assert found[2] > found[0] == pytest.approx(found[1])


def test_what_is_missing_does_not_disturb_the_spread_of_the_others():
    values = np.array([[0.0, 0.0], [1.0, 3.0], [2.0, 6.0], [NAN, NAN]])
    assert inverse_sd(values).weights.tolist() == [0.75, 0.25]


def test_nothing_that_differs_gives_no_weights():
    with pytest.raises(Unusable, match="no child gets a weight"):
        inverse_sd(np.ones((4, 2)))


def test_regression_finds_the_weights_behind_an_outcome():
    values = related(3)
    found = regressed(values, values @ [0.5, 0.3, 0.2, 0.0] + 4)
    assert found.weights.tolist() == pytest.approx([0.5, 0.3, 0.2, 0.0], abs=1e-6)
    assert found.explained == pytest.approx(1)


def test_regression_gives_no_weight_to_what_points_the_other_way_and_says_so():
    values = related(3)
    outcome = values[:, 0] - values[:, 1]
    assert regressed(values, outcome).coefficients[1] < 0
    found = regression(values, outcome=outcome)
    assert found.weights[1] == 0
    assert "b" in found.said("abcd")[1]


def test_regression_needs_more_units_than_children():
    with pytest.raises(Unusable, match="6 are needed"):
        regressed(related(n=5), np.arange(5.0))
