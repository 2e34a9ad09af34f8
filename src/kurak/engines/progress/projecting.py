"""Where a series will be in the target year, with an interval, and how likely the target is to be met.

A random walk with drift. On a scale without limits (log odds for a share, logarithm for what cannot fall below zero,
else as it is) a series changes by the drift each year, and by chance in proportion to the square root of time. Drift
and spread are estimated with their conjugate prior: a drift of 0 that weighs as much as DRIFT_YEARS years of data, and
a spread that weighs as much as SPREAD_VALUES changes. So the projection in h years has a Student t distribution whose
variance grows with h and with h² (the drift is uncertain), and three values suffice. Nothing is drawn by chance.
How often the intervals held on national series is said in docs/explanation/progress-methods.md.
Source: conjugate Bayesian regression (Gelman et al., Bayesian Data Analysis, 14.2) on yearly changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from kurak.engines.progress.series import Series, Target

type Floats = NDArray[np.float64]

LEAST = 3  # values
REASONS = {
    "few-values": "there are fewer than three values",
    "stale": "the last value is older than five years",
    "target-year-passed": "the target year is not after the last value",
}
DRIFT_YEARS = 3.0
SPREAD_VALUES = 1.0
SPREAD = {"odds": 0.1, "log": 0.05, "plain": 0.02}  # a year; plain: of the mean size of the values
MARGIN = 0.005  # of the range of a share, so that 0 and 100 have odds


@dataclass(frozen=True, slots=True)
class Projection:
    """middle, low, high: median and interval in the target year, in the unit of the series. level: what the interval is
    to hold. met: probability that the target is met then, None without a target. scale: odds, log or plain.
    years: from the last value to the target year. reason: why there is no projection; then the rest is None."""

    middle: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.8
    met: float | None = None
    scale: str = ""
    years: float | None = None
    reason: str | None = None

    @property
    def because(self) -> str:
        """The reason as a sentence; empty where there is a projection."""
        return REASONS[self.reason] if self.reason else ""


def project(one: Series, target: Target, *, level: float = 0.8, now: float | None = None) -> Projection:
    """A series into its target year.

    >>> from kurak.engines.progress.series import series
    >>> found = project(series(range(2015, 2021), [50.0, 52, 55, 57, 58, 61], limits=(0, 100)), Target(80.0))
    >>> round(found.low), round(found.middle), round(found.high), round(found.met, 2)
    (63, 73, 82, 0.15)
    """
    return project_many([one], [target], level=level, now=now)[0]


def project_many(
    many: Sequence[Series], targets: Sequence[Target], *, level: float = 0.8, now: float | None = None
) -> list[Projection]:
    """Each series into its target year. now: a last value more than five years older is not projected."""
    return [_projected(one, target, level, now) for one, target in zip(many, targets, strict=True)]


def _projected(one: Series, target: Target, level: float, now: float | None) -> Projection:
    reason = _refused(one, target, now)
    if reason:
        return Projection(level=level, reason=reason)
    scale = scale_of(one)
    ahead = target.year - float(one.times[-1])
    middle, spread, freedom = walk(one.times, to_scale(one.values, scale, one), ahead, _prior(one, scale))
    wide = spread * float(stdtrit(freedom, 0.5 + level / 2))
    low, mid, high = (float(each) for each in from_scale(np.array([middle - wide, middle, middle + wide]), scale, one))
    return Projection(mid, low, high, level, _met(one, target, scale, middle, spread, freedom), scale, ahead)


def _refused(one: Series, target: Target, now: float | None) -> str | None:
    if one.times.size < LEAST:
        return "few-values"
    if now is not None and now - one.times[-1] > 5:
        return "stale"
    return "target-year-passed" if target.year <= one.times[-1] else None


def scale_of(one: Series) -> str:
    """odds between two limits; log above a limit of 0 where all values are above; else plain."""
    low, high = one.limits
    if low is not None and high is not None:
        return "odds"
    return "log" if low == 0 and bool((one.values > 0).all()) else "plain"


def to_scale(values: Floats, scale: str, one: Series) -> Floats:
    """Values on the scale without limits."""
    if scale == "odds":
        low, high = float(one.limits[0] or 0), float(one.limits[1] or 0)
        share = (np.clip(values, low, high) - low) / (high - low)
        return np.asarray(np.log((share + MARGIN) / (1 - share + MARGIN)), float)
    return np.log(values) if scale == "log" else np.asarray(values, float)


def from_scale(y: Floats, scale: str, one: Series) -> Floats:
    """Back to the unit of the series, within its natural limits."""
    low, high = one.limits
    if scale == "odds":
        grown = 1 / (1 + np.exp(-y))
        share = grown * (1 + 2 * MARGIN) - MARGIN
        y = float(low or 0) + share * (float(high or 0) - float(low or 0))
    elif scale == "log":
        y = np.exp(np.minimum(y, 700.0))
    return np.clip(y, -np.inf if low is None else low, np.inf if high is None else high)


def walk(times: Floats, y: Floats, ahead: float, prior: float) -> tuple[float, float, float]:
    """(middle, scale, degrees of freedom) of the Student t distribution of a walk with drift, `ahead` years on.

    times, y: (n,), n >= 2. prior: the spread a year that is expected before the data are seen, above 0.

    >>> middle, scale, freedom = walk(np.array([2015.0, 2016, 2017]), np.array([1.0, 2, 3]), 3.0, 0.1)
    >>> round(middle, 2), freedom
    (4.2, 3.0)
    """
    gaps, changes = np.diff(times), np.diff(y)
    span, way = float(gaps.sum()), float(changes.sum())
    drift = way / (span + DRIFT_YEARS)
    squares = float((changes**2 / gaps).sum()) - drift**2 * (span + DRIFT_YEARS)
    freedom = SPREAD_VALUES + changes.size
    variance = (SPREAD_VALUES * prior**2 + max(squares, 0.0)) / freedom
    spread = np.sqrt(variance * (ahead + ahead**2 / (span + DRIFT_YEARS)))
    return float(y[-1]) + drift * ahead, float(spread), float(freedom)


def _prior(one: Series, scale: str) -> float:
    size = 1.0 if scale != "plain" else float(np.abs(one.values).mean())
    return SPREAD[scale] * (size or 1.0)


def _met(one: Series, target: Target, scale: str, middle: float, spread: float, freedom: float) -> float | None:
    if target.value is None:
        return None
    if one.kind == "parity":
        return _below(one, target.value + target.tolerance, scale, middle, spread, freedom) - _below(
            one, target.value - target.tolerance, scale, middle, spread, freedom
        )
    below = _below(one, target.value, scale, middle, spread, freedom)
    return 1 - below if one.direction > 0 else below


def _below(one: Series, value: float, scale: str, middle: float, spread: float, freedom: float) -> float:
    """Probability of a value at or below one. Nothing lies beyond a natural limit; the limit of a share is reached."""
    low, high = one.limits
    if (low is not None and value < low) or (scale == "log" and value <= 0):
        return 0.0
    if high is not None and value > high:
        return 1.0
    at = float(to_scale(np.array([value]), scale, one)[0])
    return float(stdtr(freedom, (at - middle) / spread))
