"""A draft is nobody's to read but those who build it, by whatever door."""

import pytest
from django.urls import reverse

from kurak.ground.people.rules import Role
from kurak.ground.trail.kinds import kind_of
from kurak.instruments.catalogue.models import Edition
from tests.factories.catalogue import an_edition, an_instrument
from tests.factories.people import a_member_of_staff, signed_in

pytestmark = pytest.mark.django_db
SECRET = "Wells that the mine has poisoned"


@pytest.fixture
def draft(world):
    instrument = an_instrument("wells", place=world.kyrgyzstan)
    an_edition(instrument)
    return an_edition(instrument, status=Edition.Status.DRAFT, edition="2027", about={"en": SECRET})


def doors(draft: Edition) -> list[str]:
    where = f"/instruments/wells/{draft.edition}/"
    files = [reverse("catalogue:download", args=["wells", "2027", 1, form]) for form in ("yaml", "json", "xlsx")]
    compare = f"/instruments/wells/compare/?before={draft.instrument.editions.first().pk}&after={draft.pk}"
    own = [reverse("building:draft", args=["wells", draft.pk]), reverse("building:document", args=["wells", draft.pk])]
    api = [f"/api/v1/instruments/wells/editions/{draft.edition}", "/api/v1/instruments/wells", "/api/v1/instruments"]
    trail = reverse("trail", args=["method", draft.pk])
    words = ["/instruments/?words=poisoned", "/instruments/wells/"]
    desk = [f"/desk/instruments/wells/{draft.pk}/draft.yaml"]
    return [where, f"{where}r{draft.revision}/", *files, compare, *own, *api, trail, *words, *desk]


@pytest.mark.parametrize("who", ["stranger", "analyst of another country"])
def test_no_door_leads_to_it(client, world, draft, who):
    if who != "stranger":
        signed_in(client, a_member_of_staff(Role.ANALYST, place=world.kazakhstan))
    answers = {path: client.get(path) for path in doors(draft)}
    assert not [path for path, answer in answers.items() if SECRET.encode() in answer.content]
    assert not kind_of("method").may_see(draft, None)
    assert {answers[path].status_code for path in doors(draft)[:5]} == {404}


def test_its_builder_reads_it(client, world, draft):
    signed_in(client, a_member_of_staff(Role.ANALYST, place=world.kyrgyzstan))
    assert SECRET in client.get(f"/desk/instruments/wells/{draft.pk}/draft.yaml").content.decode()
