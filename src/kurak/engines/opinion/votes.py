"""Votes as the engine reads them: one row a person, the latest vote of a person on a statement, seen cells only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array

AGREE, PASS, DISAGREE = 1, 0, -1


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """Observed votes in compressed rows.

    participants: (n,) ids, ascending        statements: (m,) ids, ascending
    start:        (n + 1,) int64; the votes of person i are start[i]:start[i + 1]
    statement:    (v,) int32 column numbers, ascending within a person
    value:        (v,) int8; +1 agree, 0 pass, -1 disagree
    weight:       (n,) float64 or None; what a person counts (None: everyone counts one)

    A cell that was not seen is not stored. Ids order rows and columns: the order in which votes arrive changes nothing.
    """

    participants: NDArray[np.generic]
    statements: NDArray[np.generic]
    start: NDArray[np.int64]
    statement: NDArray[np.int32]
    value: NDArray[np.int8]
    weight: NDArray[np.float64] | None = None

    @property
    def people(self) -> int:
        return len(self.participants)

    @property
    def width(self) -> int:
        return len(self.statements)

    @property
    def row(self) -> NDArray[np.int32]:
        """(v,) the person number of every vote."""
        return np.repeat(np.arange(self.people, dtype=np.int32), np.diff(self.start))


def collect(
    participant: ArrayLike,
    statement: ArrayLike,
    value: ArrayLike,
    time: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    *,
    participants: ArrayLike | None = None,
    statements: Sequence[object] | ArrayLike | None = None,
) -> Votes:
    """Votes from event arrays; of several votes of a person on a statement the latest counts.

    participant, statement: (e,) ids of any sortable dtype    value: (e,) -1, 0 or +1
    time:   (e,) sortable; where it is missing or equal, the later row counts
    weight: (n,) one weight per *participant in ascending id order*, >= 0
    participants, statements: all ids, to keep people without votes and statements nobody saw
    Raises ValueError for lengths that differ, values other than -1, 0, +1, unknown ids, negative weights.

    >>> v = collect(["b", "a", "b"], [7, 7, 7], [1, -1, 0])
    >>> v.participants.tolist(), v.statement.tolist(), v.value.tolist()
    (['a', 'b'], [0, 0], [-1, 0])
    """
    if len({np.size(given) for given in (participant, statement, value, value if time is None else time)}) > 1:
        raise ValueError("participant, statement, value and time must be equally long")
    value = _values(value)
    people, row = _numbered(participant, participants, "participant")
    columns, column = _numbered(statement, statements, "statement")
    if time is not None:
        order = np.argsort(np.asarray(time), kind="stable")
        row, column, value = row[order], column[order], value[order]
    start, column, value = _latest(row, column, value, len(people), len(columns))
    return Votes(people, columns, start, column, value, _weights(weight, len(people)))


def _values(value: ArrayLike) -> NDArray[np.int8]:
    given = np.asarray(value)
    if given.size == 0:
        return np.zeros(0, dtype=np.int8)
    wrong = (given != AGREE) & (given != PASS) & (given != DISAGREE)
    if np.any(wrong):
        place = int(np.flatnonzero(wrong)[0])
        raise ValueError(f"value {given[place]!r} in row {place}: a vote is -1, 0 or +1")
    return given.astype(np.int8, copy=False)


def _weights(weight: ArrayLike | None, people: int) -> NDArray[np.float64] | None:
    if weight is None:
        return None
    weights = np.array(weight, dtype=np.float64)
    if weights.shape != (people,):
        raise ValueError(f"weight has the shape {weights.shape}: there are {people} participants")
    if not np.all(np.isfinite(weights)) or np.any(weights < 0):
        raise ValueError("a weight is a finite number, 0 or more")
    return weights


def _numbered(ids: ArrayLike, known: object, what: str) -> tuple[NDArray[np.generic], NDArray[np.int32]]:
    """All ids, ascending, and the number of every row's id among them."""
    given = np.asarray(ids)
    if known is None and given.dtype.kind in "iu" and given.dtype != np.uint64 and given.size:
        lowest = int(given.min())
        span = int(given.max()) - lowest + 1
        if span <= 4 * given.size + 1000:  # a table instead of a sort: linear, and light where ids are numbers
            return _tabled(given, lowest, span)
    if known is None:
        every, number = np.unique(given, return_inverse=True)
        return every, number.astype(np.int32)
    every = np.unique(np.asarray(known))
    if given.size == 0:
        return every, np.zeros(0, dtype=np.int32)
    number = np.minimum(np.searchsorted(every, given), max(len(every) - 1, 0))
    unknown = every[number] != given if len(every) else np.ones(given.shape, dtype=bool)
    if np.any(unknown):
        raise ValueError(f"unknown {what} {given[np.flatnonzero(unknown)[0]]!r}")
    return every, number.astype(np.int32)


def _tabled(given: NDArray[np.generic], lowest: int, span: int) -> tuple[NDArray[np.generic], NDArray[np.int32]]:
    offset = given.astype(np.int64) - lowest
    seen = np.zeros(span, dtype=bool)
    seen[offset] = True
    every = (np.flatnonzero(seen) + lowest).astype(given.dtype)
    return every, (np.cumsum(seen, dtype=np.int32) - 1)[offset]


def _latest(
    row: NDArray[np.int32], column: NDArray[np.int32], value: NDArray[np.int8], people: int, width: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int8]]:
    """Events by rows and columns, the last of equal cells only: where each row starts, columns, values."""
    forward = (row[1:] > row[:-1]) | ((row[1:] == row[:-1]) & (column[1:] > column[:-1]))
    if np.all(forward):
        start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=people))]).astype(np.int64)
        return start, column, value
    start, column, value = _ordered(row, column, value, people, width)
    again = column[1:] == column[:-1]
    edge = start[(start > 0) & (start < len(column))]
    again[edge - 1] = False
    if not np.any(again):
        return start, column, value
    last = np.append(~again, True)
    return np.concatenate([[0], np.cumsum(last, dtype=np.int64)])[start], column[last], value[last]


def _ordered(
    row: NDArray[np.int32], column: NDArray[np.int32], value: NDArray[np.int8], people: int, width: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int8]]:
    """By rows and columns in two counting passes, linear and stable: equal cells stay in the order of events."""
    cells = coo_array((value, (row, column)), shape=(people, width))
    cells.has_canonical_format = True  # or equal cells would be summed
    rows = cells.tocsc().tocsr()
    return rows.indptr.astype(np.int64), rows.indices.astype(np.int32, copy=False), rows.data


def among(votes: Votes, rows: ArrayLike) -> Votes:
    """The votes of some people: rows (p,) ascending person numbers; all statements are kept.

    >>> among(collect(["a", "b", "c"], [1, 2, 1], [1, 0, -1]), [0, 2]).value.tolist()
    [1, -1]
    """
    chosen = np.asarray(rows, np.int64)
    count = np.diff(votes.start)[chosen]
    start = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    cells = np.arange(start[-1]) + np.repeat(votes.start[chosen] - start[:-1], count)
    weight = None if votes.weight is None else votes.weight[chosen]
    return Votes(
        votes.participants[chosen], votes.statements, start, votes.statement[cells], votes.value[cells], weight
    )
