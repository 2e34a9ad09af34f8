"""What the facilitator looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kurak.dialogue.conversations import keys
from kurak.dialogue.conversations.desk.actions import EDITABLE, Invitation, plain
from kurak.dialogue.conversations.models import Conversation, GuestCode, Statement
from kurak.ground.people.models import Organisation, Person
from kurak.ground.people.rules import Role
from kurak.ground.places.models import Place

AT_THE_DESK = (Role.FACILITATOR, Role.MODERATOR, Role.COORDINATOR)
SHOWN_CHANGES = 30


def places_of(person: Person, *roles: str) -> QuerySet[Place]:
    """Every place at which the person holds one of these roles."""
    inside: set[int] = set()
    for granted in Place.objects.filter(grants__person=person, grants__role__in=roles).distinct():
        inside.update(granted.descendants(include_self=True).values_list("pk", flat=True))
    return Place.objects.filter(pk__in=inside)


def conversations_of(person: Person) -> QuerySet[Conversation]:
    """What the person may run or moderate, newest first."""
    places = list(places_of(person, *AT_THE_DESK).values_list("pk", flat=True))
    return Conversation.objects.filter(Q(opened_by=person) | Q(place__in=places)).select_related("place")


def places_for(person: Person, conversation: Conversation | None) -> QuerySet[Place]:
    """Where the person may open conversations, and where this one is."""
    granted = Q(pk__in=places_of(person, Role.FACILITATOR, Role.COORDINATOR).values_list("pk", flat=True))
    return Place.objects.filter(granted | Q(pk=conversation.place_id if conversation else None))


def organisations_for(person: Person, conversation: Conversation | None) -> QuerySet[Organisation]:
    """Those the person belongs to, and the one that holds this conversation."""
    theirs = Q(pk__in=person.memberships.values_list("organisation", flat=True))
    return Organisation.objects.filter(theirs | Q(pk=conversation.organisation_id if conversation else None))


def will_change(conversation: Conversation, phase: str) -> tuple[str, Any] | None:
    """The next phase that comes by itself, and when."""
    now = timezone.now()
    if phase == Conversation.Phase.DRAFT and conversation.opens and conversation.opens > now:
        return Conversation.Phase.OPEN, conversation.opens
    if phase == Conversation.Phase.OPEN and conversation.closes and conversation.closes > now:
        return Conversation.Phase.CLOSED, conversation.closes
    return None


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history: when, who, and the names of what changed."""

    at: Any
    by: str
    fields: list[str]


def changes_of(conversation: Conversation) -> list[Change]:
    """The newest changes, each compared with the state before it."""
    records = list(conversation.history.select_related("history_user")[: SHOWN_CHANGES + 1])
    found = []
    for after, before in pairwise(records):
        differing = [name for name in (*EDITABLE, "phase") if getattr(after, name) != getattr(before, name)]
        found.append(Change(after.history_date, str(after.history_user or ""), differing))
    if records and records[-1].history_type == "+":
        found.append(Change(records[-1].history_date, str(records[-1].history_user or ""), []))
    return found


def statements_of(conversation: Conversation) -> QuerySet[Statement]:
    cast = Count("votes", filter=Q(votes__latest=True))
    return conversation.statements.annotate(cast=cast).select_related("merged_into").order_by("number")


@dataclass(frozen=True, slots=True)
class Guests:
    """How many codes there are, and how many were used. Which were used is nobody's business."""

    invited: int
    used: int

    @property
    def unused(self) -> int:
        return self.invited - self.used


def guests_of(conversation: Conversation) -> Guests:
    counted = conversation.guest_codes.aggregate(invited=Count("pk"), used=Count("pk", filter=Q(used=True)))
    return Guests(**counted)


def known_codes(conversation: Conversation, invitations: Sequence[Invitation]) -> list[Invitation]:
    """Those of these codes that really are this conversation's."""
    digests = {keys.digest_of(conversation, plain(each.code)): each for each in invitations}
    found = GuestCode.objects.filter(conversation=conversation, digest__in=list(digests))
    known = set(found.values_list("digest", flat=True))
    return [each for digest, each in digests.items() if digest in known]
