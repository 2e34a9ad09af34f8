"""How each rater differs from the others who rated the same cases: too strict, too lenient, or on another track."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from kurak.engines.composite.raters.ratings import Ratings

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Leniency:
    """All arrays are (raters,). shared: cases that others rated too; bias: mean of own code minus the others' mean on
    those cases, above 0 is lenient where more is better; low, high: its interval by Student's t, NaN below two shared
    cases; alike: correlation with the others' mean, NaN where one of them doesn't vary."""

    shared: NDArray[np.intp]
    bias: Floats
    low: Floats
    high: Floats
    alike: Floats


def leniency(ratings: Ratings, confidence: float = 0.9) -> Leniency:
    """The bias of every rater against those who rated the same cases, with its interval.

    It compares raters with each other and not with the truth: if all are lenient alike, nobody's bias shows it.

    >>> from kurak.engines.composite.raters.ratings import gather
    >>> found = leniency(gather([1, 1, 2, 2, 3, 3], ["a", "b"] * 3, [1, 2, 2, 3, 2, 4]))
    >>> found.bias.round(3).tolist(), found.low.round(3).tolist()
    ([-1.333, 1.333], [-2.307, 0.36])
    """
    own, others, rater = _against(ratings)
    k, gap = len(ratings.raters), own - others
    shared = np.bincount(rater, minlength=k)
    n = np.where(shared > 0, shared, np.nan)
    bias = np.bincount(rater, gap, k) / n
    spread = np.bincount(rater, (gap - bias[rater]) ** 2, k)
    freedom = np.where(shared > 1, shared - 1.0, np.nan)
    half = stdtrit(freedom, 0.5 + confidence / 2) * np.sqrt(spread / freedom / n)
    return Leniency(shared, bias, bias - half, bias + half, _alike(own, others, rater, n))


def _against(ratings: Ratings) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Own code, mean of the others on the same case, and who: of every rating whose case has another rater."""
    total = np.bincount(ratings.case, ratings.code, len(ratings.cases))[ratings.case]
    n = ratings.per_case[ratings.case]
    there = n > 1
    own = ratings.code[there]
    return own, (total[there] - own) / (n[there] - 1), ratings.rater[there]


def _alike(own: Floats, others: Floats, rater: NDArray[np.intp], n: Floats) -> Floats:
    k = len(n)
    a = own - (np.bincount(rater, own, k) / n)[rater]
    b = others - (np.bincount(rater, others, k) / n)[rater]
    size = np.sqrt(np.bincount(rater, a * a, k) * np.bincount(rater, b * b, k))
    together = np.bincount(rater, a * b, k)
    return np.asarray(np.where(size > 1e-12, together / np.where(size > 1e-12, size, 1.0), np.nan))
