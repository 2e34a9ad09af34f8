"""Weights against the published figures of the ASEM index."""

import numpy as np
import pytest

from kurak.engines.composite.coherence.principal import principal
from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.declaring import declare
from kurak.engines.composite.ranks import ranked
from kurak.engines.composite.weighting.loadings import factors, first_component
from kurak.engines.composite.weighting.optimised import optimised
from kurak.engines.composite.weighting.spread import inverse_sd
from kurak.engines.composite.weighting.tree import effective
from tests.published import asem

pytestmark = pytest.mark.published

FOUND, N = "i_weights", "n_other_methods"
every_pillar = pytest.mark.parametrize("pillar", asem.PILLARS)


def declared():
    """The tree of the index as a declaration."""
    levels = asem.tree()

    def node(code):
        below = next((level[code] for level in levels if code in level), None)
        return {"code": code} if below is None else {"code": code, "children": [node(each) for each in below]}

    return declare({"format": 1, "code": "asem", "edition": "1", "label": "exact", "tree": node("Index")})


def test_effective_weights_of_every_code_are_the_published_ones():
    found = effective(declared())
    published = {row["iCode"]: float(row["EffWeight"]) for row in asem.rows(FOUND, "effective_weights.csv")}
    assert set(found) == set(published)
    asem.assert_close([found[code] for code in published], list(published.values()))


def assert_same_up_to_sign(found, published):
    asem.assert_close(found * np.sign(found @ published), published)


@every_pillar
def test_loadings_of_a_pillar_are_the_published_ones(pillar):
    children = asem.tree()[0][pillar]
    found = principal(asem.matrix("full", "normalised.csv", of=children))
    published = asem.weights(FOUND, "pca_weights_level1_by_pillar.csv")
    assert_same_up_to_sign(found.vectors[:, 0], np.array([published[child] for child in children]))
    shares = [float(r["variance"]) for r in asem.rows(FOUND, "pca_level1_eigenvalues.csv") if r["group"] == pillar]
    asem.assert_close(found.values, shares)


@every_pillar
def test_every_component_of_a_pillar_is_the_published_one(pillar):
    children = asem.tree()[0][pillar]
    found = principal(asem.matrix("full", "normalised.csv", of=children))
    rows = [row for row in asem.rows(FOUND, "pca_level1_rotation.csv") if row["group"] == pillar]
    for row in rows:
        component = np.array([float(r["loading"]) for r in rows if r["pc"] == row["pc"]])
        order = [children.index(r["iCode"]) for r in rows if r["pc"] == row["pc"]]
        assert_same_up_to_sign(found.vectors[order, int(row["pc"]) - 1], component)


@every_pillar
def test_loadings_of_raw_data_use_the_complete_units_alone(pillar):
    children = asem.tree()[0][pillar]
    found = principal(asem.matrix("inputs", "iData.csv", of=children))
    complete = {row["group"]: int(row["n_complete"]) for row in asem.rows(FOUND, "pca_level1_raw_listwise_n.csv")}
    published = asem.weights(FOUND, "pca_weights_level1_raw_listwise.csv")
    assert found.used == complete[pillar]
    assert_same_up_to_sign(found.vectors[:, 0], np.array([published[child] for child in children]))


@pytest.mark.parametrize("group", ["Conn", "Sust"])
def test_loadings_of_the_pillars_of_a_sub_index_are_the_published_ones(group):
    children = asem.tree()[1][group]
    found = principal(asem.matrix("full", "aggregated.csv", of=children)).vectors[:, 0]
    published = asem.weights(FOUND, "pca_weights_level2_by_subindex.csv")
    assert_same_up_to_sign(found, np.array([published[child] for child in children]))


def test_loadings_of_all_pillars_and_the_index_they_give_are_the_published_ones():
    found = principal(asem.matrix("full", "aggregated.csv", of=asem.PILLARS))
    rows = asem.rows(FOUND, "pca_level2_all_rotation.csv")
    for component in range(8):
        published = np.array([float(row[f"PC{component + 1}"]) for row in rows])
        assert_same_up_to_sign(found.vectors[:, component], published)
    asem.assert_close(found.values, asem.columns(FOUND, "pca_level2_all_eigenvalues.csv")["variance"])
    weight = asem.weights(FOUND, "pca_weights_level2_all.csv")
    published = asem.columns(FOUND, "pca_level2_all_amean_scores.csv")
    scores = dict(asem.columns("full", "aggregated.csv"))
    for level in asem.tree()[1:]:
        for parent, children in level.items():
            values = np.column_stack([scores[child] for child in children])
            scores[parent] = COMBINATIONS["mean"].run(values, np.array([weight[child] for child in children]))
            asem.assert_close(scores[parent], published[parent])
    ranks = asem.columns(FOUND, "pca_level2_all_amean_ranks.csv")["Index"]
    np.testing.assert_array_equal(ranked(scores["Index"]), ranks)


