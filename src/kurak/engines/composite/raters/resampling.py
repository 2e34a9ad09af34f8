"""Plain means of raters, with intervals from resampling the raters: where no model can be fitted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from kurak.engines.composite.raters.chains import room
from kurak.engines.composite.raters.ratings import Ratings

type Floats = NDArray[np.float64]

ENOUGH = 10  # raters of a case below which resampling makes intervals too narrow


@dataclass(frozen=True, slots=True, eq=False)
class Resampled:
    """value, low, high: (cases,), the interval NaN where there is none; draws: (d, cases); by_t: (cases,) where the
    interval is by Student's t, because fewer than ten rated."""

    value: Floats
    low: Floats
    high: Floats
    draws: Floats
    by_t: NDArray[np.bool_]


def resampled(ratings: Ratings, *, share: float = 0.68, draws: int = 1000, seed: int = 0) -> Resampled:
    """Means with the Bayesian bootstrap over raters: every rater has a random weight, the same for all cases, so that
    a strict rater is strict everywhere; its spread is widened to that of a mean, (n + 1) / (n - 1). Below ten raters
    the interval is by t, with the spread pooled over all cases.

    Source: Rubin, "The Bayesian bootstrap", Annals of Statistics 9, 1981.

    >>> from kurak.engines.composite.raters.ratings import gather
    >>> found = resampled(gather([1, 1, 2, 2], list("abcd"), [1, 2, 3, 4]), share=0.9)
    >>> found.value.tolist(), found.low.round(2).tolist()
    ([1.5, 3.5], [0.04, 2.04])
    """
    n, value = ratings.per_case, ratings.means
    dice, draws = np.random.Generator(np.random.Philox(seed)), min(draws, room(max(len(ratings.code), len(n))))
    weight = dice.exponential(size=(draws, len(ratings.raters)))[:, ratings.rater]
    first = np.searchsorted(ratings.case, np.flatnonzero(n > 0))
    found = np.full((draws, len(n)), np.nan)
    if len(first):
        found[:, n > 0] = np.add.reduceat(weight * ratings.code, first, 1) / np.add.reduceat(weight, first, 1)
        found = value + (found - value) * np.sqrt((n + 1) / np.maximum(n - 1, 1))
    few = (n > 0) & (n < ENOUGH)
    freedom = len(ratings.code) - int((n > 0).sum())
    error = _error(ratings, freedom)
    t = dice.normal(size=(draws, len(n))) * np.sqrt(max(freedom, 1) / dice.chisquare(max(freedom, 1), size=(draws, 1)))
    found[:, few] = (value + (t * error if freedom > 0 else 0 * t))[:, few]
    low, high = np.quantile(found, [(1 - share) / 2, (1 + share) / 2], axis=0)
    half = stdtrit(freedom, 0.5 + share / 2) * error if freedom > 0 else np.full(len(n), np.nan)
    return Resampled(value, np.where(few, value - half, low), np.where(few, value + half, high), found, few)


def _error(ratings: Ratings, freedom: int) -> Floats:
    """(cases,) standard error of the mean, from the spread inside all cases together."""
    left = ratings.code - ratings.means[ratings.case]
    spread = float(np.sqrt((left**2).sum() / freedom)) if freedom > 0 else np.nan
    return np.asarray(spread / np.sqrt(np.where(ratings.per_case > 0, ratings.per_case, np.nan)))
