"""A small index with every kind of factor, and a table for it."""

import numpy as np

from kurak.engines.composite import declare, tabulate
from tests.engines.composite.documents import a_document

MINMAX = {"by": "minmax", "to": [1, 100]}
FACTORS = {
    "weights": {"factor": "weights", "within": 0.3},
    "normalise": {"factor": "normalise", "among": [MINMAX, {"by": "zscore", "mean": 10, "sd": 1}]},
    "treat": {"factor": "treat", "setting": "most", "among": [1, 2, 4]},
    "impute": {"factor": "impute", "among": ["mean", "median"]},
    "combine": {"factor": "combine", "among": ["mean", "geometric"]},
    "include": {"factor": "include", "of": ["a", "q"]},
    "error": {"factor": "error", "by": "triangular", "share": 0.1},
}


def an_index(*factors, **more):
    """Root r of p (leaves a, b, c) and q (leaves d, e). Factors are words of FACTORS, or mappings."""
    tree = {
        "code": "r",
        "classes": "halves",
        "children": [
            {"code": "p", "weight": 2, "children": [{"code": "a"}, {"code": "b", "weight": 2}, {"code": "c"}]},
            {"code": "q", "children": [{"code": "d", "direction": "down"}, {"code": "e", "denominator": "size"}]},
        ],
    }
    there = {
        "defaults": {
            "impute": "mean",
            "treat": {"by": "winsorise", "most": 2, "skew": 0.5, "kurtosis": -1},
            "normalise": MINMAX,
        },
        "inputs": [{"code": "size", "normalise": "none", "treat": "none", "impute": "none"}],
        "classes": {"halves": {"by": "quantiles", "of": [{"code": "low"}, {"code": "high"}]}},
        "uncertainty": [FACTORS[each] if isinstance(each, str) else each for each in factors],
    }
    return declare({**a_document(tree), **there, **more})


def a_table(n=12, seed=5, gaps=2):
    rng = np.random.default_rng(seed)
    columns = {code: np.exp(rng.normal(0, 0.6, n) + 1) for code in ("a", "b", "c", "d", "e", "size")}
    for code in ("a", "d"):
        columns[code][rng.choice(n, gaps, replace=False)] = np.nan
    return tabulate([f"u{i}" for i in range(n)], {code: each.tolist() for code, each in columns.items()})


def same(a, b):
    """The same to the last bit."""
    return all(
        np.array_equal(one[code], other[code], equal_nan=True)
        for one, other in (
            (a.outcomes.scores, b.outcomes.scores),
            (a.outcomes.ranks, b.outcomes.ranks),
            (a.outcomes.classes, b.outcomes.classes),
            (a.design.weights, b.design.weights),
            (a.design.picks, b.design.picks),
        )
        for code in one
    )
