"""Votes into arrays: what is kept between two looks never differs from what is in the database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kurak.dialogue.conversations import reading
from kurak.dialogue.conversations.models import Vote
from tests.factories.conversations import a_conversation, a_participant, a_statement, a_vote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    reading._kept.clear()


def old(**fields):
    return {"at": timezone.now() - timedelta(minutes=1), **fields}


def rows(talk):
    return list(Vote.objects.filter(conversation=talk).order_by("pk").values_list(*reading.COLUMNS))


def as_rows(events):
    return [tuple(row) for row in events.tolist()]


def test_events_are_the_rows_in_order():
    talk = a_conversation()
    person, statement = a_participant(talk), a_statement(talk)
    a_vote(person, statement, 1, latest=False)
    a_vote(person, statement, -1)
    assert as_rows(reading.events(talk)[0]) == rows(talk)


def test_a_second_look_reads_only_what_is_new(django_assert_num_queries):
    talk = a_conversation()
    for _ in range(3):
        a_vote(a_participant(talk), a_statement(talk), **old())
    reading.events(talk)
    a_vote(a_participant(talk), a_statement(talk))
    events, _settled = reading.events(talk)
    assert as_rows(events) == rows(talk)
    assert len(reading._kept[talk.pk].events) == 3  # the young vote is not settled yet


def test_a_row_that_was_committed_late_is_not_missed():
    talk = a_conversation()
    first, second = (a_vote(a_participant(talk), a_statement(talk)) for _ in range(2))
    late = {"pk": first.pk, "at": first.at}
    first.delete()  # not committed yet when somebody looks
    _events, settled = reading.events(talk)
    assert settled < second.pk
    a_vote(a_participant(talk), a_statement(talk), **late)
    assert as_rows(reading.events(talk)[0]) == rows(talk)


def test_votes_that_were_erased_are_gone_from_what_was_kept():
    talk = a_conversation()
    gone, stays = (a_vote(a_participant(talk), a_statement(talk), **old()) for _ in range(2))
    reading.events(talk)
    gone.delete()
    assert as_rows(reading.events(talk)[0]) == rows(talk)
    assert stays.pk in reading.events(talk)[0][:, 0]
