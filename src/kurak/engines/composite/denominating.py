"""Sizes: dividing an indicator by another, and finding those that only measure how large a unit is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.composite.coherence.correlating import pearson

type Floats = NDArray[np.float64]

MOSTLY_SIZE = 0.6  # |r| from which an indicator is said to follow size; COINr's and JRC's habit


def divided(x: ArrayLike, by: ArrayLike, scale_factor: float = 1.0) -> tuple[Floats, NDArray[np.bool_]]:
    """(x / (by / scale_factor), where that is undefined): shapes that broadcast.

    A denominator that is missing or 0 makes the outcome missing, never infinite. scale_factor: the denominator counts
    in its units, so 1000 gives values per thousand.

    >>> values, undefined = divided([6.0, 6.0], [3000.0, 0.0], 1000)
    >>> values.tolist(), undefined.tolist()
    ([2.0, nan], [False, True])
    """
    size = np.asarray(by, float) / scale_factor
    undefined = np.isnan(size) | (size == 0)
    with np.errstate(over="ignore"):
        found = np.asarray(x, float) / np.where(undefined, 1.0, size)
    undefined = undefined | np.isinf(found)
    return np.where(undefined, np.nan, found), undefined


@dataclass(frozen=True, slots=True)
class Sized:
    """An indicator that goes with a size: their codes, and Pearson's r over the units that have both."""

    indicator: str
    size: str
    r: float


def sized(
    x: Floats, sizes: Floats, indicators: Sequence[str], names: Sequence[str], limit: float = MOSTLY_SIZE
) -> tuple[Sized, ...]:
    """Indicators (n, k) whose |r| with a size (n, m) is above the limit: these should be divided by it, or explained.

    >>> people = np.array([[1.0], [2.0], [3.0], [9.0]])
    >>> sized(people * 5, people, ["roads"], ["people"])[0].size
    'people'
    """
    r = pearson(x, sizes)
    return tuple(Sized(indicators[i], names[j], float(r[i, j])) for i, j in np.argwhere(np.abs(r) > limit).tolist())
