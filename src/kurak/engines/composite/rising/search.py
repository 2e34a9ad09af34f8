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
ROUNDS = 12  # of exchanging a step of one criterion for steps of another
LONGEST = 40  # criteria between which steps are exchanged
COUNTED = 60_000  # candidates that are tried one by one for a proof


def searched(goal: Goal) -> Floats:
    """(criteria,) ways that reach the goal at little cost. All criteria at their best must reach it."""
    ways = _taken_back(goal, _starts(goal))
    ways = ways[np.argmin(goal.cost(ways))]
    for finest in (1, 8, 64):
        ways = _exchanged(goal, ways, finest)
    return ways


def counted_out(goal: Goal, best: Floats) -> tuple[Floats, bool]:
    """The cheapest of all candidates that cost less than the best one found, and whether they could all be tried."""
    if not all(each.discrete for each in goal.criteria):
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
    """One criterion a step further or all the way, others taken back for it, as long as it pays."""
    m = len(goal.criteria)
    for _ in range(ROUNDS):
        spent = float(goal.cost(ways[None, :])[0])
        forth = _forth(goal, ways, finest)
        if not len(forth):
            return ways
        used = np.argsort(-goal.costs(ways[None, :])[0])[:LONGEST]
        tried = [forth]
        for back in used[ways[used] > 0]:
            tried.append(_least(goal, forth, np.full(len(forth), back), COARSE))
        found = np.concatenate(tried)
        best = found[np.argmin(goal.cost(found))]
        for back in np.argsort(-goal.costs(best[None, :])[0])[: min(m, LONGEST)]:
            if best[back] > 0:
                best = _least(goal, best[None, :], np.array([back]))[0]
        if goal.cost(best[None, :])[0] >= spent - 1e-12:
            return ways
        ways = best
    return ways


def _forth(goal: Goal, ways: Floats, finest: int) -> Floats:
    """The candidate with one criterion further: by one option, by a share of the way, or to the end."""
    found = []
    for i, each in enumerate(goal.criteria):
        step = 1 / len(each.options) if each.discrete else 0.25 / finest
        for to in {min(1.0, ways[i] + step), min(1.0, ways[i] + 2 * step), 1.0}:
            if to > ways[i] + 1e-12:
                further = ways.copy()
                further[i] = to
                found.append(further)
    return goal.allowed(np.array(found)) if found else np.zeros((0, len(ways)))


def least_alone(goal: Goal) -> list[Floats]:
    """For each single criterion that is enough by itself: how far it must go."""
    each_alone = np.eye(len(goal.criteria))
    enough = each_alone[goal.reached(each_alone)] if goal.criteria else each_alone
    return [*_least(goal, enough, np.argmax(enough, axis=1))] if len(enough) else []
