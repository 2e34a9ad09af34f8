"""Numbers that raters gave, freed of each rater's bias and weighed by each rater's reliability: the additive model.

code = place of the case + bias of the rater + noise of the rater's own size. Biases are drawn towards 0 and sizes of
noise towards each other, the more the less is known of a rater; how much is learned from all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import stdtrit

from kurak.engines.composite.raters.chains import room
from kurak.engines.composite.raters.factoring import inverse, root
from kurak.engines.composite.raters.ratings import Ratings

type Floats = NDArray[np.float64]

ROUNDS = 500
SETTLED = 1e-9  # change of the variances, as a share, at which nothing more is to be learned
BORROWED = 4.0  # ratings' worth of what all raters tell about the noise of one
LIKE_NOISE = 1.0  # rater's worth of belief that biases are as large as noise: a few raters never seem to be all alike
LEAST = 1e-8  # noise, as a share of the variance of all codes


@dataclass(frozen=True, slots=True, eq=False)
class Additive:
    """value, low, high: (cases,) on the scale of the codes, NaN where nobody rated; draws: (d, cases).
    bias, bias_error, noise: (raters,) above 0 is lenient, its standard error, and the standard deviation of the rest;
    NaN for who rated nothing. freedom: degrees of it that the intervals stand on."""

    value: Floats
    low: Floats
    high: Floats
    draws: Floats
    bias: Floats
    bias_error: Floats
    noise: Floats
    freedom: int


def freedom(ratings: Ratings) -> int:
    """Ratings beyond those that places and biases take up; below 1 nothing can be said about noise."""
    rated, who = int((ratings.per_case > 0).sum()), int((ratings.per_rater > 0).sum())
    islands = len(np.unique(ratings.islands[ratings.per_rater > 0]))
    return len(ratings.code) - rated - who + islands


def additive(ratings: Ratings, *, share: float = 0.68, draws: int = 1000, seed: int = 0) -> Additive:
    """Places by mixed-model equations, variances by expectation-maximisation (REML-like), intervals by Student's t.

    A rater who is alone on an island of cases can't be compared: the interval of those cases takes in how far raters
    differ. Raises ValueError where `freedom` is below 1.
    Source: Henderson, "Best linear unbiased estimation and prediction under a selection model", Biometrics 31, 1975.

    >>> from kurak.engines.composite.raters.ratings import gather
    >>> r = gather([1, 1, 2, 2, 3, 3, 4], ["a", "b"] * 3 + ["a"], [1, 3, 2, 4, 5, 7, 2])
    >>> found = additive(r)
    >>> found.value.round(2).tolist(), found.bias.round(1).tolist()
    ([2.0, 3.0, 6.0, 3.0], [-1.0, 1.0])
    """
    degrees = freedom(ratings)
    if degrees < 1:
        raise ValueError("too few ratings for the additive model")
    fit = _fitted(ratings)
    n = len(ratings.cases)
    half: Floats = stdtrit(float(degrees), 0.5 + share / 2) * np.sqrt(fit.variance)
    value = np.where(ratings.per_case > 0, fit.place, np.nan)
    dice, draws = np.random.Generator(np.random.Philox(seed)), min(draws, room(n))
    own = dice.normal(size=(draws, n)) / np.sqrt(fit.case_weight)
    of_raters = np.einsum("rs,ds->rd", root(fit.bias_covariance), dice.normal(size=(draws, len(ratings.raters))))
    noise = own - (fit.cross @ of_raters).T / fit.case_weight
    wide = np.sqrt(degrees / dice.chisquare(degrees, size=(draws, 1)))
    silent = np.where(ratings.per_rater > 0, 0.0, np.nan)
    return Additive(
        value, value - half, value + half, value + noise * wide, fit.bias + silent,
        np.sqrt(np.diag(fit.bias_covariance)) + silent, np.sqrt(fit.noise) + silent, degrees,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    place: Floats
    bias: Floats
    noise: Floats  # variance of each rater
    variance: Floats  # of each place
    case_weight: Floats
    cross: csr_array  # (cases, raters) weight of each rating
    bias_covariance: Floats


def _fitted(ratings: Ratings) -> _Fit:
    case, rater, code = ratings.case, ratings.rater, ratings.code
    k = len(ratings.raters)
    floor = LEAST * max(float(code.var()), 1e-12)
    noise, spread = np.full(k, max(float(_within(ratings)), floor)), max(float(_within(ratings)), floor)
    count = ratings.per_rater
    for _ in range(ROUNDS):
        fit = _solved(ratings, noise, spread)
        left = code - fit.place[case] - fit.bias[rater]
        unsure = _unsure(fit, case, rater)
        squares = np.bincount(rater, left**2 + unsure, minlength=k)
        common = max(float(squares.sum() / count.sum()), floor)
        new = np.maximum((squares + BORROWED * common) / (count + BORROWED), floor)
        differing = float((fit.bias**2 + np.diag(fit.bias_covariance)).sum())
        wide = max((differing + LIKE_NOISE * common) / (k + LIKE_NOISE), floor)
        moved = max(float(np.abs(np.log(new / noise)).max()), abs(float(np.log(wide / spread))))
        noise, spread = new, wide
        if moved < SETTLED:
            break
    return _solved(ratings, noise, spread)


def _within(ratings: Ratings) -> float:
    return float(np.mean((ratings.code - ratings.means[ratings.case]) ** 2))


def _solved(ratings: Ratings, noise: Floats, spread: float) -> _Fit:
    """Places and biases at given variances. Cases are eliminated first: what is left is raters x raters."""
    case, rater, code = ratings.case, ratings.rater, ratings.code
    n, k = len(ratings.cases), len(ratings.raters)
    weight = 1 / noise[rater]
    case_weight = np.where(ratings.per_case > 0, np.bincount(case, weight, n), 1.0)
    # Sparse products are added up in one order, whatever the number of processors; those of full matrices are not.
    cross, scaled = (csr_array((each, (case, rater)), shape=(n, k)) for each in (weight, weight / case_weight[case]))
    normal = np.diag(np.bincount(rater, weight, k) + 1 / spread) - (cross.T @ scaled).toarray()
    total = np.bincount(case, weight * code, n)
    right = np.bincount(rater, weight * code, k) - scaled.T @ total
    covariance = inverse(normal)
    bias = np.einsum("rs,s->r", covariance, right)
    place = (total - cross @ bias) / case_weight
    together = (scaled @ covariance)[case, rater]
    variance = 1 / case_weight + np.bincount(case, together * weight / case_weight[case], n)
    return _Fit(place, bias, noise, variance, case_weight, cross, covariance)


def _unsure(fit: _Fit, case: NDArray[np.intp], rater: NDArray[np.intp]) -> Floats:
    """Variance of place + bias of each rating."""
    together = -(fit.cross @ fit.bias_covariance)[case, rater] / fit.case_weight[case]
    return np.asarray(fit.variance[case] + np.diag(fit.bias_covariance)[rater] + 2 * together)
