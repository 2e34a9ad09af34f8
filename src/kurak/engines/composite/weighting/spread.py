"""Weights from how much units differ in each child. They mirror the data, not what matters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.coherence.correlating import pearson
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.weighting.weights import Weights, listed, shares

type Floats = NDArray[np.float64]

SAME = 1e-13  # a spread below this share of the values is the rounding of equal ones


def inverse_sd(values: Floats) -> Weights:
    """w ∝ 1/sd: no child decides more only because its values differ more. Of all linear scores of complete data this
    one has the largest sum of correlations with its children.

    >>> inverse_sd(np.array([[0.0, 0.0], [1.0, 3.0], [2.0, 6.0]])).weights
    array([0.75, 0.25])
    """
    sd = _sd(values)
    varies = sd > 0
    return shares(np.where(varies, 1 / np.where(varies, sd, 1.0), 0.0), _constant(varies))


def entropy(values: Floats) -> Weights:
    """w ∝ 1 - e, e = -Σ p ln p / ln n, p the share of the child's total that a unit has (0·ln 0 = 0).

    Raises Unusable for values below 0. Source: Shannon 1948; Zeleny 1982.

    >>> entropy(np.array([[1.0, 1.0], [1.0, 3.0]])).weights
    array([0., 1.])
    """
    negative = np.argwhere(values < 0)
    if negative.size:
        remedy = "Normalise onto a range from 0, such as [0, 1]"
        raise Unusable(
            Problem(
                (int(i), int(j)),
                "weigh.entropy",
                f"{values[i, j]:g} can't be a share of a total",
                remedy,
            )
            for i, j in negative[:100]
        )
    x, n = np.where(np.isnan(values), 0.0, values), np.sum(~np.isnan(values), axis=0)
    total = x.sum(axis=0)
    p = x / np.where(total > 0, total, 1.0)
    e = -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=0) / np.log(np.maximum(n, 2))
    informative = (total > 0) & (n > 1)
    raw = np.where(informative, 1 - e, 0.0)
    return shares(np.where(raw > SAME, raw, 0.0), _constant(raw > SAME))


def critic(values: Floats) -> Weights:
    """w ∝ sd·Σ(1 - r): children that differ much and repeat the others little weigh more.

    Correlations are pairwise complete. Meant for values on a common range. Source: Diakoulaki, Mavrotas and
    Papayannakis 1995.

    >>> critic(np.array([[0.0, 0.0, 1.0], [0.5, 0.5, 0.0], [1.0, 1.0, 0.5]])).weights.round(2)
    array([0.25, 0.25, 0.5 ])
    """
    sd, r = _sd(values), pearson(values)
    conflict = np.where(np.isnan(r), 0.0, 1 - r).sum(axis=1)
    return shares(sd * conflict, _constant(sd > 0))


def _sd(values: Floats) -> Floats:
    there = ~np.isnan(values)
    n = there.sum(axis=0)
    mean = np.where(there, values, 0.0).sum(axis=0) / np.maximum(n, 1)
    ss = np.where(there, (values - mean) ** 2, 0.0).sum(axis=0)
    sd = np.sqrt(ss / np.maximum(n - 1, 1))
    return np.asarray(np.where(sd > SAME * np.abs(mean), sd, 0.0))


def _constant(varies: NDArray[np.bool_]) -> tuple[str, ...]:
    still = np.flatnonzero(~varies)
    return (f"without weight, because units do not differ in them: {listed(still)}",) if still.size else ()
