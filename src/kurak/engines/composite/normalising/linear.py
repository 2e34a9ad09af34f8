"""Normalisations by the spread of the data: each is linear, so it keeps the distances between units.

x: (..., n) raw values, NaN where missing; leading axes are draws    direction: +1 or -1 (less is better)
reference: (n,) units whose data give the parameters, None for all. Each returns (..., n).
Source of all: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, chapter 5."""

from __future__ import annotations

import numpy as np

from kurak.engines.composite import present
from kurak.engines.composite.normalising.parameters import (
    HUNDRED,
    Flags,
    Floats,
    Range,
    logged,
    middle,
    onto,
    population,
    refuse,
    settled,
    share,
    unusable,
)


def minmax(
    x: Floats,
    *,
    direction: int,
    reference: Flags | None = None,
    to: Range = HUNDRED,
    clip: bool = False,
    constant: str = "missing",
    log: bool = False,
    plus: float = 0.0,
) -> Floats:
    """a + (v - min) / (max - min) * (b - a), with v = direction * x.

    to: [a, b]    clip: whether values outside those of the reference units are cut to the range

    >>> minmax(np.array([2.0, 4.0, np.nan, 3.0]), direction=-1)
    array([100.,   0.,  nan,  50.])
    """
    v = direction * logged(x, log, plus)
    known = population(v, reference)
    low = present.lowest(known)
    spread = present.highest(known) - low
    undefined = present.flat(spread, known) | np.isnan(spread)
    found = onto(share(v - low[..., None], spread, undefined), to)
    return settled(np.clip(found, *to) if clip else found, x, undefined, constant, middle(to))


def best(
    x: Floats, *, direction: int, reference: Flags | None = None, to: Range = (0.0, 1.0), constant: str = "missing"
) -> Floats:
    """Distance to the best: 1 - (max - v) / (max - min); the worst has 0, the best 1.

    >>> best(np.array([2.0, 4.0, 3.0]), direction=1)
    array([0. , 1. , 0.5])
    """
    return minmax(x, direction=direction, reference=reference, to=to, constant=constant)


def zscore(
    x: Floats,
    *,
    direction: int,
    reference: Flags | None = None,
    mean: float = 0.0,
    sd: float = 1.0,
    divisor: str = "sample",
    constant: str = "missing",
    log: bool = False,
    plus: float = 0.0,
) -> Floats:
    """mean + sd * (v - mean of v) / (sd of v). divisor: sample (n - 1) or population (n).

    >>> zscore(np.array([1.0, 2.0, 3.0]), direction=1, mean=10, sd=2)
    array([ 8., 10., 12.])
    """
    v = direction * logged(x, log, plus)
    known = population(v, reference)
    spread = present.deviation(known, population=divisor == "population")
    undefined = present.flat(spread, known) | np.isnan(spread)
    found = mean + sd * share(v - present.mean(known)[..., None], spread, undefined)
    return settled(found, x, undefined, constant, mean)


def robust(
    x: Floats,
    *,
    direction: int,
    reference: Flags | None = None,
    mean: float = 0.0,
    sd: float = 1.0,
    constant: str = "missing",
    log: bool = False,
    plus: float = 0.0,
) -> Floats:
    """(v - median) / (1.4826 MAD), or by IQR / 1.349 where half of the values or more are equal.

    >>> robust(np.array([1.0, 2.0, 3.0, 4.0, 100.0]), direction=1).round(3).tolist()
    [-1.349, -0.674, 0.0, 0.674, 65.426]
    """
    v = direction * logged(x, log, plus)
    known = population(v, reference)
    centre = present.median(known)[..., None]
    spread = 1.4826 * present.median(np.abs(known - centre))
    quarters = (present.quantile(known, 0.75) - present.quantile(known, 0.25)) / 1.349
    spread = np.where(present.flat(spread, known), quarters, spread)
    undefined = present.flat(spread, known) | np.isnan(spread)
    return settled(mean + sd * share(v - centre, spread, undefined), x, undefined, constant, mean)


