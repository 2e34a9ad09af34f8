"""Counting what is lacking, and rules of all, any or so many, for rights, checklists and certificates.

values: (..., n, k), NaN where missing    weights: (..., k), at least 0; a child of weight 0 is left out
A missing child counts neither for nor against: what must not be missing belongs in the node's `missing: strict`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.composite.combining.present import counted, sums, weighted

type Floats = NDArray[np.float64]

TOLERANCE = 1e-12  # of sums of weights


def deprivation(values: Floats, weights: Floats, *, below: float = 1.0, poor: float = 0.0) -> Floats:
    """Share of the weight in which the unit is deprived: its value lies below the cut. Higher is worse.

    poor: units deprived in less than this share count 0    Source: Alkire and Foster 2011.

    >>> deprivation(np.array([[1.0, 0.0], [0.0, 0.0]]), np.array([3.0, 1.0]), poor=1 / 3)
    array([0., 1.])
    """
    share = weighted(np.where(np.isnan(values), np.nan, (values < below).astype(float)), weights)
    return np.where(share < poor - TOLERANCE, 0.0, share)


@dataclass(frozen=True, slots=True, eq=False)
class Poverty:
    """headcount: H, share of units that are poor    intensity: A, mean share of deprivations among them (NaN where
    none is poor)    adjusted: M0 = H·A    contribution: (k,) share of M0 that comes from each child
    counted: how many units had any child"""

    headcount: float
    intensity: float
    adjusted: float
    contribution: Floats
    counted: int


def poverty(
    values: Floats, weights: Floats, *, below: float = 1.0, poor: float = 1 / 3, sizes: ArrayLike | None = None
) -> Poverty:
    """How many units are poor in many things at once, and how deeply.

    values: (n, k)    weights: (k,)    sizes: (n,) people each unit stands for    poor: least share of deprivations
    Units without any child are left out. Source: Alkire and Foster 2011 (dual cut-off, M0).

    >>> found = poverty(np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 1.0]]), np.ones(2), poor=0.5)
    >>> found.headcount, found.intensity, found.adjusted, found.contribution.round(3).tolist()
    (0.5, 0.75, 0.375, [0.667, 0.333])
    """
    share = deprivation(values, weights, below=below, poor=poor)
    there = ~np.isnan(share)
    size = np.where(there, np.ones(len(share)) if sizes is None else np.asarray(sizes, float), 0.0)
    is_poor = there & (share > 0)
    people, poor_people = float(size.sum()), float(size[is_poor].sum())
    lacking = np.where(there, share, 0.0) * size
    intensity = float(lacking.sum() / poor_people) if poor_people else float("nan")
    adjusted = float(lacking.sum() / people) if people else float("nan")
    return Poverty(
        poor_people / people if people else float("nan"),
        intensity,
        adjusted,
        _contribution(values, weights, below, size * is_poor),
        int(there.sum()),
    )


def _contribution(values: Floats, weights: Floats, below: float, size: Floats) -> Floats:
    _, whole = sums(values, weights)
    each = np.where(values < below, weights, 0.0) / np.where(whole > 0, whole, 1.0)[:, None]
    by_child = (each * size[:, None]).sum(axis=0)
    return np.asarray(by_child / by_child.sum() if by_child.sum() else by_child)


def at_least(values: Floats, weights: Floats, *, k: int = 1, holds: float = 0.5) -> Floats:
    """1 where at least k children hold (their value is `holds` or more), else 0.

    >>> at_least(np.array([[1.0, 1.0, 0.0], [1.0, np.nan, 0.0]]), np.ones(3), k=2)
    array([1., 0.])
    """
    x = counted(values, weights)
    enough = np.sum(x >= holds, axis=-1) >= k
    return np.where(np.isnan(x).all(axis=-1), np.nan, enough.astype(float))


def all_of(values: Floats, weights: Floats, *, holds: float = 0.5) -> Floats:
    """1 where every child that is there holds, else 0.

    >>> all_of(np.array([[1.0, 1.0], [1.0, 0.0]]), np.ones(2))
    array([1., 0.])
    """
    x = counted(values, weights)
    return np.where(np.isnan(x).all(axis=-1), np.nan, (~(x < holds)).all(axis=-1).astype(float))


def any_of(values: Floats, weights: Floats, *, holds: float = 0.5) -> Floats:
    """1 where a child holds, else 0.

    >>> any_of(np.array([[0.0, 0.0], [1.0, np.nan]]), np.ones(2))
    array([0., 1.])
    """
    return at_least(values, weights, k=1, holds=holds)
