"""Normalisations by order: they keep who is ahead, not by how much, and no outlier can bend them.

x: (..., n) raw values, NaN where missing    direction: +1 or -1
reference: (n,) units to be ranked among, None for all"""

from __future__ import annotations

import numpy as np

from kurak.engines.composite import present
from kurak.engines.composite.normalising.parameters import (
    Flags,
    Floats,
    Range,
    middle,
    onto,
    population,
    settled,
    unusable,
)
from kurak.engines.composite.ranks import ranked, rounded


def rank(x: Floats, *, direction: int, reference: Flags | None = None, ties: str = "min", digits: int = 12) -> Floats:
    """1 for the worst value, higher for better ones. ties: min, dense, average, max    digits: see ranks.ranked

    >>> rank(np.array([7.0, 5.0, 5.0, np.nan]), direction=1)
    array([ 3.,  1.,  1., nan])
    """
    v = direction * x
    if reference is None:
        return ranked(v, ties, "low", digits)
    return _among(rounded(v, digits), reference, ties)


def borda(x: Floats, *, direction: int, reference: Flags | None = None, ties: str = "min", digits: int = 12) -> Floats:
    """The number of units that a unit is ahead of: rank - 1.

    >>> borda(np.array([7.0, 5.0, 6.0]), direction=1)
    array([2., 0., 1.])
    """
    return rank(x, direction=direction, reference=reference, ties=ties, digits=digits) - 1.0


def percentile(
    x: Floats,
    *,
    direction: int,
    reference: Flags | None = None,
    ties: str = "min",
    digits: int = 12,
    mid: bool = False,
    to: Range = (0.0, 1.0),
    constant: str = "missing",
) -> Floats:
    """(rank - 1) / (n - 1), or with mid the mid-rank (average rank - 0.5) / n, which needs no policy for one value.

    >>> percentile(np.array([7.0, 5.0, 5.0]), direction=1).tolist()
    [1.0, 0.0, 0.0]
    >>> percentile(np.array([7.0, 5.0, 5.0]), direction=1, mid=True).round(3).tolist()
    [0.833, 0.333, 0.333]
    """
    place = rank(x, direction=direction, reference=reference, ties="average" if mid else ties, digits=digits)
    n = present.counted(population(x, reference))[..., None]
    found = (place - 0.5) / np.maximum(n, 1.0) if mid else (place - 1.0) / np.maximum(n - 1.0, 1.0)
    undefined = np.asarray(n[..., 0] < (1 if mid else 2))
    return settled(onto(np.clip(found, 0.0, 1.0), to), x, undefined, constant, middle(to))


LEVELS = (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)
PERCENTILES = (5.0, 25.0, 65.0, 85.0, 95.0)


def categorical(
    x: Floats,
    *,
    direction: int,
    reference: Flags | None = None,
    levels: tuple[float, ...] = LEVELS,
    percentiles: tuple[float, ...] = PERCENTILES,
    cuts: tuple[float, ...] | None = None,
) -> Floats:
    """The level of the class a value falls into, cut at percentiles of the data or at declared cuts in raw units.

    A value on a cut belongs to the better class. Raises Unusable unless there is one level more than cuts.

    >>> categorical(np.array([1.0, 2.0, 3.0]), direction=1, cuts=(2.0,), levels=(0.0, 1.0))
    array([0., 1., 1.])
    """
    v = direction * x
    known = population(v, reference)
    if cuts is None:
        at = [present.quantile(known, p / 100.0)[..., None] for p in sorted(percentiles)]
    else:
        at = [np.asarray(direction * cut) for cut in sorted(cuts, reverse=direction < 0)]
    if len(levels) != len(at) + 1:
        said = f"there are {len(levels)} levels for {len(at)} cuts"
        raise unusable("normalise.levels", said, "Give one level more than cuts, from the worst to the best")
    above = sum((v >= cut - present.EQUAL * np.abs(cut) for cut in at), np.zeros(v.shape))
    return np.where(np.isnan(x), np.nan, np.asarray(levels, float)[above.astype(int)])


def above_below_mean(x: Floats, *, direction: int, reference: Flags | None = None, margin: float = 0.0) -> Floats:
    """+1 above the mean by more than a margin (a share of its size), -1 below it by more, else 0.

    >>> above_below_mean(np.array([1.0, 10.0, 19.0]), direction=1, margin=0.2)
    array([-1.,  0.,  1.])
    """
    v = direction * x
    centre = present.mean(population(v, reference))[..., None]
    room = np.abs(centre) * (margin + present.EQUAL)
    found = (v > centre + room).astype(float) - (v < centre - room)
    return np.where(np.isnan(x) | np.isnan(centre), np.nan, found)


def _among(v: Floats, reference: Flags, ties: str) -> Floats:
    """Ranks among the reference units of all units, one draw after the other."""
    rows = v.reshape(-1, v.shape[-1])
    return np.stack([_placed(row, row[reference & ~np.isnan(row)], ties) for row in rows]).reshape(v.shape)


def _placed(row: Floats, known: Floats, ties: str) -> Floats:
    """1 + how many of the known are below, and of its equals none (min), half (average) or all (max)."""
    known = np.unique(known) if ties == "dense" else np.sort(known)
    below = np.searchsorted(known, row, side="left").astype(float)
    others = np.maximum(np.searchsorted(known, row, side="right") - below - 1.0, 0.0)
    place = below + 1.0 + others * {"average": 0.5, "max": 1.0}.get(ties, 0.0)
    return np.where(np.isnan(row) | (len(known) == 0), np.nan, place)
