"""Weights from an outcome that the children should explain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from kurak.engines.composite.coherence.principal import standard
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.weighting.weights import Weights, listed, shares

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """coefficients: (k,) of least squares, with their signs    weights: (k,) least squares with weights of at least 0,
    summing to 1    explained: share of the outcome's variance that those explain    used: units with all values"""

    coefficients: Floats
    weights: Floats
    explained: float
    used: int


def regressed(values: Floats, outcome: Floats) -> Regression:
    """The weights with which a linear score of values (n, k) comes closest to an outcome (n,).

    Raises Unusable with fewer complete units than children + 2, a constant column, or when no child goes with it.

    >>> x = np.array([[1.0, 1.0], [2.0, 1.0], [3.0, 2.0], [4.0, 5.0], [5.0, 4.0]])
    >>> found = regressed(x, x @ np.array([3.0, 1.0]))
    >>> found.weights.round(6).tolist(), round(found.explained, 6)
    ([0.75, 0.25], 1.0)
    """
    there = ~np.isnan(values).any(axis=1) & ~np.isnan(outcome)
    x, y, k = values[there], outcome[there], values.shape[1]
    if len(x) < k + 2:
        said = f"{len(x)} units have all values and the outcome"
        raise Unusable([Problem((), "weigh.too-few-complete", said, f"At least {k + 2} are needed for {k} children")])
    z, goal = standard(x), y - y.mean()
    scale = x.std(axis=0, ddof=1)
    coefficients = np.linalg.lstsq(z, goal, rcond=None)[0] / scale
    positive = nnls(z, goal)[0]
    left = float(((goal - z @ positive) ** 2).sum() / max((goal**2).sum(), 1e-300))
    return Regression(coefficients, shares(positive / scale).weights, 1 - left, len(x))


def regression(values: Floats, *, outcome: Floats) -> Weights:
    """Weights by `regressed`."""
    found = regressed(values, np.asarray(outcome, float))
    notes = [f"they explain {found.explained:.0%} of the outcome's variance over {found.used} units".replace("%", " %")]
    against = np.flatnonzero(found.weights == 0)
    if against.size:
        notes.append(f"without weight, because they explain nothing more or point the other way: {listed(against)}")
    return shares(found.weights, tuple(notes))
