"""What the journeys of facilitators and moderators begin with."""

from uuid import uuid4

from django.test import Client

from kurak.dialogue.conversations.models import Conversation, Flag, Statement
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Grant
from kurak.ground.places.models import Place
from tests.factories.conversations import a_conversation, a_participant, a_statement
from tests.factories.people import a_member_of_staff


def signed_in(role: str = Grant.Role.FACILITATOR) -> dict:
    """Somebody with the role in Kyrgyzstan and a second factor, and the cookie of their session."""
    person = a_member_of_staff(role, place=Place.objects.get(code="KG"), username=f"{role}-{uuid4().hex[:8]}")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return {"person": person.pk, "session": client.cookies["sessionid"].value}


def a_queue() -> dict:
    """A conversation in which something of every kind waits for a moderator."""
    conversation = a_conversation(
        f"queue-{uuid4().hex[:8]}", place=Place.objects.get(code="KG"), moderation=Conversation.Moderation.STRICT,
        question=Text("ru", "Какой должна быть наша вода?", {"en": ("What should our water be like?", "human")}),
    )  # fmt: skip
    author = a_participant(conversation, number=101)
    a_statement(conversation, "Plant trees along every street")
    a_statement(conversation, "Plant trees along each street")
    a_statement(conversation, "Каналы надо чистить каждую весну", language="ru", status=Statement.Status.WAITING)
    a_statement(conversation, "Buy our pipes", status=Statement.Status.WAITING)
    a_statement(
        conversation, "Pay by the litre", author=author, status=Statement.Status.REJECTED, reason="unclear",
        appeal="Everybody here knows what a litre is.", appeal_open=True,
    )  # fmt: skip
    Flag.objects.create(participant=author, kind=Flag.Kind.ONE_SIDED, evidence={"votes": 40})
    return {"slug": conversation.slug, **signed_in(Grant.Role.MODERATOR)}


def a_guest_list() -> dict:
    made = signed_in()
    conversation = a_conversation(
        f"guests-{uuid4().hex[:8]}", place=Place.objects.get(code="KG"), admission=Conversation.Admission.GUESTS
    )
    return {"slug": conversation.slug, **made}
