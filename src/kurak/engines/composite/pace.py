"""The pace of a series towards a goal by a year: whether it has been fast enough so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.composite.declaration import Trend
from kurak.engines.composite.panels import series

type Floats = NDArray[np.float64]

ARROWS = ("down", "stagnating", "moderate", "up")
ENOUGH, HALF = 1.0 - 1e-12, 0.5 - 1e-12  # of the pace needed; the last bits do not decide
BY_YEAR = 2030


@dataclass(frozen=True, slots=True)
class Pace:
    """Of each series: arrow, a word of ARROWS or "" where nothing is known; yearly, the change of the value a year
    (positive is better); needed, the change a year that would have reached the goal from the first year on."""

    arrow: NDArray[np.str_]
    yearly: Floats
    needed: Floats


def pace(
    first: ArrayLike,
    last: ArrayLike,
    *,
    first_year: ArrayLike,
    last_year: ArrayLike,
    goal: ArrayLike,
    by_year: float = BY_YEAR,
    direction: int = 1,
) -> Pace:
    """Arrows of series that went from one value to another: all raw values, arrays (n,) or numbers.

    up: the goal is reached, or the pace suffices to reach it; moderate: at least half of the pace needed; stagnating:
    less; down: it went the wrong way. The pace needed is counted from the first year to by_year.
    Source: Sachs et al., Sustainable Development Report 2021, methodology.

    >>> found = pace(40.0, [60.0, 50.0, 41.0, 39.0], first_year=2015, last_year=2020, goal=100)
    >>> found.arrow.tolist(), found.needed[0].item()
    (['up', 'moderate', 'stagnating', 'down'], 4.0)
    """
    with np.errstate(invalid="ignore"):
        start, end, at = (direction * np.atleast_1d(np.asarray(each, float)) for each in (first, last, goal))
        since, until = np.asarray(first_year, float), np.asarray(last_year, float)
        known = ~np.isnan(start + end + at) & (until > since) & (by_year > since)
        yearly = np.where(known, (end - start) / np.where(until > since, until - since, 1.0), np.nan)
        needed = np.where(known, (at - start) / np.where(by_year > since, by_year - since, 1.0), np.nan)
    return Pace(np.where(known, arrows(yearly, needed, end >= at), ""), yearly, needed)


def arrows(yearly: Floats, needed: Floats, reached: NDArray[np.bool_]) -> NDArray[np.str_]:
    """The word of ARROWS for a change a year (positive is better), the change needed, and whether the goal is reached.

    >>> arrows(np.array([2.0, 2.0, -1.0]), np.array([2.0, 5.0, 5.0]), np.array([False, False, False])).tolist()
    ['up', 'stagnating', 'down']
    """
    with np.errstate(invalid="ignore", over="ignore"):
        share = yearly / np.where(needed > 0, needed, np.inf)
        return np.select(
            [reached, yearly < 0, share >= ENOUGH, share >= HALF], ["up", "down", "up", "moderate"], "stagnating"
        )


def paces(values: Floats, units: NDArray[np.str_], periods: NDArray[np.str_], trend: Trend, direction: int = 1) -> Pace:
    """The pace of each unit's series as a leaf declares it, in the order of np.unique(units): values, units and periods
    (n,). Without declared years the first and the last value there are count.

    >>> paces(np.array([1.0, 3.0]), np.array(["a", "a"]), np.array(["2015", "2020"]), Trend(7.0, 2030)).arrow.tolist()
    ['up']
    """
    ends = [_ends(values[rows], at, trend) for _, rows, at in series(units, periods)]
    first, since, last, until = np.array(ends, float).reshape(-1, 4).T
    return pace(
        first, last, first_year=since, last_year=until, goal=trend.goal, by_year=trend.by_year, direction=direction
    )


def _ends(values: Floats, at: Floats, trend: Trend) -> tuple[float, float, float, float]:
    """First value and year, last value and year; NaN where the declared year has no value."""
    there = ~np.isnan(values)
    if not there.any():
        return (np.nan,) * 4
    since = float(at[there][0]) if trend.first is None else float(trend.first)
    until = float(at[there][-1]) if trend.last is None else float(trend.last)
    value = dict(zip(at.tolist(), values.tolist(), strict=True))
    return value.get(since, np.nan), since, value.get(until, np.nan), until
