"""Weighted means of the children that are there, each unit by itself.

values: (..., n, k), NaN where missing    weights: (..., k), at least 0; a child of weight 0 is left out
Each returns (..., n); a unit without any child has no score. Leading axes are draws and broadcast."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.combining.present import counted, demand, share, sums, weighted

type Floats = NDArray[np.float64]

RESCALE = "Normalise onto a range above 0, such as [1, 100], or combine by the arithmetic mean"


def mean(values: Floats, weights: Floats) -> Floats:
    """Weighted arithmetic mean: a deficit in one child can be made good by any other.

    >>> mean(np.array([[1.0, 4.0], [2.0, np.nan]]), np.array([2.0, 1.0]))
    array([2., 2.])
    """
    return weighted(values, weights)


def geometric(values: Floats, weights: Floats, *, zero: str = "error", floor: float | None = None) -> Floats:
    """exp(Σ w ln x / Σ w). zero: what a 0 does: `error`, or `zero`: the score is 0    floor: lower values are put there
    Raises Unusable for values below 0 (with `zero: zero`) or not above 0. Source: OECD/JRC handbook 2008, 6.3.

    >>> geometric(np.array([[1.0, 4.0], [0.0, 9.0]]), np.ones(2), zero="zero")
    array([2., 0.])
    """
    x = counted(values, weights)
    if floor is not None:
        x = np.maximum(x, floor)
    annulled = zero == "zero"
    demand(x >= 0 if annulled else x > 0, x, what="the geometric mean", remedy=f"{RESCALE}, or declare a floor")
    nil = x == 0
    score = np.exp(weighted(np.log(np.where(nil, 1.0, x)), weights))
    return np.where(nil.any(axis=-1), 0.0, score) if annulled else score


def harmonic(values: Floats, weights: Floats) -> Floats:
    """Σ w / Σ (w/x): the lowest children count most. Raises Unusable for values not above 0.

    >>> harmonic(np.array([[2.0, 6.0]]), np.ones(2))
    array([3.])
    """
    x = counted(values, weights)
    demand(x > 0, x, what="the harmonic mean", remedy=RESCALE)
    return 1 / weighted(1 / x, weights)


def power(values: Floats, weights: Floats, *, p: float = 1.0) -> Floats:
    """(Σ w x^p / Σ w)^(1/p): p = 1 arithmetic, 0 geometric, -1 harmonic, -inf the minimum, inf the maximum.

    Raises Unusable for values that are not above 0 when p ≤ 0, and for values below 0 unless p is an odd whole number.

    >>> power(np.array([[1.0, 9.0]]), np.ones(2), p=0.5)
    array([4.])
    """
    x = counted(values, weights)
    if p == 0:
        return geometric(x, weights)
    if math.isinf(p):
        return _furthest(x, weights, p)
    odd = p > 0 and p % 2 == 1
    demand(x > 0 if p < 0 else (x >= 0) | odd, x, what="this power mean", remedy=RESCALE)
    unit = _furthest(np.abs(x), weights, p)
    unit = np.where(unit == 0, 1.0, unit)  # the powers are taken of shares of it, so that none overflows
    inner = weighted((x / unit[..., None]) ** p, weights)
    return np.asarray(np.sign(inner) * np.abs(inner) ** (1 / p) * unit)


def _furthest(x: Floats, weights: Floats, p: float) -> Floats:
    """The largest child of each unit for p > 0, the smallest for p < 0; NaN without children."""
    pick, away = (np.fmax, np.nan) if p > 0 else (np.fmin, np.nan)
    shape = np.broadcast_shapes(x.shape, (*weights.shape[:-1], 1, weights.shape[-1]))
    return np.asarray(pick.reduce(np.broadcast_to(x, shape), axis=-1, initial=away))


def total(values: Floats, weights: Floats) -> Floats:
    """Σ w x with the weights as they were declared. Where children are missing the others stand in for them:
    the mean of those present times the weight of all.

    >>> total(np.array([[1.0, 4.0], [2.0, np.nan]]), np.ones(2))
    array([5., 4.])
    """
    found, weight = sums(values, weights)
    all_of_it = np.broadcast_to(weights.sum(axis=-1)[..., None], weight.shape)
    return found * share(all_of_it, weight)


def product(values: Floats, weights: Floats) -> Floats:
    """Π x^w with the weights as they were declared. Where children are missing the others stand in for them: the
    geometric mean of those present to the power of the weight of all. Raises Unusable for values below 0.

    >>> product(np.array([[0.5, 0.5], [0.5, 0.0]]), np.ones(2))
    array([0.25, 0.  ])
    """
    x = counted(values, weights)
    demand(x >= 0, x, what="the product", remedy="Normalise onto a range from 0, such as [0, 1]")
    nil = x == 0
    power_of = np.exp(total(np.log(np.where(nil, 1.0, x)), weights))
    return np.where(nil.any(axis=-1), 0.0, power_of)
