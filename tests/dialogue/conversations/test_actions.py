"""What participants do: every write can come twice, late, or from two windows at once."""

import threading

import pytest
from django.db import connection, connections

from kurak.dialogue.conversations import actions, keys
from kurak.dialogue.conversations.models import Conversation, GuestCode, Participant, Statement, Vote
from kurak.ground.errors import Forbidden, Missing, Refused, TooMany
from kurak.ground.safety import limits
from tests.factories.conversations import a_conversation, a_participant, a_statement, a_vote

pytestmark = pytest.mark.django_db
AGREE, PASS, DISAGREE = 1, 0, -1


def cast(participant, statement, vote, **more):
    return actions.cast_vote(statement=statement, vote=vote, by=participant, **more)


def test_a_vote_sent_twice_is_one_vote():
    person, statement = (talk := a_participant()), a_statement(talk.conversation)
    assert cast(person, statement, AGREE) == cast(person, statement, AGREE)
    assert Vote.objects.count() == 1


def test_a_changed_vote_replaces_the_former_and_keeps_it_as_history():
    person = a_participant()
    statement = a_statement(person.conversation)
    cast(person, statement, AGREE, chance=0.25)
    cast(person, statement, DISAGREE)
    rows = Vote.objects.order_by("pk").values_list("value", "latest", "chance")
    assert list(rows) == [(AGREE, False, 0.25), (DISAGREE, True, 0.25)]


def test_saying_that_it_matters_is_a_change():
    person = a_participant()
    statement = a_statement(person.conversation)
    cast(person, statement, AGREE)
    assert cast(person, statement, AGREE, matters=True).matters
    assert Vote.objects.filter(latest=True).count() == 1


@pytest.mark.parametrize("value", [2, -2, 7])
def test_a_vote_that_is_no_vote_is_refused(value):
    person = a_participant()
    with pytest.raises(Refused) as refusal:
        cast(person, a_statement(person.conversation), value)
    assert refusal.value.code == "vote.unknown"


def test_a_statement_of_another_conversation_is_unknown_here():
    with pytest.raises(Missing):
        cast(a_participant(), a_statement(a_conversation()), AGREE)


def test_nobody_votes_in_a_closed_conversation():
    person = a_participant(a_conversation(phase=Conversation.Phase.CLOSED))
    with pytest.raises(Forbidden):
        cast(person, a_statement(person.conversation), AGREE)


def test_a_rejected_statement_takes_no_votes():
    person = a_participant()
    gone = a_statement(person.conversation, status=Statement.Status.REJECTED)
    with pytest.raises(Refused):
        cast(person, gone, AGREE)
    assert not Vote.objects.exists()


def test_in_strict_moderation_nobody_votes_on_what_waits():
    person = a_participant(a_conversation(moderation=Conversation.Moderation.STRICT))
    with pytest.raises(Refused):
        cast(person, a_statement(person.conversation, status=Statement.Status.WAITING), AGREE)


def test_votes_faster_than_anybody_reads_are_put_off(monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "vote", limits.Limit(3, 60, "for this test"))
    person = a_participant()
    statements = [a_statement(person.conversation) for _ in range(4)]
    for statement in statements[:3]:
        cast(person, statement, AGREE)
    cast(person, statements[0], AGREE)  # the same word again is no new vote
    with pytest.raises(TooMany):
        cast(person, statements[3], AGREE)


def test_a_flood_of_statements_is_stopped():
    person = a_participant()
    for number in range(limits.LIMITS["statement"].times):
        propose(person, f"Thought number {number}")
    with pytest.raises(TooMany):
        propose(person, "One thought more")
    assert person.conversation.statements.count() == limits.LIMITS["statement"].times


def test_the_key_makes_one_participant_however_often_it_comes():
    talk, key = a_conversation(), keys.new_key()
    assert actions.admit(conversation=talk, key=key) == actions.admit(conversation=talk, key=key)
    assert talk.participants.count() == 1


def test_one_key_has_unlike_digests_in_two_conversations():
    key = keys.new_key()
    here, there = (actions.admit(conversation=a_conversation(), key=key) for _ in range(2))
    assert here.digest != there.digest
    assert key not in here.digest


def test_a_conversation_by_link_lets_in_who_has_the_link():
    talk = a_conversation(admission=Conversation.Admission.LINK, link_token="sesame")
    with pytest.raises(Forbidden):
        actions.admit(conversation=talk, key=keys.new_key(), invitation="open")
    assert actions.admit(conversation=talk, key=keys.new_key(), invitation="sesame")


def a_code(talk, code="abcd-efgh") -> str:
    GuestCode.objects.create(conversation=talk, digest=keys.digest_of(talk, code.replace("-", "")))
    return code


