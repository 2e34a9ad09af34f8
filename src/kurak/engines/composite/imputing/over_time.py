"""Imputations from the same unit's other periods.

x: (n, k), a row for each unit and period    units, periods: (n,). Each returns a copy in which the cells that were
there are the same bits. Without periods there is nothing to impute from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.panels import series

type Floats = NDArray[np.float64]
type Labels = NDArray[np.str_]


def latest(
    x: Floats, *, units: Labels, periods: Labels | None = None, max_age: float | None = None, **_: object
) -> Floats:
    """The last value before. max_age: how old it may be, in years (or periods, where these are no numbers).

    >>> x = np.array([[1.0], [np.nan], [np.nan]])
    >>> latest(x, units=np.array(["a"] * 3), periods=np.array(["2018", "2019", "2020"]), max_age=1).ravel().tolist()
    [1.0, 1.0, nan]
    """

    def run(values: Floats, at: Floats) -> Floats:
        last = _last_known(values)
        old = at - at[np.maximum(last, 0)]
        fresh = (last >= 0) & (old <= (np.inf if max_age is None else max_age))
        return np.where(fresh, values[np.maximum(last, 0)], np.nan)

    return _each(x, units, periods, run)


def constant(x: Floats, *, units: Labels, periods: Labels | None = None, **_: object) -> Floats:
    """The last value before; before the first value, the first."""

    def run(values: Floats, at: Floats) -> Floats:
        there = np.flatnonzero(~np.isnan(values))
        return values[np.where(_last_known(values) < 0, there[0], _last_known(values))]

    return _each(x, units, periods, run)


def linear(
    x: Floats,
    *,
    units: Labels,
    periods: Labels | None = None,
    ends: str = "flat",
    single: str = "missing",
    **_: object,
) -> Floats:
    """On the line between the values before and after. ends: flat (the first and last value) or missing
    single: what becomes of a series with one value: missing, or constant

    >>> x = np.array([[1.0], [np.nan], [3.0], [np.nan]])
    >>> linear(x, units=np.array(["a"] * 4), periods=np.array(["2018", "2019", "2020", "2021"])).ravel().tolist()
    [1.0, 2.0, 3.0, 3.0]
    """

    def run(values: Floats, at: Floats) -> Floats:
        there = ~np.isnan(values)
        if there.sum() == 1 and single == "missing":
            return values
        beyond = None if ends == "flat" or there.sum() == 1 else np.nan
        return np.interp(at, at[there], values[there], left=beyond, right=beyond)

    return _each(x, units, periods, run)


def linear_constant(
    x: Floats, *, units: Labels, periods: Labels | None = None, ends: str = "flat", **_: object
) -> Floats:
    """The same; one value alone holds for all periods."""
    return linear(x, units=units, periods=periods, ends=ends, single="constant")


def _last_known(values: Floats) -> NDArray[np.int64]:
    """Place of the last value up to each, -1 before the first."""
    return np.maximum.accumulate(np.where(np.isnan(values), -1, np.arange(len(values))))


def _each(x: Floats, units: Labels, periods: Labels | None, run: Callable[[Floats, Floats], Floats]) -> Floats:
    found = x.copy()
    if periods is None:
        return found
    for _, rows, at in series(units, periods):
        for column in np.flatnonzero(np.isnan(x[rows]).any(axis=0) & ~np.isnan(x[rows]).all(axis=0)).tolist():
            values = x[rows, column]
            found[rows, column] = np.where(np.isnan(values), run(values, at), values)
    return found
