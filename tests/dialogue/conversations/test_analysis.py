"""From rows to the picture and back."""

import pytest

from kurak.dialogue.conversations import actions, analysis, queries, reading
from kurak.dialogue.conversations.models import Picture
from kurak.dialogue.conversations.tasks import keep_pictures
from tests.factories.conversations import a_conversation, a_lively_conversation, a_participant, a_statement, a_vote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    reading._kept.clear()


def counts(talk, number):
    return next(row["all"] for row in talk.picture.shown["rows"] if row["number"] == number)


def test_a_lively_conversation_has_two_camps_and_says_so():
    talk = a_lively_conversation(people=40)
    shown = analysis.redraw(talk).shown
    assert (shown["people"], shown["k"], shown["clear"]) == (40, 2, True)
    assert {brief["statement"] for brief in shown["divides"]} == {1, 2, 4}
    assert {brief["statement"] for brief in shown["unites"]} >= {0, 3}


def test_below_ten_people_there_is_no_picture():
    talk = a_lively_conversation(people=9)
    picture = analysis.redraw(talk)
    assert (picture.shown, bytes(picture.state)) == ({}, b"")


def test_the_worker_draws_what_is_due_and_nothing_twice():
    talk = a_lively_conversation(people=12)
    assert keep_pictures() == 1
    Picture.objects.update(last_vote=talk.votes.order_by("pk").last().pk)  # as when the votes have settled
    assert keep_pictures() == 0


def test_moderation_makes_a_picture_due():
    talk = a_lively_conversation(people=12)
    keep_pictures()
    Picture.objects.update(last_vote=talk.votes.order_by("pk").last().pk)
    actions.redraw_later(conversation=talk)
    assert queries.pictures_due().get() == talk


def test_of_two_workers_that_drew_the_same_one_is_kept():
    talk = a_lively_conversation(people=12)
    first = analysis.redraw(talk)
    slow = Picture.objects.get(pk=first.pk)
    analysis.redraw(talk)
    assert analysis.keep(Picture(conversation=talk, version=slow.version + 1, people=0), slow) is None
    talk.picture.refresh_from_db()
    assert (talk.picture.version, talk.picture.people) == (2, 12)


def test_an_excluded_participant_counts_for_nothing():
    talk = a_lively_conversation(people=12)
    before = counts(analysis.redraw(talk).conversation, 0)
    talk.participants.filter(number=3).update(weight=0)
    analysis.redraw(talk)
    talk.picture.refresh_from_db()
    assert counts(talk, 0)[2] == before[2] - 1


def test_votes_on_a_merged_statement_count_for_the_one_that_stays():
    talk = a_lively_conversation(people=12)
    kept, copy = talk.statements.get(number=0), a_statement(talk, "The same in other words", number=9)
    newcomer, both = a_participant(talk, number=900), talk.participants.first()
    a_vote(newcomer, copy, -1)
    a_vote(both, copy, -1)  # has voted on the one that stays: that vote counts
    before = talk.votes.filter(statement=kept, latest=True).count()
    copy.merged_into = kept
    copy.save()
    analysis.redraw(talk)
    talk.picture.refresh_from_db()
    assert counts(talk, 0)[2] == before + 1
    assert counts(talk, 0)[1] == 1


def test_a_restart_changes_nothing():
    talk = a_lively_conversation(people=40)
    before = analysis.redraw(talk).shown
    reading._kept.clear()
    after = analysis.redraw(talk).shown
    assert before == after


def test_a_state_that_cannot_be_read_is_drawn_anew():
    talk = a_lively_conversation(people=12)
    analysis.redraw(talk)
    Picture.objects.update(state=b"from another time", compass=b"PK\x05\x06")
    assert analysis.redraw(talk).shown["people"] == 12


def test_my_place_is_in_the_group_i_vote_with():
    talk = a_lively_conversation(people=40)
    picture = analysis.redraw(talk)
    camps = {}
    for number in (2, 3):
        me = talk.participants.get(number=number)
        camps[number] = analysis.place_of(me, picture)["group"]
    assert sorted(camps.values()) == [0, 1]


def test_chances_of_the_next_statement_sum_to_one_and_prefer_the_new():
    talk = a_lively_conversation(people=30)
    new = a_statement(talk, "Nobody has seen this yet", number=50)
    picture = analysis.redraw(talk)
    chances = analysis.chances(list(talk.statements.all()), picture)
    assert sum(chances.values()) == pytest.approx(1)
    assert max(chances, key=chances.get) == new.pk


def test_cards_are_drawn_without_repeating():
    talk = a_conversation()
    statements = [a_statement(talk) for _ in range(4)]
    drawn = analysis.drawn_by_lot(statements, None, 9)
    assert sorted(each.pk for each, _chance in drawn) == [each.pk for each in statements]
    assert drawn[-1][1] == pytest.approx(1)


def test_a_share_is_shown_with_the_engines_interval():
    assert analysis.interval(8, 10) == pytest.approx((0.541, 0.931), abs=0.001)
