"""Scores by the order of a unit's children: the weakest link, the middle, the k worst, weights by place.

values: (..., n, k), NaN where missing    weights: (..., k), at least 0; a child of weight 0 is left out
Each returns (..., n); a unit without any child has no score."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.combining.present import counted, share

type Floats = NDArray[np.float64]

TOLERANCE = 1e-12  # of sums of weights


def lowest(values: Floats, weights: Floats) -> Floats:
    """The weakest link.

    >>> lowest(np.array([[3.0, 1.0], [np.nan, 2.0]]), np.ones(2))
    array([1., 2.])
    """
    return np.asarray(np.fmin.reduce(counted(values, weights), axis=-1))


def highest(values: Floats, weights: Floats) -> Floats:
    """The best child.

    >>> highest(np.array([[3.0, 1.0], [np.nan, 2.0]]), np.ones(2))
    array([3., 2.])
    """
    return np.asarray(np.fmax.reduce(counted(values, weights), axis=-1))


def ascending(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Children from the lowest to the highest, missing ones last with weight 0, and their weights as shares of 1."""
    x = counted(values, weights)
    shape = np.broadcast_shapes(x.shape, (*weights.shape[:-1], 1, weights.shape[-1]))
    x, w = np.broadcast_to(x, shape), np.broadcast_to(weights[..., None, :], shape)
    order = np.argsort(x, axis=-1, kind="stable")
    x, w = np.take_along_axis(x, order, axis=-1), np.take_along_axis(w, order, axis=-1)
    w = np.where(np.isnan(x), 0.0, w)
    whole = w.sum(axis=-1, keepdims=True)
    return x, np.divide(w, whole, out=np.zeros(shape), where=whole > 0)


def median(values: Floats, weights: Floats) -> Floats:
    """The weighted median: half of the weight lies below, half above; the middle of two where it falls between them.

    >>> median(np.array([[1.0, 2.0, 9.0], [1.0, np.nan, 3.0]]), np.ones(3))
    array([2., 2.])
    """
    x, w = ascending(values, weights)
    upto = np.cumsum(w, axis=-1)
    low = np.argmax(upto >= 0.5 - TOLERANCE, axis=-1)[..., None]
    high = np.argmax(upto > 0.5 + TOLERANCE, axis=-1)[..., None]
    return np.asarray((np.take_along_axis(x, low, axis=-1) + np.take_along_axis(x, high, axis=-1))[..., 0] / 2)


def mean_of_worst(values: Floats, weights: Floats, *, k: int = 1) -> Floats:
    """Mean of the k lowest children of m that are there, or of all where there are fewer. Where they weigh differently,
    of the lowest k/m of the weight: a child on the edge counts for the part inside, so that to rise never harms.

    >>> mean_of_worst(np.array([[5.0, 1.0, 3.0], [np.nan, 4.0, np.nan]]), np.ones(3), k=2)
    array([2., 4.])
    """
    x, w = ascending(values, weights)
    m = np.sum(~np.isnan(x), axis=-1, keepdims=True)
    before = np.cumsum(w, axis=-1) - w
    inside = np.clip(max(1, k) / np.maximum(m, 1) - before, 0.0, w)
    return weighted_rows(x, np.where(inside > TOLERANCE, inside, 0.0))


def mean_of_best(values: Floats, weights: Floats, *, k: int = 1) -> Floats:
    """Mean of the k highest children that are there, in the same way.

    >>> mean_of_best(np.array([[5.0, 1.0, 3.0]]), np.ones(3), k=2)
    array([4.])
    """
    return -mean_of_worst(-values, weights, k=k)


def owa(
    values: Floats, weights: Floats, *, order: tuple[float, ...] | None = None, exponent: float | None = None
) -> Floats:
    """Ordered weighted average: weights belong to places, from the best child to the worst, not to children.

    order: one number a place    exponent: a instead: place r of m weighs (r/m)^a - ((r-1)/m)^a; above 1 stresses the
    worst
    Where children are missing, or weigh differently, a place takes the share of the order that its weight spans.
    Source: Yager 1988; with weights of children Torra 1997.

    >>> owa(np.array([[5.0, 1.0, 3.0], [np.nan, 1.0, 4.0]]), np.ones(3), order=(0.0, 0.0, 1.0))
    array([1., 1.])
    """
    x, w = ascending(values, weights)
    x, w = x[..., ::-1], w[..., ::-1]  # best first; missing ones come before, with weight 0
    upto = np.clip(np.cumsum(w, axis=-1), 0.0, 1.0)
    reached = _reached(upto, order, exponent)
    return weighted_rows(x, np.diff(reached, axis=-1, prepend=0.0))


def _reached(upto: Floats, order: tuple[float, ...] | None, exponent: float | None) -> Floats:
    if order is None:
        return upto if exponent is None else np.asarray(np.power(upto, exponent))
    places = np.asarray(order, float)
    knots = np.concatenate([[0.0], np.cumsum(places) / places.sum()])
    return np.asarray(np.interp(upto, np.linspace(0.0, 1.0, len(knots)), knots))


def weighted_rows(x: Floats, w: Floats) -> Floats:
    """Σ w x / Σ w over the last axis, where every unit has weights of its own (..., n, k); missing without weight."""
    total, whole = np.where(w != 0, x * w, 0.0).sum(axis=-1), w.sum(axis=-1)
    return share(total, whole)
