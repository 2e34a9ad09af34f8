"""Mean filling, principal axes and projection, without ever filling a cell.

A missing cell is filled with its column's mean and then centred by the same mean, so it is zero: the centred matrix is
as sparse as the votes, and every step below is linear in votes.
Source: Polis, math/src/polismath/math/pca.clj (own formulation).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from kurak.engines.opinion.priorities import extremity
from kurak.engines.opinion.votes import Votes

ITERATIONS = 100
GOLDEN = 0.6180339887498949  # its multiples have no symmetry, so a cold start is hardly ever at right angles to an axis

type Floats = NDArray[np.float64]
type Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """mean: (m,) mean of the observed votes, 0 where moderated out    direction: (m, 2) unit vectors v1, v2"""

    mean: Floats
    direction: Floats

    @property
    def statements(self) -> Floats:
        """(m, 2) where a person would stand who had agreed with this one statement only."""
        return np.asarray(np.sqrt(len(self.mean)) * (1.0 - self.mean)[:, None] * self.direction)

    @property
    def extremity(self) -> Floats:
        """(m,) length of `statements`."""
        return extremity(self.mean, self.direction)


def centred(votes: Votes, left_out: Mask) -> tuple[Floats, csr_array]:
    """(m,) means of the columns and the (n, m) sparse matrix of votes minus mean; columns left out are all zero."""
    seen = np.bincount(votes.statement, minlength=votes.width)
    total = np.bincount(votes.statement, weights=votes.value, minlength=votes.width)
    mean = np.divide(total, seen, out=np.zeros(votes.width), where=(seen > 0) & ~left_out)
    residual = np.where(left_out[votes.statement], 0.0, votes.value - mean[votes.statement])
    return mean, csr_array((residual, votes.statement, votes.start), shape=(votes.people, votes.width))


def principal_axes(mean: Floats, x: csr_array, before: Floats | None = None) -> Axes:
    """The two directions in which votes differ most; `before`: (m, 2) directions of the last picture to start from."""
    if before is None:
        uneven = np.modf(GOLDEN * np.arange(1, x.shape[1] + 1))[0] + 0.5
        first = _signed(_power(x, uneven, None))
        return Axes(mean, np.stack([first, _signed(_power(x, uneven, first))], axis=1))
    first = _power(x, before[:, 0], None)
    return Axes(mean, np.stack([first, _power(x, before[:, 1], first)], axis=1))


def project(votes: Votes, x: csr_array, axes: Axes, left_out: Mask) -> Floats:
    """(n, 2) positions; people with few votes are pushed outwards by sqrt(m / votes), as Polis does.

    A column left out is a pass by everyone, so it counts as a vote of everyone.
    """
    counted = csr_array((np.ones(len(votes.value)), votes.statement, votes.start), shape=x.shape) @ (~left_out).astype(
        np.float64
    )
    outwards = np.sqrt(votes.width / np.maximum(counted + left_out.sum(), 1.0))
    return np.asarray(outwards[:, None] * (x @ axes.direction))


def _power(x: csr_array, start: Floats, before: Floats | None) -> Floats:
    """The main eigenvector of XᵀX; without the direction `before`, which is taken out of every row (deflation)."""
    vector, eigenvalue = start / max(float(np.linalg.norm(start)), 1e-300), 0.0
    along = None if before is None else x @ before
    for _ in range(ITERATIONS):
        rows = x @ vector
        if before is None or along is None:
            product = x.T @ rows
        else:
            rows -= along * (before @ vector)
            product = x.T @ rows - before * (along @ rows)
        length = float(np.linalg.norm(product))
        if length == 0.0:
            return np.zeros_like(vector)  # nobody differs in any other direction
        vector = product / length
        if length == eigenvalue:
            break
        eigenvalue = length
    return vector


def _signed(vector: Floats) -> Floats:
    """The sign of an axis means nothing; ours makes the largest loading positive."""
    return vector if not len(vector) or vector[np.argmax(np.abs(vector))] >= 0 else -vector
