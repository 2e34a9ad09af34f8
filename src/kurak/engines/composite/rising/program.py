"""The cheapest change as a linear program, where scores are sums and conditions are inequalities."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from kurak.engines.composite.rising.goal import Goal
from kurak.engines.composite.rising.linear import AtLeast, NotLinear, alternatives

type Floats = NDArray[np.float64]
type Alternative = tuple[list[AtLeast], set[str]]

NODES = 20_000  # of the search tree of a program; beyond it nothing is claimed to be least
TRIED = 200  # random candidates on which the inequalities must agree with the scores
SOLVED, INFEASIBLE = 0, 2  # as scipy numbers them
TOLERANCE = 2e-6  # of the solver, and a little more
STRAIGHT = 1e-10  # how far from a line a continuous criterion may be, as a share of its reach


def solved(goal: Goal) -> tuple[Floats, float] | None:
    """(criteria,) the cheapest ways and their cost, proven; None where the problem is no linear one."""
    sets = alternatives(goal, goal.see(np.zeros((1, len(goal.criteria)))))
    if sets is None or not _straight(goal) or not _agree(goal, sets):
        return None
    try:
        found = [each for conditions, frozen in sets if (each := _cheapest(goal, conditions, frozen)) is not None]
    except NotLinear:
        return None
    return min(found, key=lambda each: each[1], default=None)


def _straight(goal: Goal) -> bool:
    share = np.linspace(0, 1, 33)
    for each in goal.criteria:
        if each.discrete:
            continue
        values = each.counted(share)
        line = values[0] + share * (values[-1] - values[0])
        if each.open or not np.allclose(values, line, rtol=0, atol=STRAIGHT * max(1.0, abs(values[-1] - values[0]))):
            return False
    return True


def _agree(goal: Goal, sets: Iterable[Alternative]) -> bool:
    """The inequalities say of random candidates what the scores say: what was read is what is computed."""
    dice = np.random.Generator(np.random.Philox(0))
    ways = np.concatenate([np.eye(len(goal.criteria)), dice.random((TRIED, len(goal.criteria)))])
    ways[len(goal.criteria) :: 2] **= 0.25
    ways = np.concatenate([goal.allowed(ways), np.zeros((1, ways.shape[1])), np.ones((1, ways.shape[1]))])
    frozen = set().union(*(each for _, each in sets))
    ways[:, [each.code in frozen for each in goal.criteria]] = 0.0
    holds, near = np.zeros(len(ways), dtype=bool), np.zeros(len(ways), dtype=bool)
    for conditions, _ in sets:
        slack = np.stack([_slack(goal, each, ways) for each in conditions], axis=1) if conditions else None
        holds |= True if slack is None else (slack >= 0).all(axis=1)
        near |= False if slack is None else (np.abs(slack) < 1e-7).any(axis=1)
    return bool(((goal.reached(ways) == holds) | near).all())


def _slack(goal: Goal, condition: AtLeast, ways: Floats) -> Floats:
    total = np.full(len(ways), -condition.bound)
    for i, each in enumerate(goal.criteria):
        total = total + condition.sum.of.get(each.code, 0.0) * each.counted(ways[:, i])
    return total


def _cheapest(goal: Goal, conditions: list[AtLeast], frozen: set[str]) -> tuple[Floats, float] | None:
    columns = _columns(goal, frozen)
    price = np.array([cost for *_, cost in columns])
    whole = np.array([float(goal.criteria[i].discrete) for i, *_ in columns])
    rows = [[each.sum.of.get(goal.criteria[i].code, 0.0) * gain for i, _, gain, _ in columns] for each in conditions]
    low = [-float(_slack(goal, each, np.zeros((1, len(goal.criteria))))[0]) for each in conditions]
    for i in {i for i, *_ in columns}:
        rows.append([-1.0 if i == j else 0.0 for j, *_ in columns])
        low.append(-1.0)
    if not columns:
        return (np.zeros(len(goal.criteria)), 0.0) if all(each <= 0 for each in low) else None
    for tighter in (0.0, TOLERANCE):  # the solver takes a condition for met that fails by so little
        bounds = [each + tighter * _size(row) for row, each in zip(rows, low, strict=True)][: len(conditions)]
        x = _least(price, whole, rows, bounds + low[len(conditions) :])
        if x is None:
            return None
        ways, cost = _pushed(goal, columns, x)
        if goal.reached(ways[None, :])[0]:
            return ways, cost
    raise NotLinear


def _least(price: Floats, whole: Floats, rows: list[list[float]], low: list[float]) -> Floats | None:
    """Of equally cheap changes the one with fewest criteria, where all are discrete."""
    x = _program(price, whole, rows, low)
    if x is None or not whole.all():
        return x
    spent = float(price @ x)
    fewest = _program(np.ones(len(price)), whole, [*rows, (-price).tolist()], [*low, -spent * (1 + 1e-9) - 1e-9])
    return x if fewest is None else fewest


def _size(row: list[float]) -> float:
    return max(max(map(abs, row)), 1e-12)  # the solver's tolerance is absolute


def _columns(goal: Goal, frozen: set[str]) -> list[tuple[int, float, float, float]]:
    """One variable for each option of a discrete criterion, one for all the way of a continuous one: which criterion,
    share of the way, what it adds to the normalised value, cost."""
    found = []
    for i, each in enumerate(goal.criteria):
        if each.code in frozen:
            continue
        share = np.arange(1, len(each.options) + 1) / len(each.options) if each.discrete else np.ones(1)
        gain, cost = each.counted(share) - each.now, each.cost(share)
        found += [(i, float(s), float(g), float(c)) for s, g, c in zip(share, gain, cost, strict=True)]
    return found


def _program(price: Floats, whole: Floats, rows: list[list[float]], low: list[float]) -> Floats | None:
    """None where the conditions can't be met. Raises NotLinear where the solver gives up."""
    size = np.array([_size(row) for row in rows])
    found = milp(
        price / max(float(price.max()), 1e-12), integrality=whole.astype(np.int64), bounds=Bounds(0, 1),
        constraints=LinearConstraint(np.array(rows) / size[:, None], np.array(low) / size, np.inf),
        options={"mip_rel_gap": 0.0, "node_limit": NODES},
    )  # fmt: skip
    if found.status not in (SOLVED, INFEASIBLE):
        raise NotLinear
    return np.asarray(found.x) if found.status == SOLVED else None


def _pushed(goal: Goal, columns: list[tuple[int, float, float, float]], x: Floats) -> tuple[Floats, float]:
    """Ways from variables; continuous ones moved on by the last bits that the solver leaves open."""
    ways = np.zeros(len(goal.criteria))
    for (i, share, *_), part in zip(columns, x, strict=True):
        ways[i] += (share if part > 0.5 else 0.0) if goal.criteria[i].discrete else share * min(max(part, 0.0), 1.0)
    ways[ways < 1e-12] = 0.0
    moving = np.array([not each.discrete for each in goal.criteria]) & (ways > 0)
    for push in (0.0, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6):
        tried = np.where(moving, np.minimum(ways * (1 + push) + push * (push > 0), 1.0), ways)
        if goal.reached(tried[None, :])[0]:
            return tried, float(goal.cost(tried[None, :])[0])
    return ways, float(goal.cost(ways[None, :])[0])
