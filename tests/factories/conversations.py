"""Conversations for tests, written row by row: tests of the actions themselves use the actions."""

from itertools import count

from kurak.dialogue.conversations.models import Conversation, Participant, Statement, Vote
from kurak.ground.languages.text import Text
from tests.factories.places import a_place

_number = count(1)


def a_conversation(slug: str = "", **fields) -> Conversation:
    """Open to everybody, at a country, statements shown at once."""
    defaults = {
        "slug": slug or f"conversation-{next(_number)}",
        "question": Text("en", "What should change about our water?"),
        "phase": Conversation.Phase.OPEN,
        "moderation": Conversation.Moderation.OPEN,
    }
    fields.setdefault("place", None)
    fields["place"] = fields["place"] or a_place()
    return Conversation.objects.create(**{**defaults, **fields})


def a_participant(conversation: Conversation | None = None, **fields) -> Participant:
    conversation = conversation or a_conversation()
    number = fields.pop("number", conversation.participants.count())
    return Participant.objects.create(conversation=conversation, number=number, **fields)


def a_statement(conversation: Conversation | None = None, text: str = "", **fields) -> Statement:
    conversation = conversation or a_conversation()
    number = fields.pop("number", conversation.statements.count())
    fields.setdefault("status", Statement.Status.ACCEPTED)
    body = Text(fields.pop("language", "en"), text or f"Statement number {number} about water.")
    return Statement.objects.create(conversation=conversation, number=number, text=body, **fields)


def a_vote(participant: Participant, statement: Statement, value: int = Vote.Value.AGREE, **fields) -> Vote:
    return Vote.objects.create(
        conversation=statement.conversation, participant=participant, statement=statement, value=value, **fields
    )


def a_lively_conversation(people: int = 40, **fields) -> Conversation:
    """Six statements and two camps of even and odd numbers, who disagree on 1, 2, 4; every tenth is contrary."""
    talk = a_conversation(**fields)
    statements = [a_statement(talk, f"Thought number {number}") for number in range(6)]
    for number in range(people):
        camp = (1 if number % 2 else -1) * (1 if number % 10 else -1)
        person = a_participant(talk, number=number)
        for statement in statements:
            usual = 1 if (number + statement.number) % 7 else 0
            a_vote(person, statement, camp if statement.number in (1, 2, 4) else usual)
    return talk
