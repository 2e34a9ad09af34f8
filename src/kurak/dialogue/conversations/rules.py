"""Who may do and see what. Participants are known by their key, staff by their grants."""

from kurak.dialogue.conversations.models import Conversation
from kurak.ground.people.rules import Role, holds


def may_run(person, conversation: Conversation) -> bool:
    """Facilitate: whoever opened it, as long as they facilitate anywhere, and facilitators and coordinators of its
    place. Whose roles were all taken away has lost this too."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    opened = conversation.opened_by_id == person.pk and holds(person, Role.FACILITATOR)
    return opened or holds(person, Role.FACILITATOR, place=conversation.place)


def may_moderate(person, conversation: Conversation) -> bool:
    return may_run(person, conversation) or holds(person, Role.MODERATOR, place=conversation.place)


def may_open(person, place=None) -> bool:
    return holds(person, Role.FACILITATOR, place=place)


def may_analyse(person, conversation: Conversation) -> bool:
    return may_run(person, conversation) or holds(person, Role.ANALYST, place=conversation.place)
