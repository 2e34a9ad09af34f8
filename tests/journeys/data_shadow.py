"""What the journey of a shadow report begins with: two organisations with an officer each, accounts of one article."""

from uuid import uuid4

from tests.factories.people import a_membership, a_person, an_organisation
from tests.factories.shadow import a_coalition
from tests.journeys.data_assessment import session_of


def a_coalition_of_two() -> dict:
    mark = uuid4().hex[:8]
    made = a_coalition(f"assembly-{mark}")
    river = an_organisation(f"river-{mark}", place=made.place, name=f"Quiet River {mark}")
    second = a_person(f"second-{mark}")
    a_membership(second, river, officer=True)
    return {
        "code": made.report.code, "river": river.slug, "first": session_of(made.officer), "second": session_of(second)
    }  # fmt: skip
