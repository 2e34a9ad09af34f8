from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurak.dialogue.conversations.models import Flag, Statement
from kurak.dialogue.conversations.moderation import actions, queries
from kurak.ground.languages.folding import fold, shared, trigrams
from kurak.ground.people.models import Grant
from tests.factories.conversations import a_conversation, a_participant, a_statement
from tests.factories.people import a_member_of_staff

WORD = st.sampled_from(["вода", "таза", "clean", "water", "for", "all", "schools", "мектеп"])
WORDS = st.lists(WORD, max_size=6).map(" ".join)


@given(st.lists(WORDS, max_size=12), st.sampled_from([0.3, 0.5, 0.8, 1.0]))
def test_alike_finds_what_comparing_every_pair_finds(texts, at_least):
    slow = {(i, j) for i, j in combinations(range(len(texts)), 2) if likeness(texts[i], texts[j]) >= at_least}
    assert {(i, j) for i, j, _score in queries.alike(texts, at_least=at_least)} == slow


def likeness(a, b):
    return shared(trigrams(a), trigrams(b))


@pytest.fixture
def moderator(db):
    return a_member_of_staff(Grant.Role.MODERATOR)


@pytest.fixture
def conversation(db):
    return a_conversation()


def test_the_queue_counts_what_waits(conversation, moderator):
    a_statement(conversation, status=Statement.Status.WAITING)
    a_statement(conversation, status=Statement.Status.REJECTED, appeal="Why?", appeal_open=True)
    for state in Flag.State:
        Flag.objects.create(participant=a_participant(conversation), kind=Flag.Kind.TWIN, state=state)
    assert queries.queue_of(conversation) == queries.Queue(waiting=1, appeals=1, flags=1)


def test_near_duplicates_propose_that_the_older_stays(conversation):
    older = a_statement(conversation, "Plant trees along every street")
    newer = a_statement(conversation, "Plant more trees along every street!")
    a_statement(conversation, "Open the archive of the council")
    (pair,) = queries.near_duplicates(conversation)
    assert (pair.stays, pair.goes) == (older, newer)
    assert pair.alikeness == round(likeness(fold(older.text.body), fold(newer.text.body)), 2)


def test_near_duplicates_that_were_kept_apart_do_not_come_back(conversation, moderator):
    two = [a_statement(conversation, text) for text in ("Trees on our street", "Trees on your street")]
    assert len(queries.near_duplicates(conversation)) == 1
    actions.keep_apart(statement=two[1], other=two[0], by=moderator)
    assert queries.near_duplicates(conversation) == []


def test_the_log_tells_day_reason_and_words_but_no_name(conversation, moderator):
    statement = a_statement(conversation, "Buy our pipes")
    actions.reject(statement=statement, by=moderator, reason="spam", note="Not here")
    (entry,) = queries.log(conversation)
    assert (entry.number, entry.statement, entry.reason) == (statement.number, statement, "spam")
    assert moderator.username not in repr(entry)


@pytest.mark.parametrize("reason", ["hate", "personal"])
def test_the_log_does_not_repeat_what_harms_a_person(conversation, moderator, reason):
    statement = a_statement(conversation)
    actions.accept(statement=statement, by=moderator)
    actions.reject(statement=statement, by=moderator, reason=reason)
    assert [entry.statement for entry in queries.log(conversation)] == [None, None]


def test_the_log_hides_it_still_when_the_reason_is_changed_later(conversation, moderator):
    statement = a_statement(conversation)
    actions.reject(statement=statement, by=moderator, reason="personal")
    actions.reject(statement=statement, by=moderator, reason="other")
    assert [entry.statement for entry in queries.log(conversation)] == [None, None]


def test_the_log_shows_the_words_again_when_the_rejection_was_wrong(conversation, moderator):
    statement = a_statement(conversation)
    actions.reject(statement=statement, by=moderator, reason="hate")
    actions.accept(statement=statement, by=moderator)
    assert [entry.statement for entry in queries.log(conversation)] == [statement, statement]


def test_an_exclusion_is_in_the_log_without_the_pseudonym(conversation, moderator):
    flag = Flag.objects.create(participant=a_participant(conversation, number=77), kind=Flag.Kind.TWIN)
    actions.exclude(flag=flag, by=moderator, reason="Participant 77 voted twelve times")
    (entry,) = queries.log(conversation)
    assert "77" not in repr(entry)
    assert entry.verb == "Votes left out of the picture"
