"""Principal components of a node's children: how many things they measure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.problems import Problem, Unusable

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Principal:
    """Of the correlation matrix of k children, most important component first.

    values: (k,) eigenvalues; they sum to k    vectors: (k, k) one component a column, its entries summing to 0 or more
    used: how many units had all children"""

    values: Floats
    vectors: Floats
    used: int

    @property
    def shares(self) -> Floats:
        """(k,) share of the variance that each component explains."""
        return self.values / self.values.sum()

    @property
    def loadings(self) -> Floats:
        """(k, k) correlation of each child (row) with each component (column)."""
        return self.vectors * np.sqrt(self.values)


def principal(values: Floats) -> Principal:
    """Components of the units that have all children: values (n, k) → eigenvalues and vectors of their correlations.

    Raises Unusable when fewer than three units are complete, or a child is the same for all of them.

    >>> found = principal(np.array([[1.0, 2.0], [2.0, 3.0], [3.0, 5.0], [4.0, np.nan]]))
    >>> found.used, found.shares.round(3).tolist(), found.vectors[:, 0].round(3).tolist()
    (3, [0.991, 0.009], [0.707, 0.707])
    """
    x = complete(values)
    spread = np.linalg.svd(standard(x), compute_uv=True, full_matrices=False)
    k = x.shape[1]
    eigenvalues, vectors = np.zeros(k), np.linalg.svd(standard(x))[2].T
    eigenvalues[: len(spread.S)] = spread.S**2 / (len(x) - 1)
    sign = np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)
    return Principal(eigenvalues, vectors * sign, len(x))


def complete(values: Floats) -> Floats:
    """The units that have all children. Raises Unusable when they are fewer than three."""
    x = values[~np.isnan(values).any(axis=1)]
    if len(x) < 3:
        said = f"only {len(x)} units have all {values.shape[1]} children"
        remedy = "Impute what is missing, or drop the emptiest child"
        raise Unusable([Problem((), "weigh.too-few-complete", said, remedy)])
    return x


def standard(x: Floats) -> Floats:
    """Each column less its mean, over its standard deviation (n - 1). Raises Unusable for a constant column."""
    centred = x - x.mean(axis=0)
    sd = np.sqrt((centred**2).sum(axis=0) / (len(x) - 1))
    constant = np.flatnonzero(sd <= 1e-13 * np.maximum(1.0, np.abs(x).max(axis=0)))
    if constant.size:
        remedy = "Leave it out here, or give the node declared weights"
        raise Unusable(
            Problem((int(child),), "weigh.constant-child", "it is the same for all units", remedy) for child in constant
        )
    return np.asarray(centred / sd)
