"""Whether children measure one thing: Cronbach's alpha, and what each child adds to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.coherence.correlating import covariances, pearson

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Consistency:
    """alpha: k/(k-1)·(1 - Σ variances / variance of the sum)    standardised: the same of correlations
    rest: (k,) correlation of each child with the sum of the others    dropped: (k,) alpha without the child
    mean_correlation: of all pairs    NaN for a single child, and where children have no units in common"""

    alpha: float
    standardised: float
    rest: Floats
    dropped: Floats
    mean_correlation: float


def consistency(values: Floats) -> Consistency:
    """Of values (n, k), more is better in all; alpha of children that point different ways means nothing. From pairwise
    complete covariances. Above 0.7 is usually called consistent. Source: Cronbach 1951.

    >>> found = consistency(np.array([[1.0, 2.0, 1.0], [2.0, 3.0, 3.0], [3.0, 4.0, 2.0], [4.0, 5.0, 5.0]]))
    >>> round(found.alpha, 3), round(found.standardised, 3), found.rest.round(2).tolist()
    (0.946, 0.96, [0.94, 0.94, 0.83])
    """
    c, k = covariances(values), values.shape[1]
    of_pairs = pearson(values)[np.triu_indices(k, 1)]
    r = float(of_pairs.mean()) if k > 1 else float("nan")
    others = [np.delete(np.arange(k), child) for child in range(k)]
    return Consistency(
        _alpha(c),
        _standardised(k, r),
        np.array([_with_rest(c, child, rest) for child, rest in enumerate(others)]),
        np.array([_alpha(c[np.ix_(rest, rest)]) for rest in others]),
        r,
    )


def _standardised(k: int, r: float) -> float:
    """NaN for a single child, and where correlations cancel the variance of the sum."""
    whole = 1 + (k - 1) * r
    return k * r / whole if k > 1 and whole > 1e-12 else float("nan")


def _alpha(c: Floats) -> float:
    k, whole = len(c), float(c.sum())
    return k / (k - 1) * (1 - float(np.trace(c)) / whole) if k > 1 and whole > 0 else float("nan")


def _with_rest(c: Floats, child: int, rest: NDArray[np.intp]) -> float:
    """cov(child, Σ others) / (sd of the child · sd of Σ others)."""
    scale = float(c[child, child] * c[np.ix_(rest, rest)].sum())
    return float(c[child, rest].sum() / np.sqrt(scale)) if len(rest) and scale > 0 else float("nan")
