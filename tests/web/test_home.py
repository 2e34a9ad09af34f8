"""The home page says what is talked about now, and nothing that is not meant for everybody."""

import pytest

from kurak.dialogue.conversations.models import Conversation, Picture
from kurak.ground.languages.text import Text
from kurak.web.pages import queries
from tests.factories.conversations import a_conversation

Phase, Admission = Conversation.Phase, Conversation.Admission


def asked(question, **fields):
    return a_conversation(question=Text("en", question), **{"phase": Phase.OPEN, **fields})


def drawn(conversation, people, votes=100):
    return Picture.objects.update_or_create(conversation=conversation, defaults={"people": people, "votes": votes})[0]


def test_an_open_conversation_is_on_the_home_page(client, world):
    asked("What about water?")
    assert "What about water?" in client.get("/").content.decode()


@pytest.mark.parametrize(
    "hidden", [{"phase": Phase.DRAFT}, {"admission": Admission.LINK}, {"admission": Admission.GUESTS}]
)
def test_what_is_not_for_everybody_is_not(client, world, hidden):
    asked("What about water?", **hidden)
    assert "What about water?" not in client.get("/").content.decode()


def test_open_ones_come_first(world):
    still_open = asked("Open?")
    asked("Closed?", phase=Phase.CLOSED)
    assert queries.talked_about()[0]["conversation"] == still_open


@pytest.mark.parametrize(("people", "shown"), [(4, None), (5, 5), (1002, 1000)])
def test_counts_of_people_are_guarded(world, people, shown):
    drawn(asked("How many?"), people)
    assert queries.numbers()["people"].shown == shown
    assert queries.talked_about()[0]["people"].shown == shown


def test_numbers_leave_out_what_is_not_for_everybody(world):
    drawn(asked("For all?"), 50)
    drawn(asked("For guests?", admission=Admission.GUESTS), 500)
    assert queries.numbers()["people"].shown == 50
    assert queries.numbers()["conversations"] == 1


def test_an_empty_platform_has_a_home_too(client, db):
    assert client.get("/").status_code == 200
