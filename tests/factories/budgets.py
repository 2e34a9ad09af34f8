"""Budgets for tests: a small table as a town sends it, a budget made of it, and people who answer."""

from kurak.commitments.budgets import answering
from kurak.commitments.budgets.actions import About, Brought, bring
from kurak.commitments.budgets.models import Budget, BudgetLine
from kurak.commitments.budgets.publishing import publish
from kurak.ground.measures.loading import load_quantities
from kurak.ground.places.models import Place
from tests.factories.people import a_person
from tests.factories.places import a_small_world

HEADER = "code,title,side,functional,economic,office,special,approved,adjusted,executed"
LINES = (
    "R1,Taxes,revenue,,11,,,1000,,950",
    "1,Pay of the mayor's office,,01.1,211,Mayor,,300,,300",
    "2,Repair of streets,,04.5,221,Works,,400,500,250",
    "3,Kindergarten,,09.1,311,School,,200,,200",
    "4,Reserve,,01.6,282,Finance,contingency,100,,20",
)


def a_table(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *(lines or LINES)]).encode()


def about(year: int = 2025, place: Place | None = None, **told) -> About:
    return About(place or a_small_world().chuy, year, "KGS", "Decision 12 of the council", **told)


def brought(data: bytes = b"", *, year: int = 2025, place: Place | None = None, **how) -> Brought:
    load_quantities()
    return bring(data=data or a_table(), name="budget.csv", about=about(year, place), by=how.pop("by", None), **how)


def a_budget(*lines: str, year: int = 2025, header: str = HEADER, published: bool = True, **how) -> Budget:
    made = brought(a_table(*lines, header=header), year=year, **how).budget
    return publish(budget=made, by=None) if published else made


def a_line(code: str = "2", **how) -> BudgetLine:
    return a_budget(**how).lines.select_related("budget__place").get(code=code)


def answered(line: BudgetLine, yes: int, no: int = 0, *, good: str = "yes") -> None:
    """By as many people."""
    for number in range(yes + no):
        answering.answer(line=line, by=a_person(), done="yes" if number < yes else "no", good=good)
