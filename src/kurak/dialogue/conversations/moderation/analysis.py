"""Votes into the integrity engine and back: flags for moderators, and what of the picture depends on the flagged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import batched
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from kurak.dialogue.conversations import analysis, reading
from kurak.dialogue.conversations.models import Conversation, Flag, Participant, Statement, Vote
from kurak.dialogue.conversations.moderation.models import Comparison

if TYPE_CHECKING:
    from kurak.engines.opinion import Votes
    from kurak.engines.opinion.comparison import Comparison as Compared
    from kurak.engines.opinion.integrity import Flag as Found

KINDS = {
    "alike": Flag.Kind.TWIN,
    "all-agree": Flag.Kind.ONE_SIDED,
    "all-disagree": Flag.Kind.ONE_SIDED,
    "too-fast": Flag.Kind.TOO_FAST,
}
FEWEST_COPIES = 3  # two people may be equal by chance
MOST_MOVED = 5  # statements whose share of agreement changes most
type Key = tuple[int, str]  # participant, kind


def look_for_patterns(conversation: Conversation) -> int:
    """Look through all votes; how many patterns wait for a moderator. What was decided before stays decided."""
    statements = list(conversation.statements.order_by("number"))
    events, _settled = reading.events(conversation)
    votes = analysis.collected(conversation, events, statements)
    found = patterns(conversation, votes) if votes.people >= analysis.FEWEST else {}
    with transaction.atomic():
        keep_flags(conversation, found)
        keep_comparison(conversation, votes, statements)
    return Flag.objects.filter(participant__conversation=conversation, state=Flag.State.OPEN).count()


def patterns(conversation: Conversation, votes: Votes) -> dict[Key, dict[str, Any]]:
    """Evidence of every pattern. What is usual is judged within a person's group, or people of one mind would be
    flagged for it. A group that is made of copies is usual to itself: so several equal to the last vote are flagged
    whatever their group does, and the evidence says that this was how they were found."""
    from kurak.engines import opinion
    from kurak.engines.opinion.integrity import Limits, inspect

    person, time = moments(conversation, votes)
    among_like = inspect(votes, event_person=person, event_time=time, group=opinion.draw(votes).group)
    copies = [flag for flag in inspect(votes, limits=Limits(likeness=1.0)).flags if len(flag.with_) >= FEWEST_COPIES]
    numbers = dict(conversation.participants.values_list("pk", "number"))
    found: dict[Key, dict[str, Any]] = {}
    for within_groups, flags in ((False, copies), (True, among_like.flags)):  # the evidence of the second is kept
        for flag in flags:
            told = evidence(flag, votes, numbers) | {"within_groups": within_groups}
            found[int(votes.participants[flag.person]), KINDS[flag.reason]] = told
    return found


def evidence(flag: Found, votes: Votes, numbers: dict[int, int]) -> dict[str, Any]:
    """What the moderator reads, in numbers that any database takes."""
    return {
        "reason": flag.reason, "votes": flag.votes,
        "chance": None if isnan(flag.chance) else float(f"{flag.chance:.2g}"),
        "fast": None if isnan(flag.fast) else round(100 * flag.fast),
        "with": sorted(numbers[int(votes.participants[other])] for other in flag.with_ if other != flag.person),
    }  # fmt: skip


def moments(conversation: Conversation, votes: Votes) -> tuple[np.ndarray, np.ndarray]:
    """Row number of the person, and time in seconds, of every vote event."""
    rows = Vote.objects.filter(conversation=conversation).values_list("participant_id", "at")
    chunks = [
        np.array([(person, at.timestamp()) for person, at in chunk if at], np.float64).reshape(-1, 2)
        for chunk in batched(rows.iterator(chunk_size=20_000), 20_000)
    ]
    events = np.concatenate(chunks) if chunks else np.zeros((0, 2))
    known = np.isin(events[:, 0], votes.participants)  # somebody may have voted for the first time since
    return np.searchsorted(votes.participants, events[known, 0]), events[known, 1]


def keep_flags(conversation: Conversation, found: dict[Key, dict[str, Any]]) -> None:
    """New patterns are added, open ones freshened or, where they are gone, taken away."""
    known = {
        (flag.participant_id, flag.kind): flag
        for flag in Flag.objects.select_for_update(of=("self",)).filter(participant__conversation=conversation)
    }
    there = set(Participant.objects.filter(conversation=conversation).values_list("pk", flat=True))
    Flag.objects.bulk_create([
        Flag(participant_id=person, kind=kind, evidence=told)
        for (person, kind), told in found.items() if (person, kind) not in known and person in there
    ])  # fmt: skip
    for key, flag in known.items():
        if key in found:
            flag.evidence = found[key]
            flag.save(update_fields=["evidence"])
        elif flag.state == Flag.State.OPEN:
            flag.delete()


def keep_comparison(conversation: Conversation, votes: Votes, statements: Sequence[Statement]) -> None:
    """The picture with everybody, and without everybody who is flagged and was not cleared."""
    suspects = Flag.objects.filter(participant__conversation=conversation).exclude(state=Flag.State.CLEARED)
    flagged = np.isin(votes.participants, list(suspects.values_list("participant", flat=True)))
    shown = {}
    if flagged.any() and int((~flagged).sum()) >= analysis.FEWEST:
        shown = compared(votes, flagged, [statement.left_out for statement in statements])
    Comparison.objects.update_or_create(conversation=conversation, defaults={"at": timezone.now(), "shown": shown})


def compared(votes: Votes, flagged: np.ndarray, left_out: Sequence[bool]) -> dict[str, Any]:
    from kurak.engines import opinion
    from kurak.engines.opinion.comparison import with_and_without
    from kurak.engines.opinion.integrity import without
    from kurak.engines.opinion.tally import tally_all

    out = votes.statements[np.array(left_out, bool)].tolist()
    weight = np.ones(votes.people) if votes.weight is None else votes.weight.copy()
    weight[flagged] = 1.0  # as if nobody had been excluded yet
    whole = replace(votes, weight=weight)

    def grouping(given: Votes) -> tuple[np.ndarray, int]:
        drawn = opinion.draw(given, settings=opinion.Settings(smallest=analysis.SMALLEST_GROUP), left_out=out)
        return drawn.group, drawn.k

    found = with_and_without(whole, flagged, grouping, np.array(left_out, bool))
    shares = [agreeing(tally_all(each)) for each in (whole, without(whole, flagged))]
    return {
        "people": votes.people, "excluded": found.excluded, "k": list(found.k), "same": bool(found.same),
        "agreement": round(float(found.agreement), 3),
        "moved": list(moved(found, shares, votes, left_out)),
        "lists": {
            name: [[[int(votes.statements[column]), bool(agrees)] for column, agrees in side] for side in sides]
            for name, sides in (("consensus", found.consensus), ("unites", found.unites), ("divides", found.divides))
        },
    }  # fmt: skip


def agreeing(counts: Any) -> np.ndarray:
    """The percentage of agreement on every statement; NaN where nobody voted."""
    seen = counts.seen[0].astype(float)
    return np.divide(100 * counts.agree[0], seen, out=np.full(len(seen), np.nan), where=seen > 0)


def moved(
    found: Compared, shares: Sequence[np.ndarray], votes: Votes, left_out: Sequence[bool]
) -> Iterator[dict[str, int]]:
    """The statements whose share of agreement changes most, by a percentage point at least."""
    change = np.where(np.isnan(found.share_moved) | np.array(left_out, bool), 0, np.abs(found.share_moved))
    for column in np.argsort(-change, kind="stable")[:MOST_MOVED]:
        if change[column] >= 0.01:
            before, after = (round(float(share[column])) for share in shares)
            yield {"statement": int(votes.statements[column]), "with": before, "without": after}
