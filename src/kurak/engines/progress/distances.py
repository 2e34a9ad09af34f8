"""The methods that measure the way to the target in the indicator's own unit: UNESCAP and the SDG Index."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.pace import arrows
from kurak.engines.progress.panel import Panel
from kurak.engines.progress.verdicts import (
    ACHIEVED,
    AWAY,
    ON_TRACK,
    SLOW,
    STAGNATING,
    Found,
    first_of,
    first_reason,
    steps,
)

type Floats = NDArray[np.float64]

HALF_LIFE = 5.0  # years: our assumption, the weights of the source could not be read
EDGE = 1e-9  # of the way: the last bits do not decide

UNESCAP = {"achieved": ACHIEVED, "maintain": ON_TRACK, "accelerate": SLOW, "reverse": AWAY}
SDG_INDEX = {
    "achieved": ACHIEVED,
    "on-track": ON_TRACK,
    "moderately-improving": SLOW,
    "stagnating": STAGNATING,
    "decreasing": AWAY,
}
RECENT = 4.0  # years of the SDG Index's trend
_WORDS = {"up": "on-track", "moderate": "moderately-improving", "stagnating": "stagnating", "down": "decreasing"}


def line(over: Panel, half_life: float = HALF_LIFE) -> tuple[Floats, Floats]:
    """Value in the last year and slope a year of the straight line through each whole series, recent years weighing
    more: half as much for every `half_life` years before the last."""
    age = np.nan_to_num(over.last_year[:, None] - over.times)
    there = ~np.isnan(over.times)
    weight = np.where(there, 0.5 ** (age / half_life), 0.0)
    y = np.nan_to_num(over.values)
    with np.errstate(all="ignore"):
        total = _sum(weight)
        middle, level = _sum(weight * -age) / total, _sum(weight * y) / total
        away = -age - middle[:, None]
        slope = _sum(weight * away * (y - level[:, None])) / _sum(weight * away**2)
    return level - slope * middle, slope


def _sum(of: Floats) -> Floats:
    """Along each row from left to right, so that padding changes no bit."""
    return np.cumsum(of, axis=1)[:, -1]


def unescap(over: Panel, *, half_life: float = HALF_LIFE) -> Found:
    """D. How much of the way is done (score, 10 is the target), and what the trend leaves of it by the target year.

    The gap is the distance of the predicted value from the target in percent of the way from the base; 0 where the
    target is or will be met. Up to 10: maintain; up to 100: accelerate; more: reverse the trend. Parity-type indicators
    count the distance from both sides. Weights of the prediction: half for every 5 years, our assumption; gap and cut
    points are from memory of the source. Source: UNESCAP, Asia and the Pacific SDG Progress Report, technical notes.
    """
    few = first_of((over.start < 0, "no-base"), (over.start >= over.end, "few-points"))
    level, slope = line(over, half_life)
    predicted = level + slope * (over.by_year - over.last_year)
    way, parity = np.abs(over.goal - over.base), over.kind == "parity"
    with np.errstate(all="ignore"):
        done = np.where(
            parity, 10 - 10 * np.abs(over.goal - over.last) / way, 10 * over.direction * (over.last - over.base) / way
        )
        left = np.abs(over.goal - predicted)
        will = np.where(parity, left <= over.tolerance, over.direction * predicted >= over.direction * over.goal)
        gap = np.where(over.achieved | will, 0.0, 100 * left / way)
        status = first_of(
            (over.achieved, "achieved"), (gap <= 10 * (1 + EDGE), "maintain"), (gap <= 100 * (1 + EDGE), "accelerate"),
            other="reverse",
        )  # fmt: skip
    refused = first_of(
        (~over.has_goal, "no-target"), (way == 0, "target-equals-base"), (over.over, "target-year-passed")
    )
    inputs = {
        "base": over.base, "base_year": over.base_at, "value": over.last, "target": over.goal, "slope": slope,
        "projected": predicted, "gap": gap,
    }  # fmt: skip
    score, first = np.where(over.achieved, 10.0, done), over.at(np.minimum(over.end, 0), over.times)
    return Found(
        status, steps(status, UNESCAP), score, over.count, first, over.last_year, inputs,
        first_reason(over.insufficient, few, refused),
    )  # fmt: skip


def sdg_index(over: Panel) -> Found:
    """E. The change a year of the last four years, as a share of the one needed from the base year on.

    Below 0: decreasing; below 0.5: stagnating; below 1: moderately improving; else, or at the target: on track.
    Score 0 … 100: the place between the worst value (given with the target) and the target. Input `trend`: the share on
    0 … 4 for averages over indicators, 1 + 2 x share, at least 3 at the target: our reading of the source.
    Source: Sachs et al., Sustainable Development Report, methods; the cut points are from memory.
    """
    start = over.since(over.last_year - RECENT)
    since, begun = over.at(start, over.times), over.at(start, over.values)
    with np.errstate(all="ignore"):
        recent = np.where(start < over.end, over.direction * (over.last - begun) / (over.last_year - since), np.nan)
        needed = over.direction * (over.goal - over.base) / (over.by_year - over.base_year)
        share = np.where(over.achieved | ~(needed > 0), np.nan, recent / needed)
        trend = np.clip(1 + 2 * share, 0.0, 4.0)
        trend = np.where(over.achieved, np.fmax(np.nan_to_num(trend, nan=4.0), 3.0), trend)
        score = np.clip(100 * (over.last - over.worst) / (over.goal - over.worst), 0.0, 100.0)
    arrow = arrows(recent, needed, over.achieved)
    status = np.where(over.achieved, "achieved", first_of(*((arrow == one, word) for one, word in _WORDS.items())))
    refused = first_of(
        (~over.has_goal, "no-target"), (over.kind == "parity", "parity"), (over.start < 0, "no-base"),
        (over.achieved, ""), (over.start >= over.end, "few-points"), (start >= over.end, "no-window"),
        (over.over, "target-year-passed"),
        (over.goal == over.base, "target-equals-base"),
    )  # fmt: skip
    inputs = {
        "base": over.base, "base_year": over.base_at, "value": over.last, "target": over.goal, "yearly": recent,
        "yearly_needed": needed, "ratio": share, "trend": trend,
    }  # fmt: skip
    return Found(
        status, steps(status, SDG_INDEX), score, over.seen(start), since, over.last_year, inputs,
        first_reason(over.insufficient, refused),
    )  # fmt: skip
