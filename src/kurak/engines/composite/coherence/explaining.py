"""What a unit's score is made of, and where it stands among its peers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.combining.present import counted
from kurak.engines.composite.methods import Choice, Method
from kurak.engines.composite.ranks import ranked

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

MOST_TOGETHER = 12  # children up to which every subset is tried; 4,096 of them
ORDERS = 256  # in which more children are put in, half of them the other way round
AT_ONCE = 4_000_000  # values in memory


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """parts: (n, k) what each child adds, 0 where it is missing    base: (n,) what they are added to
    scale: `score` (base + Σ parts is the score) or `log` (it is its logarithm)    exact: else drawn from orders"""

    parts: Floats
    base: Floats
    scale: str
    exact: bool


def parts(values: Floats, weights: Floats, how: Choice, *, reference: Floats | None = None, seed: int = 0) -> Parts:
    """What each child contributes to the score of a node. values: (n, k)    weights: (k,)

    For the mean w·x, for the geometric mean w·ln x, both exact. For all others the Shapley value: what a child changes
    when it takes its own value instead of the reference's, on average over all orders in which children do so; the base
    is the score of the reference (k,), the mean of the units where none is given. Source: Shapley 1953.

    >>> x = np.array([[2.0, 8.0], [4.0, 4.0]])
    >>> parts(x, np.array([3.0, 1.0]), Choice("mean")).parts.tolist()
    [[1.5, 2.0], [3.0, 1.0]]
    >>> found = parts(x, np.ones(2), Choice("min"))
    >>> found.base.tolist(), found.parts.tolist()
    ([3.0, 3.0], [[-1.0, 0.0], [1.0, 0.0]])
    """
    x = counted(values, weights)
    there = ~np.isnan(x)
    if how.by in ("mean", "geometric") and not (how.by == "geometric" and (how.settings or (x <= 0).any())):
        share = np.where(there, weights, 0.0)
        total = share.sum(axis=1, keepdims=True)
        share = share / np.where(total > 0, total, 1.0)
        log = how.by == "geometric"
        held = np.where(there, x, 1.0)
        return Parts(share * (np.log(held) if log else held), np.zeros(len(x)), "log" if log else "score", True)
    middle = np.where(there, x, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1) if reference is None else reference
    found, base, exact = _shapley(x, weights, how, middle, seed)
    return Parts(found, base, "score", exact)


def _shapley(x: Floats, weights: Floats, how: Choice, reference: Floats, seed: int) -> tuple[Floats, Floats, bool]:
    k = x.shape[1]
    sets, gives = _every_set(k) if k <= MOST_TOGETHER else _drawn_sets(k, seed)
    found, base = np.zeros(x.shape), np.zeros(len(x))
    method, step = COMBINATIONS[how.by], max(1, AT_ONCE // x.size)
    for first in range(0, len(sets), step):
        some = slice(first, first + step)
        scores = _scored(x, weights, method, how.settings, reference, sets[some])
        found += np.einsum("sk,sn->nk", gives[some], scores)
        base += np.einsum("s,sn->n", (~sets[some].any(axis=1)).astype(float), scores)
    return np.where(np.isnan(x), 0.0, found), base / np.sum(~sets.any(axis=1)), k <= MOST_TOGETHER


def _scored(
    x: Floats, weights: Floats, method: Method, settings: Mapping[str, Any], reference: Floats, sets: Flags
) -> Floats:
    """(s, n) scores of each unit when it takes its own value in the children of each set; others the reference's."""
    mixed = np.where(np.isnan(x), np.nan, np.where(sets[:, None, :], x, reference))
    if "relative" not in method.traits:
        return np.asarray(method.run(mixed, weights, **settings))
    found = np.empty(mixed.shape[:2])  # the others stay as they are
    for unit in range(len(x)):
        around = np.repeat(x[None], len(sets), axis=0)
        around[:, unit] = mixed[:, unit]
        found[:, unit] = method.run(around, weights, **settings)[:, unit]
    return found


def _every_set(k: int) -> tuple[Flags, Floats]:
    """All subsets, and what the score of each counts for each child: + if the child is in it, - if not."""
    sets = (np.arange(2**k)[:, None] >> np.arange(k)) % 2 == 1
    size = sets.sum(axis=1)
    orders = np.cumprod(np.append(1.0, np.arange(1, k + 1)))
    joined = orders[np.maximum(size - 1, 0)] * orders[k - size] / orders[k]
    left = orders[size] * orders[np.maximum(k - size - 1, 0)] / orders[k]
    return sets, np.where(sets, joined[:, None], -left[:, None])


def _drawn_sets(k: int, seed: int) -> tuple[Flags, Floats]:
    rng = np.random.default_rng(seed)
    half = [rng.permutation(k) for _ in range(ORDERS // 2)]
    sets, gives = [], []
    for order in [*half, *(each[::-1] for each in half)]:
        place = np.argsort(order)
        inside = place[None, :] < np.arange(k + 1)[:, None]
        newest, next_one = place[None, :] == np.arange(k + 1)[:, None] - 1, place[None, :] == np.arange(k + 1)[:, None]
        sets.append(inside)
        gives.append((newest.astype(float) - next_one) / ORDERS)
    return np.vstack(sets), np.vstack(gives)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """strengths, weaknesses: children, most telling first    rank: (k,) of the unit among its peers
    of: (k,) how many are ranked    judged: (k,) false where too few values differ, or most peers share an end"""

    strengths: tuple[int, ...]
    weaknesses: tuple[int, ...]
    rank: Floats
    of: NDArray[np.intp]
    judged: Flags


def standing(
    values: Floats, unit: int, *, peers: Flags | None = None, most: int = 5, distinct: float = 0.25, shared: float = 0.5
) -> Standing:
    """Where a unit is strong and weak among its peers, by its rank in each child of values (n, k).

    peers: (n,) the units to compare with; all without    distinct: least share of distinct values in a child that is
    judged    shared: share of peers with the same lowest or highest value, from which a child is not judged

    >>> found = standing(np.array([[9.0, 1.0, 0.0], [5.0, 5.0, 0.0], [1.0, 9.0, 1.0]]), 0, most=1)
    >>> found.strengths, found.weaknesses, found.judged.tolist()
    ((0,), (1,), [True, True, False])
    """
    among = np.ones(len(values), bool) if peers is None else peers.copy()
    among[unit] = True
    x = values[among]
    of = np.sum(~np.isnan(x), axis=0)
    rank = ranked(x.T)[:, int(among[:unit].sum())]
    judged = np.array([_telling(child[~np.isnan(child)], distinct, shared) for child in x.T]) & ~np.isnan(rank)
    order = [int(child) for child in np.argsort(rank / np.maximum(of, 1), kind="stable") if judged[child]]
    half = (of + 1) / 2
    strong = [child for child in order if rank[child] < half[child]][:most]
    weak = [child for child in reversed(order) if rank[child] > half[child]][:most]
    return Standing(tuple(strong), tuple(weak), rank, of, judged)


def _telling(x: Floats, distinct: float, shared: float) -> bool:
    if len(x) < 2:
        return False
    edges = max(np.mean(x == x.min()), np.mean(x == x.max()))
    return bool(len(np.unique(x)) >= distinct * len(x) and edges < shared)
