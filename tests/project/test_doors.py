"""Every address refuses strangers unless it is listed public; every page of the desk opens to the roles listed."""

import pytest

from tests.factories.catalogue import an_edition, an_instrument
from tests.factories.commitments import a_commitment, a_version, an_agenda
from tests.factories.conversations import a_conversation, a_participant, a_statement
from tests.factories.people import a_grant, a_member_of_staff, a_person, signed_in
from tests.factories.places import a_small_world
from tests.project.addresses import ANY_STAFF, DESK, PUBLIC, PUBLIC_SPACE, Address, addresses

pytestmark = pytest.mark.django_db
ALL = list(addresses())
CLOSED = [each for each in ALL if each.name not in PUBLIC and not each.name.startswith(PUBLIC_SPACE)]
AT_THE_DESK = [each for each in ALL if each.route.startswith("desk/")]


def known_parts() -> dict:
    """Things that exist, so that a refusal is a refusal and not a page that is missing."""
    world = a_small_world()
    conversation = a_conversation("water", place=world.kyrgyzstan)
    a_statement(conversation, number=1)
    flag = a_participant(conversation).flags.create(kind="one_sided")
    grant = a_grant(a_person(), "analyst", place=world.chuy)
    draft = an_edition(an_instrument("wells", place=world.kyrgyzstan), status="draft")
    agenda = an_agenda("plan", place=world.kyrgyzstan, tree={"provisions": [{"code": "KG", "title": "Wells"}]})
    a_version(agenda, {"provisions": [{"code": "KG", "title": "Wells"}]}, status="draft", number=2)
    a_commitment(agenda, "KG")
    return {
        "slug": "water", "number": 1, "pk": flag.pk, "grant": grant.pk, "code": "KG", "instrument": "wells",
        "agenda": "plan",
        "draft": draft.pk, "criterion": "care", "scale": "care", "scheme": "bands",
    }  # fmt: skip


def parts_of(address: Address) -> dict:
    known = known_parts()
    if address.name.startswith("building:"):
        return {**known, "pk": known["draft"], "form": "yaml"}
    return {**known, "pk": known["grant"]} if address.name == "people:revoke" else known


def opened(client, path: str):
    """GET, or POST where a page only takes that."""
    answer = client.get(path)
    return client.post(path) if answer.status_code == 405 else answer


def is_refusal(answer) -> bool:
    to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith(
        ("/account/login/", "/account/reauthenticate/")
    )
    return to_sign_in or answer.status_code in {401, 403}


@pytest.mark.parametrize("address", CLOSED, ids=lambda address: address.route)
def test_a_stranger_is_refused(client, address):
    answer = opened(client, address.path(**parts_of(address)))
    assert is_refusal(answer), f"{address.name} answered {answer.status_code}: close it, or list it in PUBLIC"


def test_nothing_is_listed_public_that_stands_at_the_desk():
    assert not [each.name for each in AT_THE_DESK if each.name in PUBLIC]


def test_every_page_of_the_desk_says_who_may_open_it():
    assert not [each.name for each in AT_THE_DESK if each.name not in DESK]


@pytest.mark.parametrize("role", sorted(ANY_STAFF))
@pytest.mark.parametrize("address", AT_THE_DESK, ids=lambda address: address.name)
def test_a_page_of_the_desk_opens_to_its_roles_only(client, address, role):
    parts = parts_of(address)
    signed_in(client, a_member_of_staff(role, place=a_small_world().kyrgyzstan))
    status = opened(client, address.path(**parts)).status_code
    if role in DESK[address.name]:
        assert status not in {401, 403, 500}
    else:
        assert status in {403, 404}


@pytest.mark.parametrize(
    "address",
    [each for each in AT_THE_DESK if "<slug:slug>" in each.route or "<slug:instrument>" in each.route],
    ids=lambda address: address.name,
)
def test_a_coordinator_of_another_country_is_refused(client, address):
    parts = parts_of(address)
    signed_in(client, a_member_of_staff("coordinator", place=a_small_world().kazakhstan))
    assert opened(client, address.path(**parts)).status_code in {403, 404}


@pytest.mark.parametrize("address", AT_THE_DESK, ids=lambda address: address.name)
def test_staff_without_a_second_factor_are_sent_to_set_one_up(client, address):
    person = a_person()
    a_grant(person, "coordinator", place=a_small_world().region)
    answer = opened(signed_in(client, person), address.path(**parts_of(address)))
    assert answer.headers.get("Location") == "/account/second-factor/"
