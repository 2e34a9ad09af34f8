"""A picture that moves with every vote: one vote is folded in at the cost of one person, whatever the size.

The axes and the rule stay those of the last full drawing; people and counts move. The next drawing reads `votes()`,
which are the same as if all votes had been collected anew, so that folding leaves no trace in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.engines.opinion.picture import Picture, Place, place
from kurak.engines.opinion.tally import Tally
from kurak.engines.opinion.votes import AGREE, DISAGREE, PASS, Votes, collect


class Live:
    """The people, groups and counts of a picture, kept up to date.

    votes: those the picture was drawn from. New people join with the weight 1; statements the picture does not know
    are kept for the next drawing and move nobody.

    >>> from kurak.engines.opinion.picture import draw
    >>> votes = collect([1, 1, 2, 2, 3, 3], [1, 2, 1, 2, 1, 2], [1, -1, 1, -1, -1, 1])
    >>> live = Live(draw(votes), votes)
    >>> live.fold(participant=2, statement=2, value=1).group, int(live.tally.agree.sum())
    (0, 4)
    """

    def __init__(self, picture: Picture, votes: Votes) -> None:
        if not np.array_equal(picture.participants, votes.participants):
            raise ValueError("these are not the votes that the picture was drawn from: their participants differ")
        self.picture, self._drawn_from = picture, votes
        self._cast: dict[Any, dict[Any, int]] = {}
        self._new: dict[Any, Place] = {}
        self.position, self.spread = picture.position.copy(), picture.spread.copy()
        self.group, self.confidence = picture.group.copy(), picture.confidence.copy()
        self.tally = Tally(picture.tally.agree.copy(), picture.tally.disagree.copy(), picture.tally.seen.copy())

    def fold(self, *, participant: Any, statement: Any, value: int) -> Place:
        """Take one vote in: the person's new place. A vote on a statement they voted on before replaces it."""
        if value not in (AGREE, PASS, DISAGREE):
            raise ValueError(f"value {value!r}: a vote is -1, 0 or +1")
        row = self._row(participant)
        before = self.votes_of(participant)
        after = before | {statement: int(value)}
        self._cast.setdefault(participant, {})[statement] = int(value)
        moved = place(self.picture, list(after), list(after.values()))
        weight = 1 if row is None or self._drawn_from.weight is None else self._drawn_from.weight[row]
        self._count(before, self._group_of(participant, row), -weight)
        self._count(after, moved.group, weight)
        self._settle(participant, row, moved)
        return moved

    def votes_of(self, participant: Any) -> dict[Any, int]:
        """A person's votes by statement, those folded in since the drawing included."""
        row, drawn = self._row(participant), self._drawn_from
        cells = slice(0, 0) if row is None else slice(int(drawn.start[row]), int(drawn.start[row + 1]))
        ids = drawn.statements[drawn.statement[cells]].tolist()
        return dict(zip(ids, drawn.value[cells].tolist(), strict=True)) | self._cast.get(participant, {})

    def votes(self) -> Votes:
        """All votes, for the next full drawing."""
        drawn = self._drawn_from
        new = [(person, said, value) for person, cast in self._cast.items() for said, value in cast.items()]
        if not new:
            return drawn
        who, what, how = (np.array(part) for part in zip(*new, strict=True))
        people = np.union1d(drawn.participants, who)
        return collect(
            np.concatenate([drawn.participants[drawn.row], who]),
            np.concatenate([drawn.statements[drawn.statement], what]),
            np.concatenate([drawn.value, how]),
            weight=self._weights(people),
            participants=people,
            statements=np.union1d(drawn.statements, what),
        )

    def people(self) -> dict[Any, Place]:
        """The places of people who joined after the drawing."""
        return dict(self._new)

    def snapshot(self) -> Picture:
        """The picture as it now stands, of the people it was drawn with."""
        return replace(
            self.picture, position=self.position.copy(), spread=self.spread.copy(), group=self.group.copy(),
            confidence=self.confidence.copy(), tally=self.tally,
        )  # fmt: skip

    def _row(self, participant: Any) -> int | None:
        known = self._drawn_from.participants
        at = int(np.searchsorted(known, participant))
        return at if at < len(known) and known[at] == participant else None

    def _group_of(self, participant: Any, row: int | None) -> int:
        if row is not None:
            return int(self.group[row])
        return self._new[participant].group if participant in self._new else -1

    def _count(self, votes: dict[Any, int], group: int, weight: float) -> None:
        """Add a person's votes to their group's counts, or take them off."""
        if group < 0 or not votes:
            return
        ids, value = np.array(list(votes)), np.array(list(votes.values()))
        at = np.minimum(np.searchsorted(self.picture.statements, ids), len(self.picture.statements) - 1)
        known = self.picture.statements[at] == ids
        column, value = at[known], value[known]
        for cells, counted in (
            (self.tally.agree, value == AGREE), (self.tally.disagree, value == DISAGREE), (self.tally.seen, value > -2)
        ):  # fmt: skip
            cells[group, column[counted]] += weight

    def _settle(self, participant: Any, row: int | None, moved: Place) -> None:
        if row is None:
            self._new[participant] = moved
            return
        self.position[row], self.spread[row] = moved.position, moved.spread
        self.group[row], self.confidence[row] = moved.group, moved.confidence

    def _weights(self, people: NDArray[Any]) -> NDArray[np.float64] | None:
        if self._drawn_from.weight is None:
            return None
        weight = np.ones(len(people))
        weight[np.searchsorted(people, self._drawn_from.participants)] = self._drawn_from.weight
        return weight
