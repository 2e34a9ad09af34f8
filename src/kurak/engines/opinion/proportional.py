"""A few statements that together represent everyone: every part of the people as large as one seat gets its voice.

Source: Peters and Skowron, "Proportionality and the limits of welfarism", EC 2020 (method of equal shares), completed
by sequential proportional approval; Halpern et al., "Representation with incomplete votes", AAAI 2023, for statements
as candidates and agreement as approval; Aziz et al., "Justified representation", Social Choice and Welfare 48, 2017.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.opinion.bridging import Bridging
from kurak.engines.opinion.votes import AGREE, Votes

type Floats = NDArray[np.float64]
type Approvals = NDArray[np.bool_]

CHUNK = 4096  # people predicted at a time


@dataclass(frozen=True, slots=True, eq=False)
class Proportional:
    """statements: column numbers in the order chosen    paid_for: how many of them equal shares paid for
    represented: share of the people (by weight) who approve at least one    approving: (k,) share who approve each
    justified: no k-th part of the people approves a common statement and none of the chosen
    witness: the column of a statement that such people have in common, or None
    """

    statements: tuple[int, ...]
    paid_for: int
    represented: float
    approving: Floats
    justified: bool
    witness: int | None


def approvals(votes: Votes, fit: Bridging, threshold: float = 0.5) -> Approvals:
    """(n, m) what each person agrees with: their own vote where they voted, the prediction elsewhere.

    A pass is no approval. One byte a cell; people are predicted in chunks.
    """
    result = np.empty((votes.people, votes.width), np.bool_)
    for first in range(0, votes.people, CHUNK):
        people = slice(first, min(first + CHUNK, votes.people))
        result[people] = fit.predicted(people) > threshold
    result[votes.row, votes.statement] = votes.value == AGREE
    return result


def proportional(
    approves: ArrayLike, k: int, *, left_out: ArrayLike | None = None, weight: ArrayLike | None = None
) -> Proportional:
    """Choose k statements in proportion to those who agree with them.

    approves: (n, m) truths    k: how many; fewer are chosen where fewer are left    weight: (n,) of the people
    Everybody has an equal budget, a statement costs n / k, and its supporters share the cost as evenly as they can; the
    statement that asks least of each comes next. When nobody can pay any more, each further statement is the one with
    most support, a supporter of j chosen statements counting 1 / (1 + j). Ties: the lower column.
    Raises ValueError for k < 1 or lengths that do not fit.

    >>> camps = np.repeat([[1, 1, 1, 0], [0, 0, 0, 1]], [20, 10], axis=0)
    >>> proportional(camps, 3).statements
    (0, 1, 3)
    """
    table = np.asfortranarray(np.asarray(approves, np.bool_))  # read by columns
    if k < 1:
        raise ValueError(f"k is {k}; at least one statement must be asked for")
    people, width = table.shape
    mass = np.ones(people) if weight is None else np.asarray(weight, np.float64)
    hidden = np.zeros(width, np.bool_) if left_out is None else np.asarray(left_out, np.bool_)
    if mass.shape != (people,) or hidden.shape != (width,):
        raise ValueError("weight needs one number for each person, left_out one truth for each statement")
    columns = [int(j) for j in np.flatnonzero(~hidden)]
    paid = _equal_shares(table, columns, min(k, len(columns)), mass, price=float(mass.sum()) / k)
    chosen = _completed(table, columns, min(k, len(columns)), mass, paid)
    forgotten = ~table[:, chosen].any(axis=1)
    unheard = witness(table[:, columns], forgotten, k, mass)
    total = max(float(mass.sum()), 1e-300)
    approving = _support(table, mass, chosen) / total
    reached = 1.0 - float(mass[forgotten].sum()) / total
    common = None if unheard is None else columns[unheard]
    return Proportional(tuple(chosen), len(paid), reached, approving, unheard is None, common)


def witness(approves: ArrayLike, forgotten: ArrayLike, k: int, weight: ArrayLike | None = None) -> int | None:
    """The column that a k-th part of all people approve who were forgotten, or None: the set is justified.

    approves: (n, m) truths    forgotten: (n,) who approves nothing of a set of k statements    weight: (n,)

    >>> witness([[1, 0], [1, 0], [0, 1]], [True, True, False], 2)
    0
    """
    table, unheard = np.asarray(approves, np.bool_), np.asarray(forgotten, np.bool_)
    mass = np.ones(len(table)) if weight is None else np.asarray(weight, np.float64)
    support = _support(table, mass * unheard, list(range(table.shape[1])))
    quota = float(mass.sum()) / k * (1.0 - 1e-12)
    j = int(np.argmax(support)) if len(support) else 0
    return j if len(support) and support[j] > 0 and support[j] >= quota else None


def _equal_shares(table: Approvals, columns: list[int], k: int, mass: Floats, price: float) -> list[int]:
    """Budgets only fall, so what a statement asks only rises: most need not be looked at again (a heap of bounds)."""
    budget, chosen = mass.copy(), list[int]()
    support = np.maximum(_support(table, mass, columns), 1e-300)
    bounds = [(price / s, j) for s, j in zip(support.tolist(), columns, strict=True)]
    heapq.heapify(bounds)
    while bounds and len(chosen) < k:
        _, j = heapq.heappop(bounds)
        asked = _asked(budget[table[:, j]], mass[table[:, j]], price)
        if asked is None:
            continue  # its supporters cannot pay, and never will
        if bounds and (asked, j) > bounds[0]:
            heapq.heappush(bounds, (asked, j))
            continue
        chosen.append(j)
        supporters = table[:, j]
        budget[supporters] = np.maximum(budget[supporters] - asked * mass[supporters], 0.0)
    return chosen


def _asked(budget: Floats, mass: Floats, price: float) -> float | None:
    """The least that everybody pays (per weight, or all they have) so that the price is met; None if it cannot be."""
    if budget.sum() < price * (1.0 - 1e-12):
        return None
    heavy = mass > 0
    budget, mass = budget[heavy], mass[heavy]
    order = np.argsort(budget / mass, kind="stable")
    spent = np.concatenate([[0.0], np.cumsum(budget[order])[:-1]])
    left = np.cumsum(mass[order][::-1])[::-1]
    asked = (price - spent) / left
    enough = np.flatnonzero(asked <= (budget / mass)[order] * (1.0 + 1e-12))
    return float(asked[enough[0]]) if len(enough) else float((budget / mass).max())


def _completed(table: Approvals, columns: list[int], k: int, mass: Floats, paid: list[int]) -> list[int]:
    chosen = list(paid)
    satisfied = table[:, chosen].sum(axis=1).astype(np.float64)
    while len(chosen) < k:
        rest = [j for j in columns if j not in chosen]
        support = _support(table, mass / (1.0 + satisfied), rest)
        chosen.append(rest[int(np.argmax(support))])
        satisfied += table[:, chosen[-1]]
    return chosen


def _support(table: Approvals, mass: Floats, columns: list[int]) -> Floats:
    """Weight of those who approve each column; a column at a time, so that no truth becomes eight bytes."""
    return np.array([mass[table[:, j]].sum() for j in columns], np.float64)
