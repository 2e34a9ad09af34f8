"""The methods that compare growth rates: Open SDG (after Statistics Canada), Eurostat, the UN Progress Chart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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
type Flags = NDArray[np.bool_]
type Words = NDArray[np.str_]

TINY = 0.001  # stands for a target (or, without our rules, a base) of 0, as in the code of Open SDG
STEEP = 4.44  # how fast the thresholds shrink near a natural limit
EDGE = 1e-12  # the last bits do not decide

OPEN_SDG = {
    "target-achieved": ACHIEVED,
    "substantial-progress": ON_TRACK,
    "moderate-progress": SLOW,
    "limited-progress": STAGNATING,
    "deterioration": AWAY,
}
EUROSTAT = {
    "target-met": ACHIEVED,
    "significant-progress": ON_TRACK,
    "moderate-progress": SLOW,
    "insufficient-progress": STAGNATING,
    "movement-away": AWAY,
    "moderate-movement-away": AWAY,
    "significant-movement-away": AWAY,
}
UN_CHART = {"met-or-on-track": ON_TRACK, "fair-progress": SLOW, "stagnation-or-regression": STAGNATING}
LONG, LONG_LEAST, SHORT, SHORT_LEAST = 15.0, 10.0, 5.0, 3.0  # years of Eurostat's windows, and the least of each


def yearly(start: Floats, end: Floats, years: Floats) -> Floats:
    """Compound growth a year, as a fraction; NaN where there is none (start 0, a change of sign, no years).

    >>> yearly(np.array([100.0, 1.0]), np.array([121.0, -1.0]), np.array([2.0, 2.0])).round(9).tolist()
    [0.1, nan]
    """
    with np.errstate(all="ignore"):
        grown = np.where((start != 0) & (years > 0), end / start, np.nan)
        return np.where(grown >= 0, np.power(np.maximum(grown, 0), 1 / years) - 1, np.nan)


def _refused(over: Panel, base: Floats, *, careful: bool) -> Words:
    """Why no growth rate can be taken from a base to the last value and the target."""
    goal = np.where(over.has_goal, over.goal, base)
    signs = np.sign(np.where(base == 0, TINY, base))
    crossed = (signs * over.last < 0) | (signs * goal < 0)
    return first_of(
        (over.kind == "parity", "parity"),
        (over.achieved & over.has_goal, ""),
        (over.kind == "growth", "growth-unit"),
        (over.over, "target-year-passed"),
        ((base <= 0) & careful, "base-not-positive"),
        (crossed, "sign-change"),
        (over.has_goal & (over.goal == base), "target-equals-base"),
    )


def _ratio(over: Panel, base: Floats, base_at: Floats) -> tuple[Floats, Floats, Floats]:
    """Growth a year since the base, growth needed, and the one as a share of the other (right direction positive)."""
    start = np.where(base == 0, TINY, base)
    goal = np.where(over.goal == 0, np.sign(start) * TINY, over.goal)
    actual = yearly(start, over.last, over.last_year - base_at)
    needed = yearly(start, goal, over.by_year - base_at)
    with np.errstate(all="ignore"):
        return actual, needed, np.sign(start) * over.direction * actual / np.where(needed == 0, np.nan, np.abs(needed))


def open_sdg(over: Panel, *, careful: bool = True) -> Found:
    """A. The growth rate a year since the base, as a share of the one that leads to the target.

    Achieved: at the target. 0.95 and more of the rate needed: substantial progress; 0.60: moderate; 0: limited; less:
    deterioration. Without a target 1.5 %, 0.5 % and 0 % a year, less near a natural limit. Score -5 … 5.
    careful: growth from zero or a negative base is refused; else zero becomes 0.001, as in the code of the source.
    Source: Open SDG `calculate_progress.py`, after Statistics Canada and Eurostat.
    """
    few = first_of((over.start < 0, "no-base"), (over.start >= over.end, "few-points"))
    actual, needed, ratio = _ratio(over, over.base, over.base_at)
    change = np.sign(np.where(over.base == 0, TINY, over.base)) * over.direction * actual
    room = np.where(over.has_goal, np.nan, _room(over))
    reached = over.achieved & over.has_goal
    with np.errstate(invalid="ignore"):
        at_least = [np.where(over.has_goal, ratio >= cut - EDGE, change >= bare * room - EDGE) for cut, bare in
                    ((0.95, 0.015), (0.60, 0.005), (0.0, 0.0))]  # fmt: skip
    words = list(OPEN_SDG)
    status = first_of(
        (reached, words[0]), (at_least[0], words[1]), (at_least[1], words[2]), (at_least[2], words[3]), other=words[4]
    )
    score = np.where(reached, 5.0, np.where(over.has_goal, _score(ratio), _bare_score(change, room)))
    refused = _refused(over, over.base, careful=careful)
    inputs = {
        "base": over.base, "value": over.last, "target": over.goal, "growth": actual, "growth_needed": needed,
        "ratio": np.where(reached, np.nan, ratio), "room": room,
    }  # fmt: skip
    return Found(
        status, steps(status, OPEN_SDG), score, over.seen(over.start), over.base_at, over.last_year, inputs,
        first_reason(over.insufficient, few, refused),
    )  # fmt: skip


def _room(over: Panel) -> Floats:
    """How far thresholds shrink near the natural limit the series moves towards; 1 without one."""
    limit = np.where(over.direction > 0, over.high, over.low)
    with np.errstate(all="ignore"):
        part = np.where(over.base <= limit, over.base / limit, (2 * limit - over.base) / limit)
        near = (limit > 0) & (over.base < 2 * limit) & (over.base >= 0)
        return np.where(near, 1 - np.power(np.abs(part), STEEP), 1.0)


def _score(ratio: Floats) -> Floats:
    return np.clip(np.where(ratio >= 0.60, 7.1429 * ratio - 4.2857, 4.1667 * ratio - 2.5), -5.0, 5.0)


def _bare_score(change: Floats, room: Floats) -> Floats:
    """The score without a target."""
    with np.errstate(all="ignore"):
        rate = np.where(room > 0, change / room, np.where(change == 0, 0.0, np.sign(change) * np.inf))
        up = np.select([rate >= 0.015, rate >= 0.005], [500 * rate - 5, 250 * rate - 1.25], 500 * rate - 2.5)
        return np.clip(np.where(change < 0, 125 * change - 2.5, up), -5.0, 5.0)


def eurostat(over: Panel, *, careful: bool = True) -> Found:
    """B. The same share over the last 5 years (the verdict) and over the last 15 (among the inputs).

    0.95 and more: significant progress; 0.60: moderate; 0: insufficient; less: movement away. Without a target: growth
    in the right direction of 1 % a year and more is significant, 0 % moderate; less than -1 % significantly away.
    A window begins with its first value and must span 3 of 5, 10 of 15 years: that rule and the cut points are from
    memory of the source. Source: Eurostat, Sustainable development in the European Union, annex on method.
    """
    short, long = (_window(over, *years) for years in ((SHORT, SHORT_LEAST), (LONG, LONG_LEAST)))
    base, base_at = over.at(short, over.values), over.at(short, over.times)
    actual, needed, ratio = _ratio(over, base, base_at)
    long_actual, _, long_ratio = _ratio(over, over.at(long, over.values), over.at(long, over.times))
    reached = over.achieved & over.has_goal
    change = np.sign(base) * over.direction * actual
    with np.errstate(invalid="ignore"):
        aimed = first_of(
            (ratio >= 0.95 - EDGE, "significant-progress"), (ratio >= 0.60 - EDGE, "moderate-progress"),
            (ratio >= 0, "insufficient-progress"), other="movement-away",
        )  # fmt: skip
        bare = first_of(
            (change >= 0.01 - EDGE, "significant-progress"), (change >= 0, "moderate-progress"),
            (change > -0.01 + EDGE, "moderate-movement-away"), other="significant-movement-away",
        )  # fmt: skip
    status = np.where(reached, "target-met", np.where(over.has_goal, aimed, bare))
    inputs = {
        "base": base, "value": over.last, "target": over.goal, "growth": actual, "growth_needed": needed,
        "ratio": np.where(reached, np.nan, ratio), "growth_15_years": long_actual,
        "ratio_15_years": np.where(reached, np.nan, long_ratio),
    }  # fmt: skip
    reason = first_reason(over.insufficient, first_of((short < 0, "no-window")), _refused(over, base, careful=careful))
    none = np.full(len(status), np.nan)
    return Found(status, steps(status, EUROSTAT), none, over.seen(short), base_at, over.last_year, inputs, reason)


def _window(over: Panel, years: float, least: float) -> NDArray[np.int64]:
    start = over.since(over.last_year - years)
    return np.where(over.last_year - over.at(start, over.times) >= least, start, -1)


def un_chart(over: Panel, *, careful: bool = True) -> Found:
    """C. The value in the target year if growth goes on, as a share of the way from the base to the target.

    Score 3, met or on track: 0.95 and more of the way; 2, fair progress: 0.10; 1, stagnation or regression: less.
    Without a target: 2 % and 0.5 % a year in the right direction. A share (limits 0 and 100) within one point of a
    target of 0 or 100 has met it. careful: a target that was met and lost is regression, which the formula alone would
    call progress. On the common ladder score 1 is moving away where the way is negative, else stagnating.
    Source: the technical note of the Progress Chart 2023 as applied by the Basque statistics office (Eustat).
    """
    few = first_of((over.start < 0, "no-base"), (over.start >= over.end, "few-points"))
    actual = yearly(np.where(over.base == 0, TINY, over.base), over.last, over.last_year - over.base_at)
    with np.errstate(all="ignore"):
        ahead = over.last * np.power(1 + actual, over.by_year - over.last_year)
        way = (ahead - over.base) / (over.goal - over.base)
    way = np.where(over.lost & careful, -np.abs(way), way)
    share = (over.low == 0) & (over.high == 100)
    near = share & (((over.goal == 0) & (over.last <= 1)) | ((over.goal == 100) & (over.last >= 99)))
    reached = over.has_goal & (over.achieved | near)
    change = np.sign(over.base) * over.direction * actual
    with np.errstate(invalid="ignore"):
        on_track = np.where(over.has_goal, way >= 0.95 - EDGE, change >= 0.02 - EDGE)
        fair = np.where(over.has_goal, way >= 0.10 - EDGE, change >= 0.005 - EDGE)
        backwards = np.where(over.has_goal, way < 0, change < 0)
    words = list(UN_CHART)
    status = first_of((reached | on_track, words[0]), (fair, words[1]), other=words[2])
    step = first_of((reached, ACHIEVED), ((status == words[2]) & backwards, AWAY), other="")
    score = np.select([status == words[0], status == words[1]], [3.0, 2.0], 1.0)
    reason = np.where(near & over.has_goal, "", _refused(over, over.base, careful=careful))
    inputs = {
        "base": over.base, "value": over.last, "target": over.goal, "growth": actual,
        "projected": np.where(reached, np.nan, ahead), "ratio": np.where(reached, np.nan, way),
    }  # fmt: skip
    return Found(
        status, np.where(step == "", steps(status, UN_CHART), step), score, over.seen(over.start), over.base_at,
        over.last_year, inputs, first_reason(over.insufficient, few, reason),
    )  # fmt: skip
