"""Who is missing, through the guarded count."""

import pytest

from kurak.dialogue.conversations import coverage
from kurak.dialogue.conversations.models import Conversation, GuestCode
from tests.factories.conversations import a_conversation, a_participant

pytestmark = pytest.mark.django_db


def people(talk, **countries):
    for country, many in countries.items():
        for _ in range(many):
            a_participant(talk, country=country, consented=True)


def rows(part):
    return {row["value"]: row["count"] for row in part["rows"]}


def test_small_counts_are_hidden_and_cannot_be_subtracted():
    talk = a_conversation(asks=["country"])
    people(talk, KG=40, KZ=3, TJ=20)
    shown = rows(coverage.counted(talk)[0])
    assert shown["KZ"] is None
    assert sum(value is None for value in shown.values()) >= 2


def test_answers_without_consent_are_not_counted():
    talk = a_conversation(asks=["country"])
    for _ in range(9):
        a_participant(talk, country="KG", consented=False)
    assert coverage.counted(talk) == []


def test_the_guest_list_says_who_was_expected():
    talk = a_conversation(asks=["country"], admission=Conversation.Admission.GUESTS)
    for number, country in enumerate(["KG"] * 3 + ["KZ"]):
        GuestCode.objects.create(conversation=talk, digest=str(number), country=country)
    people(talk, KG=30)
    part = coverage.counted(talk)[0]
    assert part["basis"] == "guests"
    assert {row["value"]: row["expected"] for row in part["rows"]} == {"KG": 0.75, "KZ": 0.25}


def test_who_hardly_came_is_named():
    talk = a_conversation(asks=["country"], admission=Conversation.Admission.GUESTS)
    for number, country in enumerate(["KG", "KZ"]):
        GuestCode.objects.create(conversation=talk, digest=str(number), country=country)
    people(talk, KG=50, KZ=10)
    told = coverage.told(coverage.counted(talk))[0]["rows"]
    assert [row["missing"] for row in told] == [False, True]


def test_what_was_not_asked_is_not_counted():
    talk = a_conversation(asks=["generation"])
    people(talk, KG=30)
    assert coverage.counted(talk) == []
