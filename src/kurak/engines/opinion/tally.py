"""Counts of agrees, disagrees and all votes, per group and statement: what every statistic of the engine stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.opinion.votes import Votes

type Counts = NDArray[np.int64] | NDArray[np.float64]

CHUNK = 4_000_000  # votes counted at a time: keeps the working copies near 100 MB whatever the size of the conversation


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """agree, disagree, seen: (g, m); int64, or float64 where people have weights. Passes count as seen.

    Tallies of different people over the same groups and statements merge with `+`.
    """

    agree: Counts
    disagree: Counts
    seen: Counts

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.agree + other.agree, self.disagree + other.disagree, self.seen + other.seen)

    @property
    def passed(self) -> Counts:
        return self.seen - self.agree - self.disagree

    @property
    def total(self) -> Tally:
        """The same with all groups taken together, (1, m)."""
        return Tally(*(a.sum(axis=0, keepdims=True) for a in (self.agree, self.disagree, self.seen)))

    @property
    def rest(self) -> Tally:
        """For each group, everybody else who has a group, (g, m)."""
        return Tally(*(a.sum(axis=0, keepdims=True) - a for a in (self.agree, self.disagree, self.seen)))


def tally(votes: Votes, group: ArrayLike, k: int) -> Tally:
    """Count the votes of k groups.

    group: (n,) integers 0..k-1; -1 is a person of no group, whose votes are not counted.
    A person's weight is what each of their votes counts; weight 0 is the same as not being there.
    Linear in votes. Raises ValueError when the length or a group number does not fit.

    >>> from kurak.engines.opinion.votes import Votes
    >>> v = Votes(np.array([10, 20]), np.array([7, 8]), np.array([0, 2, 3]), np.array([0, 1, 0], np.int32),
    ...           np.array([1, 0, -1], np.int8))
    >>> t = tally(v, [0, 0], 1)
    >>> t.agree.tolist(), t.disagree.tolist(), t.seen.tolist()
    ([[1, 0]], [[1, 0]], [[2, 1]])
    """
    groups = np.asarray(group)
    if groups.shape != (votes.people,):
        raise ValueError(f"group has shape {groups.shape}; one number for each of {votes.people} people is needed")
    if groups.size and (groups.min() < -1 or groups.max() >= k):
        raise ValueError(f"group numbers go from {groups.min()} to {groups.max()}; -1 to {k - 1} is allowed")
    cells: NDArray[Any] = np.zeros(max(k, 0) * votes.width * 3, np.int64 if votes.weight is None else np.float64)
    for people in _chunks(votes):
        cells += _count(votes, groups, people, len(cells))
    cube = cells.reshape(k, votes.width, 3)
    return Tally(cube[:, :, 2].copy(), cube[:, :, 0].copy(), cube.sum(axis=2))


def tally_all(votes: Votes) -> Tally:
    """Everybody as one population, (1, m): people without a group too."""
    return tally(votes, np.zeros(votes.people, np.int64), 1)


def _chunks(votes: Votes) -> Iterator[slice]:
    """Runs of people who have about CHUNK votes together."""
    bounds = np.searchsorted(votes.start, np.arange(0, len(votes.value), CHUNK), side="left").tolist()
    edges = sorted({0, *bounds, votes.people})
    return (slice(a, b) for a, b in pairwise(edges))


def _count(votes: Votes, groups: NDArray[np.signedinteger], people: slice, size: int) -> NDArray[Any]:
    """Flat counts by (group, statement, disagree | pass | agree) of a run of people."""
    first, last = int(votes.start[people.start]), int(votes.start[people.stop])
    each = np.diff(votes.start[people.start : people.stop + 1])
    of_vote = np.repeat(groups[people].astype(np.int64), each)
    code = (of_vote * votes.width + votes.statement[first:last]) * 3 + votes.value[first:last] + 1
    counted = of_vote >= 0
    if votes.weight is None:
        return np.bincount(code[counted], minlength=size)
    weight = np.repeat(votes.weight[people], each)
    return np.bincount(code[counted], weights=weight[counted], minlength=size)
