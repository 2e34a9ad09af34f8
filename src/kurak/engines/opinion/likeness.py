"""Near-duplicate voting patterns in linear time: signatures find candidates, exact comparison decides.

Source: Broder, "On the resemblance and containment of documents", 1997 (minhash); Community Notes counts raters with
anomalously similar choices as one ("post selection similarity", ranking-notes.md).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kurak.engines.opinion.votes import Votes

BANDS, ROWS = 10, 3  # two people who share 90 % of their votes meet in at least one band in all but 1 of 10⁵ cases
NEIGHBOURS = 3  # members of a bucket that each member is compared with, so that a large bucket stays linear

type Floats = NDArray[np.float64]


def alike(
    votes: Votes, shares: Floats, group: NDArray[np.int64], least_votes: int, likeness: float, chance: float
) -> Iterator[tuple[tuple[int, ...], float]]:
    """Sets of people (row numbers, ascending) who vote alike, with the number of such pairs that chance would make.

    shares: (k + 1, m, 3) of disagree, pass, agree in each group, everybody last    group: (n,) -1 = none
    likeness: least Jaccard index of two people's votes
    Two people are alike if, by the shares of their groups, fewer than `chance` of all pairs would agree so often.
    """
    eligible = np.flatnonzero(np.diff(votes.start) >= least_votes)
    if len(eligible) < 2:
        return
    pairs = len(eligible) * (len(eligible) - 1) / 2
    found: dict[tuple[int, int], float] = {}
    for a, b in candidates(signatures(votes, eligible), eligible):
        expected = _expected(votes, a, b, (shares[group[a]], shares[group[b]]), likeness, pairs)
        if expected < chance:
            found[a, b] = expected
    yield from _sets(found, votes.people)


def signatures(votes: Votes, people: NDArray[np.intp]) -> NDArray[np.uint64]:
    """(BANDS · ROWS, p) for each of some fixed hashes the smallest over a person's votes (statement and answer)."""
    token = votes.statement.astype(np.uint64) * np.uint64(3) + (votes.value + 1).astype(np.uint64)
    starts = votes.start[:-1][people]
    # reduceat reads from one start to the next: people in between who are not asked for get a stop of their own
    edges = np.stack([starts, votes.start[1:][people]], axis=1).ravel()
    edges = edges[:-1] if edges[-1] == len(token) else edges
    return np.stack([np.minimum.reduceat(_mixed(token, seed), edges)[::2] for seed in range(1, BANDS * ROWS + 1)])


def candidates(signature: NDArray[np.uint64], people: NDArray[np.intp]) -> set[tuple[int, int]]:
    """Pairs of people who agree in all rows of a band, each with its next few neighbours there."""
    pairs: set[tuple[int, int]] = set()
    for band in range(BANDS):
        rows = signature[band * ROWS : (band + 1) * ROWS]
        order = np.lexsort(rows)
        for step in range(1, NEIGHBOURS + 1):
            first, second = order[:-step], order[step:]
            same = np.all(rows[:, first] == rows[:, second], axis=0)
            ends = np.sort(np.stack([people[first[same]], people[second[same]]], axis=1), axis=1)
            pairs.update(map(tuple, ends.tolist()))
    return pairs


def _mixed(token: NDArray[np.uint64], seed: int) -> NDArray[np.uint64]:
    """A fixed hash (splitmix64 of token and seed)."""
    z = token + np.uint64(seed * 0x9E3779B97F4A7C15 % 2**64)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _expected(votes: Votes, a: int, b: int, usual: tuple[Floats, Floats], likeness: float, pairs: float) -> float:
    """How many of all pairs would by chance agree where these two do; infinite if they are not that much alike."""
    (sa, va), (sb, vb) = ((votes.statement[s], votes.value[s]) for s in (_of(votes, a), _of(votes, b)))
    common, at_a, at_b = np.intersect1d(sa, sb, assume_unique=True, return_indices=True)
    same = va[at_a] == vb[at_b]
    agreeing = int(same.sum())
    together = len(sa) + len(sb) - agreeing
    if agreeing < likeness * together:
        return float("inf")
    on = common[same]
    coincidence = (usual[0][on] * usual[1][on]).sum(axis=1)  # of two such people giving the same answer
    return float(pairs * np.exp(np.log(coincidence).sum()))


def _of(votes: Votes, person: int) -> slice:
    return slice(int(votes.start[person]), int(votes.start[person + 1]))


def _sets(found: dict[tuple[int, int], float], people: int) -> Iterator[tuple[tuple[int, ...], float]]:
    """People who are alike by any chain of pairs belong together; the chance is that of the clearest pair."""
    if not found:
        return
    ends = np.array(list(found))
    links = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(people, people))
    label = connected_components(links, directed=False)[1]
    clearest: dict[int, float] = {}
    for (a, _), chance in found.items():
        clearest[label[a]] = min(clearest.get(label[a], 1.0), chance)
    members: dict[int, set[int]] = {}
    for a, b in found:
        members.setdefault(label[a], set()).update((a, b))
    for one in sorted(members, key=lambda key: min(members[key])):
        yield tuple(sorted(members[one])), clearest[one]
