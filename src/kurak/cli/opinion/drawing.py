"""Events → the engine → one drawing that every table and the picture are written from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.cli.opinion.groups import Given
from kurak.cli.opinion.statements import Statements
from kurak.cli.opinion.votes import Events
from kurak.engines.opinion.votes import Votes, collect

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """votes: the latest of each person on each statement    left_out: (m,) moderated out    meta: (m,)
    position: (n, 2)    group: (n,) -1 = none    names: of the groups    confidence: (n,), None where a mode has none
    how: what the mode tells about its choice of groups, for summary.json
    """

    votes: Votes
    left_out: NDArray[np.bool_]
    meta: NDArray[np.bool_]
    position: Floats
    group: NDArray[np.int64]
    names: tuple[str, ...]
    confidence: Floats | None
    how: Mapping[str, Any]

    @property
    def k(self) -> int:
        return len(self.names)


def drawn(mode: str, events: Events, statements: Statements, given: Given | None) -> Drawing:
    votes = collect(events.participant, events.statement, events.value, events.time)
    left_out = np.isin(votes.statements, np.array(sorted(statements.moderated_out), np.int64))
    meta = np.isin(votes.statements, np.array(sorted(statements.meta), np.int64))
    drawing = (_kurak if mode == "kurak" else _polis)(votes, left_out, meta, events)
    return drawing if given is None else _regrouped(drawing, given)


def grouping(mode: str, drawing: Drawing, events: Events) -> Callable[[Votes], tuple[NDArray[np.int64], int]]:
    """How these groups were found, to be done again on votes with other weights. Groups of a file stay as they are."""
    if "groups_from" in drawing.how:
        return lambda votes: (np.where(_weighty(votes), drawing.group, -1), drawing.k)

    def again(votes: Votes) -> tuple[NDArray[np.int64], int]:
        found = (_kurak if mode == "kurak" else _polis)(votes, drawing.left_out, drawing.meta, events)
        return np.where(_weighty(votes), found.group, -1), found.k

    return again


def _weighty(votes: Votes) -> NDArray[np.bool_]:
    return np.ones(votes.people, np.bool_) if votes.weight is None else votes.weight > 0


def _kurak(votes: Votes, left_out: NDArray[np.bool_], meta: NDArray[np.bool_], events: Events) -> Drawing:
    from kurak.engines.opinion.picture import draw

    picture = draw(votes, left_out=votes.statements[left_out | meta])
    names = tuple(str(g) for g in range(picture.k))
    how = {
        "engine": picture.engine,
        "stability": picture.stability,
        "tried": picture.tried,
        "settings": picture.settings,
    }
    group = np.asarray(picture.group, np.int64)
    return Drawing(votes, left_out, meta, picture.position, group, names, picture.confidence, how)


def _polis(votes: Votes, left_out: NDArray[np.bool_], meta: NDArray[np.bool_], events: Events) -> Drawing:
    from kurak.engines.opinion.polis import polis

    picture = polis(votes, left_out=left_out | meta, order=_order_of_arrival(votes, events))
    names = tuple(str(g) for g in range(picture.k)) if np.any(picture.group >= 0) else ()
    how = {
        "engine": "polis, own formulation",
        "silhouettes": {str(k): score for k, score in picture.silhouettes.items()},
    }
    return Drawing(votes, left_out, meta, picture.position, picture.group, names, None, how)


def _order_of_arrival(votes: Votes, events: Events) -> NDArray[np.intp] | None:
    """People by their first vote: the Polis method depends on it. Without times by number, as they were given out."""
    if events.time is None:
        return None
    first = np.full(votes.people, np.iinfo(np.int64).max)
    np.minimum.at(first, np.searchsorted(votes.participants, events.participant), events.time)
    return np.argsort(first, kind="stable")


def _regrouped(drawing: Drawing, given: Given) -> Drawing:
    """The groups of a file instead of ours; nothing is known of how sure they are."""
    group = given.numbers(drawing.votes.participants)
    unknown = len(set(given.group) - set(drawing.votes.participants.tolist()))
    how = {"groups_from": given.source.path.name, "grouped_people_without_votes": unknown}
    return replace(drawing, group=group, names=given.names, confidence=None, how=how)
