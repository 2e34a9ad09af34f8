"""Imputations from the same unit's other indicators.

x: (n, k)    directions: (k,) +1 or -1    parents: (k,), the node of each indicator, -1 outside the tree
Each returns a copy in which the cells that were there are the same bits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite import present
from kurak.engines.composite.imputing.columns import Labels, by_period, filled

type Floats = NDArray[np.float64]
type Wholes = NDArray[np.int64]


def row_mean(
    x: Floats,
    *,
    directions: Wholes,
    parents: Wholes,
    periods: Labels | None = None,
    within: str = "parent",
    scale: str = "minmax",
    **_: object,
) -> Floats:
    """The mean of the unit's other indicators, as far up their ranges, put back on the range of the missing one.

    within: parent (the siblings) or all    scale: minmax (each indicator by direction onto [0, 1] first) or none, which
    makes sense only for indicators in one unit of measurement

    >>> x = np.array([[0.0, 100.0], [10.0, 300.0], [5.0, np.nan]])
    >>> row_mean(x, directions=np.array([1, 1]), parents=np.array([0, 0]))[2].tolist()
    [5.0, 200.0]
    """
    return _from_row(x, directions, parents, periods, within, scale, present.mean)


def row_median(
    x: Floats,
    *,
    directions: Wholes,
    parents: Wholes,
    periods: Labels | None = None,
    within: str = "parent",
    scale: str = "minmax",
    **_: object,
) -> Floats:
    """The median in the place of the mean."""
    return _from_row(x, directions, parents, periods, within, scale, present.median)


def _from_row(
    x: Floats,
    directions: Wholes,
    parents: Wholes,
    periods: Labels | None,
    within: str,
    scale: str,
    centre: Callable[[Floats], Floats],
) -> Floats:
    def run(part: Floats, _: Wholes) -> Floats:
        low, spread, units = _scaled(part, directions) if scale == "minmax" else (0.0, 1.0, part)
        found = np.full(part.shape, np.nan)
        for columns in families(parents, within):
            found[:, columns] = centre(units[:, columns])[:, None]
        return filled(part, low + found * spread)

    return by_period(x, periods, run)


def _scaled(x: Floats, directions: Wholes) -> tuple[Floats, Floats, Floats]:
    """(value at 0, signed spread, values on [0, 1] with 1 the better); a constant indicator tells nothing of others."""
    low, high = present.lowest(x.T), present.highest(x.T)
    constant = present.flat(high - low, x.T)
    start = np.where(directions > 0, low, high)
    spread = np.where(directions > 0, high - low, low - high)
    units = np.where(constant, np.nan, (x - start) / np.where(constant | np.isnan(spread), 1.0, spread))
    return start, np.where(constant, 0.0, spread), units


def families(parents: Wholes, within: str) -> list[Wholes]:
    """The columns that inform one another: all, or those of each node. Leaves outside the tree have no siblings."""
    if within == "all":
        return [np.arange(len(parents))]
    return [np.flatnonzero(parents == parent) for parent in np.unique(parents[parents >= 0])]
