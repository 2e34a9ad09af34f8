"""How well a grouping holds: what becomes of it when a tenth of everyone's votes is hidden.

Hiding votes moves a person by a known amount: a position is a weighted sum of votes, and its variance under thinning
follows from the same matrices that give its standard error. So the expected agreement of the grouping with itself is
computed and not simulated, on a bounded number of cells whatever the number of people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from kurak.engines.opinion.normal import place_of
from kurak.engines.opinion.partials import fixed
from kurak.engines.opinion.positions import Axes, Evidence, Located

type Floats = NDArray[np.float64]

HIDDEN = 0.1  # share of votes thought away
BINS, REACH = 256, 4.0  # cells along the axis, from -REACH to REACH
WIDTHS, WIDEST = 32, 0.8  # cells of thinning noise


def thinning(axes: Axes, seen: Evidence, here: Located, discount: float) -> Floats:
    """(n,) standard deviation of the first coordinate when a random tenth of the votes is hidden."""
    d = axes.rank
    at = place_of(d + 1)
    row = [here.covariance[at[0, a]] for a in range(d + 1)]
    total = np.zeros(len(here.lean))
    for a in range(d + 1):
        for b in range(d + 1):
            total += row[a] * row[b] * seen.precision[at[a, b]]
    scale = HIDDEN / (1 - HIDDEN) * axes.noise / (axes.noise * discount) ** 2
    return np.sqrt(scale * np.maximum(total, 0))


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """People along one axis: where (c,), thinning noise (c,), how many (c,)."""

    where: Floats
    noise: Floats
    people: Floats


def celled(where: Floats, noise: Floats, weight: Floats) -> Cells:
    """At most BINS x WIDTHS cells of people who stand alike and are known alike."""
    column = np.clip(((where + REACH) * BINS / (2 * REACH)).astype(np.int64), 0, BINS - 1)
    row = np.clip((noise * WIDTHS / WIDEST).astype(np.int64), 0, WIDTHS - 1)
    mass = np.bincount(row * BINS + column, weights=fixed(weight), minlength=BINS * WIDTHS)
    used = np.flatnonzero(mass)
    return Cells((used % BINS + 0.5) * (2 * REACH) / BINS - REACH, (used // BINS + 0.5) * WIDEST / WIDTHS, mass[used])


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """For cuts at (t,): share above, gain (share of the axis' variance that the two means explain), stability."""

    at: Floats
    above: Floats
    gain: Floats
    stability: Floats


def curve(cells: Cells, at: Floats, blur: float = 0.0) -> Curve:
    """What cutting the axis at each point gives. blur: extra noise, so that gaps between few people say little."""
    noise = np.sqrt(cells.noise**2 + blur**2)[:, None]
    away = (cells.where[:, None] - at) / noise
    up = ndtr(away)
    share = cells.people / cells.people.sum()
    middle = share @ cells.where
    variance = max(float(share @ (cells.where - middle) ** 2), 1e-12)
    above = np.clip(share @ up, 1e-9, 1 - 1e-9)
    high = (share * cells.where) @ up
    gap = high / above - (middle - high) / (1 - above)
    flips = share @ ndtr(-np.abs(away))
    both = above * (1 - above)
    return Curve(at, above, both * gap**2 / variance, 1 - flips / (2 * both))


def expected_agreement(cells: Cells, at: float) -> float:
    """Adjusted Rand index of a cut with itself after thinning, in expectation.

    >>> apart = Cells(np.array([-1.0, 1.0]), np.array([0.1, 0.1]), np.array([50.0, 50.0]))
    >>> round(expected_agreement(apart, 0.0), 3), round(expected_agreement(apart, 0.95), 3)
    (1.0, 0.473)
    """
    flips = ndtr(-np.abs(cells.where - at) / cells.noise)
    high = cells.where > at
    table = np.array(
        [[(cells.people * (1 - flips))[side].sum(), (cells.people * flips)[side].sum()] for side in (~high, high)]
    )
    table[1] = table[1, ::-1]
    return adjusted_rand(table)


def adjusted_rand(table: Floats) -> float:
    """The adjusted Rand index of a contingency table (Hubert and Arabie 1985); 1 where both sides are one group.

    >>> adjusted_rand(np.array([[3.0, 0.0], [0.0, 2.0]]))
    1.0
    """
    together = _pairs(table).sum()
    rows, columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    chance = rows * columns / max(float(_pairs(table.sum(keepdims=True)).sum()), 1e-12)
    most = (rows + columns) / 2
    return 1.0 if most - chance < 1e-12 else float((together - chance) / (most - chance))


def _pairs(count: Floats) -> Floats:
    return count * (count - 1) / 2
