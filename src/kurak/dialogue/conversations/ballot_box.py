"""The short way of a vote that nothing speaks against: one statement to the database. Whatever is not plain (a first
visit, a changed mind, a closed conversation, a statement that is gone) goes the long way through `actions.cast_vote`,
which says why (docs/decisions/0008-the-short-way-of-a-vote.md).

Votes come by the hundred a second from one page; there Django's way of building five queries costs more than the
database takes to answer them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache, wraps
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from kurak.dialogue.conversations import chances, keys
from kurak.dialogue.conversations.models import Conversation, Participant, Statement, Vote
from kurak.ground.safety.limits import LIMITS

DROP = """
INSERT INTO {vote} (conversation_id, participant_id, statement_id, value, matters, latest, chance, at)
SELECT c.id, p.id, s.id, %s, %s, %s, CAST(%s AS double precision), %s
FROM {conversation} c
JOIN {participant} p ON p.conversation_id = c.id AND p.digest = %s
JOIN {statement} s ON s.conversation_id = c.id AND s.number = %s
WHERE c.id = %s AND c.slug = %s AND c.phase = 'open' AND (c.closes IS NULL OR c.closes > %s)
  AND (s.status = 1 OR (s.status = 0 AND c.moderation = 'open')) AND s.merged_into_id IS NULL
  AND (SELECT COUNT(*) FROM {vote} w WHERE w.participant_id = p.id AND w.at > %s AND w.latest {true}) < %s
ON CONFLICT DO NOTHING
"""
TABLES = {model._meta.model_name or "": model._meta.db_table for model in (Conversation, Participant, Statement, Vote)}


@cache
def drop(vendor: str) -> str:
    """SQLite finds a partial index only if its condition is repeated as Django wrote it there."""
    return DROP.format(**TABLES, true="= 1" if vendor == "sqlite" else "")


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote as it was sent."""

    slug: str
    conversation: int
    key: str
    statement: int
    value: int
    matters: bool
    chance: str

    @property
    def digest(self) -> str:
        return keys.digest_in(self.conversation, self.key)


def swift(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Try the short way first, for those who wait for an answer and not for a page."""

    @wraps(view)
    def dropped_or_seen(request: HttpRequest, slug: str) -> HttpResponse:
        ballot = ballot_of(request, slug)
        if ballot is None or not dropped(ballot):
            return view(request, slug=slug)
        answer = {"statement": ballot.statement, "value": ballot.value, "matters": ballot.matters}
        return JsonResponse(answer, headers={"Cache-Control": "no-store", "Referrer-Policy": "same-origin"})

    return dropped_or_seen


def ballot_of(request: HttpRequest, slug: str) -> Ballot | None:
    """The vote of the request, if it is one that the short way can take."""
    key = keys.key_in(request)
    conversation = row_of(slug) if key else None
    if key is None or conversation is None or "application/json" not in request.headers.get("Accept", ""):
        return None
    sent = request.POST
    statement, value = chances.whole(sent.get("statement")), chances.whole(sent.get("value"))
    if value not in Vote.Value.values or statement < 0:
        return None
    return Ballot(slug, conversation, key, statement, value, "matters" in sent, sent.get("chance", ""))


@lru_cache(maxsize=4096)
def known_row(slug: str) -> int:
    return Conversation.objects.values_list("pk", flat=True).get(slug=slug)


def row_of(slug: str) -> int | None:
    """A conversation keeps its row and its name; the statement checks both anyway."""
    try:
        return known_row(slug)
    except Conversation.DoesNotExist:
        return None


def moments(seconds: int) -> tuple[Any, Any]:
    """Now, and so many seconds ago, as the database writes them."""
    now = timezone.now()
    written = connection.ops.adapt_datetimefield_value
    return written(now), written(now - timedelta(seconds=seconds))


def dropped(ballot: Ballot) -> bool:
    """Whether the vote went into the box by this call. False: nothing was done, and the long way says why; a second
    vote on a statement meets the constraint that there is one latest vote of a person on it."""
    limit = LIMITS["vote"]
    now, since = moments(limit.seconds)
    chance = chances.opened(ballot.conversation, ballot.statement, ballot.chance)
    who = [ballot.digest, ballot.statement, ballot.conversation, ballot.slug, now, since, limit.times]
    with connection.cursor() as cursor:
        cursor.execute(drop(connection.vendor), [ballot.value, ballot.matters, True, chance, now, *who])
        if cursor.rowcount == 1:
            return True
    known_row.cache_clear()  # perhaps the name stands for another row now
    return False
