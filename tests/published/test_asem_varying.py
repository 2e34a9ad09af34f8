"""Uncertainty and sensitivity against stored draws and runs of COINr on ASEM."""

from functools import cache

import numpy as np
import pytest

from kurak.engines.composite import declare, score, tabulate
from kurak.engines.composite.varying import sobol
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


def design_of(name):
    drawn = asem.columns("j_uncertainty", f"{name}_draws_seed1.csv") if name == "weights25" else stored(name)
    nodes = {node.code: [child.code for child in node.children] for node in declared().nodes.values()}
    weights = {code: np.column_stack([drawn[each] for each in nodes[code]]) for code in ("Conn", "Sust", "Index")}
    picks = {}
    if name == "four_factors":
        picks = {
            "treat": drawn["winmax"] - 1,
            "normalise": (drawn["normalisation"] == "n_zscore").astype(int),
            "combine": (drawn["aggregation"] == "a_gmean").astype(int),
        }
    return Design(np.arange(500), picks, weights)


def stored(name):
    rows = asem.rows("j_uncertainty", f"{name}_draws_seed1.csv")
    words = ("normalisation", "aggregation")
    return {
        key: np.array(
            [row[key] if key in words else int(row[key]) if key == "winmax" else float(row[key]) for row in rows]
        )
        for key in rows[0]
    }


@cache
def replayed(name):
    return replay(declared(DESIGNS[name]), asem_table(), design_of(name))


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
