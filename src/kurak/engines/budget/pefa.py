"""Budget reliability after the PEFA framework: how far a year's outturn lies from its approved budget.

The bands of PI-2.1, 2.2 and 2.3 were read in a stored page of the framework of 2016; those of PI-1 and PI-3.1, and
which lines the variance leaves out, are recalled and were not compared with it: `Score.verified` says which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Floats = NDArray[np.float64]

YEARS = 3  # judged; the mark must be kept in two of them
NEEDED = 2


@dataclass(frozen=True, slots=True)
class Band:
    """low to high, both included unless open; in the unit of the measure: shares of 1."""

    letter: str
    low: float
    high: float
    open: bool = False  # the high end does not belong to it


@dataclass(frozen=True, slots=True)
class Score:
    """A to D, or nothing with the reason: few-years. values: what was judged, oldest first."""

    indicator: str
    letter: str
    values: tuple[float, ...]
    reason: str
    verified: bool


BANDS: Mapping[str, tuple[Band, ...]] = {
    "PI-1": (Band("A", 0.95, 1.05), Band("B", 0.90, 1.10), Band("C", 0.85, 1.15)),
    "PI-2.1": (Band("A", 0, 0.05, True), Band("B", 0, 0.10, True), Band("C", 0, 0.15, True)),
    "PI-2.2": (Band("A", 0, 0.05, True), Band("B", 0, 0.10, True), Band("C", 0, 0.15, True)),
    "PI-2.3": (Band("A", 0, 0.03, True), Band("B", 0, 0.06), Band("C", 0, 0.10)),
    "PI-3.1": (Band("A", 0.97, 1.06), Band("B", 0.94, 1.12), Band("C", 0.92, 1.16)),
}
VERIFIED = frozenset({"PI-2.1", "PI-2.2", "PI-2.3"})


def outturn(approved: ArrayLike, spent: ArrayLike) -> Score:
    """PI-1: total spending over the approved budget, each year; approved, spent: (years,), oldest first.

    >>> outturn([100, 100, 100], [96, 112, 104]).letter
    'A'
    """
    return _two_of_three("PI-1", _ratios(approved, spent))


def revenue(approved: ArrayLike, received: ArrayLike) -> Score:
    """PI-3.1: revenue over what was planned, each year; (years,), oldest first."""
    return _two_of_three("PI-3.1", _ratios(approved, received))


def composition_variance(years: Sequence[tuple[ArrayLike, ArrayLike]], *, by: str = "function") -> Score:
    """PI-2.1 (by function or office) or PI-2.2 (by economic type): years, oldest first, of (approved, spent), each
    (lines,), without contingency and interest."""
    indicator = "PI-2.2" if by == "type" else "PI-2.1"
    return _two_of_three(indicator, [variance(approved, spent) for approved, spent in years])


def variance(approved: ArrayLike, spent: ArrayLike) -> float:
    """How much of the spending went elsewhere than planned, once the whole is set equal: sum |spent - k·approved| over
    sum k·approved, with k the ratio of the totals. (lines,) amounts; a line that is NaN on one side is left out; NaN
    where nothing was planned or spent.

    >>> variance([60.0, 40.0], [50.0, 50.0]), variance([60.0, 40.0], [120.0, 80.0])
    (0.2, 0.0)
    """
    plan, paid = np.asarray(approved, float), np.asarray(spent, float)
    if plan.shape != paid.shape:
        raise ValueError(f"{plan.shape} planned lines and {paid.shape} spent ones: give the same lines")
    known = np.isfinite(plan) & np.isfinite(paid)
    plan, paid = plan[known], paid[known]
    if plan.sum() <= 0 or paid.sum() <= 0:
        return float("nan")
    moved = plan * (paid.sum() / plan.sum())
    return float(np.abs(paid - moved).sum() / moved.sum())


def contingency(shares: ArrayLike) -> Score:
    """PI-2.3: spending charged to a contingency vote as a share of the approved budget, (years,), judged by its mean.

    >>> contingency([0.02, 0.04, 0.02]).letter
    'A'
    """
    values = _finite(np.asarray(shares, float))
    if len(values) < YEARS:
        return _none("PI-2.3", values)
    mean = float(np.mean(values[-YEARS:]))
    letter = next((band.letter for band in BANDS["PI-2.3"] if _within(mean, band)), "D")
    return Score("PI-2.3", letter, tuple(values[-YEARS:]), "", verified=True)


def _ratios(approved: ArrayLike, actual: ArrayLike) -> list[float]:
    plan, paid = np.asarray(approved, float), np.asarray(actual, float)
    if plan.shape != paid.shape:
        raise ValueError(f"{plan.shape} planned years and {paid.shape} actual ones: give the same years")
    found: Floats = np.divide(paid, plan, out=np.full(plan.shape, np.nan), where=plan > 0)
    return [float(value) for value in found]


def _two_of_three(indicator: str, values: Sequence[float]) -> Score:
    """The best letter whose band holds two of the last three years."""
    known = _finite(np.asarray(values, float))[-YEARS:]
    if len(known) < YEARS:
        return _none(indicator, known)
    for band in BANDS[indicator]:
        if sum(_within(value, band) for value in known) >= NEEDED:
            return Score(indicator, band.letter, tuple(known), "", indicator in VERIFIED)
    return Score(indicator, "D", tuple(known), "", indicator in VERIFIED)


def _within(value: float, band: Band) -> bool:
    """Compared to nine decimals: 0.15 / 0.1 must not fall out of a band by the last bit."""
    rounded = round(value, 9)
    return band.low <= rounded < band.high if band.open else band.low <= rounded <= band.high


def _finite(values: Floats) -> list[float]:
    return [float(value) for value in values if np.isfinite(value)]


def _none(indicator: str, values: Sequence[float]) -> Score:
    return Score(indicator, "", tuple(values), "few-years", indicator in VERIFIED)
