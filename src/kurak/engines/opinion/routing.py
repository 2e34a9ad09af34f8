"""Which statement to show a person next, by a stated objective, with the probabilities written down.

The objective of a statement is a weighted sum of three parts, each between 0 and 1:
- uncertainty: how little is known of what the groups think of it, and of what this person would say
- coverage: how far it is from the views every statement is owed
- novelty: how young it is
A statement is drawn in proportion to its objective, with three limits: everything has a floor, statements about the
respondent together have a cap, and a watch raises an alarm when the probabilities do not follow the objective. (A peer
drew uniformly for sixteen months before anyone noticed.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.opinion.tally import Tally

ALARMS = {
    "not-a-distribution": "the probabilities are negative, not finite or do not sum to one",
    "uniform": "every statement is as likely as any other though their objectives differ",
    "one-takes-all": "one statement is drawn nearly always though others are waiting",
    "flat-objective": "every statement has the same objective though their exposures differ",
}

type Floats = NDArray[np.float64]
type Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Objective:
    """What routing aims at.

    uncertainty, coverage, novelty: weights >= 0 of the three parts, not all zero
    owed: views that every statement is owed    youth: views (or units of `age`) after which novelty has halved
    floor: share of all draws that is spread evenly over what is available, so that nothing is never shown
    meta_cap: largest share of statements about the respondent, as long as others are available
    """

    uncertainty: float = 1.0
    coverage: float = 1.0
    novelty: float = 0.5
    owed: int = 20
    youth: float = 10.0
    floor: float = 0.1
    meta_cap: float = 0.1

    def __post_init__(self) -> None:
        weights = self.uncertainty, self.coverage, self.novelty
        if min(weights) < 0 or sum(weights) <= 0:
            raise ValueError("the weights of the objective are 0 or more, and not all 0")
        if not (0 <= self.floor <= 1 and 0 <= self.meta_cap <= 1 and self.owed > 0 and self.youth > 0):
            raise ValueError("floor and meta_cap lie between 0 and 1; owed and youth are positive")


@dataclass(frozen=True, slots=True, eq=False)
class Routing:
    """probabilities: (m,) of being shown next; they sum to 1, or are all 0 where nothing is available
    uncertainty, coverage, novelty: (m,) the parts of the objective, 0..1    total: (m,) their weighted mean
    alarm: None, or a code of ALARMS
    """

    probabilities: Floats
    uncertainty: Floats
    coverage: Floats
    novelty: Floats
    total: Floats
    alarm: str | None


def route(
    groups: Tally,
    available: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    meta: ArrayLike | None = None,
    predicted: ArrayLike | None = None,
    age: ArrayLike | None = None,
    objective: Objective = Objective(),
) -> Routing:
    """Probabilities of the next statement for one person.

    groups:    tally of the groups (or of everybody, (1, m)), one column a statement
    available: (m,) true where the statement is open and this person has not voted on it
    exposure:  (m,) times it was shown; without it the votes of the tally
    meta:      (m,) true for statements about the respondent
    predicted: (m,) probability that this person agrees, 0..1; without it the person plays no part
    age:       (m,) since the statement opened, in any unit that `objective.youth` shares; without it the exposure
    Raises ValueError when a length does not fit.
    Source: own objective; a floor and logged probabilities as in off-policy evaluation (Bottou et al., JMLR 14, 2013).

    >>> t = Tally(np.array([[50, 5, 0]]), np.array([[0, 5, 0]]), np.array([[50, 10, 0]]))
    >>> r = route(t, [True, True, True])
    >>> bool(r.probabilities[2] > r.probabilities[1] > r.probabilities[0]), round(float(r.probabilities.sum()), 12)
    (True, 1.0)
    """
    width = groups.seen.shape[1]
    open_ = _truths(available, width)
    shown = groups.total.seen[0].astype(np.float64) if exposure is None else _numbers(exposure, width)
    uncertainty = _uncertainty(groups)
    if predicted is not None:
        p = _numbers(predicted, width).clip(0.0, 1.0)
        uncertainty = (uncertainty + 4.0 * p * (1.0 - p)) / 2.0
    coverage = np.maximum(1.0 - shown / objective.owed, 0.0)
    novelty = 2.0 ** (-(shown if age is None else _numbers(age, width)) / objective.youth)
    weights = objective.uncertainty, objective.coverage, objective.novelty
    parts = uncertainty, coverage, novelty
    total = sum((w * part for w, part in zip(weights, parts, strict=True)), np.zeros(width)) / sum(weights)
    asked = np.zeros(width, np.bool_) if meta is None else _truths(meta, width)
    probabilities = _probabilities(total, open_, asked, objective)
    alarm = watch(probabilities, total, open_, exposure=shown)
    return Routing(probabilities, uncertainty, coverage, novelty, total, alarm)


def draw_next(routing: Routing, uniform: float) -> int | None:
    """The column of the statement to show, given a random number 0 <= uniform < 1; None where nothing is available.

    >>> t = Tally(np.array([[5, 5]]), np.array([[5, 5]]), np.array([[10, 10]]))
    >>> draw_next(route(t, [False, True]), 0.3), draw_next(route(t, [False, False]), 0.3)
    (1, None)
    """
    if not 0.0 <= uniform < 1.0:
        raise ValueError(f"uniform is {uniform}; a number from 0 up to but not including 1 is needed")
    reached = np.cumsum(routing.probabilities)
    if not len(reached) or reached[-1] <= 0.0:
        return None
    return int(np.searchsorted(reached, uniform * reached[-1], side="right"))


def watch(probabilities: Floats, total: Floats, available: Mask, *, exposure: Floats | None = None) -> str | None:
    """A code of ALARMS when the probabilities do not follow the objective, otherwise None.

    total: (m,) the objective that the probabilities should follow    exposure: (m,) how often each was shown

    >>> watch(np.full(5, 0.2), np.array([0.1, 0.9, 0.5, 0.2, 0.7]), np.ones(5, bool))
    'uniform'
    """
    p, aims = probabilities[available], total[available]
    if not np.all(np.isfinite(probabilities)) or np.any(probabilities < 0) or np.any(probabilities[~available] > 0):
        return "not-a-distribution"
    if len(p) and abs(p.sum() - 1.0) > 1e-9:
        return "not-a-distribution"
    if len(p) < 3:
        return None
    if p.max() > 0.95:
        return "one-takes-all"
    if _varies(aims, 0.05):
        return None if _varies(p, 0.005) else "uniform"
    return (
        "flat-objective" if exposure is not None and _varies(exposure[available], 0.5) and not _varies(aims) else None
    )


def _varies(values: Floats, least: float = 1e-6) -> bool:
    """Whether the values differ by more than this part of the largest."""
    return bool(np.ptp(values) > least * max(float(np.abs(values).max()), 1e-12))


def _uncertainty(groups: Tally) -> Floats:
    """(m,) mean over groups of the standard error of their mean vote: 1 for an unseen statement, 0 for a settled one.

    One agree and one disagree are added, so that agreeing and disagreeing count alike.
    """
    n = groups.seen.astype(np.float64)
    if not len(n):
        return np.ones(n.shape[1])
    mean = (groups.agree - groups.disagree) / (n + 2.0)
    variance = (groups.agree + groups.disagree + 2.0) / (n + 2.0) - mean**2
    return np.asarray(np.mean(np.sqrt(3.0 * variance / (n + 3.0)), axis=0))


def _probabilities(total: Floats, available: Mask, meta: Mask, objective: Objective) -> Floats:
    """In proportion to the objective, above the floor, statements about the respondent below their cap."""
    count = int(available.sum())
    if not count:
        return np.zeros(len(total))
    aims = np.where(available, total, 0.0)
    even = available / count
    p = even if aims.sum() <= 0 else objective.floor * even + (1.0 - objective.floor) * aims / aims.sum()
    asked = float(p[meta].sum())
    if asked > objective.meta_cap and asked < 1.0:
        p = np.where(meta, p * objective.meta_cap / asked, p * (1.0 - objective.meta_cap) / (1.0 - asked))
    return np.asarray(p / p.sum())


def _numbers(values: ArrayLike, width: int) -> Floats:
    return _fitting(np.asarray(values, np.float64), width)


def _truths(values: ArrayLike, width: int) -> Mask:
    return _fitting(np.asarray(values, np.bool_), width)


def _fitting[T: np.generic](column: NDArray[T], width: int) -> NDArray[T]:
    if column.shape != (width,):
        raise ValueError(f"shape {column.shape} does not fit: one value for each of {width} statements is needed")
    return column
