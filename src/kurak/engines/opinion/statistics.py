"""How a group votes on a statement, and how unlike the others: shares, tests and ratios of Polis, for all at once.

Source: Polis, math/src/polismath/math/repness.clj and stats.clj (own formulation).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.opinion.tally import Counts, Tally

SIGNIFICANT = 1.2816  # one-sided 90 %

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Stance:
    """One direction (agree or disagree) of every group on every statement; each array is (g, m) float64.

    share:      smoothed share of those who saw it                      (Polis: pa, pd)
    test:       z against one half                                      (pat, pdt)
    ratio:      share of the group by share of everybody else           (ra, rd; "representativeness")
    ratio_test: z of the difference between the group and everybody else (rat, rdt)
    """

    count: Counts
    share: Floats
    test: Floats
    ratio: Floats
    ratio_test: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """tally: the counts they stand on; agree, disagree: the two directions."""

    tally: Tally
    agree: Stance
    disagree: Stance


def describe(tally: Tally) -> Statistics:
    """Statistics of every group and statement.

    >>> import numpy as np
    >>> t = Tally(np.array([[1], [0]]), np.array([[0], [1]]), np.array([[1], [1]]))
    >>> s = describe(t)
    >>> [round(float(a[0, 0]), 4) for a in (s.agree.share, s.agree.test, s.agree.ratio, s.agree.ratio_test)]
    [0.6667, 1.4142, 2.0, 1.1547]
    """
    rest = tally.rest
    return Statistics(
        tally,
        _stance(tally.agree, tally.seen, rest.agree, rest.seen),
        _stance(tally.disagree, tally.seen, rest.disagree, rest.seen),
    )


def share(successes: Counts, trials: Counts) -> Floats:
    """Smoothed proportion (s + 1) / (n + 2): one half where nobody voted."""
    return np.asarray((successes + 1.0) / (trials + 2.0))


def one_proportion(successes: Counts, trials: Counts) -> Floats:
    """z of a proportion against one half. One success is added but only one trial: biased upwards, as in Polis."""
    return np.asarray(2.0 * np.sqrt(trials + 1.0) * ((successes + 1.0) / (trials + 1.0) - 0.5))


def two_proportions(successes: Counts, trials: Counts, other_successes: Counts, other_trials: Counts) -> Floats:
    """z of the difference of two proportions, with the same added success and trial; 0 where both are whole."""
    a, b, x, y = successes + 1.0, other_successes + 1.0, trials + 1.0, other_trials + 1.0
    pooled = (a + b) / (x + y)
    error = np.sqrt(pooled * np.maximum(1.0 - pooled, 0.0) * (1.0 / x + 1.0 / y))
    return np.divide(a / x - b / y, error, out=np.zeros_like(error), where=pooled != 1.0)


def _stance(count: Counts, seen: Counts, other: Counts, other_seen: Counts) -> Stance:
    mine = share(count, seen)
    ratio = mine / share(other, other_seen)
    return Stance(count, mine, one_proportion(count, seen), ratio, two_proportions(count, seen, other, other_seen))
