"""What a right opens, and what it no longer opens once it is gone."""

import pytest

from kurak.dialogue.conversations import rules
from tests.factories.conversations import a_conversation
from tests.factories.people import a_grant, a_member_of_staff, a_person, signed_in

CLOSED = [{"phase": "draft"}, {"admission": "guests"}, {"admission": "link", "link_token": "t" * 24}]


@pytest.mark.parametrize("closed", CLOSED)
def test_a_password_alone_opens_no_closed_circle(client, world, closed):
    talk = a_conversation("water", place=world.kyrgyzstan, **closed)
    person = a_person()
    a_grant(person, "facilitator", place=talk.place)
    assert signed_in(client, person).get("/conversations/water/picture/").status_code in {302, 404}
    assert client.get("/conversations/water/data/comments.csv").status_code == 404


@pytest.mark.parametrize("closed", CLOSED)
def test_staff_with_a_second_factor_look_in(client, world, closed):
    talk = a_conversation("water", place=world.kyrgyzstan, **closed)
    signed_in(client, a_member_of_staff(place=talk.place))
    assert client.get("/conversations/water/picture/").status_code == 200


@pytest.mark.parametrize(
    ("role", "runs"), [(None, False), ("analyst", False), ("moderator", False), ("facilitator", True)]
)
def test_whoever_opened_it_runs_it_while_they_facilitate_somewhere(world, role, runs):
    person = a_person()
    if role:
        a_grant(person, role, place=world.kazakhstan)
    talk = a_conversation(place=world.kyrgyzstan, opened_by=person)
    assert rules.may_run(person, talk) is runs
