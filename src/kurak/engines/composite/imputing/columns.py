"""Imputations from the same indicator in other units.

x: (n, k), NaN where missing    labels: (n,) of the groups, "" where a unit has none    periods: (n,), or None
Each returns a copy in which the cells that were there are the same bits. Units are only compared within a period."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite import present

type Floats = NDArray[np.float64]
type Labels = NDArray[np.str_]


def mean(x: Floats, *, periods: Labels | None = None, **_: object) -> Floats:
    """The mean of the indicator over the units that have it.

    >>> mean(np.array([[1.0], [np.nan], [3.0]])).tolist()
    [[1.0], [2.0], [3.0]]
    """
    return by_period(x, periods, lambda part, _: filled(part, present.mean(part.T)))


def median(x: Floats, *, periods: Labels | None = None, **_: object) -> Floats:
    """The median of the indicator over the units that have it."""
    return by_period(x, periods, lambda part, _: filled(part, present.median(part.T)))


def group_mean(
    x: Floats, *, labels: Labels | None, periods: Labels | None = None, otherwise: str = "missing", **_: object
) -> Floats:
    """The mean over the units of the same group. otherwise: what holds for a group without any value, and for a unit
    without a group: missing, or overall (the mean over all units).

    >>> group_mean(np.array([[1.0], [np.nan], [9.0]]), labels=np.array(["a", "a", "b"])).tolist()
    [[1.0], [1.0], [9.0]]
    """
    return _grouped(x, labels, periods, otherwise, present.mean)


def group_median(
    x: Floats, *, labels: Labels | None, periods: Labels | None = None, otherwise: str = "missing", **_: object
) -> Floats:
    """The median over the units of the same group; otherwise as with the mean."""
    return _grouped(x, labels, periods, otherwise, present.median)


def _grouped(
    x: Floats, labels: Labels | None, periods: Labels | None, otherwise: str, centre: Callable[[Floats], Floats]
) -> Floats:
    of = np.full(len(x), "") if labels is None else np.asarray(labels, str)

    def within(part: Floats, rows: NDArray[np.int64]) -> Floats:
        kept = part.copy()
        for label in np.unique(of[rows]):
            own = (of[rows] == label) & (label != "")
            kept[own] = filled(part[own], centre(part[own].T))
        return filled(kept, centre(part.T)) if otherwise == "overall" else kept

    return by_period(x, periods, within)


def filled(x: Floats, values: Floats) -> Floats:
    """x with its missing cells taken from values that broadcast; the others stay as they are."""
    return np.where(np.isnan(x), values, x)


def by_period(x: Floats, periods: Labels | None, run: Callable[[Floats, NDArray[np.int64]], Floats]) -> Floats:
    """The rows of each period by themselves. run takes (the rows, their places)."""
    of = np.zeros(len(x)) if periods is None else np.asarray(periods)
    found = x.copy()
    for period in np.unique(of):
        rows = np.flatnonzero(of == period)
        found[rows] = run(x[rows], rows)
    return found
