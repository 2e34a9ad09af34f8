"""Normalisations by a declared curve, and none. They need no other unit, so new units never change old scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import expit

from kurak.engines.composite import present
from kurak.engines.composite.normalising.parameters import (
    Flags,
    Floats,
    Range,
    logged,
    middle,
    onto,
    population,
    settled,
    unusable,
)


def none(x: Floats, *, direction: int, reference: Flags | None = None) -> Floats:
    """The raw value; with direction -1 its sign turns, so that more is better.

    >>> none(np.array([3.0, np.nan]), direction=-1)
    array([-3., nan])
    """
    return direction * x


def log(x: Floats, *, direction: int, reference: Flags | None = None, plus: float = 0.0) -> Floats:
    """direction * ln(x + plus). Raises Unusable where x + plus is not above 0.

    >>> log(np.array([1.0, np.e]), direction=1)
    array([0., 1.])
    """
    return direction * logged(x, True, plus)


def logistic(
    x: Floats,
    *,
    direction: int,
    reference: Flags | None = None,
    centre: float | None = None,
    steepness: float | None = None,
    to: Range = (0.0, 1.0),
    constant: str = "missing",
) -> Floats:
    """1 / (1 + exp(-k (x - c))), mirrored for direction -1. c: in raw units, the mean where none is given.

    k: per raw unit, 1 / sd where none is given, so that two sd above the mean give 0.88.

    >>> logistic(np.array([0.0, 2.0]), direction=1, centre=0, steepness=1).round(3).tolist()
    [0.5, 0.881]
    """
    known = population(x, reference)
    c = present.mean(known)[..., None] if centre is None else np.asarray(float(centre))
    if steepness is not None:
        return onto(expit(direction * steepness * (x - c)), to)
    spread = present.deviation(known)
    undefined = present.flat(spread, known) | np.isnan(spread)
    found = expit(direction * (x - c) / np.where(undefined, 1.0, spread)[..., None])
    return settled(onto(found, to), x, undefined, constant, middle(to))


def piecewise(x: Floats, *, direction: int, knots: Sequence[Sequence[float]], reference: Flags | None = None) -> Floats:
    """Linear between knots (raw value, score), flat outside them. The knots carry the direction.

    Raises Unusable for fewer than two knots, or two with one raw value.

    >>> piecewise(np.array([80.0, 13.0, 42.8]), direction=-1, knots=[[72.6, 0], [13, 1]]).round(3).tolist()
    [0.0, 1.0, 0.5]
    """
    ordered = sorted((float(raw), float(score)) for raw, score in knots)
    at, score = (np.array(each) for each in zip(*ordered, strict=True)) if len(ordered) > 1 else (np.zeros(1),) * 2
    if len(at) < 2 or (np.diff(at) <= 0).any():
        said = f"the knots {list(map(list, ordered))} are no line"
        raise unusable("normalise.knots", said, "Give two knots or more, [raw value, score] each, at different values")
    return np.where(np.isnan(x), np.nan, np.interp(np.where(np.isnan(x), at[0], x), at, score))
