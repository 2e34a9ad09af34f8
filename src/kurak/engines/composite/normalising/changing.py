"""Normalisations of panels: what changed since the period before. They take the unit and the period of each row too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite import present
from kurak.engines.composite.normalising.parameters import Flags, Floats

type Labels = NDArray[np.str_] | NDArray[np.int64] | NDArray[np.float64]


def change(x: Floats, *, direction: int, units: Labels, periods: Labels, reference: Flags | None = None) -> Floats:
    """(x_t - x_t-1) / |x_t-1| of each unit, against its period before. Missing in the first period, after a gap of the
    unit, and where the base is 0.

    >>> change(np.array([4.0, 5.0, 0.0, 1.0]), direction=1, units=np.array(["a", "a", "b", "b"]),
    ...        periods=np.array([2020, 2021, 2020, 2021]))
    array([ nan, 0.25,  nan,  nan])
    """
    before = earlier(x, units, periods)
    base = np.where(before == 0, np.nan, np.abs(before))
    return direction * (x - before) / base


def cyclical(x: Floats, *, direction: int, units: Labels, periods: Labels, reference: Flags | None = None) -> Floats:
    """(x_t - mean of the unit) / mean |x_t - mean of the unit|, over all its periods; missing where it never varies.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, table 16.

    >>> cyclical(np.array([1.0, 3.0]), direction=1, units=np.array(["a", "a"]), periods=np.array([1, 2]))
    array([-1.,  1.])
    """
    found = np.full(x.shape, np.nan)
    for label in np.unique(units):
        own = units == label
        away = x[..., own] - present.mean(x[..., own])[..., None]
        usual = present.mean(np.abs(away))
        usual = np.where(present.flat(usual, x[..., own]), np.nan, usual)
        found[..., own] = direction * away / usual[..., None]
    return found


def balance(x: Floats, *, direction: int, units: Labels, periods: Labels, reference: Flags | None = None) -> Floats:
    """Balance of opinions: 100 / N times the sum of signs of the changes up to each period, N the changes known.

    Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, table 16, of one respondent's series.

    >>> balance(np.array([1.0, 2.0, 1.0]), direction=1, units=np.array(["a"] * 3), periods=np.array([1, 2, 3]))
    array([ nan, 100.,   0.])
    """
    signs = direction * np.sign(x - earlier(x, units, periods))
    found = np.full(x.shape, np.nan)
    for label in np.unique(units):
        own = np.flatnonzero(units == label)
        own = own[np.argsort(periods[own], kind="stable")]
        known = ~np.isnan(signs[..., own])
        n = np.cumsum(known, axis=-1)
        total = np.cumsum(np.where(known, signs[..., own], 0.0), axis=-1)
        found[..., own] = np.where(known, 100.0 * total / np.maximum(n, 1), np.nan)
    return found


def earlier(x: Floats, units: Labels, periods: Labels) -> Floats:
    """The value of the same unit in the period before, of the periods there are in the table."""
    _, place = np.unique(periods, return_inverse=True)
    row_of = {(unit, int(at)): row for row, (unit, at) in enumerate(zip(units.tolist(), place, strict=True))}
    rows = [row_of.get((unit, int(at) - 1), -1) for unit, at in zip(units.tolist(), place, strict=True)]
    found = x[..., rows]
    return np.where(np.asarray(rows) < 0, np.nan, found)
