"""Transformations of a whole indicator that draw a long tail in. They keep the order of the units.

x: (n,), NaN where missing, with at least two different values    each returns (n,)
Source: JRC COIN Tool user guide, 2019; Becker et al., COINr, JOSS 7(78), 2022."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

type Floats = NDArray[np.float64]

SHARE = 0.01  # of the range, that keeps the lowest value above 0
WIDEST_POWER = 5.0


def log_ct(x: Floats, power: float | None = None) -> Floats:
    """ln(x - min + 0.01 range).

    >>> log_ct(np.array([0.0, 1.0, 100.0])).round(3).tolist()
    [0.0, 0.693, 4.615]
    """
    low, high = np.fmin.reduce(x), np.fmax.reduce(x)
    return np.asarray(np.log(x - low + SHARE * (high - low)))


def log_ct_plus(x: Floats, power: float | None = None, skew: float = 1.0) -> Floats:
    """The same for a long tail above, mirrored for one below: -ln(max + 0.01 range - x)."""
    low, high = np.fmin.reduce(x), np.fmax.reduce(x)
    return log_ct(x) if skew > 0 else -np.log(high + SHARE * (high - low) - x)


def log_ct_orig(x: Floats, power: float | None = None) -> Floats:
    """ln(x - min + 1).

    >>> log_ct_orig(np.array([3.0, 2.0 + np.e])).round(9).tolist()
    [0.0, 1.0]
    """
    return np.asarray(np.log(x - np.fmin.reduce(x) + 1.0))


def boxcox(x: Floats, power: float | None = None) -> Floats:
    """(y^λ - 1) / λ of y = x - min + 1, ln y for λ = 0; λ of the greatest likelihood where none is given.

    Source: Box and Cox, "An analysis of transformations", JRSS B 26, 1964.

    >>> boxcox(np.array([0.0, 3.0, 8.0]), power=0.5).round(9).tolist()
    [0.0, 2.0, 4.0]
    """
    y = x - np.fmin.reduce(x) + 1.0
    return _powered(y, likeliest_power(x) if power is None else power)


def likeliest_power(x: Floats) -> float:
    """λ in [-5, 5] under which the transformed values are most like a normal sample, on y = x - min + 1."""
    y = x[~np.isnan(x)] - np.fmin.reduce(x) + 1.0
    logs = float(np.log(y).sum())

    def unlikelihood(power: float) -> float:
        with np.errstate(all="ignore"):  # powers of very large values have no likelihood
            spread = float(_powered(y, power).var())
        usable = 0.0 < spread < math.inf
        return len(y) / 2.0 * math.log(spread) - (power - 1.0) * logs if usable else math.inf

    found = minimize_scalar(
        unlikelihood, bounds=(-WIDEST_POWER, WIDEST_POWER), method="bounded", options={"xatol": 1e-10}
    )
    return float(found.x)


def _powered(y: Floats, power: float) -> Floats:
    return np.log(y) if power == 0.0 else np.expm1(power * np.log(y)) / power
