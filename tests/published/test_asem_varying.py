"""Uncertainty and sensitivity against stored draws and runs of COINr on ASEM."""

from functools import cache

import numpy as np
import pytest

from kurak.engines.composite import declare, score, tabulate
from kurak.engines.composite.varying import leave_out, sensitivity, sobol
from kurak.engines.composite.varying.design import Design
from kurak.engines.composite.varying.vary import replay, vary
from tests.published import asem

pytestmark = pytest.mark.published

MINMAX = {"by": "minmax", "to": [0, 100]}
FOUR = [
    {"factor": "treat", "setting": "most", "among": [1, 2, 3, 4, 5]},
    {"factor": "normalise", "among": [{**MINMAX, "to": [1, 100]}, {"by": "zscore", "mean": 10, "sd": 2}]},
    {"factor": "weights", "levels": [1, 2], "within": 0.25},
    {"factor": "combine", "among": ["mean", "geometric"]},
]
WEIGHTS = [{"factor": "weights", "levels": [1, 2], "within": 0.25}]
DESIGNS = {"weights25": WEIGHTS, "four_factors": FOUR}


@cache
def asem_table():
    """Units in alphabetical order, as all results are."""
    rows = sorted(asem.rows("inputs", "iData.csv"), key=lambda row: row["uCode"])
    return tabulate([row["uCode"] for row in rows], {name: [row[name] for row in rows] for name in rows[0]})


@cache
def tree_of():
    meta = {row["iCode"]: row for row in asem.rows("inputs", "iMeta.csv")}

    def node(code):
        below = next((level[code] for level in asem.tree() if code in level), None)
        if below is not None:
            return {"code": code, "children": [node(each) for each in below]}
        leaf = {"code": code, "direction": "down" if meta[code]["Direction"] == "-1" else "up"}
        return leaf | ({"denominator": meta[code]["Denominator"]} if meta[code]["Denominator"] else {})

    return node("Index"), sorted({row["Denominator"] for row in meta.values() if row["Denominator"]})


def declared(factors=()):
    """The full pipeline of the published results."""
    tree, denominators = tree_of()
    return declare(
        {
            "format": 1, "code": "asem", "edition": "2018", "label": "exact", "tree": tree,
            "inputs": [{"code": code, "treat": "none", "normalise": "none", "impute": "none"} for code in denominators],
            "defaults": {
                "impute": {"by": "group-mean", "group": "EurAsia_group"},
                "treat": {"by": "winsorise", "most": 5, "then": "log-ct"},
                "normalise": MINMAX,
            },
            "uncertainty": list(factors),
        }
    )  # fmt: skip


WORDS = ("normalisation", "aggregation", "block")


def drawn(*path):
    """The columns of a file of draws."""
    rows = asem.rows(*path)
    return {key: np.array([row[key] if key in WORDS else float(row[key]) for row in rows]) for key in rows[0]}


def as_design(columns):
    """The design of a file of draws: weights that are not there are 1."""
    draws = len(next(iter(columns.values())))
    nodes = {node.code: [child.code for child in node.children] for node in declared().nodes.values()}
    weights = {
        code: np.column_stack([columns.get(each, np.ones(draws)) for each in nodes[code]])
        for code in ("Conn", "Sust", "Index")
    }
    picks = {}
    if "winmax" in columns:
        picks = {
            "treat": columns["winmax"].astype(int) - 1,
            "normalise": (columns["normalisation"] == "n_zscore").astype(int),
            "combine": (columns["aggregation"] == "a_gmean").astype(int),
        }
    return Design(np.arange(draws), picks, weights)


@cache
def replayed(name):
    return replay(declared(DESIGNS[name]), asem_table(), as_design(drawn("j_uncertainty", f"{name}_draws_seed1.csv")))


@cache
def own(name):
    return vary(declared(DESIGNS[name]), asem_table(), draws=1000, seed=11, nodes=["Index"])


every_design = pytest.mark.parametrize("name", DESIGNS)


def test_the_nominal_scores_are_the_published_ones():
    found = score(declared(), asem_table())
    published = asem.columns("full", "aggregated.csv")
    for code in ("Physical", "Conn", "Index"):
        asem.assert_close(found.scores[code], published[code])


@every_design
def test_stored_draws_give_the_published_scores(name):
    published = asem.matrix("j_uncertainty", f"{name}_index_scores_seed1.csv")
    found = replayed(name)
    asem.assert_close(found.nominal_scores(), published[:, 0])
    asem.assert_close(found.outcomes.scores["Index"].T, published[:, 1:])


