"""Who holds which role where."""

import pytest
from django.contrib.auth.models import AnonymousUser

from kurak.ground.people.rules import Role, holds, is_staff
from tests.factories.people import a_grant, a_person

pytestmark = pytest.mark.django_db


def test_a_role_reaches_inside_its_place(world):
    person = a_person()
    a_grant(person, Role.MODERATOR, place=world.kyrgyzstan)
    assert holds(person, Role.MODERATOR, place=world.chuy)


def test_a_role_reaches_neither_outward_nor_next_door(world):
    person = a_person()
    a_grant(person, Role.MODERATOR, place=world.kyrgyzstan)
    assert not holds(person, Role.MODERATOR, place=world.region)
    assert not holds(person, Role.MODERATOR, place=world.kazakhstan)


def test_a_coordinator_may_what_other_roles_may(world):
    person = a_person()
    a_grant(person, Role.COORDINATOR, place=world.region)
    assert holds(person, Role.ANALYST, place=world.chuy)


def test_a_facilitator_is_no_moderator(world):
    person = a_person()
    a_grant(person, Role.FACILITATOR, place=world.region)
    assert not holds(person, Role.MODERATOR, place=world.region)


def test_a_closed_account_holds_nothing(world):
    person = a_person(is_active=False)
    a_grant(person, Role.COORDINATOR, place=world.world)
    assert not is_staff(person)


def test_a_stranger_holds_nothing(world):
    assert not is_staff(AnonymousUser())
