"""A sample of people that follows from what they voted: the same in whatever order of rows, under whatever ids."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.opinion.partials import Chunk, mapped
from kurak.engines.opinion.votes import Votes

type Floats = NDArray[np.float64]

SAMPLE = 1600  # people


def marks(votes: Votes, seed: int) -> NDArray[np.uint64]:
    """(n,) numbers that look random and follow from what a person voted, not from who they are or where they stand."""
    table = np.random.default_rng(seed).integers(0, 2**63, 3 * votes.width + 1, dtype=np.uint64)

    def summed(chunk: Chunk) -> NDArray[np.uint64]:
        a, b = int(votes.start[chunk.first]), int(votes.start[chunk.first + chunk.people])
        code = votes.statement[a:b] * np.int32(3) + (votes.value[a:b] + np.int8(1))
        sums = np.add.reduceat(np.append(table[code], np.uint64(0)), chunk.seen.indptr[:-1])
        return np.where(np.diff(chunk.seen.indptr) > 0, sums, np.uint64(0))

    return np.concatenate(list(mapped(votes, summed)))


def sampled(votes: Votes, weight: Floats, seed: int, most: int = SAMPLE) -> Votes:
    """At most so many of the people with a weight, in an order of their own: the same people in whatever rows."""
    able = np.flatnonzero(weight > 0)
    mark = marks(votes, seed)[able]
    chosen = able[np.argsort(mark, kind="stable")[:most]]
    each = np.diff(votes.start)[chosen]
    start = np.concatenate([[0], np.cumsum(each)])
    cells = np.repeat(votes.start[chosen] - start[:-1], each) + np.arange(start[-1])
    return Votes(
        np.arange(len(chosen)), votes.statements, start, votes.statement[cells], votes.value[cells], weight[chosen]
    )
