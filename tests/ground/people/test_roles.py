"""Giving and taking roles, and the door of the desk."""

import pytest

from kurak.ground.errors import Forbidden, Refused, TooMany
from kurak.ground.people import actions
from kurak.ground.people.models import Grant
from kurak.ground.people.rules import Role, holds
from kurak.ground.safety.limits import LIMITS
from kurak.ground.safety.queries import acts
from tests.factories.people import a_grant, a_member_of_staff, a_person, an_organisation, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(world):
    return a_member_of_staff(Role.COORDINATOR, place=world.kyrgyzstan)


def test_a_coordinator_gives_a_role_inside_their_place(world, coordinator):
    person = a_person()
    actions.grant(person=person, role=Role.FACILITATOR, place=world.chuy, by=coordinator, reason="spring round")
    assert holds(person, Role.FACILITATOR, place=world.chuy)
    assert acts(verb="role.granted").get().details == {"role": "facilitator", "place": "KG-C"}


def test_giving_the_same_role_twice_changes_and_records_nothing(world, coordinator):
    person = a_person()
    for _ in range(2):
        actions.grant(person=person, role=Role.FACILITATOR, place=world.chuy, by=coordinator)
    assert (Grant.objects.filter(person=person).count(), acts(verb="role.granted").count()) == (1, 1)


@pytest.mark.parametrize("place", ["kazakhstan", "region"])
def test_a_coordinator_gives_nothing_outside_their_place(world, coordinator, place):
    with pytest.raises(Forbidden):
        actions.grant(person=a_person(), role=Role.ANALYST, place=getattr(world, place), by=coordinator)


def test_coordinators_of_a_place_are_named_around_it(world, coordinator):
    with pytest.raises(Forbidden):
        actions.grant(person=a_person(), role=Role.COORDINATOR, place=world.kyrgyzstan, by=coordinator)
    actions.grant(person=a_person(), role=Role.COORDINATOR, place=world.chuy, by=coordinator)


def test_nobody_gives_a_role_to_themselves(world, coordinator):
    with pytest.raises(Refused, match="own"):
        actions.grant(person=coordinator, role=Role.MODERATOR, place=world.chuy, by=coordinator)


def test_a_moderator_gives_no_roles(world):
    moderator = a_member_of_staff(Role.MODERATOR, place=world.kyrgyzstan)
    with pytest.raises(Forbidden):
        actions.grant(person=a_person(), role=Role.MODERATOR, place=world.chuy, by=moderator)


def test_a_coordinator_without_a_second_factor_gives_no_roles(world):
    careless = a_person()
    a_grant(careless, Role.COORDINATOR, place=world.kyrgyzstan)
    with pytest.raises(Forbidden):
        actions.grant(person=a_person(), role=Role.MODERATOR, place=world.chuy, by=careless)


def test_a_role_taken_away_is_gone_and_recorded(world, coordinator):
    given = a_grant(a_person(), Role.ANALYST, place=world.chuy)
    actions.revoke(grant=given, by=coordinator, reason="moved away")
    assert not Grant.objects.filter(pk=given.pk).exists()
    assert acts(verb="role.revoked").get().reason == "moved away"


def test_roles_given_in_a_rush_are_stopped(world, coordinator):
    limit = LIMITS["grant"].times
    for _ in range(limit):
        actions.grant(person=a_person(), role=Role.ANALYST, place=world.chuy, by=coordinator)
    with pytest.raises(TooMany):
        actions.grant(person=a_person(), role=Role.ANALYST, place=world.chuy, by=coordinator)


def test_an_officer_adds_members_and_a_member_does_not(world):
    organisation, officer, member = an_organisation(place=world.kyrgyzstan), a_person(), a_person()
    organisation.memberships.create(person=officer, officer=True)
    actions.add_member(organisation=organisation, person=member, by=officer)
    with pytest.raises(Forbidden):
        actions.add_member(organisation=organisation, person=a_person(), by=member)


def test_a_member_may_leave(world):
    organisation, member = an_organisation(place=world.kyrgyzstan), a_person()
    actions.remove_member(membership=organisation.memberships.create(person=member), by=member)
    assert not organisation.memberships.exists()


def test_a_stranger_at_the_desk_is_asked_to_sign_in(client, world):
    assert client.get("/desk/people/").headers["Location"] == "/account/login/?next=/desk/people/"


def test_an_account_without_a_role_is_refused_at_the_desk(client, world):
    assert signed_in(client, a_person()).get("/desk/people/").status_code == 403


def test_staff_without_a_second_factor_are_sent_to_set_one_up(client, world):
    person = a_person()
    a_grant(person, Role.COORDINATOR, place=world.kyrgyzstan)
    assert signed_in(client, person).get("/desk/people/").headers["Location"] == "/account/second-factor/"


def test_the_door_stands_before_pages_that_do_not_exist_yet(client, world):
    assert client.get("/desk/something/new/").status_code == 302


def test_the_coordinators_page_gives_and_takes_a_role(client, world, coordinator):
    person = a_person()
    signed_in(client, coordinator)
    client.post("/desk/people/", {"name": person.username, "role": "moderator", "place": "KG-C", "reason": "asked"})
    given = Grant.objects.get(person=person)
    assert person.username in client.get("/desk/people/").content.decode()
    client.post(f"/desk/people/roles/{given.pk}/revoke/", {"reason": "done"})
    assert not Grant.objects.filter(pk=given.pk).exists()


def test_the_coordinators_page_says_why_a_role_was_not_given(client, world, coordinator):
    answer = signed_in(client, coordinator).post(
        "/desk/people/", {"name": "nobody", "role": "analyst", "place": "KG-C"}
    )
    assert (answer.status_code, "no account of this name" in answer.content.decode()) == (422, True)


def test_another_countrys_roles_cannot_be_taken_away(client, world, coordinator):
    theirs = a_grant(a_person(), Role.ANALYST, place=world.kazakhstan)
    assert signed_in(client, coordinator).post(f"/desk/people/roles/{theirs.pk}/revoke/").status_code == 404


@pytest.mark.parametrize(("names", "status"), [({"coordinator"}, 200), (set(), 302)])
def test_the_samples_coordinator_needs_no_second_factor_outside_production(client, world, settings, names, status):
    settings.SAMPLE_STAFF = names
    person = a_person("coordinator")
    a_grant(person, Role.COORDINATOR, place=world.region)
    assert signed_in(client, person).get("/desk/people/").status_code == status


def test_permissions_answer_as_the_rules_do(world, coordinator):
    assert coordinator.has_perm("people.grant", (Role.ANALYST, world.chuy))
    assert not coordinator.has_perm("people.grant", (Role.ANALYST, world.kazakhstan))
