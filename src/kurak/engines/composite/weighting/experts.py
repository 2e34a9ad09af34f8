"""Weights that people give: points shared out, or children compared in pairs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.weighting.weights import Weights, shares

type Floats = NDArray[np.float64]

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)  # Saaty 1980, of 1..10 children
INCONSISTENT = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Budget:
    """weights: (k,) mean of the experts' shares    spread: (k,) their standard deviation (n - 1; NaN of one expert)
    low, high: (k,) the least and most any expert gave    experts: how many"""

    weights: Floats
    spread: Floats
    low: Floats
    high: Floats
    experts: int


def allocated(points: Floats) -> Budget:
    """Points that each expert shared out among the children, (experts, k); each expert counts the same.

    Raises Unusable for points below 0 or an expert who gave none. Source: budget allocation, OECD/JRC handbook 2008.

    >>> found = allocated(np.array([[50.0, 50.0], [70.0, 30.0]]))
    >>> found.weights.tolist(), found.spread.round(3).tolist()
    ([0.6, 0.4], [0.141, 0.141])
    """
    total = points.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero((points < 0).any(axis=1) | ~(total[:, 0] > 0))
    if wrong.size or not len(points):
        said = f"expert {wrong[0]} gave no points, or points below 0" if wrong.size else "no expert gave points"
        raise Unusable([Problem((), "weigh.budget", said, "Each expert shares out 100 points of 0 or more")])
    each = points / total
    spread = each.std(axis=0, ddof=1) if len(each) > 1 else np.full(each.shape[1], np.nan)
    return Budget(each.mean(axis=0), spread, each.min(axis=0), each.max(axis=0), len(each))


def budget(values: Floats, *, points: Mapping[str, Sequence[float]]) -> Weights:
    """Weights by `allocated`; points: {expert: one number a child}."""
    of_each = [list(map(float, each)) for each in points.values()]
    k = values.shape[1]
    odd = [name for name, each in zip(points, of_each, strict=True) if len(each) != k]
    if odd:
        raise Unusable(
            [Problem((), "weigh.budget", f"{odd[0]} gave {len(points[odd[0]])} numbers", f"Give {k}, one a child")]
        )
    found = allocated(np.array(of_each).reshape(-1, k))
    if found.experts == 1:
        return shares(found.weights, ("by one expert",))
    widest = int(np.argmax(found.high - found.low))
    said = f"experts differ most on {{{widest}}}: from {found.low[widest]:.0%} to {found.high[widest]:.0%}"
    return shares(found.weights, (f"by {found.experts} experts", said.replace("%", " %")))


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """weights: (k,)    largest: principal eigenvalue, k where comparisons agree
    ratio: consistency ratio, NaN for more than ten children    consistent: whether it is at most 0.1"""

    weights: Floats
    largest: float
    ratio: float
    consistent: bool


def compared(matrix: Floats) -> Hierarchy:
    """The analytic hierarchy process: matrix (k, k), row i column j says how many times child i matters as much as j.

    Raises Unusable unless it is positive and reciprocal. Source: Saaty 1980.

    >>> found = compared(np.array([[1.0, 2.0, 4.0], [0.5, 1.0, 2.0], [0.25, 0.5, 1.0]]))
    >>> found.weights.round(3).tolist(), found.ratio < 1e-9
    ([0.571, 0.286, 0.143], True)
    """
    k = len(matrix)
    if not (matrix > 0).all() or not np.allclose(matrix * matrix.T, 1.0, rtol=1e-6):
        said = "comparisons are not positive, or two of them contradict each other"
        raise Unusable([Problem((), "weigh.ahp", said, "Give positive numbers, and 1/a for the reverse of a")])
    values, vectors = np.linalg.eig(matrix)
    first = int(np.argmax(values.real))
    vector = np.abs(vectors[:, first].real)
    index = (values[first].real - k) / (k - 1) if k > 1 else 0.0
    expected = RANDOM_INDEX[k - 1] if k <= len(RANDOM_INDEX) else math.nan
    ratio = index / expected if expected else 0.0
    return Hierarchy(vector / vector.sum(), float(values[first].real), abs(float(ratio)), not ratio > INCONSISTENT)


def hierarchy(values: Floats, *, comparisons: Sequence[float]) -> Weights:
    """Weights by `compared`. comparisons: 1 with 2, 1 with 3, …, 2 with 3, …: how many times the first matters as
    much as the second."""
    k = values.shape[1]
    if len(comparisons) != k * (k - 1) // 2:
        said = f"{len(comparisons)} comparisons for {k} children"
        raise Unusable([Problem((), "weigh.ahp", said, f"Give {k * (k - 1) // 2}, one a pair, row by row")])
    matrix, upper = np.eye(k), np.triu_indices(k, 1)
    matrix[upper] = np.asarray(comparisons, float)
    with np.errstate(divide="ignore"):
        matrix.T[upper] = 1 / matrix[upper]
    found = compared(np.where(np.isfinite(matrix), matrix, 0.0))
    notes = [f"consistency ratio {found.ratio:.2f}"]
    if not found.consistent:
        notes.append(f"the comparisons contradict each other (above {INCONSISTENT:g}): ask again before using them")
    return shares(found.weights, tuple(notes))
