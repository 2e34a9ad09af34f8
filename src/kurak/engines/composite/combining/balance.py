"""Scores that punish imbalance between a unit's children, or measure its distance from the best there is.

values: (..., n, k), NaN where missing    weights: (..., k), at least 0; a child of weight 0 is left out
Each returns (..., n); a unit without any child has no score."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.combining.ordered import lowest
from kurak.engines.composite.combining.present import counted, demand, weighted

type Floats = NDArray[np.float64]


def mazziotta_pareto(values: Floats, weights: Floats, *, penalty: str = "minus", sd: str = "population") -> Floats:
    """M - S²/M over the unit's children, on a scale around 100: `zscore` to 100 ± 10 (MPI), or goalposts to [70, 130]
    with the reference at 100 (AMPI, comparable over time).

    penalty: minus where more is better, plus where less is    sd: population (the papers) or sample (n - 1)
    Raises Unusable where M is not above 0. Source: Mazziotta and Pareto 2016, 2018.

    >>> mazziotta_pareto(np.array([[90.0, 110.0], [100.0, 100.0], [100.0, np.nan]]), np.ones(2))
    array([ 99., 100., 100.])
    """
    middle = weighted(values, weights)
    remedy = "Normalise to 100 ± 10 or to [70, 130]"
    demand((middle > 0)[..., None], middle[..., None], what="this index", remedy=remedy)
    spread = weighted((values - middle[..., None]) ** 2, weights)
    if sd == "sample":
        there = np.sum(~np.isnan(counted(values, weights)), axis=-1)
        spread = spread * np.where(there > 1, there / np.maximum(there - 1, 1), 1.0)
    return middle + (spread if penalty == "plus" else -spread) / middle


def mean_min(values: Floats, weights: Floats, *, alpha: float = 1.0, beta: float = 0.0) -> Floats:
    """M - α·(√((M - min)² + β²) - β): between the mean (α = 0) and the minimum (α = 1, β = 0).

    alpha: 0..1, how much is taken off    beta: at least 0; larger forgives small imbalances
    Source: Casadio Tarabusi and Guarini 2013.

    >>> mean_min(np.array([[2.0, 8.0]]), np.ones(2), alpha=0.5)
    array([3.5])
    """
    middle = weighted(values, weights)
    gap = middle - lowest(values, weights)
    return middle - alpha * (np.sqrt(gap**2 + beta**2) - beta)


def wroclaw(values: Floats, weights: Floats, *, better: str = "low") -> Floats:
    """Distance from the ideal unit, which is best in every child, over (mean + 2 sd of all units' distances).

    better: `low` as published, 0 is the ideal; `high` gives 1 less that
    A unit that misses children is measured on the others. Where all units are alike the distance is 0.
    Source: Hellwig 1968; sd with n - 1.

    >>> wroclaw(np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]), np.ones(2)).round(3)
    array([0.   , 0.443, 0.626])
    """
    x = counted(values, weights)
    ideal = np.fmax.reduce(x, axis=-2, keepdims=True, initial=np.nan)
    distance = np.sqrt(weighted((ideal - x) ** 2, weights))
    scale = _mean(distance) + 2 * _sd(distance)
    found = np.divide(distance, scale, out=np.where(np.isnan(distance), np.nan, 0.0), where=scale > 0)
    return 1 - found if better == "high" else found


def _mean(x: Floats) -> Floats:
    there = ~np.isnan(x)
    return np.asarray(np.where(there, x, 0.0).sum(axis=-1, keepdims=True) / np.maximum(there.sum(-1, keepdims=True), 1))


def _sd(x: Floats) -> Floats:
    there = np.sum(~np.isnan(x), axis=-1, keepdims=True)
    return np.asarray(np.sqrt(_mean((x - _mean(x)) ** 2) * there / np.maximum(there - 1, 1)))
