"""Imputation from the most similar unit, which is recorded: the donor."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite import present
from kurak.engines.composite.imputing.columns import Labels, by_period

type Floats = NDArray[np.float64]
type Wholes = NDArray[np.int64]


def hot_deck(
    x: Floats, *, periods: Labels | None = None, shared: int = 3, metric: str = "gower", **_: object
) -> Floats:
    """The value of the donor. Stays missing where no unit that has it shares enough indicators.

    >>> x = np.array([[1.0, 1.0, 7.0], [9.0, 9.0, 3.0], [2.0, 1.0, np.nan]])
    >>> hot_deck(x, shared=2)[2].tolist()
    [2.0, 1.0, 7.0]
    """
    donor = donors(x, periods=periods, shared=shared, metric=metric)
    values = x[np.maximum(donor, 0), np.arange(x.shape[1])]
    return np.where(donor >= 0, values, x)


def donors(x: Floats, *, periods: Labels | None = None, shared: int = 3, metric: str = "gower") -> Wholes:
    """(n, k): the row each missing cell is taken from, -1 for cells that are there or have no donor.

    shared: indicators both units must have, at least    metric: gower (mean distance in shares of each range) or
    euclidean (root mean square of the same). Of equally near units the first in order gives.
    Source: Gower, "A general coefficient of similarity", Biometrics 27, 1971.
    """
    found = np.full(x.shape, -1, np.int64)

    def run(part: Floats, rows: Wholes) -> Floats:
        far = _distances(part, shared, metric)
        for row, column in np.argwhere(np.isnan(part)).tolist():
            at = np.where(np.isnan(part[:, column]), np.inf, far[row])
            if np.isfinite(at).any():
                found[rows[row], column] = rows[int(at.argmin())]
        return part

    by_period(x, periods, run)
    return found


def _distances(x: Floats, shared: int, metric: str) -> Floats:
    """(n, n), infinite where too few indicators are shared, and to itself."""
    spread = present.highest(x.T) - present.lowest(x.T)
    units = x / np.where(spread > 0, spread, 1.0)
    far = np.full((len(x), len(x)), np.inf)
    for row in np.flatnonzero(np.isnan(x).any(axis=1)).tolist():
        apart = np.abs(units - units[row])
        enough = present.counted(apart) >= max(1, shared)
        mean = present.mean(apart) if metric == "gower" else np.sqrt(present.mean(apart**2))
        far[row] = np.where(enough, mean, np.inf)
        far[row, row] = np.inf
    return far
