"""Who may decide an appeal: not whoever rejected the statement, unless nobody else is there."""

from django.db.models import Q, QuerySet

from kurak.dialogue.conversations.models import Conversation, Statement
from kurak.dialogue.conversations.moderation.models import Decision
from kurak.dialogue.conversations.rules import may_moderate
from kurak.ground.people.models import Person
from kurak.ground.people.rules import Role

MODERATING = (Role.MODERATOR, Role.FACILITATOR, Role.COORDINATOR)


def moderators_of(conversation: Conversation) -> QuerySet[Person]:
    """Everybody who may moderate the conversation."""
    around = list(conversation.place.ancestors(include_self=True).values_list("pk", flat=True))
    granted = Q(grants__role__in=MODERATING, grants__place__in=around)
    return Person.objects.filter(granted | Q(pk=conversation.opened_by_id), is_active=True).distinct()


def rejected_by(statement: Statement) -> int | None:
    """The person who rejected the statement last."""
    rejections = statement.decisions.filter(verb=Decision.Verb.REJECTED)
    return rejections.values_list("by", flat=True).first()


def may_decide_appeal(person, statement: Statement) -> bool:
    if not may_moderate(person, statement.conversation):
        return False
    if rejected_by(statement) != person.pk:
        return True
    return not moderators_of(statement.conversation).exclude(pk=person.pk).exists()
