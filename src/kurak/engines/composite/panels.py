"""Series of units over periods: their times, and the trends in them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Wholes = NDArray[np.int64]
type Labels = NDArray[np.str_]


def times(periods: NDArray[np.generic]) -> Floats:
    """The periods as numbers: themselves where all are numbers (years), else their places in order.

    >>> times(np.array(["2018", "2020"])).tolist(), times(np.array(["2018-I", "2019-II"])).tolist()
    ([2018.0, 2020.0], [0.0, 1.0])
    """
    try:
        return periods.astype(np.float64)
    except ValueError:
        _, place = np.unique(periods, return_inverse=True)
        return np.asarray(place, np.float64)


def series(units: NDArray[np.generic], periods: NDArray[np.generic]) -> Iterator[tuple[str, Wholes, Floats]]:
    """(unit, its rows in the order of time, their times), each unit once."""
    at = times(periods)
    for unit in np.unique(units):
        rows = np.flatnonzero(units == unit)
        rows = rows[np.argsort(at[rows], kind="stable")]
        yield str(unit), rows, at[rows]


def cagr(values: Floats, at: Floats) -> float:
    """Compound annual growth: (last / first)^(1 / years) - 1 of the present values.

    Missing below two values, and where the first is 0 or the two differ in sign: then nothing grows by a factor.

    >>> round(cagr(np.array([100.0, np.nan, 121.0]), np.array([2018.0, 2019.0, 2020.0])), 9)
    0.1
    """
    there = ~np.isnan(values)
    if there.sum() < 2:
        return float("nan")
    first, last = values[there][[0, -1]].tolist()
    years = float(np.ptp(at[there]))
    if first == 0 or last / first < 0 or years == 0:
        return float("nan")
    return float((last / first) ** (1.0 / years) - 1.0)


def percent_change(values: Floats, at: Floats) -> float:
    """Change a year, in percent of the first fitted value, of the straight line through the present values.

    Missing below two values, and where the line begins at 0.

    >>> percent_change(np.array([10.0, 12.0, 14.0]), np.array([2018.0, 2019.0, 2020.0]))
    20.0
    """
    there = ~np.isnan(values)
    if there.sum() < 2 or np.ptp(at[there]) == 0:
        return float("nan")
    t, y = at[there], values[there]
    slope = float(((t - t.mean()) * (y - y.mean())).sum() / ((t - t.mean()) ** 2).sum())
    start = float(y.mean() + slope * (t[0] - t.mean()))
    return float("nan") if start == 0 else 100.0 * slope / start


TRENDS = {"cagr": cagr, "percent-change": percent_change}


def trends(
    values: Floats, units: NDArray[np.generic], periods: NDArray[np.generic], by: str = "cagr"
) -> list[tuple[str, float]]:
    """The trend of each unit's series: values, units and periods (n,). by: cagr or percent-change.

    >>> trends(np.array([1.0, 2.0]), np.array(["a", "a"]), np.array(["2019", "2020"]))
    [('a', 1.0)]
    """
    return [(unit, TRENDS[by](values[rows], at)) for unit, rows, at in series(units, periods)]