def test_a_child_that_loads_negatively_has_no_weight_and_is_reported():
    found = first_component(asem.matrix("full", "aggregated.csv", of=asem.PILLARS))
    published = np.array([asem.weights(FOUND, "pca_weights_level2_all.csv")[pillar] for pillar in asem.PILLARS])
    published = published * np.sign(published.sum())
    assert (published < 0).any()
    assert (found.weights[published < 0] == 0).all()
    assert "negatively" in found.notes[1]


PEERS = 1e-5  # R stops rotating when the criterion grows by less
FACTORS = {"8pillars": ("full", "aggregated.csv"), "Social9": ("full", "normalised.csv")}


def of_factors(name):
    rows = asem.rows(N, f"oecd_pca_{name}_weights.csv")
    return rows, asem.matrix(*FACTORS[name], of=[row["iCode"] for row in rows])


@pytest.mark.parametrize("name", FACTORS)
def test_factor_weights_are_the_published_ones_in_both_readings(name):
    rows, values = of_factors(name)
    found, other = factors(values, tolerance=PEERS), factors(values, assign="share", tolerance=PEERS)
    asem.assert_close(found.weights, [float(row["weight"]) for row in rows])
    asem.assert_close(other.weights, [float(row["weight_by_unity"]) for row in rows])
    assert (found.assigned + 1).tolist() == [int(row["assigned_factor"]) for row in rows]
    assert (other.assigned + 1).tolist() == [int(row["assigned_factor_by_unity"]) for row in rows]


@pytest.mark.parametrize("name", FACTORS)
def test_rotated_loadings_are_the_published_ones(name):
    _, values = of_factors(name)
    found, published = factors(values, tolerance=PEERS), asem.matrix(N, f"oecd_pca_{name}_varimax_loadings.csv")
    for factor in range(found.loadings.shape[1]):
        assert_same_up_to_sign(found.loadings[:, factor], published[:, factor])
    rows = asem.rows(N, f"oecd_pca_{name}_eigenvalues.csv")
    kept = [float(row["rotated_variance"]) for row in rows if row["retained"] == "TRUE"]
    asem.assert_close(found.explained, kept)


def sub_indexes():
    return asem.matrix("full", "aggregated.csv", of=("Conn", "Sust"))


def test_weights_of_equal_importance_are_the_published_ones():
    """Two sub-indexes: the solution is unique, so that the digits can be compared as well."""
    found = optimised(sub_indexes())
    published = asem.columns(FOUND, "opt_balance_equal_level3_tight_result.csv")
    assert found.reached
    assert found.correlations[0] == pytest.approx(found.correlations[1], rel=1e-9)
    np.testing.assert_allclose(found.weights, published["OptWeight"], atol=1e-6)


def test_a_target_of_two_to_one_needs_a_negative_weight_and_is_said_to_be_out_of_reach():
    """The peer reaches it with a weight of -0.30; with weights of at least 0 the nearest is taken."""
    found = optimised(sub_indexes(), [2, 1])
    published = asem.rows(FOUND, "opt_balance_2to1_level3_tight_result.csv")
    assert min(float(row["OptWeight"]) for row in published) < 0
    assert not found.reached
    assert found.weights.tolist() == [1.0, 0.0]


def test_pillars_inside_sub_indexes_come_as_near_to_equal_importance_as_weights_above_0_allow():
    values = asem.matrix("full", "aggregated.csv", of=asem.PILLARS)
    sub_index = {pillar: i for i, group in enumerate(asem.tree()[1].values()) for pillar in group}
    found = optimised(values, groups=[sub_index[pillar] for pillar in asem.PILLARS])
    published = asem.rows(FOUND, "opt_balance_equal_level2_default_result.csv")
    spread = np.ptp([float(row["Obtained"]) for row in published])
    assert not found.reached
    assert found.weights.min() >= 0
    assert np.ptp(found.obtained) < spread
    assert [found.weights[[sub_index[p] == g for p in asem.PILLARS]].sum() for g in (0, 1)] == pytest.approx([0.5, 0.5])


def test_the_largest_sum_of_correlations_comes_from_weights_of_one_over_sd():
    published = asem.columns(FOUND, "opt_infomax_level3_tight_result.csv")
    v = inverse_sd(sub_indexes()).weights * sub_indexes().std(axis=0, ddof=1)
    r = np.corrcoef(sub_indexes().T)
    assert (r @ v / np.sqrt(v @ r @ v)).sum() >= -published["objective"][0]
    np.testing.assert_allclose(inverse_sd(sub_indexes()).weights, published["OptWeight"], atol=1e-5)


@pytest.mark.parametrize("name", FACTORS)
def test_our_rotation_goes_on_until_it_stands_still(name):
    """Kaiser's criterion, the variance of squared loadings with rows normalised, is what varimax makes large."""
    _, values = of_factors(name)

    def criterion(loadings):
        squared = loadings**2 / (loadings**2).sum(axis=1, keepdims=True)
        return squared.var(axis=0).sum()

    assert criterion(factors(values).loadings) > criterion(factors(values, tolerance=PEERS).loadings)
