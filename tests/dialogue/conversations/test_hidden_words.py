"""Words that a moderator has not let through, or has taken out, stand nowhere where the public reads."""

import pytest

from kurak.dialogue.conversations import analysis
from kurak.dialogue.conversations.editions.actions import publish_edition
from kurak.dialogue.conversations.exchange.actions import import_folder
from kurak.dialogue.conversations.exchange.writing import Export
from kurak.dialogue.conversations.models import Conversation, Statement
from kurak.dialogue.conversations.moderation import actions as moderation
from kurak.ground.measures.loading import load_quantities
from kurak.ground.measures.models import Measure, Source
from tests.factories.conversations import a_lively_conversation, a_participant, a_statement, a_vote
from tests.factories.folders import a_folder
from tests.factories.people import a_member_of_staff

pytestmark = pytest.mark.usefixtures("world")
NAMES = "Inspector Bekov takes bribes"
PAGES = ["", "picture/", "picture/table/", "picture.json", "projector/", "log/", "log.csv", "next/", "data/",
         "data/comments.csv", "data/statements.json", "data/package.zip"]  # fmt: skip


@pytest.fixture
def strict():
    """A strict conversation with a picture, and a waiting statement that names a person."""
    talk = a_lively_conversation(slug="water", moderation=Conversation.Moderation.STRICT)
    waiting = a_statement(talk, NAMES, status=Statement.Status.WAITING)
    a_vote(a_participant(talk, number=999), waiting)
    analysis.redraw(talk)
    load_quantities()
    return waiting


def facilitator(talk):
    return a_member_of_staff(place=talk.place)


@pytest.mark.parametrize("page", PAGES)
def test_what_waits_for_a_moderator_is_on_no_page(client, strict, page):
    answer = client.get(f"/conversations/water/{page}")
    assert answer.status_code == 200
    assert NAMES.encode() not in answer.getvalue()


@pytest.mark.parametrize("path", ["statements", "picture"])
def test_what_waits_for_a_moderator_is_not_in_the_api(client, strict, path):
    assert NAMES not in client.get(f"/api/v1/conversations/water/{path}").text


def test_the_trail_of_a_statement_that_waits_is_closed(client, strict):
    assert client.get(f"/trail/statement/{strict.pk}/").status_code == 404


def test_the_trail_of_a_statement_that_is_shown_is_open(client, strict):
    shown = strict.conversation.statements.get(number=1)
    assert client.get(f"/trail/statement/{shown.pk}/").status_code == 200


@pytest.mark.parametrize("page", ["picture/", "editions/1/", "projector/", ""])
def test_a_finding_that_was_rejected_later_is_not_read_out(client, strict, page):
    talk = strict.conversation
    staff = facilitator(talk)
    edition = publish_edition(conversation=talk, by=staff)
    found = talk.statements.get(number=edition.shown["stands_for"][0][0]["statement"])
    assert found.text.body.encode() in client.get("/conversations/water/editions/1/").content
    moderation.reject(statement=found, by=staff, reason="personal")
    assert found.text.body.encode() not in client.get(f"/conversations/water/{page}").content


@pytest.mark.parametrize("admission", ["link", "guests"])
def test_an_edition_of_a_closed_circle_states_nothing_in_public(client, strict, admission):
    talk = strict.conversation
    Conversation.objects.filter(pk=talk.pk).update(admission=admission, link_token="t" * 24)
    talk.refresh_from_db()
    publish_edition(conversation=talk, by=facilitator(talk))
    assert not Measure.objects.exists()
    assert not Source.objects.filter(code__contains="water").exists()
    assert "water" not in client.get("/api/v1/sources").text


def test_an_imported_statement_that_is_rejected_here_is_not_given_back(tmp_path):
    """Neither by the cell that was kept as it came, nor by a column that only the source knows."""
    comments = "comment-id,comment-body,english\r\n0,Water,Water\r\n1,=Bekov takes bribes,Bekov again\r\n"
    folder = a_folder(tmp_path, {"comments.csv": comments, "votes.csv": None, "participants-votes.csv": None})
    talk = import_folder(folder=folder, slug="water").conversation
    assert given_back(talk).count(b"Bekov") == 2
    moderation.reject(statement=talk.statements.get(number=1), by=facilitator(talk), reason="personal")
    assert b"Bekov" not in given_back(talk)
    assert b"Water,Water" in given_back(talk)


def given_back(talk) -> bytes:
    return b"".join(Export(talk).files()["comments.csv"]())
