"""What many draws say, told of one unit, of a pair, of all. Arrays are (draws, n); NaN where a draw gives no score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite import present
from kurak.engines.composite.ranks import ranked

type Floats = NDArray[np.float64]

LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """(n,) each: over the draws in which the unit has a value; low and high: the 5 % and 95 % quantiles, linear between
    two draws. known: the share of draws in which it has one."""

    mean: Floats
    median: Floats
    low: Floats
    high: Floats
    known: Floats


def spread(values: Floats) -> Spread:
    """>>> found = spread(np.array([[1.0, 5.0], [2.0, np.nan], [3.0, 6.0]]))
    >>> found.median.tolist(), found.low.round(2).tolist(), found.known.round(2).tolist()
    ([2.0, 5.5], [1.1, 5.05], [1.0, 0.67])
    """
    across = np.sort(np.ascontiguousarray(values.T), axis=-1)
    median, low, high = (_at(across, share) for share in (0.5, LOW, HIGH))
    return Spread(present.mean(across), median, low, high, present.counted(across) / max(len(values), 1))


def _at(ordered: Floats, share: float) -> Floats:
    """Quantiles of rows in order, NaN last."""
    there = present.counted(ordered)
    at = share * np.maximum(there - 1, 0)
    below = np.floor(at).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(there.astype(np.int64) - 1, 0))
    a, b = (np.take_along_axis(ordered, each[:, None], axis=-1)[:, 0] for each in (below, above))
    return np.asarray(a + (at - below) * (b - a))


def at_most(ranks: Floats, k: float) -> Floats:
    """(n,) share of draws in which a unit ranks k or better. A draw without a rank counts as not."""
    with np.errstate(invalid="ignore"):
        return np.asarray((ranks <= k).mean(axis=0))


def above(ranks: Floats, at_once: int = 64) -> Floats:
    """(n, n) share of the draws that rank both in which unit i ranks before unit j, a tie counting half.

    >>> above(np.array([[1.0, 2.0], [1.0, 1.0]])).tolist()
    [[0.5, 0.75], [0.25, 0.5]]
    """
    n = ranks.shape[1]
    wins, both = np.zeros((n, n)), np.zeros((n, n))
    with np.errstate(invalid="ignore"):
        for start in range(0, len(ranks), at_once):
            i, j = ranks[start : start + at_once, :, None], ranks[start : start + at_once, None, :]
            wins += (i < j).sum(axis=0) + 0.5 * (i == j).sum(axis=0)
            both += (~np.isnan(i) & ~np.isnan(j)).sum(axis=0)
    return np.asarray(np.divide(wins, both, out=np.full((n, n), np.nan), where=both > 0))


def holding(ranks: Floats, nominal: Floats, within: float = 0.0) -> Floats:
    """(n,) share of draws in which a unit keeps its nominal rank, up to `within` places."""
    with np.errstate(invalid="ignore"):
        kept = (np.abs(ranks - nominal) <= within).mean(axis=0)
    return np.where(np.isnan(nominal), np.nan, kept)


def shift(ranks: Floats, nominal: Floats) -> Floats:
    """(draws,) mean absolute change of rank, over units that have a rank in both.

    >>> shift(np.array([[1.0, 2.0], [2.0, 1.0]]), np.array([1.0, 2.0])).tolist()
    [0.0, 1.0]
    """
    return present.mean(np.abs(ranks - nominal))


def spearman(ranks: Floats, nominal: Floats) -> Floats:
    """(draws,) rank correlation with the nominal order, ties sharing their mean rank; NaN below two different ranks.

    >>> spearman(np.array([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]]), np.array([1.0, 2.0, 3.0])).tolist()
    [1.0, -1.0]
    """
    known = ~np.isnan(ranks) & ~np.isnan(nominal)
    a, b = (
        ranked(np.where(known, each, np.nan), ties="average", better="low") for each in (ranks, nominal + 0 * ranks)
    )
    a, b = (each - present.mean(each)[:, None] for each in (a, b))
    size = np.sqrt(present.mean(a * a) * present.mean(b * b))
    return np.asarray(np.divide(present.mean(a * b), size, out=np.full(len(ranks), np.nan), where=size > 0))


def shares(classes: NDArray[np.int8], k: int) -> Floats:
    """(k, n) share of draws that put a unit into each of k classes."""
    return np.stack([(classes == place).mean(axis=0) for place in range(k)])
