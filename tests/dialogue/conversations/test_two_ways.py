"""The short way of a vote and the long way agree in every situation: the same answer, and the same rows afterwards."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from kurak.dialogue.conversations import ballot_box, keys
from kurak.dialogue.conversations.models import Conversation, Vote
from kurak.ground.safety.limits import LIMITS
from tests.factories.conversations import a_conversation, a_participant, a_statement, a_vote

pytestmark = pytest.mark.usefixtures("world")
KEY = "abcdefghijklmnopqrstuvwxyz"
HOUR = timedelta(hours=1)
PHASES = ["draft", "open", "closed"]
TIMES = [(0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-2, -1), (-1, 1), (1, 2)]  # opens and closes, in hours; 0: no date
STATEMENTS = [
    {}, {"status": 0}, {"status": -1}, {"is_meta": True}, {"is_seed": True}, {"merged": True},
    {"status": 0, "mine": True}, {"status": -1, "mine": True}, {"merged": True, "mine": True},
]  # fmt: skip


def hours(number):
    return timezone.now() + number * HOUR if number else None


def outcome(sent, *, swift: bool, monkeypatch):
    """Status and rows after the vote; then everything is as before."""
    with monkeypatch.context() as patch, transaction.atomic():
        if not swift:
            patch.setattr(ballot_box, "dropped", lambda ballot: False)
        client = Client(headers={"Accept": "application/json", keys.HEADER: KEY})
        answer = client.post("/conversations/water/vote/", sent)
        rows = Vote.objects.order_by("pk").values_list(
            "conversation", "participant", "statement", "value", "matters", "latest", "chance"
        )
        result = (answer.status_code, answer.json() if answer.status_code == 200 else answer.json()["code"], [*rows])
        transaction.set_rollback(True)
    return result


def agree(monkeypatch, **sent):
    sent = {"statement": 0, "value": 1} | sent
    short = outcome(sent, swift=True, monkeypatch=monkeypatch)
    assert short == outcome(sent, swift=False, monkeypatch=monkeypatch)
    return short


def prepared(statement=None, **fields):
    """A conversation, its first statement, and the participant of KEY."""
    talk = a_conversation("water", **fields)
    me = a_participant(talk, digest=keys.digest_of(talk, KEY), number=77)
    about = dict(statement or {})
    mine, merged = about.pop("mine", False), about.pop("merged", False)
    first = a_statement(talk, author=me if mine else None, **about)
    if merged:
        first.merged_into = a_statement(talk)
        first.save()
    return talk, me, first


@pytest.mark.parametrize(("phase", "times"), [*product(PHASES, TIMES)])
def test_in_every_phase(monkeypatch, phase, times):
    prepared(phase=phase, opens=hours(times[0]), closes=hours(times[1]))
    agree(monkeypatch)


@pytest.mark.parametrize(("moderation", "statement"), [*product(["open", "strict"], STATEMENTS)])
def test_on_every_kind_of_statement(monkeypatch, moderation, statement):
    prepared(moderation=moderation, statement=statement)
    agree(monkeypatch)


@pytest.mark.parametrize("admission", Conversation.Admission.values)
def test_with_every_admission(monkeypatch, admission):
    prepared(admission=admission, link_token="t" * 24)
    assert agree(monkeypatch)[0] == 200


@pytest.mark.parametrize("admission", ["link", "guests"])
def test_a_stranger_to_a_closed_circle_votes_by_neither_way(admission):
    _talk, me, _first = prepared(admission=admission, link_token="t" * 24)
    me.delete()
    client = Client(headers={"Accept": "application/json", keys.HEADER: KEY})
    assert client.post("/conversations/water/vote/", {"statement": 0, "value": 1}).status_code in {302, 404}
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("before", "value", "matters"), [*product([None, (1, False), (1, True), (-1, False)], [-1, 0, 1], [0, 1])]
)
def test_after_every_former_vote(monkeypatch, before, value, matters):
    _talk, me, first = prepared()
    if before:
        a_vote(me, first, before[0], matters=before[1], chance=0.5)
    agree(monkeypatch, value=value, **({"matters": 1} if matters else {}))


@pytest.mark.parametrize("fewer", [-1, 0, 1])
@pytest.mark.parametrize("age", [0, LIMITS["vote"].seconds + 5])
def test_at_the_edge_of_patience(monkeypatch, fewer, age):
    talk, me, _first = prepared()
    others = [a_statement(talk, number=10 + each) for each in range(LIMITS["vote"].times - fewer)]
    at = timezone.now() - timedelta(seconds=age)
    Vote.objects.bulk_create(Vote(conversation=talk, participant=me, statement=each, value=1, at=at) for each in others)
    status, *_rest = agree(monkeypatch)
    assert status == (429 if not age and fewer <= 0 else 200)


@pytest.mark.parametrize("chance", ["", "0.5:forged", "x", ":", "0.5:қ"])
def test_with_a_chance_that_nobody_sealed(monkeypatch, chance):
    prepared()
    status, _answer, rows = agree(monkeypatch, chance=chance)
    assert (status, rows[0][-1]) == (200, None)


@pytest.mark.parametrize(
    "sent", [{"statement": 2**31}, {"statement": -1}, {"value": 2}, {"statement": "x", "value": ""}]
)
def test_with_what_is_no_vote(monkeypatch, sent):
    prepared()
    client = Client(headers={"Accept": "application/json", keys.HEADER: KEY})
    answer = client.post("/conversations/water/vote/", {"statement": 0, "value": 1} | sent)
    assert answer.status_code in {400, 404}
    assert not Vote.objects.exists()


def test_an_excluded_person_and_another_conversations_statement(monkeypatch):
    _talk, me, _first = prepared()
    type(me).objects.filter(pk=me.pk).update(weight=0)
    a_statement(a_conversation("air"), number=5)
    assert agree(monkeypatch)[0] == 200
    client = Client(headers={"Accept": "application/json", keys.HEADER: KEY})
    assert client.post("/conversations/water/vote/", {"statement": 5, "value": 1}).status_code == 404
