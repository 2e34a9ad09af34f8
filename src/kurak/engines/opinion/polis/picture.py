"""Positions and groups by the Polis method.

Source: Polis, math/src/polismath/math/conversation.clj (own formulation).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.opinion.polis.axes import Axes, centred, principal_axes, project
from kurak.engines.opinion.polis.clusters import Clusters, k_means, silhouette
from kurak.engines.opinion.votes import Votes

BASE, BASE_ITERATIONS = 100, 100
GROUP_ITERATIONS = 20  # 100 were meant, 20 run
MOST_GROUPS, BASE_PER_GROUP = 5, 12
ENOUGH_VOTES, ENOUGH_PEOPLE = 7, 15
BUFFER = 4  # pictures in a row that must agree on another k before it is shown

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Polis:
    """A picture by the Polis method, and the state from which the next one starts.

    participants, statements: ids      axes: means and directions      position: (n, 2)
    group: (n,) 0..k-1, -1 = not clustered      base: (n,) base cluster, -1 = not clustered
    k: groups shown      silhouettes: mean silhouette by k      clusterings: group of each base cluster id, by k
    last_k, last_k_count: the best k of this run and for how many runs it has been the best
    """

    participants: NDArray[np.generic]
    statements: NDArray[np.generic]
    axes: Axes
    position: Floats
    group: Ints
    base: Ints
    k: int
    silhouettes: Mapping[int, float]
    clusterings: Mapping[int, Mapping[int, int]]
    last_k: int
    last_k_count: int


def polis(
    votes: Votes,
    *,
    left_out: ArrayLike | None = None,
    previous: Polis | None = None,
    order: ArrayLike | None = None,
) -> Polis:
    """The picture that Polis would draw of these votes, up to the mirror image of its axes.

    left_out: (m,) true where a statement is moderated out or about the respondent; its column becomes a pass by all
    previous: the last picture of the same conversation (warm start, smoothed k); its people stay clustered
    order:    (n,) person numbers in the order in which they came; ascending ids without it. It changes the groups.
    People of weight 0 are left out; other weights are not part of the method and count one.
    Raises ValueError when a length does not fit.

    >>> from kurak.engines.opinion.votes import collect
    >>> people, statements = np.repeat(np.arange(40), 4), np.tile(np.arange(4), 40)
    >>> p = polis(collect(people, statements, np.where((people < 20) == (statements < 2), 1, -1)))
    >>> p.k, np.bincount(p.group).tolist()
    (2, [20, 20])
    """
    hidden = _mask(left_out, votes.width)
    rows = _rows(order, votes)
    present = votes if votes.weight is None else _silenced(votes)
    mean, x = centred(present, hidden)
    axes = principal_axes(mean, x, None if previous is None else _carried_axes(previous, votes))
    position = project(present, x, axes, hidden)
    before = _carried(previous, votes)
    members = rows[_in_conversation(present, before)[rows]]
    base = _base(position[members], None if before is None else before[members])
    clusterings = _group_levels(base, previous)
    scores = {k: silhouette(base.centre, level.number) for k, level in clusterings.items()}
    k, last_k, count = _smoothed(scores, previous)
    return Polis(
        votes.participants,
        votes.statements,
        axes,
        position,
        _spread(_group(base, clusterings, k), members, votes.people),
        _spread(base.number, members, votes.people),
        k,
        scores,
        {n: dict(zip(base.ids.tolist(), level.number.tolist(), strict=True)) for n, level in clusterings.items()},
        last_k,
        count,
    )


def _mask(left_out: ArrayLike | None, width: int) -> NDArray[np.bool_]:
    mask = np.zeros(width, np.bool_) if left_out is None else np.asarray(left_out, np.bool_)
    if mask.shape != (width,):
        raise ValueError(f"left_out has shape {mask.shape}; one truth for each of {width} statements is needed")
    return mask


def _rows(order: ArrayLike | None, votes: Votes) -> Ints:
    rows = np.arange(votes.people) if order is None else np.asarray(order, np.int64)
    if not np.array_equal(np.sort(rows), np.arange(votes.people)):
        raise ValueError(f"order must name each of {votes.people} people once")
    return rows


def _silenced(votes: Votes) -> Votes:
    """Without the votes of people who weigh nothing."""
    each = np.diff(votes.start) * (np.asarray(votes.weight) > 0)
    kept = np.repeat(np.asarray(votes.weight) > 0, np.diff(votes.start))
    start = np.concatenate([[0], np.cumsum(each)])
    return Votes(votes.participants, votes.statements, start, votes.statement[kept], votes.value[kept])


def _carried(previous: Polis | None, votes: Votes) -> Ints | None:
    """(n,) base cluster of each person in the last picture, -1 where there was none."""
    if previous is None or not len(previous.participants):
        return None
    found = np.searchsorted(previous.participants, votes.participants).clip(max=len(previous.participants) - 1)
    same = previous.participants[found] == votes.participants
    return np.where(same, previous.base[found], -1)


def _carried_axes(previous: Polis, votes: Votes) -> Floats:
    """(m, 2) directions of the last picture, 1 for a new statement."""
    old = dict(zip(previous.statements.tolist(), previous.axes.direction.tolist(), strict=True))
    return np.array([old.get(s, [1.0, 1.0]) for s in votes.statements.tolist()]).reshape(-1, 2)


def _in_conversation(votes: Votes, before: Ints | None) -> NDArray[np.bool_]:
    """(n,) who is clustered: enough votes of any kind; the most active while too few; once in, always in."""
    count = np.diff(votes.start)
    chosen = count >= min(ENOUGH_VOTES, votes.width)
    if before is not None:
        chosen |= before >= 0
    chosen &= count > 0
    if chosen.sum() < ENOUGH_PEOPLE:
        most_active = np.argsort(-np.where(chosen, 0, count), kind="stable")
        chosen[most_active[: ENOUGH_PEOPLE - chosen.sum()]] = True
    return np.asarray(chosen & (count > 0))


def _base(points: Floats, before: Ints | None) -> Clusters:
    """A hundred small clusters, so that groups are formed of a hundred points however many people there are."""
    return k_means(points, np.ones(len(points)), BASE, BASE_ITERATIONS, before)


def _group_levels(base: Clusters, previous: Polis | None) -> dict[int, Clusters]:
    """A clustering of the base clusters, weighted by their people, for every k allowed."""
    weight = base.sizes().astype(np.float64)
    largest = min(MOST_GROUPS, 2 + len(base.ids) // BASE_PER_GROUP)
    levels = {}
    for k in range(2, largest + 1):
        before = None
        if previous is not None and k in previous.clusterings:
            before = np.array([previous.clusterings[k].get(i, -1) for i in base.ids.tolist()], np.int64)
        levels[k] = k_means(base.centre, weight, k, GROUP_ITERATIONS, before)
    return levels


def _smoothed(scores: Mapping[int, float], previous: Polis | None) -> tuple[int, int, int]:
    """(k shown, best k, runs in a row with that best k): a new k is shown after it was best four times."""
    best = max(scores, key=lambda k: scores[k])
    if previous is None:
        return best, best, 1
    count = previous.last_k_count + 1 if best == previous.last_k else 1
    shown = best if count >= BUFFER else previous.k
    return min(shown, max(scores)), best, count


def _group(base: Clusters, levels: Mapping[int, Clusters], k: int) -> Ints:
    """Group of every clustered person: that of their base cluster, numbered 0..k-1."""
    if not len(base.ids):
        return np.zeros(0, np.int64)
    numbers = np.unique(levels[k].number, return_inverse=True)[1]
    return numbers[np.searchsorted(base.ids, base.number)].astype(np.int64)


def _spread(values: Ints, members: Ints, people: int) -> Ints:
    everybody = np.full(people, -1, np.int64)
    everybody[members] = values
    return everybody
