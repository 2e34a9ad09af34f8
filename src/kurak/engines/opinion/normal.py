"""Many small normal equations at once: a person's position is the solution of one of them.

A symmetric matrix of size d is kept as its upper triangle in the order of `pairs(d)`; n of them are an (d(d+1)/2, n)
array. Everything is elementwise over n, so that a person's result depends on nobody else's, to the last bit.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]


@cache
def pairs(d: int) -> tuple[tuple[int, int], ...]:
    """The upper triangle row by row.

    >>> pairs(2)
    ((0, 0), (0, 1), (1, 1))
    """
    return tuple((a, b) for a in range(d) for b in range(a, d))


@cache
def place_of(d: int) -> dict[tuple[int, int], int]:
    """Where an entry is kept, by either order of its indices."""
    return {key: t for t, (a, b) in enumerate(pairs(d)) for key in ((a, b), (b, a))}


def outer(rows: Floats) -> Floats:
    """(n, d) -> (n, d(d+1)/2): the products of each row with itself."""
    left, right = np.array(pairs(rows.shape[1])).T
    return rows[:, left] * rows[:, right]


def full(packed: Floats, d: int) -> Floats:
    """(d(d+1)/2, n) -> (n, d, d)."""
    at = place_of(d)
    return np.stack([np.stack([packed[at[a, b]] for b in range(d)], -1) for a in range(d)], -2)


def solved(matrix: Floats, right: Floats) -> tuple[Floats, Floats, Floats]:
    """Solutions (d, n), inverses (d(d+1)/2, n) and log determinants (n,) of n positive definite systems.

    matrix: (d(d+1)/2, n)    right: (d, n). By Cholesky factors, written out.

    >>> x, inverse, _ = solved(np.array([[2.0], [0.0], [4.0]]), np.array([[2.0], [2.0]]))
    >>> x.ravel().round(9).tolist(), inverse.ravel().round(9).tolist()
    ([1.0, 0.5], [0.5, -0.0, 0.25])
    """
    d = len(right)
    factor, logdet = _factor(matrix, d)
    back = _inverse_factor(factor, d)
    half = [sum((back[i, k] * right[k] for k in range(1, i + 1)), back[i, 0] * right[0]) for i in range(d)]
    solution = np.stack([sum((back[i, j] * half[i] for i in range(j + 1, d)), back[j, j] * half[j]) for j in range(d)])
    inverse = [sum((back[i, a] * back[i, b] for i in range(b + 1, d)), back[b, a] * back[b, b]) for a, b in pairs(d)]
    return solution, np.stack(inverse), logdet


def _factor(matrix: Floats, d: int) -> tuple[dict[tuple[int, int], Floats], Floats]:
    at, logdet = place_of(d), np.zeros(matrix.shape[1])
    low: dict[tuple[int, int], Floats] = {}
    for j in range(d):
        for i in range(j, d):
            rest = matrix[at[i, j]].copy()
            for k in range(j):
                rest -= low[i, k] * low[j, k]
            low[i, j] = np.sqrt(rest) if i == j else rest / low[j, j]
        logdet += 2 * np.log(low[j, j])
    return low, logdet


def _inverse_factor(low: dict[tuple[int, int], Floats], d: int) -> dict[tuple[int, int], Floats]:
    back: dict[tuple[int, int], Floats] = {}
    for i in range(d):
        back[i, i] = 1 / low[i, i]
        for j in range(i):
            rest = low[i, j] * back[j, j]
            for k in range(j + 1, i):
                rest = rest + low[i, k] * back[k, j]
            back[i, j] = -rest * back[i, i]
    return back
