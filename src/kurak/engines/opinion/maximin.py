"""What even the least convinced group agrees with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.opinion.intervals import wilson
from kurak.engines.opinion.statistics import share
from kurak.engines.opinion.tally import Tally

MINIMUM = 5  # votes a group must have cast on a statement before anything is said about the two

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Maximin:
    """share, low, high: (g, m) share that agrees with its interval    worst: (m,) the group with the lowest lower bound
    score: (m,) that bound; it orders statements by what every group agrees with, and can be compared across pictures
    geometric: (m,) geometric mean of the smoothed shares    enough: (m,) true where every group cast enough votes
    """

    share: Floats
    low: Floats
    high: Floats
    worst: NDArray[np.intp]
    score: Floats
    geometric: Floats
    enough: NDArray[np.bool_]


def maximin(tally: Tally, *, confidence: float = 0.9, minimum: int = MINIMUM) -> Maximin:
    """Agreement of the least convinced group, as far as its votes can tell.

    confidence: of the two-sided Wilson intervals    minimum: votes a group must have cast
    Raises ValueError when there is no group. For what all reject, swap agree and disagree in the tally.
    Source: maximin welfare with lower confidence bounds instead of Polis's product (own choice).

    >>> t = Tally(np.array([[18, 20], [15, 2]]), np.array([[2, 0], [5, 8]]), np.array([[20, 20], [20, 10]]))
    >>> maximin(t).worst.tolist(), maximin(t).score.round(2).tolist()
    ([1, 1], [0.57, 0.07])
    """
    if not len(tally.seen):
        raise ValueError("no groups: at least one is needed")
    low, high = wilson(tally.agree, tally.seen, confidence)
    shares = share(tally.agree, tally.seen)
    worst = np.argmin(low, axis=0)
    geometric = np.exp(np.mean(np.log(shares), axis=0))
    return Maximin(shares, low, high, worst, low.min(axis=0), geometric, np.all(tally.seen >= minimum, axis=0))
