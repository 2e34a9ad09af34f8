"""Which way a criterion helps, and how far: found by trying, because formulas may turn directions around."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.rising.criteria import Criterion
from kurak.engines.composite.rising.goal import Goal, Seen

type Floats = NDArray[np.float64]

PASSES = 3  # over all criteria: what one can do depends on where the others are
EQUAL = 1e-11  # scores nearer than this share of their size do not differ


def aimed(goal: Goal) -> tuple[Goal, Goal]:
    """The goal with criteria that know their best end, and the same without those that change nothing. Each criterion
    is tried by itself, then with all others at their best; one that shows no effect ends where it is declared to."""
    given = goal.criteria
    now = np.array([each.now for each in given])
    first = [_best(goal, i, each, now) for i, each in enumerate(given)]
    ends = [_declared(goal, each) if end is None else end for each, end in zip(given, first, strict=True)]
    matters = [end is not None for end in first]
    for _ in range(PASSES):
        best = np.array([float(each.shape(np.array([end]))[0]) for each, end in zip(given, ends, strict=True)])
        for i, each in enumerate(given):
            found = _best(goal, i, each, best)
            ends[i] = ends[i] if found is None else found
            matters[i] = matters[i] or found is not None
    made = [_trimmed(each.towards(end)) for each, end in zip(given, ends, strict=True)]
    going = [(each, counts) for each, counts in zip(made, matters, strict=True) if not each.still]
    every = tuple(each for each, _ in going)
    return replace(goal, criteria=every), replace(goal, criteria=tuple(each for each, counts in going if counts))


def _trimmed(criterion: Criterion) -> Criterion:
    """A continuous criterion ends where more of it counts nothing: at the edge of what is cut off."""
    if criterion.discrete or criterion.end == criterion.start:
        return criterion
    best = float(criterion.shape(np.array([criterion.end]))[0])
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        there = abs(float(criterion.counted(np.array([middle]))[0]) - best) <= 1e-14 * max(1.0, abs(best))
        low, high = (low, middle) if there else (middle, high)
    return criterion if high > 1 - 1e-9 else replace(criterion, end=float(criterion.raw(np.array([high]))[0]))


def _declared(goal: Goal, criterion: Criterion) -> float:
    up = goal.declaration.leaves[criterion.code].direction > 0
    return criterion.high if up == (goal.scheme.better == "high") else criterion.low


def _best(goal: Goal, i: int, criterion: Criterion, others: Floats) -> float | None:
    """The raw value that helps most, the farthest of equals, for others may need more of it; None where none helps."""
    points = criterion.points()
    values = np.tile(others, (len(points) + 1, 1))
    values[:-1, i], values[-1, i] = criterion.shape(points), criterion.now
    order = merits(goal, goal.see_counted(values))
    if order[:-1].max() <= order[-1]:
        return None
    top = points[order[:-1] == order[:-1].max()]
    far = np.abs(top - (points[0] + points[-1]) / 2 if criterion.open else top - criterion.before)
    return float(top[np.flatnonzero(far == far.max())[-1]])


def merits(goal: Goal, seen: Seen) -> NDArray[np.intp]:
    """(d,) the order of candidates: by standing, then with a score before without, then by score."""
    score = seen.scores[goal.node] * (1.0 if goal.scheme.better == "high" else -1.0)
    there = ~np.isnan(score)
    known = np.where(there, score, 0.0)
    step = EQUAL * max(1.0, float(np.abs(known).max(initial=0.0)))
    keys = np.stack([seen.standing, there, np.rint(known / step)], axis=1)
    return np.asarray(np.unique(keys, axis=0, return_inverse=True)[1].reshape(-1), dtype=np.intp)