def test_a_guest_code_opens_once_and_leaves_no_link_to_its_user():
    talk = a_conversation(admission=Conversation.Admission.GUESTS)
    code, key = a_code(talk), keys.new_key()
    guest = actions.redeem(conversation=talk, code=" ABCD EFGH ", key=key)
    assert guest.conversation == talk
    with pytest.raises(Refused):
        actions.redeem(conversation=talk, code=code, key=keys.new_key())
    names = {field.name for field in GuestCode._meta.get_fields()}
    assert "participant" not in names


def test_a_guest_who_comes_back_needs_no_second_code():
    talk = a_conversation(admission=Conversation.Admission.GUESTS)
    key = keys.new_key()
    guest = actions.redeem(conversation=talk, code=a_code(talk), key=key)
    assert actions.redeem(conversation=talk, code="whatever", key=key) == guest


def propose(person, body, language="en"):
    return actions.propose_statement(conversation=person.conversation, body=body, language=language, by=person)


def test_a_statement_is_numbered_and_its_author_agrees():
    person = a_participant()
    statement = propose(person, "  Every school needs  clean water. ")
    assert (statement.number, statement.text.body) == (0, "Every school needs clean water.")
    assert person.votes.get().value == AGREE


def test_a_statement_sent_twice_is_one_statement():
    person = a_participant()
    assert propose(person, "Plant trees.") == propose(person, "plant  trees")
    assert person.conversation.statements.count() == 1


def test_a_statement_that_is_too_long_is_refused_with_both_lengths():
    person = a_participant(a_conversation(longest=20))
    with pytest.raises(Refused) as refusal:
        propose(person, "x" * 21)
    assert "21" in str(refusal.value)
    assert "20" in str(refusal.value)


def test_an_empty_statement_is_refused():
    with pytest.raises(Refused):
        propose(a_participant(), " \n ")


def test_answers_are_kept_with_consent_and_forgotten_without():
    person = a_participant(a_conversation(asks=["country"]))
    given = {"country": "KG", "gender": "woman"}
    actions.answer_about_me(by=person, consent=True, answers=given)
    person.refresh_from_db()
    assert (person.country, person.gender) == ("KG", "")  # gender was not asked
    actions.answer_about_me(by=person, consent=False, answers=given)
    person.refresh_from_db()
    assert person.country == ""


def test_an_author_appeals_once_against_a_rejection():
    person = a_participant()
    statement = a_statement(person.conversation, author=person, status=Statement.Status.REJECTED)
    actions.appeal(statement=statement, words="It is about water.", by=person)
    with pytest.raises(Refused):
        actions.appeal(statement=statement, words="Again.", by=person)


def test_only_the_author_appeals():
    statement = a_statement(status=Statement.Status.REJECTED)
    with pytest.raises(Forbidden):
        actions.appeal(statement=statement, words="Please.", by=a_participant(statement.conversation))


def test_erasing_takes_votes_and_answers_and_leaves_statements_without_author():
    person = a_participant(a_conversation(asks=["country"]), country="KG", consented=True)
    mine = propose(person, "Plant trees.")
    other = a_participant(person.conversation, number=77)
    a_vote(other, mine)
    actions.erase_participant(by=person)
    assert not Participant.objects.filter(number=person.number, country="KG").exists()
    mine.refresh_from_db()
    assert mine.author is None
    assert [vote.participant for vote in mine.votes.all()] == [other]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_participant_and_one_vote():
    talk, key = a_conversation(), keys.new_key()
    statement, failures = a_statement(talk), []

    def click():
        try:
            cast(actions.admit(conversation=talk, key=key), statement, AGREE)
        except Exception as problem:
            failures.append(problem)
        finally:
            connections.close_all()

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLITE IN MEMORY: two connections cannot meet there; the second round on PostgreSQL runs this")
    clicks = [threading.Thread(target=click) for _ in range(8)]
    [each.start() for each in clicks]
    [each.join() for each in clicks]
    assert not failures
    assert (talk.participants.count(), Vote.objects.count()) == (1, 1)


def test_wrong_guest_codes_are_counted_although_they_are_refused():
    talk = a_conversation(admission="guests")
    key = keys.new_key()
    for _each in range(limits.LIMITS["guest_code"].times):
        with pytest.raises(Refused, match="not known"):
            actions.redeem(conversation=talk, code="aaaa-aaaa-aaaa-aaaa", key=key)
    with pytest.raises(TooMany):
        actions.redeem(conversation=talk, code="aaaa-aaaa-aaaa-aaaa", key=key)


@pytest.mark.parametrize("body", ["\u200b\u200b", "\u202e", "…!", "\u0301" * 100])
def test_a_statement_that_nobody_can_read_is_none(body):
    person = a_participant()
    with pytest.raises(Refused, match="Write your statement"):
        actions.propose_statement(conversation=person.conversation, body=body, language="en", by=person)


def test_a_statement_does_not_turn_around_what_follows():
    person = a_participant()
    said = actions.propose_statement(
        conversation=person.conversation, body="Water\u202e first", language="en", by=person
    )  # fmt: skip
    assert said.text.body == "Water first"
