"""Unlikely voting in a drawing: who is flagged, and what would change without them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from kurak.cli.opinion.drawing import Drawing, grouping
from kurak.cli.opinion.summary import plain
from kurak.cli.opinion.votes import Events
from kurak.engines.opinion.comparison import Comparison, with_and_without
from kurak.engines.opinion.integrity import Flag, Flags, Limits, inspect
from kurak.engines.opinion.votes import Votes

FEWEST_COPIES = 3  # two people may be equal by chance


def inspected(mode: str, drawing: Drawing, events: Events) -> tuple[Flags, dict[str, Any]]:
    """Flags, each judged among people of the same group, and what the results would be without the flagged."""
    votes = drawing.votes
    person = None if events.time is None else np.searchsorted(votes.participants, events.participant)
    seconds = None if events.time is None else events.time / 1000.0  # openData writes milliseconds
    among_like = inspect(votes, event_person=person, event_time=seconds, group=drawing.group)
    flags = _with(among_like, _copies(votes))
    hidden = drawing.left_out | drawing.meta
    comparison = with_and_without(votes, flags.flagged, grouping(mode, drawing, events), hidden)
    return flags, _told(drawing, flags, comparison)


def _copies(votes: Votes) -> list[Flag]:
    """Several people equal to the last vote, whatever is usual in their group: a group of copies is usual to itself."""
    found = inspect(votes, limits=Limits(likeness=1.0)).flags
    return [flag for flag in found if flag.reason == "alike" and len(flag.with_) >= FEWEST_COPIES]


def _with(flags: Flags, more: list[Flag]) -> Flags:
    known = {(flag.person, flag.reason) for flag in flags.flags}
    every = [*flags.flags, *(flag for flag in more if (flag.person, flag.reason) not in known)]
    flagged = flags.flagged.copy()
    flagged[[flag.person for flag in every]] = True
    return Flags(tuple(sorted(every, key=lambda flag: (flag.person, flag.reason))), flagged, flags.limits)


def _told(drawing: Drawing, flags: Flags, comparison: Comparison) -> dict[str, Any]:
    """How many were flagged for what, and what would change without them."""
    ids = drawing.votes.statements
    names = ("consensus", "unites", "divides")
    lists = {name: [[ids[j] for j, _ in side] for side in getattr(comparison, name)] for name in names}
    counted: dict[str, Any] = plain({
        "flags": Counter(flag.reason for flag in flags.flags),
        "people": int(flags.flagged.sum()),
        "without_them": {
            "k": comparison.k[1],
            "agreement_of_groups": comparison.agreement,
            "largest_change_of_a_share": np.nanmax(np.abs(comparison.share_moved), initial=0.0),
            "only_with_them": {name: both[0] for name, both in lists.items()},
            "only_without_them": {name: both[1] for name, both in lists.items()},
        },
    })  # fmt: skip
    return counted
