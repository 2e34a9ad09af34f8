"""The order of units that respects most of the votes that children cast on pairs (Kemeny 1959; Young, Levenglick 1978).

Finding it is hard for many units that beat each other in circles. Circles are solved one by one: exactly, by a program
with whole numbers, up to `most` units; larger ones by moving units while that helps, and then it is said to be so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from kurak.engines.composite.combining.pairwise import TOLERANCE, draw_by_draw, only_with_data, outranking

type Floats = NDArray[np.float64]
type Places = NDArray[np.intp]

MOST_EXACT = 40
MOST_NODES = 500  # of the search for whole numbers; a limit in seconds would make results depend on the machine


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """order: (n,) units, best first    agreement: share of the votes on all compared pairs that it respects
    exact: whether it is proven that no order respects more    ties: neighbours in the order that may change places"""

    order: Places
    agreement: float
    exact: bool
    ties: tuple[tuple[int, int], ...]


def kemeny(matrix: Floats, *, most: int = MOST_EXACT) -> Order:
    """The order that respects most votes. matrix: (n, n) as `outranking` gives it, NaN where there is no comparison.

    >>> votes = np.array([[0.0, 0.6, 0.3], [0.4, 0.0, 0.7], [0.7, 0.3, 0.0]])
    >>> found = kemeny(votes)
    >>> found.order.tolist(), round(found.agreement, 3), found.exact
    ([1, 2, 0], 0.6, True)
    """
    votes = np.where(np.isnan(matrix), 0.0, matrix)
    margin = votes - votes.T
    margin[np.abs(margin) < TOLERANCE] = 0.0
    order, exact = _solved(margin, most)
    upper = np.triu_indices(len(order), 1)
    respected, cast = votes[np.ix_(order, order)][upper].sum(), (votes + votes.T)[upper].sum()
    pairs = zip(order[:-1].tolist(), order[1:].tolist(), strict=True)
    ties = tuple((a, b) for a, b in pairs if margin[a, b] == 0)
    return Order(order, float(respected / cast) if cast else float("nan"), exact, ties)


def _solved(margin: Floats, most: int) -> tuple[Places, bool]:
    """Circles of units that beat each other, from the one that beats all others down; each solved by itself."""
    count, label = connected_components(csr_array((margin >= 0).astype(float)), connection="strong")
    beaten = [int((margin[np.ix_(label == a, label != a)] > 0).all(axis=0).sum()) for a in range(count)]
    found, exact = [], True
    for each in sorted(range(count), key=lambda a: -beaten[a]):
        units = np.flatnonzero(label == each)
        inside, proven = _circle(margin[np.ix_(units, units)], most)
        found.append(units[inside])
        exact = exact and proven
    return np.concatenate(found) if found else np.zeros(0, np.intp), exact


def _circle(margin: Floats, most: int) -> tuple[Places, bool]:
    start = _moved(margin, np.argsort(-np.sign(margin).sum(axis=1), kind="stable"))
    if len(margin) <= 2:
        return start, True
    if len(margin) > most:
        return start, False
    found = _whole(margin)
    return (found, True) if found is not None else (start, False)


def _moved(margin: Floats, order: Places) -> Places:
    """Units are taken out and put where they fit best, until no move helps."""
    better = True
    while better:
        better = False
        for unit in range(len(order)):
            at = int(np.flatnonzero(order == unit)[0])
            rest = np.delete(order, at)
            # margins kept at each place: those with units before, and those with units after it
            gains = np.append(0.0, np.cumsum(margin[rest, unit])) + (
                margin[unit, rest].sum() - np.append(0.0, np.cumsum(margin[unit, rest]))
            )
            place = int(np.argmax(gains))
            if gains[place] > gains[at] + TOLERANCE:
                order, better = np.insert(rest, place, unit), True
    return order


def _whole(margin: Floats) -> Places | None:
    """The best order by a program: x[i, j] = 1 when i is before j; circles are forbidden as they turn up. None when the
    search was given up."""
    n = len(margin)
    first, second = np.triu_indices(n, 1)
    number = np.zeros((n, n), np.intp)
    number[first, second] = np.arange(len(first))
    gain, rules = 2 * margin[first, second], np.empty((0, 3), np.intp)
    whole = np.zeros(len(first), int)
    while True:
        found = milp(
            -gain, bounds=Bounds(0, 1), integrality=whole, constraints=_forbidden(rules, number),
            options={"node_limit": MOST_NODES, "mip_rel_gap": 0.0},
        )  # fmt: skip
        if found.status != 0:
            return None
        x = np.zeros((n, n))
        x[first, second], x[second, first] = found.x, 1 - found.x
        new = _circles(x)
        if len(new):
            rules = np.unique(np.vstack([rules, new]), axis=0)
        elif whole.any() or np.abs(found.x - found.x.round()).max() < 1e-6:
            return np.argsort(-x.round().sum(axis=1), kind="stable")
        else:
            whole = np.ones(len(first), int)


def _circles(x: Floats) -> NDArray[np.intp]:
    """(c, 3) the worst circles i before j before k before i, a few for each unit."""
    weight = x[:, :, None] + x[None, :, :] + x.T[:, None, :]
    i, j, k = np.nonzero(weight > 2 + 1e-6)
    lead = (i < j) & (i < k)  # each circle once
    found = np.stack([i[lead], j[lead], k[lead]], axis=1)
    worst = np.argsort(-weight[i[lead], j[lead], k[lead]], kind="stable")[: 10 * len(x)]
    return np.asarray(found[worst])


def _forbidden(rules: NDArray[np.intp], number: NDArray[np.intp]) -> list[LinearConstraint]:
    """x[i, j] + x[j, k] + x[k, i] ≤ 2, where x[k, i] stands for 1 - x[i, k] if k is the larger."""
    if not len(rules):
        return []
    ends = np.stack([rules, np.roll(rules, -1, axis=1)])  # (2, c, 3)
    forward = ends[0] < ends[1]
    columns = number[np.minimum(*ends), np.maximum(*ends)]
    rows = np.repeat(np.arange(len(rules)), 3)
    shape = (len(rules), len(number) * (len(number) - 1) // 2)
    matrix = csr_array((np.where(forward, 1.0, -1.0).ravel(), (rows, columns.ravel())), shape=shape)
    return [LinearConstraint(matrix, -np.inf, 2.0 - (~forward).sum(axis=1))]


def condorcet_kemeny(values: Floats, weights: Floats, *, most: int = MOST_EXACT) -> Floats:
    """How many units come after, in the order by `kemeny`, best first. A unit without data has no place.

    >>> condorcet_kemeny(np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 9.0]]), np.ones(2))
    array([0., 1., 2.])
    """

    def one(x: Floats, w: Floats) -> Floats:
        units = np.flatnonzero(~np.isnan(only_with_data(np.zeros(len(x)), x, w)))
        found = np.full(len(x), np.nan)
        if not units.size:
            return found
        found[units[kemeny(outranking(x[units], w), most=most).order]] = np.arange(len(units))[::-1]
        return found

    return draw_by_draw(one, values, weights)
