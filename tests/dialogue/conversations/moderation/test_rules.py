import pytest

from kurak.dialogue.conversations.moderation import actions, rules
from kurak.ground.people.models import Grant
from tests.factories.conversations import a_conversation, a_statement
from tests.factories.people import a_member_of_staff, a_person

pytestmark = pytest.mark.django_db


def a_rejected_statement(by):
    statement = a_statement(a_conversation())
    return actions.reject(statement=statement, by=by, reason="spam")


def test_a_moderator_of_the_country_moderates_inside_it_and_not_next_door(world):
    moderator = a_member_of_staff(Grant.Role.MODERATOR, place=world.kyrgyzstan)
    assert rules.may_moderate(moderator, a_conversation(place=world.chuy))
    assert not rules.may_moderate(moderator, a_conversation(place=world.kazakhstan))


def test_an_analyst_and_a_stranger_do_not_moderate(world):
    conversation = a_conversation(place=world.kyrgyzstan)
    analyst = a_member_of_staff(Grant.Role.ANALYST, place=world.kyrgyzstan)
    assert not rules.may_moderate(analyst, conversation)
    assert not rules.may_moderate(a_person(), conversation)


def test_the_moderator_who_rejected_leaves_the_appeal_to_another(world):
    first = a_member_of_staff(Grant.Role.MODERATOR, place=world.kyrgyzstan)
    second = a_member_of_staff(Grant.Role.MODERATOR, place=world.kyrgyzstan)
    statement = a_rejected_statement(by=first)
    assert not rules.may_decide_appeal(first, statement)
    assert rules.may_decide_appeal(second, statement)


def test_the_only_moderator_decides_the_appeal_too(world):
    only = a_member_of_staff(Grant.Role.MODERATOR, place=world.kyrgyzstan)
    assert rules.may_decide_appeal(only, a_rejected_statement(by=only))


def test_somebody_whose_account_is_closed_does_not_count_as_another(world):
    only = a_member_of_staff(Grant.Role.MODERATOR, place=world.kyrgyzstan)
    a_member_of_staff(Grant.Role.MODERATOR, place=world.kyrgyzstan, is_active=False)
    assert rules.may_decide_appeal(only, a_rejected_statement(by=only))


def test_whoever_opened_the_conversation_is_among_its_moderators(world):
    facilitator = a_member_of_staff(place=world.kazakhstan)
    conversation = a_conversation(place=world.kyrgyzstan, opened_by=facilitator)
    assert facilitator in rules.moderators_of(conversation)
