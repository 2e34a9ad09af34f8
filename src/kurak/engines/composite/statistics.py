"""What to know of each indicator before it is used: how much there is of it, how it is spread, and what is odd."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite import present

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Described:
    """Arrays (k,), over present values; NaN where undefined.

    n: values    low, high, mean, median, sd (n - 1), skew (G1), kurtosis (excess, G2)
    zeros: how many are 0    unique: how many differ    same: how many share the commonest value    units: rows
    """

    n: Floats
    low: Floats
    high: Floats
    mean: Floats
    median: Floats
    sd: Floats
    skew: Floats
    kurtosis: Floats
    zeros: Floats
    unique: Floats
    same: Floats
    units: int

    @property
    def available(self) -> Floats:
        """Share of the units that have a value."""
        return self.n / max(self.units, 1)

    def share(self, count: Floats) -> Floats:
        """Of the present values; missing where there are none."""
        return np.where(self.n > 0, count / np.maximum(self.n, 1.0), np.nan)


def describe(x: Floats) -> Described:
    """Of the indicators (n, k).

    >>> found = describe(np.array([[0.0, 1.0], [0.0, np.nan], [3.0, 2.0]]))
    >>> found.mean.tolist(), found.zeros.tolist(), found.same.tolist(), found.available.round(2).tolist()
    ([1.0, 1.5], [2.0, 0.0], [2.0, 1.0], [1.0, 0.67])
    """
    y = np.ascontiguousarray(x.T)
    counts = [np.unique(column[~np.isnan(column)], return_counts=True)[1] for column in y]
    return Described(
        n=present.counted(y),
        low=present.lowest(y),
        high=present.highest(y),
        mean=present.mean(y),
        median=present.median(y),
        sd=present.deviation(y),
        skew=present.skewness(y),
        kurtosis=present.kurtosis(y),
        zeros=np.asarray((y == 0).sum(axis=1), float),
        unique=np.array([len(each) for each in counts], float),
        same=np.array([each.max(initial=0) for each in counts], float),
        units=len(x),
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """What is odd. available: below this share of units. unique: below this share of different values. zeros: above
    this share. An outlier: |skew| above, and kurtosis above. Source: the COIN Tool's and COINr's habit."""

    available: float = 0.65
    unique: float = 0.5
    zeros: float = 0.5
    skew: float = 2.0
    kurtosis: float = 3.5


@dataclass(frozen=True, slots=True)
class Oddities:
    """Flags (k,): too few values, too many equal ones, too many zeros, outliers, no variation at all."""

    scarce: Flags
    repeated: Flags
    zeros: Flags
    outliers: Flags
    constant: Flags


def oddities(of: Described, limits: Limits = Limits()) -> Oddities:
    """Which indicators deserve a second look, and why.

    >>> found = oddities(describe(np.array([[0.0, 5.0], [0.0, 5.0], [0.0, 5.0], [1.0, 5.0]])))
    >>> found.zeros.tolist(), found.constant.tolist()
    ([True, False], [False, True])
    """
    with np.errstate(invalid="ignore"):
        return Oddities(
            scarce=np.asarray(of.available < limits.available),
            repeated=np.asarray(of.share(of.unique) < limits.unique),
            zeros=np.asarray(of.share(of.zeros) > limits.zeros),
            outliers=np.asarray((np.abs(of.skew) > limits.skew) & (of.kurtosis > limits.kurtosis)),
            constant=np.asarray(of.unique == 1),
        )
