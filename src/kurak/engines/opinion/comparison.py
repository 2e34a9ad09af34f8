"""The same conversation with and without some people: what of the result depends on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.opinion.consensus import consensus
from kurak.engines.opinion.findings import findings
from kurak.engines.opinion.integrity import without
from kurak.engines.opinion.stability import adjusted_rand
from kurak.engines.opinion.tally import tally, tally_all
from kurak.engines.opinion.votes import Votes

type Lists = tuple[tuple[tuple[int, bool], ...], tuple[tuple[int, bool], ...]]
type Grouping = Callable[[Votes], tuple[NDArray[np.int64], int]]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """excluded: people left out    k: groups with and without them
    agreement: adjusted Rand index of the two groupings of those who stay (1: the same groups)
    share_moved: (m,) change of the share that agrees, among all who voted, when they are left out (NaN: nobody is left)
    consensus, unites, divides: (column, agrees) that are on the list only with them, and only without them
    """

    excluded: int
    k: tuple[int, int]
    agreement: float
    share_moved: NDArray[np.float64]
    consensus: Lists
    unites: Lists
    divides: Lists

    @property
    def same(self) -> bool:
        """Whether every list and the number of groups stay what they were."""
        changes = (*self.consensus, *self.unites, *self.divides)
        return self.k[0] == self.k[1] and not any(changes)


def with_and_without(
    votes: Votes, people: ArrayLike, grouping: Grouping, left_out: ArrayLike | None = None
) -> Comparison:
    """Draw twice, with everybody and with these people weighing nothing.

    people: (n,) truths, or row numbers    grouping: votes → group of each person (-1 = none) and number of groups
    left_out: (m,) true where moderated out. Weights that people have already are kept in both.

    >>> from kurak.engines.opinion.votes import collect
    >>> v = collect(np.repeat(np.arange(9), 2), np.tile([0, 1], 9), np.repeat([1, -1], [12, 6]))
    >>> c = with_and_without(v, [6, 7, 8], lambda votes: (np.zeros(votes.people, np.int64), 1))
    >>> c.excluded, c.share_moved.round(2).tolist(), c.consensus
    (3, [0.33, 0.33], ((), ((0, True), (1, True))))
    """
    excluded = np.zeros(votes.people, np.bool_)
    excluded[np.asarray(people)] = True
    both = votes, without(votes, excluded)
    groups = [grouping(v) for v in both]
    found = [_lists(v, *g, left_out) for v, g in zip(both, groups, strict=True)]
    shares = [_share(v) for v in both]
    lists = [_only(with_, other) for with_, other in zip(*found, strict=True)]
    agreement = _agreement(groups[0][0][~excluded], groups[1][0][~excluded])
    k = groups[0][1], groups[1][1]
    return Comparison(int(excluded.sum()), k, agreement, shares[1] - shares[0], *lists)


def _lists(
    votes: Votes, group: NDArray[np.int64], k: int, left_out: ArrayLike | None
) -> tuple[set[tuple[int, bool]], ...]:
    """A statement that turns from agreed to rejected has changed, so the direction is part of the entry."""
    majority = consensus(tally_all(votes), left_out)
    said = findings(tally(votes, group, k), left_out)
    listed = {(m.statement, m.agrees) for m in (*majority.agree, *majority.disagree)}
    return listed, *({(f.statement, f.agrees) for f in found if f.said} for found in (said.unites, said.divides))


def _share(votes: Votes) -> NDArray[np.float64]:
    everybody = tally_all(votes)
    seen = everybody.seen[0].astype(np.float64)
    return np.asarray(np.divide(everybody.agree[0], seen, out=np.full(len(seen), np.nan), where=seen > 0))


def _only(one: set[tuple[int, bool]], other: set[tuple[int, bool]]) -> Lists:
    return tuple(sorted(one - other)), tuple(sorted(other - one))


def _agreement(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    grouped = (one >= 0) & (other >= 0)
    if not grouped.any():
        return 1.0
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one[grouped], other[grouped]), 1.0)
    return adjusted_rand(table)
