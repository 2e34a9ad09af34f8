"""What the pages where rooms meet ask of the rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Sum
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kurak.commitments.agendas import queries as agendas
from kurak.commitments.agendas.models import Commitment
from kurak.dialogue.conversations import queries as conversations
from kurak.dialogue.conversations.models import Conversation, Picture, Statement
from kurak.dialogue.conversations.showing import thumbnail
from kurak.ground.places import queries as places
from kurak.ground.places.drawing import region_map
from kurak.ground.places.models import Place
from kurak.ground.safety.counts import guard

MOST_TALKED = 6
MOST_DUE = 3


def talked_about() -> list[dict[str, Any]]:
    """Open conversations first, then the newest that are closed, each with a small picture."""
    rows = [(conversations.phase_of(each), each) for each in conversations.listed()[: 4 * MOST_TALKED]]
    rows.sort(key=lambda row: row[0] != Conversation.Phase.OPEN)
    return [shown(each, phase) for phase, each in rows[:MOST_TALKED]]


def shown(conversation: Conversation, phase: str) -> dict[str, Any]:
    drawn = thumbnail(conversation)
    is_open = phase == Conversation.Phase.OPEN
    return {"conversation": conversation, "is_open": is_open, "thumbnail": drawn, "people": guard(drawn["people"])}


def shown_talks(listed: Iterable[Conversation]) -> list[dict[str, Any]]:
    """These conversations, each with a small picture."""
    return [shown(each, conversations.phase_of(each)) for each in listed]


def numbers() -> dict[str, Any]:
    """How much has been said so far, in conversations that anybody may find. Counts of people are guarded."""
    listed = conversations.listed()
    drawn = Picture.objects.filter(conversation__in=listed).aggregate(people=Sum("people"), votes=Sum("votes"))
    said = Statement.objects.filter(conversation__in=listed, status=Statement.Status.ACCEPTED, merged_into=None)
    return {
        "conversations": listed.count(),
        "people": guard(drawn["people"] or 0),
        "statements": said.count(),
        "votes": guard(drawn["votes"] or 0),
    }


def countries() -> list[Place]:
    return places.in_order(places.countries(), get_language() or "en")


def map_of(shown: list[Place]) -> SafeString | str:
    language = get_language() or "en"
    if not shown:
        return ""
    names = {place.code: place.name(language) for place in shown}
    return region_map(names, title=_("Countries of the region"), links={code: f"/places/{code}/" for code in names})


def due_soon(*, today: dt.date) -> list[Commitment]:
    """Commitments whose day is next, without those that are closed."""
    return agendas.due(after=today)[:MOST_DUE]
