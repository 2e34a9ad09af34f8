"""What can be asked of conversations."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone

from kurak.dialogue.conversations import keys
from kurak.dialogue.conversations.models import Conversation, Participant, Statement, Vote
from kurak.ground.languages.folding import most_alike

Phase, Status = Conversation.Phase, Statement.Status


def phase_of(conversation: Conversation) -> str:
    """The phase now: the dates move it without anybody's hand."""
    now = timezone.now()
    if conversation.phase == Phase.DRAFT and conversation.opens and conversation.opens <= now:
        return Phase.CLOSED if conversation.closes and conversation.closes <= now else Phase.OPEN
    if conversation.phase == Phase.OPEN and conversation.closes and conversation.closes <= now:
        return Phase.CLOSED
    return conversation.phase


def listed() -> QuerySet[Conversation]:
    """Conversations that anybody may find: not in preparation, not by link or guest list."""
    started = ~Q(phase=Phase.DRAFT) | Q(opens__lte=timezone.now())
    return Conversation.objects.filter(started, admission=Conversation.Admission.OPEN).select_related("place")


def participant_of(request: HttpRequest, conversation: Conversation) -> Participant | None:
    """The pseudonym whose key the browser holds, if it has taken part."""
    key = keys.key_in(request)
    if key is None:
        return None
    return conversation.participants.filter(digest=keys.digest_of(conversation, key)).first()


def shown_statements(conversation: Conversation) -> QuerySet[Statement]:
    """Statements put to the vote: all but rejected and merged ones; in strict moderation only accepted ones."""
    return readable_statements(conversation).filter(merged_into=None)


def is_put_to_the_vote(statement: Statement) -> bool:
    """The same of one statement."""
    return statement.status in readable_statuses(statement.conversation) and statement.merged_into_id is None


def readable_statements(conversation: Conversation) -> QuerySet[Statement]:
    """Statements whose words anybody may read who may read the conversation: merged ones too, none that was rejected,
    and in strict moderation none that waits."""
    return conversation.statements.filter(status__in=readable_statuses(conversation))


def readable_statuses(conversation: Conversation) -> list[Statement.Status]:
    strict = conversation.moderation == Conversation.Moderation.STRICT
    return [Status.ACCEPTED] if strict else [Status.ACCEPTED, Status.WAITING]


def votes_of(participant: Participant) -> QuerySet[Vote]:
    """My votes, newest first."""
    return participant.votes.filter(latest=True).select_related("statement").order_by("-at", "-pk")


def statements_of(participant: Participant) -> QuerySet[Statement]:
    return participant.statements.order_by("-number")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a participant is."""

    voted: int
    shown: int

    @property
    def left(self) -> int:
        return max(self.shown - self.voted, 0)


def progress(conversation: Conversation, participant: Participant | None) -> Progress:
    shown = shown_statements(conversation)
    voted = shown.filter(votes__participant=participant, votes__latest=True).count() if participant else 0
    return Progress(voted=voted, shown=shown.count())


def unanswered(conversation: Conversation, participant: Participant | None) -> QuerySet[Statement]:
    """Statements the participant may still vote on; nobody is asked about their own words."""
    statements = shown_statements(conversation)
    if participant is None:
        return statements
    answered = participant.votes.filter(latest=True).values("statement")
    return statements.exclude(pk__in=answered).exclude(author=participant)


def pictures_due() -> QuerySet[Conversation]:
    """Conversations whose picture lacks votes, or was asked for anew."""
    newest = Vote.objects.filter(conversation=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    behind = Q(picture=None) | Q(newest__gt=F("picture__last_vote")) | Q(picture__stale=True)
    return Conversation.objects.annotate(newest=Subquery(newest)).filter(behind, newest__isnull=False)


def alike(conversation: Conversation, body: str) -> list[Statement]:
    """Statements that say nearly the same, most alike first, in whatever language they share."""
    candidates = list(shown_statements(conversation))
    return [statement for statement, _score in most_alike(body, candidates, read=_all_bodies, at_least=0.35, limit=3)]


def _all_bodies(statement: Statement) -> str:
    return statement.text.body
