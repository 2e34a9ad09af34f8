"""What most people say, and what all groups say: the two consensus measures of Polis.

Source: Polis, math/src/polismath/math/repness.clj and conversation.clj (own formulation).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.opinion.statistics import SIGNIFICANT, Floats, one_proportion, share
from kurak.engines.opinion.tally import Counts, Tally


@dataclass(frozen=True, slots=True)
class Majority:
    """A statement that most people agree with, or most reject.

    statement: column number    count, seen: votes in that direction, and all    share, test: see `Stance`
    """

    statement: int
    agrees: bool
    count: float
    seen: float
    share: float
    test: float


@dataclass(frozen=True, slots=True)
class Consensus:
    agree: tuple[Majority, ...]
    disagree: tuple[Majority, ...]


def consensus(everybody: Tally, left_out: ArrayLike | None = None, most: int = 5) -> Consensus:
    """What most people agree with and what most reject, strongest first; groups play no part.

    everybody: the tally of all people as one population, (1, m)    left_out: (m,) true where moderated out

    >>> import numpy as np
    >>> c = consensus(Tally(np.array([[9, 0]]), np.array([[1, 9]]), np.array([[10, 10]])))
    >>> [m.statement for m in c.agree], [m.statement for m in c.disagree]
    ([0], [1])
    """
    shown = np.ones(everybody.seen.shape[1], np.bool_) if left_out is None else ~np.asarray(left_out, np.bool_)
    seen = everybody.seen[0]
    return Consensus(
        _majority(everybody.agree[0], seen, shown, most, agrees=True),
        _majority(everybody.disagree[0], seen, shown, most, agrees=False),
    )


def group_aware(tally: Tally) -> Floats:
    """(m,) product over groups of the smoothed share that agrees: high only where every group agrees.

    It shrinks as groups are added, so it orders the statements of one picture and compares no two pictures.
    For the share that rejects, swap agree and disagree in the tally.

    >>> import numpy as np
    >>> group_aware(Tally(np.array([[8], [2]]), np.array([[0], [6]]), np.array([[8], [8]]))).round(2).tolist()
    [0.27]
    """
    return np.asarray(np.prod(share(tally.agree, tally.seen), axis=0))


def _majority(
    count: Counts, seen: Counts, shown: NDArray[np.bool_], most: int, *, agrees: bool
) -> tuple[Majority, ...]:
    shares, tests = share(count, seen), one_proportion(count, seen)
    columns = np.flatnonzero(shown & (shares > 0.5) & (tests > SIGNIFICANT))
    order = columns[np.argsort(-(shares * tests)[columns], kind="stable")][:most]
    return tuple(
        Majority(int(j), agrees, count[j].item(), seen[j].item(), float(shares[j]), float(tests[j])) for j in order
    )
