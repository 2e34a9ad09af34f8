"""What the journey of an assessment begins with: an organisation with two people, a coordinator, a reviewer abroad."""

from uuid import uuid4

from django.test import Client

from kurak.ground.people.models import Person
from kurak.ground.places.models import Place
from kurak.instruments.assessments.models import Assessment
from tests.factories.instruments import a_document, an_edition
from tests.factories.people import a_member_of_staff, a_membership, a_person, an_organisation


def session_of(person: Person) -> str:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def everybody() -> dict:
    mark = uuid4().hex[:8]
    here, abroad = Place.objects.get(code="KG"), Place.objects.get(code="KZ")
    organisation = an_organisation(f"spring-{mark}", place=here, name=f"Clear Spring {mark}")
    neighbours = an_organisation(f"neighbours-{mark}", place=abroad, name="Good Neighbours")
    people = {
        "member": a_membership(a_person(f"member-{mark}"), organisation).person,
        "officer": a_membership(a_person(f"officer-{mark}"), organisation, officer=True).person,
        "reviewer": a_membership(a_person(f"reviewer-{mark}"), neighbours).person,
        "coordinator": a_member_of_staff("coordinator", place=here, username=f"coordinator-{mark}"),
    }
    document = a_document(code=f"rating-{mark}")
    document["assessing"]["raters"] = 1
    edition = an_edition(document)
    return {
        "organisation": organisation.pk, "name": str(organisation.name), "edition": edition.pk,
        "reviewer_name": people["reviewer"].username,
        **{role: session_of(person) for role, person in people.items()},
    }  # fmt: skip


def status_of(organisation: int) -> str:
    return Assessment.objects.get(organisation=organisation).status
