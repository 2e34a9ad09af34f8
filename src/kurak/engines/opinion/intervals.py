"""What a count can tell: intervals of a share and of a difference, exact tails, and correction for many tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, ndtr, ndtri

from kurak.engines.opinion.tally import Counts

type Floats = NDArray[np.float64]


def z_of(confidence: float) -> float:
    """Half-width in standard errors of a two-sided interval: 1.645 for 0.9."""
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence {confidence} must lie between 0 and 1")
    return float(ndtri(0.5 + confidence / 2.0))


def wilson(successes: Counts, trials: Counts, confidence: float = 0.9) -> tuple[Floats, Floats]:
    """Lower and upper bound of a share; 0 and 1 where nothing was tried.

    Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.

    >>> low, high = wilson(np.array([8, 0]), np.array([10, 0]))
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.541, 0.0], [0.931, 1.0])
    """
    n, z = np.asarray(trials, np.float64), z_of(confidence)
    share = np.divide(successes, n, out=np.full(n.shape, 0.5), where=n > 0)
    middle = (share * n + z * z / 2.0) / (n + z * z)
    half = z * np.sqrt(n * share * (1.0 - share) + z * z / 4.0) / (n + z * z)
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


def difference(
    successes: Counts, trials: Counts, other_successes: Counts, other_trials: Counts, confidence: float = 0.9
) -> tuple[Floats, Floats, Floats]:
    """Difference of two shares with its lower and upper bound.

    Source: Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine
    17, 1998, method 10 (from two Wilson intervals).

    >>> [a.round(3).tolist() for a in difference(np.array([9]), np.array([10]), np.array([2]), np.array([10]))]
    [[0.7], [0.341], [0.853]]
    """
    a, b = _raw(successes, trials), _raw(other_successes, other_trials)
    low_a, high_a = wilson(successes, trials, confidence)
    low_b, high_b = wilson(other_successes, other_trials, confidence)
    gap = a - b
    return gap, gap - np.hypot(a - low_a, high_b - b), gap + np.hypot(high_a - a, b - low_b)


def chance_of_majority(successes: Counts, trials: Counts) -> Floats:
    """Exact probability of so many successes or more if only half of all would agree.

    >>> chance_of_majority(np.array([5, 0]), np.array([5, 0])).tolist()
    [0.03125, 1.0]
    """
    s, n = np.asarray(successes, np.float64), np.asarray(trials, np.float64)
    tail = betainc(np.maximum(s, 1e-12), n - s + 1.0, 0.5)
    return np.asarray(np.where(s > 0, tail, 1.0))


def chance_of_difference(successes: Counts, trials: Counts, other_successes: Counts, other_trials: Counts) -> Floats:
    """Probability of a first share so much higher if both were equal: pooled normal test with Yates's correction.

    >>> chance_of_difference(np.array([9]), np.array([10]), np.array([2]), np.array([10])).round(4).tolist()
    [0.0035]
    """
    x, y = np.asarray(trials, np.float64), np.asarray(other_trials, np.float64)
    tried = (x > 0) & (y > 0)
    harmonic = np.divide(1.0, x, out=np.ones(x.shape), where=tried) + np.divide(
        1.0, y, out=np.ones(y.shape), where=tried
    )
    pooled = np.divide(successes + other_successes, x + y, out=np.full(x.shape, 0.5), where=tried)
    error = np.sqrt(pooled * np.maximum(1.0 - pooled, 0.0) * harmonic)
    gap = _raw(successes, trials) - _raw(other_successes, other_trials) - harmonic / 2.0
    z = np.divide(gap, error, out=np.full(x.shape, -np.inf), where=tried & (error > 0))
    return np.asarray(ndtr(-z))


def adjusted(p: Floats) -> Floats:
    """p-values corrected for their number, NaN (not tested) left out: at most that share of what is said is chance.

    Source: Benjamini and Hochberg, "Controlling the false discovery rate", JRSS B 57, 1995.

    >>> adjusted(np.array([0.01, 0.04, np.nan, 0.03])).round(3).tolist()
    [0.03, 0.04, nan, 0.04]
    """
    flat = p.ravel()
    tested = np.flatnonzero(~np.isnan(flat))
    order = tested[np.argsort(flat[tested], kind="stable")]
    scaled = flat[order] * len(order) / np.arange(1, len(order) + 1)
    result = np.full(flat.shape, np.nan)
    result[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return result.reshape(p.shape)


def _raw(successes: Counts, trials: Counts) -> Floats:
    n = np.asarray(trials, np.float64)
    return np.asarray(np.divide(successes, n, out=np.full(n.shape, 0.5), where=n > 0))
