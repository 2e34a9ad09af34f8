"""Sobol indices: what share of an outcome's variance each factor explains, alone and together with the others.

The design needs N·(d + 2) runs: A and B, two independent sets of N rows, and for each of d factors A with that factor's
columns taken from B. Estimators as Saltelli and others (2010, Computer Physics Communications 181) and Jansen (1999).
An estimate can come out negative where the truth is near nought; it is given as it came out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

type Floats = NDArray[np.float64]

NO_EFFECT = 1e-12  # an outcome that varies less than this share of its size does not vary
REPEATS = 400  # bootstrap repeats
AT_ONCE = 32  # outcomes resampled together
MOST_COLUMNS = qmc.Sobol.MAXDIM // 2


@dataclass(frozen=True, slots=True, eq=False)
class Indices:
    """first, total: (d, ...) for d factors and any number of outcomes; NaN where the outcome does not vary at all.
    variance: (...). first_range, total_range: (2, d, ...) ends of the bootstrap interval, where one was asked for."""

    first: Floats
    total: Floats
    variance: Floats
    first_range: Floats | None = None
    total_range: Floats | None = None


def indices(a: Floats, b: Floats, ab: Floats, *, centred: bool = False) -> Indices:
    """First and total Sobol indices from the runs of a design.

    a, b: (N, ...) outcomes at the rows of A and B; ab: (d, N, ...) at the rows of A with factor i from B. centred: take
    the mean off first. Both estimate the same; centred is closer when the mean is large beside the spread.

    First: mean(b·(ab_i - a)) / V; total: mean((a - ab_i)²) / 2V; V: variance (n - 1) of a and b together.

    >>> a, b = np.array([0.0, 1.0, 0.0, 1.0]), np.array([0.0, 0.0, 1.0, 1.0])
    >>> found = indices(a, b, np.array([b, a]))  # the outcome is the first factor, the second does nothing
    >>> found.total
    array([0.875, 0.   ])
    >>> indices(a * 0, a * 0, np.zeros((2, 4))).total
    array([nan, nan])
    """
    varying, variance = _variance(a, b)
    middle = np.concatenate([a, b]).mean(axis=0) if centred else 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.mean((b - middle) * (ab - a), axis=1) / variance
        total = np.mean((a - ab) ** 2, axis=1) / (2 * variance)
    return Indices(np.where(varying, first, np.nan), np.where(varying, total, np.nan), variance)


def _variance(a: Floats, b: Floats) -> tuple[NDArray[np.bool_], Floats]:
    both = np.concatenate([a, b])
    variance = np.asarray(both.var(axis=0, ddof=1))
    varying = np.sqrt(variance) > NO_EFFECT * np.maximum(np.abs(both).max(axis=0), 1e-300)
    return varying, np.where(varying, variance, 0.0)


def with_ranges(
    a: Floats,
    b: Floats,
    ab: Floats,
    *,
    centred: bool = True,
    share: float = 0.9,
    repeats: int = REPEATS,
    seed: int = 0,
) -> Indices:
    """Indices with bootstrap intervals that hold the stated share.

    Whole rows are drawn again, so that numerator and variance move together. Terms are rounded to a grid on which sums
    are exact: the ends are the same to the last bit whatever the number of threads.
    """
    found, shape = indices(a, b, ab, centred=centred), a.shape[1:]
    d, n = ab.shape[:2]
    a, b, ab = a.reshape(n, -1), b.reshape(n, -1), ab.reshape(d, n, -1)
    times, spans = _times(n, repeats, seed), np.empty((2, 2, d, a.shape[1]))
    for start in range(0, a.shape[1], AT_ONCE):
        part = slice(start, start + AT_ONCE)
        spans[..., part] = _ranges(a[:, part], b[:, part], ab[..., part], times, share, centred)
    spans = spans.reshape(2, 2, d, *shape)
    held = ~np.isnan(found.first)
    first, total = (np.where(held, each, np.nan) for each in spans)
    return Indices(found.first, found.total, found.variance, first, total)


def _ranges(a: Floats, b: Floats, ab: Floats, times: Floats, share: float, centred: bool) -> Floats:
    """(2, 2, d, m): first and total, low and high end, of m outcomes."""
    d, n = ab.shape[:2]
    middle = np.concatenate([a, b]).mean(axis=0)
    lever = b - middle if centred else b
    a, b, ab = a - middle, b - middle, ab - middle
    terms = [lever * (each - a) for each in ab] + [(each - a) ** 2 for each in ab] + [a + b, a**2 + b**2]
    sums = _resampled(np.stack(terms), times)  # (repeats, 2d + 2, m)
    variance = (sums[:, -1] - sums[:, -2] ** 2 / (2 * n)) / (2 * n - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        first = sums[:, :d] / n / variance[:, None]
        total = sums[:, d : 2 * d] / n / (2 * variance[:, None])
    return np.stack([_ends(each, share) for each in (first, total)])


def _ends(estimates: Floats, share: float) -> Floats:
    finite = np.where(np.isfinite(estimates), estimates, 0.0)  # those without variance are blanked afterwards
    return np.asarray(np.quantile(finite, [(1 - share) / 2, (1 + share) / 2], axis=0))


def _times(n: int, repeats: int, seed: int) -> Floats:
    """(repeats, n) how often each row is drawn again."""
    rng = np.random.Generator(np.random.Philox(key=seed))
    return np.stack([np.bincount(rng.integers(0, n, n), minlength=n) for _ in range(repeats)]).astype(np.float64)


def _resampled(terms: Floats, times: Floats) -> Floats:
    """(repeats, t, m) sums of terms (t, N, m) over rows drawn again."""
    t, n, m = terms.shape
    largest = np.abs(terms).max(axis=1, keepdims=True)
    grain = np.exp2(np.ceil(np.log2(np.maximum(largest, 1e-300) * n)) - 52)
    whole = np.rint(terms / grain).transpose(1, 0, 2).reshape(n, t * m)
    found: Floats = (times @ whole).reshape(-1, t, m) * grain.reshape(1, t, m)
    return found


def points(columns: int, n: int, seed: int) -> tuple[Floats, Floats]:
    """A and B, each (n, columns) in [0, 1): columns of scrambled Sobol' points in turn, so that the two columns of one
    factor are neighbours, which spread most evenly together. n is a power of two.

    >>> a, b = points(3, 8, seed=1)
    >>> a.shape, b.shape, sorted(np.floor(a[:, 0] * 8).astype(int).tolist())  # one in every eighth
    ((8, 3), (8, 3), [0, 1, 2, 3, 4, 5, 6, 7])
    """
    if n < 2 or n & (n - 1):
        raise ValueError(f"{n} rows: a power of two is needed, such as {1 << max(1, (n - 1).bit_length())}")
    if columns > MOST_COLUMNS:
        raise ValueError(f"{columns} columns: at most {MOST_COLUMNS} can be spread evenly")
    both = qmc.Sobol(2 * columns, scramble=True, rng=np.random.default_rng(seed))
    drawn: Floats = both.random_base2(n.bit_length() - 1)
    return drawn[:, ::2].copy(), drawn[:, 1::2].copy()


def swapped(a: Floats, b: Floats, columns: Sequence[int]) -> Iterator[Floats]:
    """For each factor, A with the factor's columns from B. columns: how many each factor has, in order.

    >>> [each.tolist() for each in swapped(np.zeros((1, 3)), np.ones((1, 3)), [1, 2])]
    [[[1.0, 0.0, 0.0]], [[0.0, 1.0, 1.0]]]
    """
    start = 0
    for width in columns:
        mixed = a.copy()
        mixed[:, start : start + width] = b[:, start : start + width]
        yield mixed
        start += width
