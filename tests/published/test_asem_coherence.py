"""Correlations and consistency against the published figures of the ASEM index."""

import numpy as np
import pytest

from kurak.engines.composite.coherence.adequacy import adequacy
from kurak.engines.composite.coherence.consistency import consistency
from kurak.engines.composite.coherence.correlating import kendall, p_values, pairs, pearson, spearman
from kurak.engines.composite.coherence.explaining import standing
from kurak.engines.composite.coherence.fitting import fit, flagged
from tests.published import asem

pytestmark = pytest.mark.published

L, N = "l_coherence", "n_other_methods"
METHODS = {"pearson": pearson, "spearman": spearman, "kendall": kendall}
DATA = {
    "raw_indicators": ("inputs", "iData.csv"),
    "full_normalised_indicators": ("full", "normalised.csv"),
    "full_level2": ("full", "aggregated.csv"),
    "full_level3": ("full", "aggregated.csv"),
}


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("method", METHODS)
def test_every_correlation_is_the_published_one(method, data):
    published = asem.rows(L, f"corr_{method}_{data}.csv")
    codes = [row["iCode"] for row in published]
    found = METHODS[method](asem.matrix(*DATA[data], of=codes))
    asem.assert_close(found, [[float(row[code]) for code in codes] for row in published])


def test_every_p_value_is_the_published_one():
    published = asem.rows(L, "corr_pearson_pvalues_raw.csv")
    codes = [row["iCode"] for row in published]
    values = asem.matrix("inputs", "iData.csv", of=codes)
    found = p_values(pearson(values), pairs(values))
    off_diagonal = ~np.eye(len(codes), dtype=bool)
    wanted = np.array([[float(row[code]) for code in codes] for row in published])
    np.testing.assert_allclose(found[off_diagonal], wanted[off_diagonal], rtol=1e-8)


PARENTS = {
    "corr_indicator_to_parent_pillar.csv": ("full", "normalised.csv"),
    "corr_indicator_to_index.csv": ("full", "normalised.csv"),
    "corr_pillar_to_index.csv": ("full", "aggregated.csv"),
}


@pytest.mark.parametrize("file", PARENTS)
def test_children_go_with_their_nodes_as_published(file):
    published = asem.rows(L, file)
    nodes = sorted({row["Var1"] for row in published})
    children = asem.matrix(*PARENTS[file], of=[row["Var2"] for row in published])
    found = fit(
        children, asem.matrix("full", "aggregated.csv", of=nodes), [nodes.index(row["Var1"]) for row in published]
    )
    asem.assert_close(found.own, [float(row["Correlation"]) for row in published])


FLAGS = {
    "corr_flags_high_0.75_raw.csv": (("inputs", "iData.csv"), {"redundant": 0.75, "negative": -1.1}),
    "corr_flags_low_-0.3_full.csv": (("full", "normalised.csv"), {"redundant": 1.1, "negative": -0.3}),
}


@pytest.mark.parametrize("file", FLAGS)
def test_the_same_pairs_inside_a_pillar_are_flagged(file):
    data, limits = FLAGS[file]
    pillar = {child: parent for parent, children in asem.tree()[0].items() for child in children}
    codes = sorted(pillar)
    found = flagged(asem.matrix(*data, of=codes), [pillar[code] for code in codes], weak=None, **limits)
    published = {frozenset((row["Ind1"], row["Ind2"])): float(row["Corr"]) for row in asem.rows(L, file)}
    assert {
        frozenset((codes[flag.first], codes[flag.second])): pytest.approx(flag.correlation) for flag in found
    } == published


def test_indicators_that_measure_size_are_the_published_ones():
    published = asem.rows(L, "denominator_corr_0.6_raw.csv")
    codes = [code for level in asem.tree()[:1] for children in level.values() for code in children]
    sizes = ["Area", "Energy", "GDP", "Population"]
    data = "inputs", "iData.csv"
    found = pearson(asem.matrix(*data, of=codes), asem.matrix(*data, of=sizes))
    large = {(codes[i], sizes[j]): found[i, j] for i, j in np.argwhere(np.abs(found) > 0.6)}
    assert large == {(row["Ind"], row["Denom"]): pytest.approx(float(row["Corr"])) for row in published}


GROUPS = {
    "Conn(5 pillars)": ("Conn", 1),
    "Sust(3 pillars)": ("Sust", 1),
    "2 sub-indexes": ("Index", 2),
}


@pytest.mark.parametrize("row", range(13))
def test_every_alpha_is_the_published_one(row):
    published = asem.rows(L, "cronbach_alpha.csv")[row]
    group = published["group"]
    if group in asem.tree()[0] or group == "ALL_49":
        codes = [c for parent, children in asem.tree()[0].items() if group in (parent, "ALL_49") for c in children]
        found = consistency(asem.matrix("full", "normalised.csv", of=codes))
        raw = consistency(asem.matrix("inputs", "iData.csv", of=codes))
        asem.assert_close(raw.alpha, float(published["raw_undirected"]))
    else:
        code, level = GROUPS.get(group, (None, None))
        codes = asem.PILLARS if code is None else asem.tree()[level][code]
        found = consistency(asem.matrix("full", "aggregated.csv", of=codes))
    assert len(found.rest) == int(published["k"])
    asem.assert_close(found.alpha, float(published["dset_full_normalised"]))


@pytest.mark.parametrize("name", ["8pillars", "Social9"])
def test_consistency_and_adequacy_are_the_published_ones(name):
    items = asem.rows(N, f"coherence_items_{name}.csv")
    data = ("full", "aggregated.csv") if name == "8pillars" else ("full", "normalised.csv")
    values = asem.matrix(*data, of=[row["iCode"] for row in items])
    one, two, [whole] = consistency(values), adequacy(values), asem.rows(N, f"coherence_{name}.csv")
    found = [one.alpha, one.standardised, two.kmo, two.chi2, two.degrees, two.p]
    names = ("alpha_raw", "alpha_std", "kmo_overall", "bartlett_chisq", "bartlett_df", "bartlett_p")
    asem.assert_close(found, [float(whole[each]) for each in names])
    for each, column in ((two.msa, "MSA"), (one.dropped, "alpha_if_dropped"), (one.rest, "r_drop")):
        asem.assert_close(each, [float(row[column]) for row in items])


@pytest.mark.parametrize("kind", ["strengths", "weaknesses"])
def test_the_ranks_behind_strengths_and_weaknesses_are_the_published_ones(kind):
    """Which indicators are worth naming is a matter of rules; where the unit stands in them is not."""
    published = asem.rows("m_extra", f"{kind}_GBR.csv")
    codes = [row["Code"] for row in published]
    direction = {row["iCode"]: row["Direction"] for row in asem.rows("inputs", "iMeta.csv")}
    values = asem.matrix("inputs", "iData.csv", of=codes) * [float(direction[code]) for code in codes]
    found = standing(values, [row["uCode"] for row in asem.rows("inputs", "iData.csv")].index("GBR"))
    assert found.rank.tolist() == [float(row["Rank"]) for row in published]
