"""A synthetic index for the benches: units x criteria in three levels, with gaps, outliers and both directions."""

from __future__ import annotations

from typing import Any

import numpy as np

PILLARS, HALVES = 8, 2


def columns(n: int, k: int, seed: int = 7, gaps: float = 0.02) -> dict[str, np.ndarray]:
    """One common cause behind correlated criteria; every fifth has a long tail."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=n)
    found = {}
    for place in range(k):
        x = 0.6 * common + 0.8 * rng.normal(size=n)
        x = np.exp(2 * x) if place % 5 == 0 else 50 + 10 * x
        x[rng.random(n) < gaps] = np.nan
        found[f"c{place}"] = x
    return found


def document(k: int, factors: list[dict[str, Any]], **stages: Any) -> dict[str, Any]:
    leaves = [{"code": f"c{place}", "direction": "down" if place % 7 == 0 else "up"} for place in range(k)]
    pillars = [{"code": f"p{i}", "children": leaves[i::PILLARS]} for i in range(PILLARS)]
    halves = [{"code": f"h{i}", "children": pillars[i::HALVES]} for i in range(HALVES)]
    return {
        "format": 1, "code": "bench", "edition": "1", "label": "exact",
        "tree": {"code": "all", "children": halves},
        "defaults": {
            "impute": "mean", "treat": {"by": "winsorise", "most": 5, "then": "log-ct"},
            "normalise": {"by": "minmax", "to": [1, 100]}, **stages,
        },
        "uncertainty": factors,
    }  # fmt: skip


FOUR = [
    {"factor": "treat", "setting": "most", "among": [1, 2, 3, 4, 5]},
    {"factor": "normalise", "among": [{"by": "minmax", "to": [1, 100]}, {"by": "zscore", "mean": 20, "sd": 1}]},
    {"factor": "weights", "levels": [1, 2], "within": 0.25},
    {"factor": "combine", "among": ["mean", {"by": "power", "p": 0.5}]},
]

FLAT = [{"factor": "weights", "within": 0.999}]


def flat(k: int) -> dict[str, Any]:
    """One level and no gaps to fill: all that the peer can do too."""
    leaves = [{"code": f"c{place}", "direction": "down" if place % 7 == 0 else "up"} for place in range(k)]
    stages = {"normalise": {"by": "minmax", "to": [0, 1]}}
    tree = {"code": "all", "children": leaves}
    return {"format": 1, "code": "flat", "edition": "1", "label": "exact", "tree": tree, "defaults": stages} | {
        "uncertainty": FLAT
    }


def weights(k: int, draws: int) -> np.ndarray:
    """The same sets of weights for both."""
    return np.random.default_rng(1).uniform(0.001, 1, (draws, k))
