"""Votes as the engine reads them: one row a person, the latest vote of a person on a statement, seen cells only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
    raise NotImplementedError
