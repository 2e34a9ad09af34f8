"""The children that are there: sums over them in a fixed order, and refusal of values that a method can't take.

Sums go child by child, never by a matrix product: its last bits depend on how many draws are multiplied at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.problems import Problem, Unusable

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

MOST_LISTED = 100  # problems in one refusal


def sums(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """(Σ w·x, Σ w) over the children that are there: values (..., n, k), weights (..., k) → two of (..., n).

    >>> sums(np.array([[1.0, np.nan], [3.0, 5.0]]), np.array([1.0, 2.0]))
    (array([ 1., 13.]), array([1., 3.]))
    """
    there = ~np.isnan(values)
    complete = bool(there.all())
    shape = np.broadcast_shapes(values.shape[:-1], (*weights.shape[:-1], 1))
    total, weight = np.zeros(shape), np.zeros(shape)
    for child in range(values.shape[-1]):
        w, x = weights[..., child, None], values[..., child]
        total += w * (x if complete else np.where(there[..., child], x, 0.0))
        weight += w if complete else w * there[..., child]
    return total, weight


def share(total: Floats, weight: Floats) -> Floats:
    """total / weight, missing where the weight is 0."""
    return np.asarray(np.divide(total, weight, out=np.full(total.shape, np.nan), where=weight != 0))


def weighted(values: Floats, weights: Floats) -> Floats:
    """Weighted mean of the children that are there, (..., n); missing where there is none of weight."""
    total, weight = sums(values, weights)
    return share(total, weight)


def counted(values: Floats, weights: Floats) -> Floats:
    """The values, with children of weight 0 missing: weight 0 means left out."""
    if np.all(weights != 0):
        return values
    return np.where((weights != 0)[..., None, :], values, np.nan)


def demand(legal: Flags, values: Floats, *, what: str, remedy: str) -> None:
    """Raises Unusable, with the index of unit and child as path, for values (..., n, k) that are there
    but not legal."""
    wrong = ~legal & ~np.isnan(values)
    if not wrong.any():
        return
    draws = (-1, *wrong.shape[-2:])
    flat, each = wrong.reshape(draws), np.broadcast_to(values, wrong.shape).reshape(draws)
    problems = []
    for unit, child in np.argwhere(flat.any(axis=0))[:MOST_LISTED].tolist():
        value = each[flat[:, unit, child].argmax(), unit, child]
        said = f"{value:g} can't go into {what}"
        problems.append(Problem((unit, child), "combine.value", said, remedy))
    raise Unusable(problems)
