"""What the journey of accounts begins with: a plan with a commitment, a ministry, an organisation, two of the staff."""

from uuid import uuid4

from kurak.ground.places.models import Place
from tests.factories.accounts import a_promise, an_organisation_of
from tests.factories.commitments import an_agenda
from tests.factories.people import a_member_of_staff, a_membership, a_person
from tests.journeys.data_assessment import session_of


def everybody() -> dict:
    mark = uuid4().hex[:8]
    here = Place.objects.get(code="KG")
    thing = a_promise("1", agenda=an_agenda(f"plan-{mark}", place=here))
    ministry = an_organisation_of("authority", place=here, slug=f"ministry-{mark}")
    civil = an_organisation_of("civil-society", place=here, slug=f"civil-{mark}")
    people = {
        "official": a_membership(a_person(f"official-{mark}"), ministry).person,
        "member": a_membership(a_person(f"member-{mark}"), civil).person,
        "analyst": a_member_of_staff("analyst", place=here, username=f"analyst-{mark}"),
        "coordinator": a_member_of_staff("coordinator", place=here, username=f"coordinator-{mark}"),
    }
    return {
        "board": thing.url, "query": thing.query, "ministry": ministry.slug, "civil": civil.slug,
        **{role: session_of(person) for role, person in people.items()},
    }  # fmt: skip
