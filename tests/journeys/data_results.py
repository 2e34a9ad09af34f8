"""What the journeys through results begin with."""

from uuid import uuid4

from kurak.ground.people.models import Grant, Organisation
from kurak.ground.places.models import Place
from kurak.instruments.assessments.models import Assessment
from kurak.instruments.results.studies.actions import ask_for_study, do_study
from tests.factories.assessing import a_published_case
from tests.factories.instruments import an_edition
from tests.factories.results import YEARS, a_run, an_index
from tests.journeys.data_desk import signed_in

GOAL = {"goal": 100, "by_year": 2030}
MORE = "KAZ,2015,70,71,80,66\nKAZ,2020,71,75,60,70\nMNG,2015,60,61,40,46\nMNG,2020,62,55,60,50\n"


def two_editions() -> dict:
    """Two editions of an index with years, goals and a study; an organisation of the country with its results."""
    code = f"calm-{uuid4().hex[:6]}"
    earlier = (YEARS + MORE).replace("2020", "2010").replace("2015", "2005")
    a_run(an_index(code=code, edition="2010", dated="2010-01-01"), earlier, draws=40)
    newer = an_index(code=code)
    newer["tree"]["trend"] = dict(GOAL)
    newer["tree"]["children"][0]["children"][0]["trend"] = dict(GOAL)
    run = a_run(newer, YEARS + MORE, draws=40)
    do_study(study=ask_for_study(run=run, by=None, n=64))
    return {"run": run.pk, "organisation": an_organisation_with_results()}


def an_organisation_with_results() -> str:
    there = Assessment.objects.filter(status=Assessment.Status.PUBLISHED, organisation__place__code="KG").first()
    organisation = there.organisation if there else a_published_case().organisation
    Organisation.objects.filter(pk=organisation.pk).update(place=Place.objects.get(code="KG"))
    return organisation.slug


def an_analyst_with_an_index() -> dict:
    """An edition to which no data were brought yet."""
    code = f"calm-{uuid4().hex[:6]}"
    edition = an_edition(an_index(code=code))
    return {**signed_in(Grant.Role.ANALYST), "edition": edition.pk, "rows": YEARS + MORE}
