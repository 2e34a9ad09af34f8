"""Ranks, with a stated treatment of ties. Scores that are equal in theory often differ in the last bit, so they are
compared after rounding to significant digits; nothing is ever ranked as it is rounded for display."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Floats = NDArray[np.float64]

TIES = ("min", "dense", "average", "max", "ordinal")
EXACT = 16  # digits from which every bit counts
_DEEPEST, _HIGHEST = -320, 308  # decimal exponents of the smallest and largest double
_TENS = 10.0 ** np.arange(_DEEPEST, _HIGHEST + 1)
_SMALLEST = 1e-290  # below it there is no room for the scaling; such scores are compared as they are
_NOISE = 1e-15  # of the median size: what cancelled to this is zero
_NUDGE = 4e-15  # moves the point of rounding off the decimals that end in 5, where equal scores would part


def ranked(scores: ArrayLike, ties: str = "min", better: str = "high", digits: int = 12) -> Floats:
    """Ranks 1, 2, … along the last axis, 1 for the best; NaN has no rank.

    scores: (..., n), any scale. ties: min (1, 2, 2, 4), dense (1, 2, 2, 3), average (1, 2.5, 2.5, 4), max (1, 3, 3, 4)
    or ordinal (1, 2, 3, 4, in the order of the units). better: high or low. digits: significant digits in which scores
    must agree to tie, from 16 to the last bit. Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008.

    >>> ranked([0.3, 0.1 + 0.2, np.nan, 0.5]).tolist()
    [2.0, 2.0, nan, 1.0]
    >>> ranked([[3, 1, 1], [1, 2, 3]], ties="average", better="low").tolist()
    [[3.0, 1.5, 1.5], [1.0, 2.0, 3.0]]
    """
    if ties not in TIES or better not in ("high", "low"):
        raise ValueError(f"ties {ties!r} must be one of {', '.join(TIES)} and better {better!r} high or low")
    keys = rounded(scores, digits)
    if better == "high":
        np.negative(keys, out=keys)  # NaN sorts last either way
    order = np.argsort(keys, axis=-1, kind="stable" if ties == "ordinal" else None)
    placed = _positions(np.take_along_axis(keys, order, -1), ties)
    ranks = np.empty(keys.shape)
    np.put_along_axis(ranks, order, placed, -1)
    ranks[np.isnan(keys)] = np.nan
    return ranks


def rounded(scores: ArrayLike, digits: int = 12) -> Floats:
    """A copy in which scores that agree in so many significant digits are equal.

    What is smaller than 1e-15 of the median size of the scores beside it is the rest of a cancellation and becomes 0.

    >>> (rounded([0.1 + 0.2, 1.0]) == rounded([0.3, 1.0])).all().item()
    True
    """
    x = np.array(scores, dtype=np.float64, ndmin=1)
    if digits >= EXACT:
        return x
    size = np.abs(x)
    usable = np.isfinite(x) & (size > _SMALLEST)
    noise = size <= _NOISE * _median(size)
    with np.errstate(all="ignore"):
        exponent = np.floor(np.log10(np.where(usable, size, 1.0))).astype(np.int64)
        scale = _TENS[np.clip(digits - 1 - exponent, _DEEPEST, _HIGHEST) - _DEEPEST]
        whole = size * scale
        near = np.copysign(np.floor(whole * (1.0 + _NUDGE) + 0.5) / scale, x)
    return np.where(noise, 0.0, np.where(usable, near, x))


def _median(size: Floats) -> Floats:
    """Median of each row, the upper of two; NaN sorts last, so gaps raise it: close enough for noise."""
    if size.shape[-1] == 0:
        return np.zeros((*size.shape[:-1], 1))
    middle = size.shape[-1] // 2
    found = np.partition(size, middle, axis=-1)[..., middle : middle + 1]
    return np.where(np.isfinite(found), found, 0.0)


def _positions(ordered: Floats, ties: str) -> Floats:
    """Ranks of scores that are in order, best first."""
    n = ordered.shape[-1]
    place = np.arange(n)
    if ties == "ordinal":
        return np.broadcast_to(place + 1.0, ordered.shape)
    opens = np.ones(ordered.shape, bool)
    np.not_equal(ordered[..., 1:], ordered[..., :-1], out=opens[..., 1:])
    if ties == "dense":
        return np.cumsum(opens, axis=-1, dtype=np.float64)
    first = np.maximum.accumulate(np.where(opens, place, 0), axis=-1) + 1.0
    if ties == "min":
        return first
    closes = np.ones(opens.shape, bool)
    closes[..., :-1] = opens[..., 1:]
    last = np.minimum.accumulate(np.where(closes, place, n)[..., ::-1], axis=-1)[..., ::-1] + 1.0
    return last if ties == "max" else (first + last) / 2.0
