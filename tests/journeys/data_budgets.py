"""What the journey of a budget begins with: a budget of a year nobody has used, twenty who answered, one who will."""

from uuid import uuid4

from kurak.commitments.budgets import answering
from kurak.commitments.budgets.models import Budget
from kurak.ground.places.models import Place
from tests.factories.budgets import a_budget
from tests.factories.people import a_person
from tests.journeys.data_assessment import session_of


def a_budget_with_twenty_answers() -> dict:
    place = Place.objects.get(code="KG-C")
    year = 2001 + Budget.objects.filter(place=place).count()
    line = a_budget(year=year, place=place).lines.select_related("budget__place").get(code="2")
    mark = uuid4().hex[:8]
    for number in range(20):
        answering.answer(
            line=line, by=a_person(f"neighbour-{mark}-{number}"), done="no" if number < 5 else "yes", good="yes"
        )
    return {"place": place.code, "year": year, "resident": session_of(a_person(f"resident-{mark}"))}
