"""Do raters agree? Raw agreement, Cohen's kappa of two, Krippendorff's alpha of any number with any gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.raters.ratings import Ratings

type Floats = NDArray[np.float64]
type Level = Literal["nominal", "ordinal", "interval", "ratio"]

LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")
CELLS = 4_000_000  # numbers of one bootstrap chunk held at once


@dataclass(frozen=True, slots=True)
class Agreement:
    """value: the coefficient, NaN where it is not defined; low, high: its bootstrap interval over cases, NaN where none
    was asked for or fewer than two cases can be compared; cases, pairs: what it stands on; why: of a NaN value."""

    value: float
    low: float
    high: float
    cases: int
    pairs: int
    why: str = ""


def raw_agreement(ratings: Ratings) -> Agreement:
    """Share of pairs of raters who gave the same case the same code; each rating counts the same, as in alpha.

    >>> from kurak.engines.composite.raters.ratings import gather
    >>> raw_agreement(gather([1, 1, 2, 2], ["a", "b", "a", "b"], [3, 3, 3, 4])).value
    0.5
    """
    count, _ = _counted(ratings)
    n = count.sum(axis=1)
    if not len(n):
        return Agreement(np.nan, np.nan, np.nan, 0, 0, "no case has two raters")
    agree = (count * (count - 1)).sum(axis=1) / (n - 1)
    return Agreement(float(agree.sum() / n.sum()), np.nan, np.nan, len(n), _pairs(n))


def alpha(
    ratings: Ratings, level: Level = "ordinal", *, draws: int = 0, confidence: float = 0.95, seed: int = 0
) -> Agreement:
    """Krippendorff's alpha: 1 is perfect agreement, 0 what chance gives, below 0 less than chance.

    level: how unlike two codes are (nominal: same or not; ordinal: by ranks; interval: squared difference; ratio).
    draws: bootstrap samples of cases for the interval; the same seed gives the same bytes. Cases with one rating say
    nothing of agreement and are left out. Undefined (NaN) where all codes are equal: there is nothing to agree on.

    Source: Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011; interval: resampling of cases, as in Zapf
    et al., BMC Medical Research Methodology 16:93, 2016.

    >>> from kurak.engines.composite.raters.ratings import gather
    >>> round(alpha(gather([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, [0, 0, 1, 1, 2, 1])).value, 4)
    0.7778
    """
    count, value = _counted(ratings)
    if level not in LEVELS:
        raise _refused("level", f"{level!r} is no level of measurement", f"take one of {', '.join(LEVELS)}")
    if level == "ratio" and (value < 0).any():
        raise _refused("ratio", "a code is negative, and a ratio scale has none", "take the interval level")
    n = count.sum(axis=1)
    if not len(n):
        return Agreement(np.nan, np.nan, np.nan, 0, 0, "no case has two raters")
    found = float(_alphas(count, value, level, np.ones((1, len(n))))[0])
    low, high = _resampled(count, value, level, draws, confidence, seed)
    why = "all codes are equal" if np.isnan(found) else ""
    return Agreement(found, low, high, len(n), _pairs(n), why)


def kappa(one: ArrayLike, other: ArrayLike, weights: Literal["none", "linear", "quadratic"] = "none") -> Agreement:
    """Cohen's kappa of two raters over the cases that both rated (NaN: not rated).

    weights: how much disagreement counts with distance; distances are between the codes themselves. Undefined where
    both gave one and the same code throughout.

    Source: Cohen, Educational and Psychological Measurement 20, 1960; weighted: Psychological Bulletin 70, 1968.

    >>> round(kappa([1] * 25 + [0] * 25, [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15).value, 4)
    0.4
    """
    a, b = np.asarray(one, np.float64), np.asarray(other, np.float64)
    both = ~np.isnan(a) & ~np.isnan(b)
    a, b = a[both], b[both]
    if not len(a):
        return Agreement(np.nan, np.nan, np.nan, 0, 0, "no case was rated by both")
    apart = _distance(a, b, weights).mean()
    chance = _distance(a[:, None], b[None, :], weights).mean()
    if chance == 0:
        return Agreement(np.nan, np.nan, np.nan, len(a), len(a), "all codes are equal")
    return Agreement(float(1 - apart / chance), np.nan, np.nan, len(a), len(a))


def _distance(a: Floats, b: Floats, weights: str) -> Floats:
    gap = np.abs(a - b)
    match weights:
        case "none":
            return (gap > 0).astype(np.float64)
        case "linear":
            return gap
        case "quadratic":
            return np.asarray(gap**2)
    raise _refused("weights", f"{weights!r} is no weighting", "take none, linear or quadratic")


def _counted(ratings: Ratings) -> tuple[Floats, Floats]:
    """(cases with two ratings or more, distinct codes) how often each code was given, and the codes, ascending."""
    value, place = np.unique(ratings.code, return_inverse=True)
    flat = np.bincount(ratings.case * len(value) + place, minlength=len(ratings.cases) * len(value))
    count = flat.reshape(len(ratings.cases), len(value)).astype(np.float64)
    count = count[count.sum(axis=1) > 1]
    used = count.any(axis=0)
    return count[:, used], value[used]


def _pairs(n: Floats) -> int:
    return int((n * (n - 1) / 2).sum())


def _alphas(count: Floats, value: Floats, level: Level, times: Floats) -> Floats:
    """(b,) alpha for b samples of the cases, in which each case stands `times` (b, cases) often."""
    n = count.sum(axis=1)
    margin = times @ count  # (b, codes)
    total = margin.sum(axis=1)
    if level == "ordinal":
        where = np.cumsum(margin, axis=1) - margin / 2
        apart = 2 * (n * (where**2 @ count.T) - (where @ count.T) ** 2)
        chance = 2 * (total * (margin * where**2).sum(axis=1) - (margin * where).sum(axis=1) ** 2)
        observed = (times * apart / (n - 1)).sum(axis=1)
    else:
        unlike = _unlike(value, level)
        observed = times @ ((count @ unlike * count).sum(axis=1) / (n - 1))
        chance = (margin @ unlike * margin).sum(axis=1)
    varied = chance > 1e-12 * total**2
    with_chance = np.where(varied, chance, 1.0)
    return np.asarray(np.where(varied, 1 - (total - 1) * observed / with_chance, np.nan))


def _unlike(value: Floats, level: Level) -> Floats:
    gap = np.asarray(value[:, None] - value[None, :])
    if level == "nominal":
        return np.asarray(gap != 0, dtype=np.float64)
    if level == "interval":
        return np.asarray(np.square(gap / max(float(np.ptp(value)), 1e-300)))
    total = value[:, None] + value[None, :]
    return np.asarray(np.square(gap / np.where(total > 0, total, 1.0)))


def _resampled(
    count: Floats, value: Floats, level: Level, draws: int, confidence: float, seed: int
) -> tuple[float, float]:
    cases = len(count)
    if draws < 1 or cases < 2:
        return np.nan, np.nan
    dice = np.random.Generator(np.random.Philox(seed))
    chunk = max(1, CELLS // max(cases, count.shape[1]))
    found = []
    for first in range(0, draws, chunk):
        many = min(chunk, draws - first)
        times = dice.multinomial(cases, np.full(cases, 1 / cases), size=many).astype(np.float64)
        found.append(_alphas(count, value, level, times))
    known = np.concatenate(found)
    known = known[~np.isnan(known)]
    if not len(known):
        return np.nan, np.nan
    low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _refused(code: str, said: str, remedy: str) -> Unusable:
    return Unusable([Problem(("agreement",), f"agreement.{code}", said, remedy)])
