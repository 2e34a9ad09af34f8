"""What conversations keep ends when its time has come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kurak.dialogue.conversations.models import GuestCode, Participant
from kurak.ground.safety import retention
from tests.factories.conversations import a_conversation, a_participant, a_statement, a_vote

pytestmark = pytest.mark.django_db


def closed(**ago):
    return a_conversation(phase="closed", closes=timezone.now() - timedelta(**ago))


def test_keys_of_conversations_closed_long_ago_are_emptied_and_votes_stay():
    conversation = closed(days=91)
    a_vote(a_participant(conversation, digest="d" * 64), a_statement(conversation))
    assert retention.apply()["participant keys"] == 1
    assert (Participant.objects.get().digest, conversation.votes.count()) == ("", 1)


def test_keys_of_others_stay():
    a_participant(closed(days=89), digest="d" * 64)
    a_participant(a_conversation(), digest="e" * 64)
    assert retention.apply()["participant keys"] == 0


def test_codes_that_nobody_used_go_and_used_ones_stay():
    conversation = closed(days=91)
    for digest, used in (("a", True), ("b", False)):
        GuestCode.objects.create(conversation=conversation, digest=digest, used=used)
    retention.apply()
    assert GuestCode.objects.get().used
