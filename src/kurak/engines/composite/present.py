"""Statistics of the values that are there, along the last axis: NaN is left out, and nothing gives NaN, silently."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

EQUAL = 1e-13  # a spread below this share of the values' size is the rounding of equal values


def counted(x: Floats) -> Floats:
    return np.asarray((~np.isnan(x)).sum(axis=-1), float)


def lowest(x: Floats) -> Floats:
    return np.fmin.reduce(x, axis=-1) if x.shape[-1] else np.full(x.shape[:-1], np.nan)


def highest(x: Floats) -> Floats:
    return np.fmax.reduce(x, axis=-1) if x.shape[-1] else np.full(x.shape[:-1], np.nan)


def mean(x: Floats) -> Floats:
    """>>> mean(np.array([[1.0, np.nan, 3.0], [np.nan, np.nan, np.nan]]))
    array([ 2., nan])
    """
    n = counted(x)
    total = np.where(np.isnan(x), 0.0, x).sum(axis=-1)
    return np.asarray(np.divide(total, n, out=np.full(n.shape, np.nan), where=n > 0))


def moment(x: Floats, order: int) -> Floats:
    """Central moment: the mean of (x - mean)^order, for orders up to 4. Products, as powers take ten times as long."""
    away = x - mean(x)[..., None]
    squares = away * away
    return mean(squares if order == 2 else squares * (away if order == 3 else squares))


def deviation(x: Floats, *, population: bool = False) -> Floats:
    """Standard deviation, divided by n - 1, or by n of a population; missing where there are too few values."""
    n = counted(x)
    degrees = n if population else n - 1.0
    squares = moment(x, 2) * n
    return np.asarray(np.sqrt(np.divide(squares, degrees, out=np.full(n.shape, np.nan), where=degrees > 0)))


def quantile(x: Floats, share: float) -> Floats:
    """Linear between the two nearest values in order, as R's type 7.

    Source: Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician 50, 1996.

    >>> quantile(np.array([4.0, np.nan, 1.0, 2.0]), 0.5).item()
    2.0
    """
    if x.shape[-1] == 0:
        return np.full(x.shape[:-1], np.nan)
    ordered = np.sort(x, axis=-1)
    at = share * np.maximum(counted(x) - 1.0, 0.0)
    below = np.floor(at).astype(np.int64)[..., None]
    low = np.take_along_axis(ordered, below, -1)[..., 0]
    high = np.take_along_axis(ordered, np.minimum(below + 1, x.shape[-1] - 1), -1)[..., 0]
    part = at - below[..., 0]
    return np.where(part > 0, low + (high - low) * part, low)


def median(x: Floats) -> Floats:
    return quantile(x, 0.5)


def flat(spread: Floats, x: Floats) -> NDArray[np.bool_]:
    """Whether a spread (...,) of values (..., n) is none but for rounding."""
    size = np.fmax(np.abs(lowest(x)), np.abs(highest(x)))
    return np.asarray(~(spread > EQUAL * size) & ~np.isnan(size))


def skewness(x: Floats) -> Floats:
    """Sample skewness G1; missing below 3 values and where all are equal.

    Source: Joanes and Gill, "Comparing measures of sample skewness and kurtosis", The Statistician 47, 1998.

    >>> skewness(np.array([1.0, 2.0, 3.0, 10.0])).round(4).item()
    1.7636
    """
    n, m2 = counted(x), moment(x, 2)
    known = (n > 2) & ~flat(np.sqrt(m2), x)
    n = np.where(known, n, 3.0)
    ratio = moment(x, 3) / np.where(known, m2, 1.0) ** 1.5
    return np.where(known, ratio * np.sqrt(n * (n - 1.0)) / (n - 2.0), np.nan)


def kurtosis(x: Floats) -> Floats:
    """Sample excess kurtosis G2; missing below 4 values and where all are equal. Source: as of the skewness.

    >>> kurtosis(np.array([1.0, 2.0, 3.0, 10.0])).round(4).item()
    3.228
    """
    n, m2 = counted(x), moment(x, 2)
    known = (n > 3) & ~flat(np.sqrt(m2), x)
    n = np.where(known, n, 4.0)
    excess = moment(x, 4) / np.where(known, m2, 1.0) ** 2 - 3.0
    return np.where(known, ((n + 1.0) * excess + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0)), np.nan)
