"""Patterns that a moderator should look at, in a conversation of two camps with some who are no persons."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from kurak.dialogue.conversations.models import Flag, Participant, Vote
from kurak.dialogue.conversations.moderation import actions, analysis, queries, tasks
from kurak.ground.people.models import Grant
from tests.factories.conversations import a_conversation, a_participant, a_statement
from tests.factories.people import a_member_of_staff, signed_in

pytestmark = pytest.mark.django_db
HONEST, WIDTH, COPIES = 60, 24, 4
NO_TO_ALL = -np.ones((1, WIDTH), int)


def camps() -> np.ndarray:
    """(people, statements): two camps that disagree about half of the statements, each person in their way."""
    chance = np.random.default_rng(7)
    side = np.arange(HONEST) % 2
    lean = np.where(np.arange(WIDTH) % 2, 0.75, np.where(side[:, None], 0.9, 0.1))
    return np.where(chance.random((HONEST, WIDTH)) < lean, 1, -1)


def cast(conversation, values: np.ndarray, *, seconds: float = 30) -> list[Participant]:
    """Votes of these people on all statements, so many seconds apart."""
    people = [a_participant(conversation) for _row in values]
    began = timezone.now() - timedelta(days=1)
    Vote.objects.bulk_create(
        Vote(conversation=conversation, participant=person, statement=statement, value=value,
             at=began + timedelta(seconds=seconds * at))
        for person, row in zip(people, values.tolist(), strict=True)
        for at, (statement, value) in enumerate(zip(conversation.statements.all(), row, strict=True))
    )  # fmt: skip
    return people


@pytest.fixture
def conversation():
    made = a_conversation("water")
    for _each in range(WIDTH):
        a_statement(made)
    cast(made, camps())
    return made


def flagged(kind):
    return set(Flag.objects.filter(kind=kind).values_list("participant", flat=True))


def test_nobody_is_flagged_where_everybody_is_a_person(conversation):
    assert analysis.look_for_patterns(conversation) == 0


def test_copies_are_flagged_with_one_another_as_evidence(conversation):
    copies = cast(conversation, np.repeat(np.random.default_rng(1).choice([-1, 1], (1, WIDTH)), COPIES, axis=0))
    analysis.look_for_patterns(conversation)
    assert flagged(Flag.Kind.TWIN) == {each.pk for each in copies}
    assert Flag.objects.get(participant=copies[0]).evidence["with"] == sorted(each.number for each in copies[1:])


def test_who_disagrees_with_everything_and_at_once_is_flagged_twice(conversation):
    (hasty,) = cast(conversation, NO_TO_ALL, seconds=0.2)
    analysis.look_for_patterns(conversation)
    assert flagged(Flag.Kind.ONE_SIDED) == flagged(Flag.Kind.TOO_FAST) == {hasty.pk}
    evidence = Flag.objects.get(kind=Flag.Kind.TOO_FAST).evidence
    assert (evidence["fast"], evidence["votes"], evidence["chance"]) == (100, WIDTH, None)


def test_looking_twice_finds_the_same(conversation):
    cast(conversation, NO_TO_ALL)
    for _look in range(2):
        assert analysis.look_for_patterns(conversation) == 1


def test_what_was_cleared_stays_cleared(conversation):
    cast(conversation, NO_TO_ALL)
    analysis.look_for_patterns(conversation)
    actions.clear(flag=Flag.objects.get(), by=a_member_of_staff(Grant.Role.MODERATOR))
    assert analysis.look_for_patterns(conversation) == 0


def test_an_open_pattern_that_is_gone_is_taken_away(conversation):
    (person,) = cast(conversation, NO_TO_ALL)
    analysis.look_for_patterns(conversation)
    person.votes.all().delete()
    assert analysis.look_for_patterns(conversation) == 0


def test_a_conversation_of_few_people_is_not_judged():
    few = a_conversation()
    for _each in range(WIDTH):
        a_statement(few)
    cast(few, np.ones((5, WIDTH), int))
    assert analysis.look_for_patterns(few) == 0


def test_the_comparison_tells_what_depends_on_the_flagged_and_not_on_who_is_excluded_already(conversation):
    farm = cast(conversation, np.repeat(np.where(np.arange(WIDTH) % 2, -1, 1)[None, :], 30, axis=0))
    analysis.look_for_patterns(conversation)
    before = queries.compared(conversation)
    assert flagged(Flag.Kind.TWIN) >= {each.pk for each in farm}
    people = Flag.objects.values("participant").distinct().count()
    assert (before["people"], before["excluded"], before["same"]) == (HONEST + 30, people, False)
    _statement, with_them, without_them = before["moved"][0]
    assert abs(with_them - without_them) >= 20
    for flag in Flag.objects.all():
        actions.exclude(flag=flag, by=a_member_of_staff(Grant.Role.MODERATOR), reason="A farm")
    analysis.look_for_patterns(conversation)
    after = queries.compared(conversation)
    assert {**before, "at": None} == {**after, "at": None}


def test_the_task_looks_and_the_page_shows_evidence_and_comparison(client, conversation):
    cast(conversation, NO_TO_ALL)
    assert tasks.look_for_patterns.call(conversation.pk) == 1
    page = signed_in(client, a_member_of_staff(Grant.Role.MODERATOR)).get(
        "/desk/conversations/water/moderation/patterns/"
    )
    assert f"Disagreed with all {WIDTH} statements voted on." in page.content.decode()
    assert "1 of 61 people is flagged or left out." in page.content.decode()


def test_a_moderator_asks_the_worker_to_look(client, conversation):
    from django_tasks_db.models import DBTaskResult

    desk = signed_in(client, a_member_of_staff(Grant.Role.MODERATOR))
    desk.post("/desk/conversations/water/moderation/patterns/look/")
    (queued,) = DBTaskResult.objects.all()
    assert queued.args_kwargs["args"] == [conversation.pk]
