"""The short way of a vote does what the long way does, and leaves to it what is not plain."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kurak.dialogue.conversations import ballot_box, chances, keys
from kurak.dialogue.conversations.models import Conversation, Statement, Vote
from tests.factories.conversations import a_conversation, a_participant, a_statement, a_vote

pytestmark = pytest.mark.usefixtures("world")
KEY = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def statement():
    statement = a_statement(a_conversation("water"))
    a_participant(statement.conversation, digest=keys.digest_of(statement.conversation, KEY))
    return statement


def vote(value=1, *, statement=0, accept="application/json", **more):
    client = Client(headers={"Accept": accept, keys.HEADER: KEY})
    return client.post("/conversations/water/vote/", {"statement": statement, "value": value, **more})


def test_a_plain_vote_is_one_statement_to_the_database(statement):
    vote(0)  # the row of the conversation is known from now on
    Vote.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        answer = vote(1)
    assert answer.json() == {"statement": 0, "value": 1, "matters": False}
    assert len(queries) == 1
    assert Vote.objects.get().value == 1


def test_it_keeps_what_the_long_way_keeps(statement):
    vote(-1, matters="1", chance=chances.sealed(statement, 0.125))
    stored = Vote.objects.get()
    assert (stored.value, stored.matters, stored.latest, stored.chance) == (-1, True, True, 0.125)
    assert stored.conversation == statement.conversation
    assert abs(stored.at - timezone.now()) < timedelta(minutes=1)


def test_the_same_vote_again_adds_nothing(statement):
    assert [vote(1).status_code for _ in range(3)] == [200, 200, 200]
    assert Vote.objects.count() == 1


def test_a_changed_mind_keeps_the_former_vote_as_an_event(statement):
    vote(1)
    assert vote(-1).json()["value"] == -1
    assert list(Vote.objects.order_by("pk").values_list("value", "latest")) == [(1, False), (-1, True)]


def test_a_first_visit_lets_the_participant_in(statement):
    statement.conversation.participants.all().delete()
    assert vote(1).status_code == 200
    assert statement.conversation.participants.count() == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"phase": Conversation.Phase.CLOSED}, 403),
        ({"closes": timezone.now() - timedelta(minutes=1)}, 403),
        ({"closes": timezone.now() + timedelta(hours=1)}, 200),
    ],
)
def test_a_closed_conversation_takes_no_votes(statement, change, status):
    vote(0)
    Vote.objects.all().delete()
    Conversation.objects.update(**change)
    assert vote(1).status_code == status
    assert Vote.objects.count() == (status == 200)


@pytest.mark.parametrize("change", [{"status": Statement.Status.REJECTED}, {"merged": True}])
def test_a_statement_that_is_gone_takes_no_votes(statement, change):
    if change.pop("merged", False):
        change["merged_into"] = a_statement(statement.conversation)
    Statement.objects.filter(pk=statement.pk).update(**change)
    assert vote(1).status_code == 400
    assert not Vote.objects.exists()


@pytest.mark.parametrize(("number", "value"), [(99, 1), (0, 7), ("x", 1), (0, "")])
def test_what_cannot_be_a_vote_is_refused(statement, number, value):
    assert vote(value, statement=number).status_code in (400, 404)
    assert not Vote.objects.exists()


def test_a_name_that_stands_for_another_conversation_now_is_looked_up_again(statement):
    vote(1)
    statement.conversation.delete()
    another = a_statement(a_conversation("water"))
    assert vote(1).status_code == 200
    assert Vote.objects.get().statement == another


def test_without_scripts_a_page_answers(statement):
    assert vote(1, accept="text/html").status_code == 302
    assert Vote.objects.count() == 1


def test_a_vote_of_another_person_on_the_same_statement_is_another_row(statement):
    a_vote(a_participant(statement.conversation, number=5), statement)
    vote(1)
    assert Vote.objects.filter(latest=True).count() == 2


def test_the_statement_reads_no_table_whole():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL prefers to read tables of three rows whole; SQLite plans without looking at sizes")
    with connection.cursor() as cursor:
        sent = [1, False, True, None, "2026", "digest", 1, 1, "slug", "2026", "2026", 9]
        cursor.execute("EXPLAIN QUERY PLAN " + ballot_box.drop("sqlite"), sent)
        steps = [row[-1] for row in cursor.fetchall()]
    assert not [step for step in steps if step.startswith("SCAN")]
