"""Limits per participant and account."""

import threading

import pytest
from django.db import connection, connections

from kurak.ground.errors import TooMany
from kurak.ground.safety import limits
from kurak.ground.safety.models import Allowance

pytestmark = pytest.mark.django_db


def test_the_limit_is_met_after_its_times():
    assert [limits.allow("participant:1", "x", 2, 60) for _ in range(3)] == [True, True, False]


def test_one_participant_does_not_use_up_anothers_limit():
    limits.allow("participant:1", "x", 1, 60)
    assert limits.allow("participant:2", "x", 1, 60)


def test_the_limit_opens_again_when_its_span_is_over(monkeypatch):
    assert limits.allow("participant:1", "x", 1, 60)
    later = limits.time.time() + 61
    monkeypatch.setattr(limits.time, "time", lambda: later)
    assert limits.allow("participant:1", "x", 1, 60)


def test_a_refusal_says_what_to_do_next():
    for _ in range(limits.LIMITS["statement"].times):
        limits.require("participant:1", "statement")
    with pytest.raises(TooMany, match="Wait 10 minutes") as refusal:
        limits.require("participant:1", "statement")
    assert refusal.value.code == "limit.reached"


def test_what_was_given_back_can_be_used_again():
    limits.allow("person:1", "x", 1, 60)
    limits.give_back("person:1", "x")
    assert limits.allow("person:1", "x", 1, 60)


def test_rows_name_nobody_and_go_when_their_span_is_over(monkeypatch):
    limits.allow("aigerim", "sign_in", 5, 60)
    assert "aigerim" not in str(list(Allowance.objects.values()))
    later = limits.time.time() + 61
    monkeypatch.setattr(limits.time, "time", lambda: later)
    assert limits.forget_ended() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_one_by_one():
    if connection.vendor == "sqlite":
        pytest.skip("the in-memory SQLite of tests has one connection; the PostgreSQL round runs this")
    answers = []

    def ask():
        answers.extend(limits.allow("participant:1", "x", 10, 60) for _ in range(8))
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (answers.count(True), answers.count(False)) == (10, 22)
