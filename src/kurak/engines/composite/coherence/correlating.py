"""Correlations of children on the units that have both."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import stats

type Floats = NDArray[np.float64]


def pearson(values: Floats, other: Floats | None = None) -> Floats:
    """values (n, k), other (n, m) or the same → (k, m) correlations, pairwise complete; NaN where fewer than three
    units have both, or one of the two is the same for all of them.

    >>> pearson(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0], [9.0, np.nan]])).round(6).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    x, y = values, values if other is None else other
    here, there = (~np.isnan(x)).astype(float), (~np.isnan(y)).astype(float)
    middle = _centre(x), _centre(y)
    x, y = np.where(here > 0, x - middle[0], 0.0), np.where(there > 0, y - middle[1], 0.0)
    n = here.T @ there
    safe = np.maximum(n, 1)
    sx, sy = x.T @ there, here.T @ y
    sxx, syy = (x**2).T @ there - sx**2 / safe, here.T @ y**2 - sy**2 / safe
    sxy = x.T @ y - sx * sy / safe
    varies = (n >= 3) & (sxx > _noise(x)[:, None]) & (syy > _noise(y)[None, :])
    scale = np.sqrt(np.where(varies, sxx, 1.0)) * np.sqrt(np.where(varies, syy, 1.0))
    return np.where(varies, np.clip(sxy / scale, -1.0, 1.0), np.nan)


def _centre(x: Floats) -> Floats:
    there = ~np.isnan(x)
    return np.asarray(np.where(there, x, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1))


def _noise(centred: Floats) -> Floats:
    return np.asarray(1e-20 * np.maximum((centred**2).sum(axis=0), 1e-280))


def spearman(values: Floats, other: Floats | None = None) -> Floats:
    """The same of ranks, taken anew among the units that have both; ties share their mean rank.

    >>> spearman(np.array([[1.0, 1.0], [2.0, 8.0], [3.0, 27.0]])).round(9).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    y = values if other is None else other
    if not np.isnan(values).any() and not np.isnan(y).any():
        return pearson(_ranks(values), _ranks(y))
    return _by_pair(values, y, lambda a, b: float(pearson(_ranks(a[:, None]), _ranks(b[:, None]))[0, 0]))


def _ranks(x: Floats) -> Floats:
    return np.asarray(stats.rankdata(x, axis=0))


def kendall(values: Floats, other: Floats | None = None) -> Floats:
    """Kendall's τ-b: concordant less discordant pairs, with ties.

    >>> kendall(np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]])).round(3).tolist()
    [[1.0, 0.333], [0.333, 1.0]]
    """
    y = values if other is None else other
    balance, of_x, of_y = (np.zeros((values.shape[1], y.shape[1])) for _ in range(3))
    for unit in range(len(values) - 1):  # with every later unit
        dx, dy = np.sign(values[unit] - values[unit + 1 :]), np.sign(y[unit] - y[unit + 1 :])
        here, there = ~np.isnan(dx), ~np.isnan(dy)
        dx, dy = np.where(here, dx, 0.0), np.where(there, dy, 0.0)
        balance += dx.T @ dy
        of_x += np.abs(dx).T @ there
        of_y += here.T @ np.abs(dy)
    untied = of_x * of_y
    known = (untied > 0) & (pairs(values, y) >= 3)
    return np.where(known, balance / np.sqrt(np.where(known, untied, 1.0)), np.nan)


def _by_pair(x: Floats, y: Floats, of: Callable[[Floats, Floats], float]) -> Floats:
    found = np.full((x.shape[1], y.shape[1]), np.nan)
    for i in range(x.shape[1]):
        for j in range(y.shape[1]):
            both = ~np.isnan(x[:, i]) & ~np.isnan(y[:, j])
            if both.sum() >= 3:
                found[i, j] = of(x[both, i], y[both, j])
    return found


def p_values(r: Floats, n: Floats) -> Floats:
    """Two-sided p-values of Pearson correlations r of n pairs each, by the t distribution with n - 2 degrees; they say
    how surprising r would be if there were none, and nothing about its size.

    >>> p_values(np.array([0.5]), np.array([20.0])).round(4)
    array([0.0248])
    """
    degrees = np.maximum(n - 2, 1)
    perfect = np.abs(r) >= 1
    t = np.where(perfect, 0.0, r) * np.sqrt(degrees / (1 - np.where(perfect, 0.0, r) ** 2))
    found = 2 * stats.t.sf(np.abs(t), degrees)
    return np.asarray(np.where(np.isnan(r) | (n < 3), np.nan, np.where(perfect, 0.0, found)))


def pairs(values: Floats, other: Floats | None = None) -> Floats:
    """(k, m) how many units have both."""
    here, there = ~np.isnan(values), ~np.isnan(values if other is None else other)
    return np.asarray(here.T.astype(float) @ there.astype(float))


def covariances(values: Floats) -> Floats:
    """(k, k) covariances (n - 1), each of the units that have both; NaN where fewer than two have.

    >>> covariances(np.array([[1.0, 2.0], [3.0, 2.0], [5.0, np.nan]])).tolist()
    [[4.0, 0.0], [0.0, 0.0]]
    """
    here = (~np.isnan(values)).astype(float)
    x = np.where(here > 0, values - _centre(values), 0.0)
    n, of_x = here.T @ here, x.T @ here
    product = x.T @ x - of_x * of_x.T / np.maximum(n, 1)
    return np.where(n >= 2, product / np.maximum(n - 1, 1), np.nan)
