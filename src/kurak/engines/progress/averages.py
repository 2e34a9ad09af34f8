"""From series to indicators and goals, as Open SDG, UNESCAP and the SDG Index each define it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kurak.engines.progress.growth import OPEN_SDG
from kurak.engines.progress.verdicts import ACHIEVED, Verdict

CUTS = ((2.5, "substantial-progress"), (0.0, "moderate-progress"), (-2.5, "limited-progress"))
TRENDS = ((3.0, "on-track"), (2.0, "moderately-improving"), (1.0, "stagnating"))
MOST_MISSING = 0.2  # of the indicators, above which there is no index


@dataclass(frozen=True, slots=True)
class Average:
    """score: None where nothing could be averaged. status: a word of the method, None where it has none. n: verdicts
    that count; of: verdicts given, those that could not be judged among them."""

    score: float | None
    status: str | None
    n: int
    of: int


def open_sdg_average(verdicts: Sequence[Verdict]) -> Average:
    """A: the mean of the scores (-5 … 5), cut at 2.5, 0 and -2.5; achieved only if every series has achieved it.

    >>> from kurak.engines.progress import Target, judge, series
    >>> met, slow = (judge(series([2015, 2020], [50.0, end]), Target(60.0), method="open-sdg") for end in (70.0, 51.0))
    >>> open_sdg_average([met, met]).status, open_sdg_average([met, slow]).status
    ('target-achieved', 'moderate-progress')
    """
    scores = [each.score for each in verdicts if each.score is not None]
    if not scores:
        return Average(None, None, 0, len(verdicts))
    mean = sum(scores) / len(scores)
    if all(each.step == ACHIEVED for each in verdicts if each.score is not None):
        return Average(mean, next(iter(OPEN_SDG)), len(scores), len(verdicts))
    return Average(mean, _cut(mean, CUTS, "deterioration"), len(scores), len(verdicts))


def unescap_average(verdicts: Sequence[Verdict], indicators: Sequence[Hashable]) -> Average:
    """D: the mean over indicators of the mean over their series, so that each indicator weighs 1 however many series it
    has. indicators: of each verdict. 10 is the target.

    >>> made = [Verdict("unescap", "accelerate", "too-slow", score, 9, 2010.0, 2020.0) for score in (0.0, 4.0, 8.0)]
    >>> unescap_average(made, ["1.1", "1.1", "1.2"]).score
    5.0
    """
    by_indicator: dict[Hashable, list[float]] = {}
    for verdict, indicator in zip(verdicts, indicators, strict=True):
        if verdict.score is not None:
            by_indicator.setdefault(indicator, []).append(verdict.score)
    n = sum(map(len, by_indicator.values()))
    means = [sum(scores) / len(scores) for scores in by_indicator.values()]
    return Average(sum(means) / len(means) if means else None, None, n, len(verdicts))


def sdg_index_trend(verdicts: Sequence[Verdict]) -> Average:
    """E: the mean of the indicators' trends (0 … 4), cut at 1, 2 and 3.

    >>> made = [Verdict("sdg-index", "s", "t", None, 2, 2016.0, 2020.0, {"trend": trend}) for trend in (1.0, 3.5)]
    >>> sdg_index_trend(made).status
    'moderately-improving'
    """
    trends = [each.inputs["trend"] for each in verdicts if each.status is not None and "trend" in each.inputs]
    mean = sum(trends) / len(trends) if trends else None
    status = None if mean is None else _cut(mean, TRENDS, "decreasing")
    return Average(mean, status, len(trends), len(verdicts))


def sdg_index_score(verdicts: Sequence[Verdict]) -> Average:
    """E: the mean of the indicators' scores (0 … 100). They need the target's `worst`."""
    scores = [each.score for each in verdicts if each.score is not None]
    return Average(sum(scores) / len(scores) if scores else None, None, len(scores), len(verdicts))


def sdg_index_colour(ratings: ArrayLike) -> str | None:
    """E: the colour of a goal from its indicators' ratings, 0 (worst) to 3 (at the target); NaN is missing.

    The mean of the two worst decides, cut at 0.5, 1.5 and 2.5, our reading; but red only if both are red, green only if
    every indicator is green. One indicator decides alone.

    >>> [sdg_index_colour(each) for each in ([3, 3, 3], [2.6, 2.4], [0, 1, 3], [0, 0, 3])]
    ['green', 'yellow', 'orange', 'red']
    """
    given = np.asarray(ratings, float).ravel()
    worst = np.sort(given[~np.isnan(given)])[:2]
    if worst.size == 0:
        return None
    if bool((worst < 0.5).all()):
        return "red"
    if bool((worst >= 2.5).all()):
        return "green"
    return "orange" if worst.mean() < 1.5 else "yellow"


def sdg_index(goals: ArrayLike, missing: float) -> float | None:
    """E: the mean of the goals' scores; None where more than a fifth of the indicators is missing, or no goal is there.

    >>> sdg_index([60.0, 80.0, float("nan")], 0.1), sdg_index([60.0], 0.3)
    (70.0, None)
    """
    given = np.asarray(goals, float)
    there = given[~np.isnan(given)]
    return float(there.mean()) if there.size and missing <= MOST_MISSING else None


def _cut(score: float, cuts: Sequence[tuple[float, str]], other: str) -> str:
    return next((word for cut, word in cuts if score >= cut), other)
