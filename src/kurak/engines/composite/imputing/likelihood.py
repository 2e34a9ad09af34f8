"""Imputation under a multivariate normal model: expected values by EM, and several draws that carry the uncertainty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite import present
from kurak.engines.composite.imputing.columns import Labels, by_period
from kurak.engines.composite.imputing.rows import families
from kurak.engines.composite.problems import Problem, Unusable

type Floats = NDArray[np.float64]
type Wholes = NDArray[np.int64]

MOST_STEPS = 1000
CLOSE = 1e-9  # change of a mean or covariance of standardised indicators at which EM stops


@dataclass(frozen=True, slots=True)
class Normal:
    """Mean (k,) and covariance (k, k), with the number of EM steps taken."""

    mean: Floats
    covariance: Floats
    steps: int


def em(
    x: Floats,
    *,
    parents: Wholes,
    periods: Labels | None = None,
    within: str = "parent",
    ridge: float = 0.0,
    **_: object,
) -> Floats:
    """The expected value of each missing cell, given the unit's present ones, under the likeliest normal model.

    within: parent (the siblings) or all    ridge: weight, in units, of a prior that the indicators are independent
    Raises Unusable where there are too few units for so many indicators; a ridge above 0 helps.
    Source: Dempster, Laird and Rubin, "Maximum likelihood from incomplete data via the EM algorithm", JRSS B 39, 1977.
    """

    def run(part: Floats, _: Wholes) -> Floats:
        found = part.copy()
        for columns in _incomplete(part, parents, within):
            scaled, centre, spread = _standardised(part[:, columns])
            model = fitted(scaled, ridge)
            filled = completed(scaled, model, None) * spread + centre
            found[:, columns] = np.where(np.isnan(part[:, columns]), filled, part[:, columns])
        return found

    return by_period(x, periods, run)


def draws(
    x: Floats,
    *,
    parents: Wholes,
    periods: Labels | None = None,
    within: str = "parent",
    ridge: float = 0.0,
    draws: int = 20,
    seed: int = 0,
    **_: object,
) -> Floats:
    """(draws, n, k): completed copies, each from a model fitted to units drawn with replacement, missing cells drawn
    from it. What is estimated from each copy is put together by `pooled`.

    Source: Honaker and King, "What to do about missing values in time-series cross-section data", AJPS 54, 2010.
    """
    return np.stack([one_draw(x, parents=parents, periods=periods, within=within, ridge=ridge, seed=seed, number=number)
                     for number in range(draws)])  # fmt: skip


def one_draw(
    x: Floats,
    *,
    parents: Wholes,
    periods: Labels | None = None,
    within: str = "parent",
    ridge: float = 0.0,
    seed: int = 0,
    number: int = 0,
    **_: object,
) -> Floats:
    """One of these copies: the same for the same seed and number."""
    chance = np.random.default_rng([seed, number])

    def run(part: Floats, _: Wholes) -> Floats:
        found = part.copy()
        for columns in _incomplete(part, parents, within):
            scaled, centre, spread = _standardised(part[:, columns])
            again = scaled[chance.integers(0, len(scaled), len(scaled))]
            if not present.counted(again.T).all():  # an indicator that few have may not be drawn at all
                again = np.concatenate([again, scaled])
            filled = completed(scaled, fitted(again, ridge), chance) * spread + centre
            found[:, columns] = np.where(np.isnan(part[:, columns]), filled, part[:, columns])
        return found

    return by_period(x, periods, run)


def multiple(x: Floats, *, draws: int = 20, **settings: object) -> Floats:
    """The mean over the draws: one table that stands for them all. It says nothing of their spread; `draws` does."""
    total = np.zeros(x.shape)
    for number in range(draws):
        total += one_draw(x, number=number, **settings)  # type: ignore[arg-type]
    return np.where(np.isnan(x), total / draws, x)


@dataclass(frozen=True, slots=True)
class Pooled:
    """estimate: the mean of the estimates    within, between: variance    total: of the estimate
    missing: share of the total variance that is due to missing values    degrees: of freedom of a t interval"""

    estimate: Floats
    within: Floats
    between: Floats
    total: Floats
    missing: Floats
    degrees: Floats


def pooled(estimates: Floats, variances: Floats) -> Pooled:
    """Rubin's rules: estimates (m, ...) with their variances from m completed copies of the data.

    total = within + (1 + 1/m) between. Source: Rubin, Multiple Imputation for Nonresponse in Surveys, 1987.

    >>> found = pooled(np.array([1.0, 2.0, 3.0]), np.array([0.5, 0.5, 0.5]))
    >>> float(found.estimate), float(found.within), float(found.between), round(float(found.total), 4)
    (2.0, 0.5, 1.0, 1.8333)
    """
    m = len(estimates)
    if m < 2:
        raise ValueError(f"{m} draws tell nothing of their spread; give at least 2")
    within, between = np.mean(variances, axis=0), np.var(estimates, axis=0, ddof=1)
    extra = (1.0 + 1.0 / m) * between
    total = np.asarray(within + extra)
    share = np.divide(extra, total, out=np.zeros(total.shape), where=total > 0)
    degrees = np.divide(m - 1.0, share**2, out=np.full(total.shape, np.inf), where=share > 0)
    return Pooled(np.mean(estimates, axis=0), within, between, total, share, degrees)


def fitted(x: Floats, ridge: float = 0.0) -> Normal:
    """The likeliest normal model of (n, k) values with gaps. ridge: weight, in units, of unit variances without
    covariance, so x should be standardised."""
    x = x[present.counted(x) > 0]
    n, k = x.shape
    if ridge == 0.0 and n <= k + 1:
        said = f"{n} units are too few to tell how {k} indicators go together"
        raise Unusable([Problem((), "impute.few", said, "Use within: parent, a ridge above 0, or another imputation")])
    mean, covariance = present.mean(x.T), np.diag(np.maximum(present.moment(x.T, 2), 1e-6))
    for step in range(1, MOST_STEPS + 1):  # noqa: B007
        expected, uncertain = _expected(x, mean, covariance)
        centre = expected.mean(axis=0)
        away = expected - centre
        spread = (away.T @ away + uncertain + ridge * np.eye(k)) / (n + ridge)
        moved = max(np.abs(centre - mean).max(), np.abs(spread - covariance).max())
        mean, covariance = centre, spread
        if moved < CLOSE:
            break
    return Normal(mean, covariance, step)


def completed(x: Floats, model: Normal, chance: np.random.Generator | None) -> Floats:
    """x with its gaps expected, or drawn, from the model. Rows without any value stay missing."""
    found = x.copy()
    for rows, there in _patterns(x):
        gone = ~there
        if not gone.any() or not there.any():
            continue
        expected, rest = _conditional(x[rows][:, there], model.mean, model.covariance, there)
        if chance is not None:
            expected = expected + chance.normal(size=expected.shape) @ _root(rest).T
        found[np.ix_(rows, gone)] = expected
    return found


def _expected(x: Floats, mean: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """The E-step: expected values (n, k), and the sum of their conditional covariances (k, k)."""
    expected, uncertain = x.copy(), np.zeros(covariance.shape)
    for rows, there in _patterns(x):
        gone = ~there
        if not gone.any():
            continue
        values, rest = _conditional(x[rows][:, there], mean, covariance, there)
        expected[np.ix_(rows, gone)] = values
        uncertain[np.ix_(gone, gone)] += len(rows) * rest
    return expected, uncertain


def _conditional(given: Floats, mean: Floats, covariance: Floats, there: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Mean (rows, missing) and covariance of the missing, given the present."""
    gone = ~there
    own, cross = covariance[np.ix_(there, there)], covariance[np.ix_(gone, there)]
    slopes = cross @ np.linalg.pinv(own, hermitian=True)
    return mean[gone] + (given - mean[there]) @ slopes.T, covariance[np.ix_(gone, gone)] - slopes @ cross.T


def _patterns(x: Floats) -> list[tuple[Wholes, NDArray[np.bool_]]]:
    """Rows with the same gaps together."""
    kinds, of = np.unique(~np.isnan(x), axis=0, return_inverse=True)
    return [(np.flatnonzero(of.ravel() == number), there) for number, there in enumerate(kinds)]


def _root(covariance: Floats) -> Floats:
    """A square root that takes a covariance of less than full rank too."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))


def _incomplete(x: Floats, parents: Wholes, within: str) -> list[Wholes]:
    """Families with gaps, without indicators that have no value at all; two or more in each."""
    kept = [columns[present.counted(x[:, columns].T) > 0] for columns in families(parents, within)]
    return [columns for columns in kept if len(columns) > 1 and np.isnan(x[:, columns]).any()]


def _standardised(x: Floats) -> tuple[Floats, Floats, Floats]:
    centre, spread = present.mean(x.T), np.sqrt(present.moment(x.T, 2))
    spread = np.where(present.flat(spread, x.T), 1.0, spread)
    return (x - centre) / spread, centre, spread
