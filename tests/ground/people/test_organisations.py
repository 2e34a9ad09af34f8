"""Coordinators add organisations and say who belongs to them and who speaks for them."""

import pytest

from kurak.ground.people.models import Membership, Organisation
from tests.factories.people import a_member_of_staff, a_person, an_organisation, signed_in

pytestmark = pytest.mark.django_db
NEW = {
    "organisation-called": "«Тунук булак»", "organisation-language": "ky", "organisation-slug": "tunuk-bulak",
    "organisation-place": "KG-C",
}  # fmt: skip


@pytest.fixture
def desk(client, world):
    return signed_in(client, a_member_of_staff("coordinator", place=world.kyrgyzstan))


def test_an_organisation_is_added_with_the_name_it_calls_itself_by(desk):
    desk.post("/desk/people/organisations/", NEW)
    made = Organisation.objects.get(slug="tunuk-bulak")
    assert (made.name.language, made.name.body, made.place.code) == ("ky", "«Тунук булак»", "KG-C")


@pytest.mark.parametrize(("chosen", "kind"), [({}, "civil-society"), ({"organisation-kind": "authority"}, "authority")])
def test_an_authority_is_told_from_civil_society(desk, chosen, kind):
    desk.post("/desk/people/organisations/", NEW | chosen)
    assert Organisation.objects.get().kind == kind


def test_not_at_a_place_of_others_and_not_twice(desk, world):
    page = desk.post("/desk/people/organisations/", NEW | {"organisation-place": "KZ"}, follow=True)
    assert "Place:" in page.content.decode()
    for _click in range(2):
        page = desk.post("/desk/people/organisations/", NEW, follow=True)
    assert "of this address already" in page.content.decode()
    assert Organisation.objects.count() == 1


def test_a_member_is_added_and_becomes_an_officer(desk, world):
    organisation, person = an_organisation(place=world.chuy), a_person("aigul")
    said = {"member-name": "aigul", "member-organisation": organisation.slug}
    desk.post("/desk/people/members/", said)
    assert not Membership.objects.get(person=person).officer
    desk.post("/desk/people/members/", said | {"member-officer": "on"})
    assert Membership.objects.get(person=person).officer
    assert "aigul" in desk.get("/desk/people/").content.decode()


def test_an_organisation_of_another_country_is_not_theirs_to_fill(desk, world):
    elsewhere = an_organisation(place=world.kazakhstan)
    a_person("aigul")
    desk.post("/desk/people/members/", {"member-name": "aigul", "member-organisation": elsewhere.slug})
    assert not Membership.objects.exists()


def test_an_account_that_is_not_there_is_said(desk, world):
    organisation = an_organisation(place=world.chuy)
    page = desk.post(
        "/desk/people/members/", {"member-name": "nobody", "member-organisation": organisation.slug}, follow=True
    )
    assert "no account of this name" in page.content.decode()
