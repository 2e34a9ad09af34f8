"""Inverse and square root of a symmetric matrix above 0, step by step in one order.

The libraries behind numpy.linalg share out the work among processors, and their last bits follow from how many there
are. These give the same bits on every machine with the same arithmetic."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]


def inverse(a: Floats) -> Floats:
    """By sweeping out one row after the other.

    >>> inverse(np.array([[2.0, 1.0], [1.0, 1.0]])).tolist()
    [[1.0, -1.0], [-1.0, 2.0]]
    """
    swept = np.array(a, dtype=np.float64)
    for place in range(len(swept)):
        pivot, row = swept[place, place], swept[place].copy()
        swept -= row[:, None] * (row / pivot)
        swept[place] = swept[:, place] = row / pivot
        swept[place, place] = -1 / pivot
    return -swept


def root(a: Floats) -> Floats:
    """The lower triangle L with L L' = a (Cholesky).

    >>> root(np.array([[4.0, 2.0], [2.0, 5.0]])).tolist()
    [[2.0, 0.0], [1.0, 2.0]]
    """
    left, found = np.array(a, dtype=np.float64), np.zeros(np.shape(a))
    for place in range(len(left)):
        column = left[place:, place] / np.sqrt(left[place, place])
        found[place:, place] = column
        left[place:, place:] -= column[:, None] * column
    return found