@every_design
def test_stored_draws_give_the_published_ranks(name):
    published = asem.matrix("j_uncertainty", f"{name}_index_ranks_seed1.csv")
    assert (replayed(name).nominal_ranks() == published[:, 0]).all()
    assert (published[:, 1:] == replayed(name).outcomes.ranks["Index"].T).all()


@every_design
def test_rank_statistics_of_stored_draws(name):
    published, found = asem.columns("j_uncertainty", f"{name}_rankstats_seed1.csv"), replayed(name).ranks()
    for statistic, value in (("Mean", "mean"), ("Median", "median"), ("Q5", "low"), ("Q95", "high")):
        assert np.allclose(getattr(found, value), published[statistic], rtol=0, atol=1e-9)


# The spread over five seeds of 500 draws each, largest over units: mean, median, 5 % and 95 %.
TOLERANCE = {"weights25": (0.6, 1, 1, 1), "four_factors": (1.5, 3, 2, 2)}


@every_design
def test_own_draws_give_the_same_statistics_up_to_the_spread_between_seeds(name):
    published, found = asem.columns("j_uncertainty", f"{name}_rankstats_5seeds_summary.csv"), own(name).ranks()
    for statistic, within in zip(
        (("Mean", "mean"), ("Median", "median"), ("Q5", "low"), ("Q95", "high")), TOLERANCE[name], strict=True
    ):
        assert np.abs(getattr(found, statistic[1]) - published[statistic[0]]).max() <= within


RUNS = {
    "analytic_linear_N1000": ("y", ""),
    "analytic_ishigami_N1000": ("y", ""),
    "analytic_gfun_N1000": ("y", ""),
    "asem_four_factors_N200": ("y_mean_abs_rank_change", "_seed1"),
    "asem_four_factors_N200 ": ("y_mean_abs_rank_change", "_seed2"),
    "asem_three_weights_N200": ("y_mean_abs_rank_change", ""),
}


@pytest.mark.parametrize("name", RUNS)
def test_sobol_indices_from_stored_runs(name):
    column, seed = RUNS[name]
    published = asem.columns("k_sobol", f"{name.strip()}_indices{seed}.csv")
    y = np.array([float(row[column]) for row in asem.rows("k_sobol", f"{name.strip()}_runs{seed}.csv")])
    d = len(published["Si"])
    n = len(y) // (d + 2)
    found = sobol.indices(y[:n], y[n : 2 * n], y[2 * n :].reshape(d, n))
    assert np.allclose(found.first, published["Si"], rtol=0, atol=1e-12)
    assert np.allclose(found.total, published["STi"], rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", [1, 2])
def test_runs_of_the_published_sensitivity_analysis_one_by_one(seed):
    columns = drawn("k_sobol", f"asem_four_factors_N200_runs_seed{seed}.csv")
    found = replay(declared(FOUR), asem_table(), as_design(columns), nodes=["Index"])
    assert np.allclose(found.shift(), columns["y_mean_abs_rank_change"], rtol=0, atol=1e-9)


def test_runs_with_three_weights_one_by_one():
    columns = drawn("k_sobol", "asem_three_weights_N200_runs.csv")
    design = as_design({key.removeprefix("w"): each for key, each in columns.items()})
    found = replay(declared(WEIGHTS), asem_table(), design, nodes=["Index"])
    assert np.allclose(found.shift(), columns["y_mean_abs_rank_change"], rtol=0, atol=1e-9)


def test_own_indices_lie_where_two_published_runs_with_few_rows_put_them():
    found = sensitivity(declared(FOUR), asem_table(), n=1024, each_unit=False)
    for number, name in enumerate(("Winmax", "Normalisation", "Weights", "Aggregation")):
        ends = [asem.rows("k_sobol", f"asem_four_factors_N200_indices_seed{seed}.csv")[number] for seed in (1, 2)]
        assert {row["Variable"] for row in ends} == {name}
        assert min(float(row["STi_q5"]) for row in ends) < found.shift.total[number]
        assert found.shift.total[number] < max(float(row["STi_q95"]) for row in ends)


@pytest.mark.parametrize("level", [2, 3])
def test_the_index_without_each_node(level):
    scores, ranks, shifts = (
        asem.columns("m_extra", f"remove_elements_level{level}_{name}.csv")
        for name in ("scores", "ranks", "meanabsdiff")
    )
    codes = [code for code in scores if code != "Nominal"]
    found = leave_out(declared(), asem_table(), codes)
    asem.assert_close(found.scores.T, np.column_stack([scores[code] for code in codes]))
    assert (np.column_stack([ranks[code] for code in codes]) == found.ranks.T).all()
    assert np.allclose(found.shift, shifts["mean_abs_rank_diff"][1:], rtol=0, atol=1e-12)
