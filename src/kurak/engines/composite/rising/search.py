"""The cheapest change by search, for scores that are no sums: it finds good ways, and proves what can be counted.

It asks only whether a candidate reaches the goal, many candidates at once, and takes for granted that going further
with a criterion does no harm."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.rising.criteria import THOUSANDTHS
from kurak.engines.composite.rising.goal import Goal

type Floats = NDArray[np.float64]

ORDERS = 24  # random orders in which criteria are taken back
GRID = 16  # shares of the way that are tried at once
FINE, COARSE = 4, 2  # times the grid is laid between the last failure and the first success
ROUNDS = 60  # of exchanging a step of one criterion for steps of another
TRIED = 6  # starts from which steps are exchanged, where all criteria are discrete
COMPARED = 8  # criteria on either side of an exchange
COUNTED = 60_000  # candidates that are tried one by one for a proof


def searched(goal: Goal) -> Floats:
    """(criteria,) ways that reach the goal at little cost. All criteria at their best must reach it."""
    ways = _taken_back(goal, _starts(goal))
    order = np.argsort(goal.cost(ways), kind="stable")
    if _discrete(goal):
        found = np.stack([_exchanged(goal, ways[i], 1) for i in order[:TRIED]])
        return np.asarray(found[np.argmin(goal.cost(found))])
    best = np.asarray(ways[order[0]])
    for finest in (1, 4, 16, 64):
        best = _exchanged(goal, best, finest)
    return best


def _discrete(goal: Goal) -> bool:
    return all(each.discrete for each in goal.criteria)


def counted_out(goal: Goal, best: Floats) -> tuple[Floats, bool]:
    """The cheapest of all candidates that cost less than the best one found, and whether they could all be tried."""
    if not _discrete(goal):
        return best, False
    limit = float(goal.cost(best[None, :])[0])
    candidates = _below(goal, limit)
    if candidates is None:
        return best, False
    good = candidates[goal.reached(candidates)] if len(candidates) else candidates
    if not len(good):
        return best, True
    order = np.lexsort(((good > 0).sum(axis=1), goal.cost(good).round(12)))
    return good[order[0]], True


def _below(goal: Goal, limit: float) -> Floats | None:
    """(d, criteria) all candidates that cost no more than the limit; None where they are too many."""
    found, spent = np.zeros((1, len(goal.criteria))), np.zeros(1)
    for i, each in enumerate(goal.criteria):
        share = np.arange(len(each.options) + 1) / len(each.options)
        total = spent[:, None] + each.cost(share)
        row, level = np.nonzero(total <= limit + 1e-12)
        if len(row) > COUNTED:
            return None
        found, spent = found[row], total[row, level]
        found[:, i] = share[level]
    return found


def _starts(goal: Goal) -> Floats:
    """Orders, as ranks (orders, criteria): which criterion is taken back first. The first of them begins with what
    costs most for what it gains."""
    dice = np.random.Generator(np.random.Philox(0))
    m = len(goal.criteria)
    cost = goal.cost(np.eye(m))
    return np.concatenate([[np.argsort(np.argsort(-cost))], dice.random((ORDERS - 1, m)).argsort(axis=1)])


def _taken_back(goal: Goal, orders: Floats) -> Floats:
    """From all at their best, one criterion after the other as far back as the goal allows; each order by itself."""
    many, m = orders.shape
    ways, order = np.ones((many, m)), np.argsort(orders, axis=1)
    for step in range(m):
        ways = _least(goal, ways, order[:, step])
    return ways


def _least(goal: Goal, ways: Floats, which: NDArray[np.intp], depth: int = FINE) -> Floats:
    """Each candidate with one of its criteria as far back as the goal allows. It must reach the goal as it is."""
    row = np.arange(len(ways))
    enough = np.array([1 / (len(each.options) if each.discrete else THOUSANDTHS) for each in goal.criteria])[which]
    low, high = np.zeros(len(ways)), ways[row, which]
    for _ in range(depth):
        share = np.linspace(0, 1, GRID + 1)[:-1]
        tried = low[:, None] + share * (high - low)[:, None]
        candidates = np.repeat(ways[:, None, :], GRID, axis=1)
        candidates[row[:, None], np.arange(GRID), which[:, None]] = tried
        allowed = goal.allowed(candidates.reshape(-1, ways.shape[1])).reshape(candidates.shape)
        good = goal.reached(allowed.reshape(-1, ways.shape[1])).reshape(len(ways), GRID)
        first = np.where(good.any(axis=1), good.argmax(axis=1), GRID)
        edges = np.concatenate([tried, high[:, None]], axis=1)
        low, high = edges[row, np.maximum(first - 1, 0)], edges[row, first]
        if np.all(high - low <= enough):
            break
    done = ways.copy()
    done[row, which] = high
    return goal.allowed(done)


def _exchanged(goal: Goal, ways: Floats, finest: int) -> Floats:
    """One criterion further, another taken back for it, as long as it pays: those that gain most for their cost
    against those that gain least."""
    for _ in range(ROUNDS):
        forth, back = _forth(goal, ways, finest), _back(goal, ways, finest)
        if not len(forth) or not len(back):
            return ways
        which = np.tile(back, len(forth))
        found = _least(goal, np.repeat(forth, len(back), axis=0), which, COARSE)
        best = found[np.argmin(goal.cost(found))]
        best = _pruned(goal, best, len(best) if _discrete(goal) else COMPARED // 2)
        if goal.cost(best[None, :])[0] >= goal.cost(ways[None, :])[0] - 1e-9:
            break
        ways = best
    return _pruned(goal, ways, len(ways))


def _pruned(goal: Goal, ways: Floats, most: int) -> Floats:
    """The dearest criteria as far back as the goal allows, one after the other."""
    for one in np.argsort(-goal.costs(ways[None, :])[0])[:most]:
        if ways[one] > 0:
            ways = _least(goal, ways[None, :], np.array([one]))[0]
    return ways


def _score(goal: Goal, ways: Floats) -> Floats:
    """Scores of candidates, higher is better; what has none is last."""
    score = goal.see(ways).scores[goal.node] * (1.0 if goal.scheme.better == "high" else -1.0)
    return np.where(np.isnan(score), -np.inf, score)


def _steps(goal: Goal, finest: int) -> Floats:
    return np.array([1 / len(each.options) if each.discrete else 0.25 / finest for each in goal.criteria])


def _forth(goal: Goal, ways: Floats, finest: int) -> Floats:
    """Candidates with one criterion further: by one step, by two, or to the end."""
    room = np.flatnonzero(ways < 1 - 1e-12)
    if not len(room):
        return np.zeros((0, len(ways)))
    step, every = _steps(goal, finest), np.eye(len(ways))[room]
    further = [np.minimum(ways + every * by, 1.0) for by in (step, 2 * step, 1.0)]
    first = goal.allowed(further[0])
    with np.errstate(invalid="ignore", divide="ignore"):
        gain = _score(goal, first) - _score(goal, ways[None, :])
        worth = gain / (goal.cost(first) - goal.cost(ways[None, :]))
    best = np.argsort(-np.nan_to_num(worth, posinf=1e300, neginf=-1e300), kind="stable")[:COMPARED]
    return goal.allowed(np.concatenate([each[best] for each in further]))


def _back(goal: Goal, ways: Floats, finest: int) -> NDArray[np.intp]:
    """The criteria whose last step gains least for its cost."""
    used = np.flatnonzero(ways > 0)
    less = goal.allowed(np.maximum(ways - np.eye(len(ways))[used] * _steps(goal, finest), 0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        loss = _score(goal, ways[None, :]) - _score(goal, less)
        worth = loss / (goal.cost(ways[None, :]) - goal.cost(less))
    order = np.argsort(np.nan_to_num(worth, posinf=1e300, neginf=-1e300), kind="stable")
    return np.asarray(used[order][:COMPARED], dtype=np.intp)


def least_alone(goal: Goal) -> list[Floats]:
    """For each single criterion that is enough by itself: how far it must go."""
    each_alone = np.eye(len(goal.criteria))
    enough = each_alone[goal.reached(each_alone)] if goal.criteria else each_alone
    return [*_least(goal, enough, np.argmax(enough, axis=1))] if len(enough) else []
