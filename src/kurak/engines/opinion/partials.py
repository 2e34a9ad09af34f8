"""Sums over people, made in chunks that merge: prepare(chunk) -> partial, merge, finish.

Whatever is summed over people is first rounded to whole multiples of 2^-24. Sums of such numbers are exact in double
precision (up to 2^53 of them), so they do not depend on the order of people, on the size of chunks, on threads or on
machines: one worker or fifty give the same picture to the last bit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from kurak.engines.opinion.votes import Votes

type Floats = NDArray[np.float64]

CHUNK = 1 << 18  # votes: large enough to be worth a call, small enough for the processor's own memory
GRAIN = float(1 << 24)


class Partial(Protocol):
    def __add__(self, other: Self, /) -> Self: ...


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A run of people: `first` is the number of the first; in every observed cell `seen` has a 1, `value` the vote."""

    first: int
    seen: csr_array
    value: csr_array
    weight: Floats | None

    @property
    def people(self) -> int:
        return int(self.seen.shape[0])

    @property
    def slice(self) -> slice:
        return slice(self.first, self.first + self.people)

    @property
    def sides(self) -> Floats:
        """(people,) how often each took a side: agrees and disagrees, no passes."""
        taken = np.add.reduceat(np.append(np.abs(self.value.data), 0.0), self.value.indptr[:-1])
        return np.where(np.diff(self.value.indptr) > 0, taken, 0.0)

    def weighed(self, rows: Floats) -> Floats:
        """Rows, (people, c), times what each person counts."""
        return rows if self.weight is None else rows * self.weight[:, None]


def fixed(values: Floats) -> Floats:
    """Multiples of 2^-24, whose sums are exact.

    >>> a = fixed(np.array([0.1, 0.2, 0.3]))
    >>> (a[0] + a[1]) + a[2] == a[0] + (a[1] + a[2])
    np.True_
    """
    return np.rint(values * GRAIN) / GRAIN


def chunks(votes: Votes, size: int = CHUNK) -> Iterator[Chunk]:
    """Runs of people with about `size` votes together."""
    if votes.people == 0:
        return iter([chunk(votes, 0, 0)])
    bounds = np.searchsorted(votes.start, np.arange(0, len(votes.value), size)).tolist()
    edges = sorted({0, *bounds, votes.people})
    return (chunk(votes, first, last) for first, last in pairwise(edges))


def chunk(votes: Votes, first: int, last: int) -> Chunk:
    """People first .. last - 1."""
    a, b = int(votes.start[first]), int(votes.start[last])
    start = (votes.start[first : last + 1] - a).astype(np.int32)
    shape = (last - first, votes.width)
    column, value = votes.statement[a:b], votes.value[a:b].astype(np.float64)
    weight = None if votes.weight is None else votes.weight[first:last]
    return Chunk(
        first, csr_array((np.ones(b - a), column, start), shape), csr_array((value, column, start), shape), weight
    )


def over[P: Partial](votes: Votes, prepare: Callable[[Chunk], P], merge: Callable[[P, P], P] | None = None) -> P:
    """The partials of all chunks, merged; prepared by as many threads as there are processors."""
    return merged(mapped(votes, prepare), merge)


def mapped[R](votes: Votes, prepare: Callable[[Chunk], R]) -> Iterator[R]:
    """prepare(chunk) of every chunk, in the order of people."""
    if len(votes.value) <= CHUNK:
        yield from map(prepare, chunks(votes))
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(prepare, chunks(votes))


def merged[P: Partial](partials: Iterable[P], merge: Callable[[P, P], P] | None = None) -> P:
    return reduce(merge or (lambda a, b: a + b), partials)
