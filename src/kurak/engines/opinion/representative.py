"""What each group stands for: the few statements that tell it from the others, chosen as Polis chooses them.

Source: Polis, math/src/polismath/math/repness.clj (own formulation). A single vote can pass these tests: they choose
what to show first, they prove nothing. `findings` says what can be said with numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.opinion.statistics import SIGNIFICANT, Statistics

type Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement that stands for a group.

    statement: column number    agrees: the direction in which it stands for the group
    count, seen: votes in that direction, and all    share, test, ratio, ratio_test: see `Stance`
    best_agree: chosen because it is what the group agrees with most
    """

    statement: int
    agrees: bool
    count: float
    seen: float
    share: float
    test: float
    ratio: float
    ratio_test: float
    best_agree: bool = False


def representative(
    statistics: Statistics, left_out: ArrayLike | None = None, most: int = 5
) -> tuple[tuple[Representative, ...], ...]:
    """For each group up to `most` statements; what it agrees with before what it rejects.

    left_out: (m,) true where a statement is moderated out. Empty for a group only if no statement is left.

    >>> import numpy as np
    >>> from kurak.engines.opinion.statistics import describe
    >>> from kurak.engines.opinion.tally import Tally
    >>> t = Tally(np.array([[9, 5], [1, 5]]), np.array([[1, 5], [9, 5]]), np.array([[10, 10], [10, 10]]))
    >>> [[(r.statement, r.agrees) for r in group] for group in representative(describe(t))]
    [[(0, True)], [(0, False)]]
    """
    groups, width = statistics.agree.share.shape
    shown = np.ones(width, np.bool_) if left_out is None else ~np.asarray(left_out, np.bool_)
    return tuple(_of_group(statistics, g, np.flatnonzero(shown), most) for g in range(groups))


def _of_group(s: Statistics, g: int, columns: NDArray[np.intp], most: int) -> tuple[Representative, ...]:
    if not len(columns):
        return ()
    sufficient = columns[_sufficient(s, g)[columns]]
    best_agree = _best_agree(s, g, columns)
    if not len(sufficient):
        alone = _best(s, g, columns) if best_agree is None else best_agree
        return (_entry(s, g, alone, best_agree=best_agree is not None),)
    others = sufficient[np.argsort(-_metric(s, g)[sufficient], kind="stable")].tolist()
    first = [] if best_agree is None else [_entry(s, g, best_agree, best_agree=True)]
    chosen = (first + [_entry(s, g, j) for j in others if j != best_agree])[:most]
    return tuple(sorted(chosen, key=lambda r: not r.agrees))


def _sufficient(s: Statistics, g: int) -> Mask:
    agree = (s.agree.ratio_test[g] > SIGNIFICANT) & (s.agree.test[g] > SIGNIFICANT)
    disagree = (s.disagree.ratio_test[g] > SIGNIFICANT) & (s.disagree.test[g] > SIGNIFICANT)
    return np.asarray(agree | disagree)


def _agrees(s: Statistics, g: int) -> Mask:
    return np.asarray(s.agree.ratio_test[g] > s.disagree.ratio_test[g])


def _metric(s: Statistics, g: int) -> NDArray[np.float64]:
    """Ratio x its test x share x its test, in the direction of the statement."""
    agree, disagree = (d.ratio[g] * d.ratio_test[g] * d.share[g] * d.test[g] for d in (s.agree, s.disagree))
    return np.asarray(np.where(_agrees(s, g), agree, disagree))


def _best(s: Statistics, g: int, columns: NDArray[np.intp]) -> int:
    return int(columns[np.argmax(np.maximum(s.agree.ratio_test[g], s.disagree.ratio_test[g])[columns])])


def _best_agree(s: Statistics, g: int, columns: NDArray[np.intp]) -> int | None:
    """What the group agrees with most. The rule looks back at the choice so far, so columns are read in order."""
    a = s.agree
    voted = (s.tally.agree[g] + s.tally.disagree[g]) > 0
    plain = a.share[g] * a.test[g]
    marked = a.ratio[g] * a.ratio_test[g] * plain
    welcome = (a.test[g] > SIGNIFICANT) | ((a.ratio[g] > 1.0) & (a.share[g] > 0.5))
    choice: int | None = None
    for j in columns[voted[columns]].tolist():
        if choice is None:
            better = welcome[j]
        else:
            score = marked if a.ratio[g, choice] > 1.0 else plain
            better = score[j] > score[choice]
        choice = j if better else choice
    return choice


def _entry(s: Statistics, g: int, j: int, *, best_agree: bool = False) -> Representative:
    agrees = bool(_agrees(s, g)[j])
    d = s.agree if agrees else s.disagree
    numbers = (d.count, s.tally.seen, d.share, d.test, d.ratio, d.ratio_test)
    count, seen, share, test, ratio, ratio_test = (a[g, j].item() for a in numbers)
    return Representative(j, agrees, count, seen, share, test, ratio, ratio_test, best_agree)
