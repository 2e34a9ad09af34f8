"""Rules that compare units in pairs, by who is better in more of the weight: weights are votes, distances don't count.

values: (..., n, k), NaN where missing    weights: (..., k), at least 0; a child of weight 0 is left out
A pair is compared on the children that both have, and their weights are scaled to 1; without one there is no
comparison. A unit's score depends on which other units are there: use such a rule beside a score, not over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import prod

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.combining.means import total
from kurak.engines.composite.combining.present import counted, share
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.ranks import ranked

type Floats = NDArray[np.float64]
type Compare = Callable[[Floats], Floats]

TOLERANCE = 1e-9  # of shares of weight: 49 equal weights may split 24.5 to 24.5 only up to the last bits
MOST_UNITS = 10_000
AT_ONCE = 4_000_000  # pairs held in memory, over all draws


def beats(difference: Floats) -> Floats:
    """1 where a unit is better, 0.5 where two are equal, 0 where it is worse."""
    return np.where(difference > 0, 1.0, np.where(difference == 0, 0.5, 0.0))


def blocks(values: Floats, weights: Floats, compare: Compare = beats) -> Iterator[tuple[slice, Floats]]:
    """Rows of the outranking matrix, as many at once as memory allows: (rows, (..., rows, n))."""
    x = counted(values, weights)
    n = x.shape[-2]
    if n > MOST_UNITS:
        said = f"{n:,} units are too many to compare in pairs"
        remedy = f"Combine by a mean, or up to {MOST_UNITS:,} units"
        raise Unusable([Problem((), "combine.too-many-units", said, remedy)])
    draws = prod(np.broadcast_shapes(x.shape[:-2], weights.shape[:-1]))
    step = max(1, AT_ONCE // max(1, n * draws))
    for start in range(0, max(n, 1), step):
        yield slice(start, start + step), _rows(x, weights, slice(start, start + step), compare)


def _rows(x: Floats, weights: Floats, rows: slice, compare: Compare) -> Floats:
    here = x[..., rows, :]
    shape = (*np.broadcast_shapes(x.shape[:-2], weights.shape[:-1]), here.shape[-2], x.shape[-2])
    won, weight, complete = np.zeros(shape), np.zeros(shape), not np.isnan(x).any()
    for child in range(x.shape[-1]):
        difference = here[..., :, None, child] - x[..., None, :, child]
        w, outcome, there = weights[..., child, None, None], compare(difference), ~np.isnan(difference)
        won += w * (outcome if complete else np.where(there, outcome, 0.0))
        weight += w if complete else w * there
    return share(won, weight)


def draw_by_draw(run: Callable[[Floats, Floats], Floats], values: Floats, weights: Floats) -> Floats:
    """run for each draw by itself, where it holds a whole matrix of pairs: (..., n)."""
    shape = np.broadcast_shapes(values.shape[:-2], weights.shape[:-1])
    x, w = np.broadcast_to(values, (*shape, *values.shape[-2:])), np.broadcast_to(weights, (*shape, weights.shape[-1]))
    found = np.empty(x.shape[:-1])
    for draw in np.ndindex(shape):
        found[draw] = run(x[draw], w[draw])
    return found


def outranking(values: Floats, weights: Floats) -> Floats:
    """(..., n, n): share of the weight in which the unit of the row is better than the unit of the column, half of that
    in which they are equal; the diagonal is 0. NaN where two units share no child.

    >>> outranking(np.array([[1.0, 5.0], [2.0, 5.0], [3.0, np.nan]]), np.ones(2))
    array([[0.  , 0.25, 0.  ],
           [0.75, 0.  , 0.  ],
           [1.  , 1.  , 0.  ]])
    """
    matrix = np.concatenate([rows for _, rows in blocks(values, weights)], axis=-2)
    each = np.arange(matrix.shape[-1])
    matrix[..., each, each] = 0.0
    return matrix


def copeland(values: Floats, weights: Floats) -> Floats:
    """How many units are beaten by more than half of the weight, less how many beat it. A tie counts 0, and is one up
    to the last bits of the weights. A unit without data has no score. Source: Copeland 1951; OECD/JRC handbook, 6.3.

    >>> copeland(np.array([[1.0, 5.0], [2.0, 5.0], [3.0, np.nan], [np.nan, np.nan]]), np.ones(2))
    array([-2.,  0.,  2., nan])
    """
    found = [_majorities(rows) for _, rows in blocks(values, weights)]
    return only_with_data(np.concatenate(found, axis=-1), values, weights)


def _majorities(rows: Floats) -> Floats:
    margin = rows - 0.5
    return np.asarray(((margin > TOLERANCE).astype(float) - (margin < -TOLERANCE)).sum(axis=-1))


def only_with_data(score: Floats, values: Floats, weights: Floats) -> Floats:
    return np.where(np.isnan(counted(values, weights)).all(axis=-1), np.nan, score)


def borda(values: Floats, weights: Floats) -> Floats:
    """Σ w·(units beaten + half of the ties): the weighted sum of ranks less one. Where not all units have a child, its
    points are stretched to the whole field; where a unit misses children, the others stand in for them.

    >>> borda(np.array([[1.0, 5.0], [2.0, 5.0], [3.0, np.nan]]), np.ones(2))
    array([1., 2., 4.])
    """
    x = counted(values, weights)
    points = np.stack([_points(x[..., child]) for child in range(x.shape[-1])], axis=-1)
    return total(points, weights)


def _points(x: Floats) -> Floats:
    """Of one child, (..., n): how many units each is better than, ties half, as if all units had it."""
    others = x.shape[-1] - 1
    compared = np.sum(~np.isnan(x), axis=-1, keepdims=True) - 1
    points = ranked(x, ties="average", better="low") - 1
    points += np.where(compared > 0, 0.0, others / 2)
    points *= np.where(compared > 0, others / np.maximum(compared, 1), 1.0)
    return points
