"""Parts of agendas are linked on their pages."""

import pytest

from kurak.commitments.agendas.actions import begin_version, publish_version
from kurak.commitments.agendas.models import Crosswalk
from kurak.commitments.agendas.queries import draft_of
from kurak.ground.people.rules import Role
from tests.factories.commitments import TREE, an_agenda
from tests.factories.people import a_member_of_staff, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def goals(world):
    return an_agenda("goals", place=world.world, level="global", kind="sdg", shipped=True, tree=TREE)


@pytest.fixture
def plan(world):
    return an_agenda("plan", place=world.kyrgyzstan, tree={"provisions": [{"code": "A", "title": "Wells"}]})


@pytest.fixture
def analyst(world):
    return a_member_of_staff(Role.ANALYST, place=world.kyrgyzstan)


def test_a_global_target_is_brought_closer_in_ones_own_agenda(client, goals, plan, analyst):
    signed_in(client, analyst)
    assert 'id="closer-code"' in client.get("/agendas/goals/1.1/").content.decode()
    answer = client.post("/agendas/goals/1.1/closer/", {"in": "plan", "code": "N-1"})
    assert answer.headers["Location"] == "/desk/agendas/plan/tree/N-1/"
    assert not Crosswalk.objects.exists()
    publish_version(by=analyst, version=draft_of(plan), note="Wells for us")
    assert str(Crosswalk.objects.get()) == "plan N-1 localises goals 1.1"


def test_a_link_is_made_where_one_of_the_two_may_be_edited(client, goals, plan, analyst):
    signed_in(client, analyst)
    client.post("/agendas/plan/A/link/", {"to": "goals/1.1", "relation": "serves"})
    assert str(Crosswalk.objects.get()) == "plan A serves goals 1.1"
    begin_version(by=analyst, agenda=plan)


@pytest.mark.parametrize(
    ("to", "relation", "said"),
    [("goals/9", "serves", "no such part"), ("goals/1.1", "hates", "Choose two"), ("plan/A", "serves", "Choose two")],
)
def test_what_cannot_be_linked_is_said(client, goals, plan, analyst, to, relation, said):
    signed_in(client, analyst)
    answer = client.post("/agendas/plan/A/link/", {"to": to, "relation": relation}, follow=True)
    assert said in answer.content.decode()
    assert not Crosswalk.objects.exists()


def test_an_analyst_of_another_country_links_nothing_and_brings_nothing_closer_here(client, goals, plan, world):
    signed_in(client, a_member_of_staff(Role.ANALYST, place=world.kazakhstan))
    assert client.post("/agendas/plan/A/link/", {"to": "goals/1.1", "relation": "serves"}).status_code == 403
    assert client.post("/agendas/goals/1.1/closer/", {"in": "plan", "code": "N"}).status_code == 404
    assert not Crosswalk.objects.exists()