def unit(
    x: Floats,
    *,
    direction: int,
    unit: int,
    reference: Flags | None = None,
    cap: bool = False,
    to: Range = (0.0, 1.0),
    constant: str = "missing",
) -> Floats:
    """Distance to a reference unit: 1 - (v_ref - v) / (v_ref - min); that unit has 1, the worst 0.

    unit: the row of the reference unit    cap: whether those better than it also have 1
    Raises Unusable where the reference unit has no value.

    >>> unit(np.array([1.0, 3.0, 5.0]), direction=1, unit=1)
    array([0., 1., 2.])
    """
    v = direction * x
    low, at = present.lowest(population(v, reference)), v[..., unit]
    if np.isnan(at).any():
        remedy = "Name a unit that has a value for this indicator"
        raise unusable("normalise.reference", "the reference unit has no value", remedy)
    undefined = present.flat(at - low, v) | np.isnan(low)
    found = share(v - low[..., None], at - low, undefined)
    return settled(onto(np.minimum(found, 1.0) if cap else found, to), x, undefined, constant, middle(to))


def target(
    x: Floats,
    *,
    direction: int,
    target: float,
    reference: Flags | None = None,
    cap: bool = True,
    to: Range = (0.0, 1.0),
    constant: str = "missing",
    log: bool = False,
    plus: float = 0.0,
) -> Floats:
    """Distance to a target in raw units: (x - min) / (T - min), for direction -1 (max - x) / (max - T).

    cap: whether units beyond the target have no more than the target. Where even the worst unit has reached the target
    there is no distance to measure: with cap all units have 1, else the policy for constants decides.

    >>> target(np.array([0.0, 5.0, 20.0]), direction=1, target=10)
    array([0. , 0.5, 1. ])
    """
    v, goal = direction * logged(x, log, plus), direction * logged(np.asarray(float(target)), log, plus)
    known = population(v, reference)
    low = present.lowest(known)
    by_all = present.flat(goal - low, known)
    found = share(v - low[..., None], goal - low, by_all)
    if cap:
        found = np.where(np.isnan(x), np.nan, np.where((v >= goal) | by_all[..., None], 1.0, found))
    undefined = np.isnan(low) if cap else by_all | np.isnan(low)
    return settled(onto(found, to), x, undefined, constant, middle(to))


def goalposts(
    x: Floats,
    *,
    direction: int,
    low: float,
    high: float,
    reference: Flags | None = None,
    clip: bool = True,
    to: Range = HUNDRED,
    log: bool = False,
    plus: float = 0.0,
) -> Floats:
    """(x - low) / (high - low), for direction -1 (high - x) / (high - low), onto [a, b]; low and high in raw units.

    Raises Unusable unless low < high.

    >>> goalposts(np.array([0.0, 5.0, 30.0]), direction=-1, low=0, high=20)
    array([100.,  75.,   0.])
    """
    if not low < high:
        said = f"the goalposts {low:g} and {high:g} leave nothing between them"
        raise unusable(
            "normalise.goalposts", said, "Give low below high, both in raw units; direction says which is good"
        )
    posts = logged(np.array([low, high], float), log, plus)
    v = logged(x, log, plus)
    found = (v - posts[0] if direction > 0 else posts[1] - v) / (posts[1] - posts[0])
    return onto(np.clip(found, 0.0, 1.0) if clip else found, to)


def fraction(
    x: Floats, *, direction: int, reference: Flags | None = None, to: Range = (0.0, 1.0), constant: str = "missing"
) -> Floats:
    """Fraction of the best: x / max, for direction -1 min / x. Raises Unusable for values below 0 (or at 0, where 1 / x
    is needed): dividing negative values turns the order around.

    >>> fraction(np.array([4.0, 2.0, 1.0]), direction=-1)
    array([0.25, 0.5 , 1.  ])
    """
    remedy = "Normalise by minmax, which takes any values"
    wrong = x < 0 if direction > 0 else x <= 0
    refuse(wrong, x, "{value:g} can't be a fraction of the best value", remedy)
    known = population(x, reference)
    at = present.highest(known) if direction > 0 else present.lowest(known)
    undefined = ~(at > 0)
    if direction > 0:
        return settled(onto(share(x, at, undefined), to), x, undefined, constant, middle(to))
    return settled(onto(np.where(undefined, np.nan, at)[..., None] / x, to), x, undefined, constant, middle(to))
