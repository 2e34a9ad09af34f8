"""A budget comes in whole or not at all, twice is once, and what is published becomes measures."""

import datetime as dt

import pytest

from kurak.commitments.budgets import actions, publishing
from kurak.commitments.budgets.models import Budget, BudgetFile, BudgetLine, ColumnMapping, Spending
from kurak.commitments.budgets.reading import BadLines, Reading
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.measures.models import Measure
from kurak.ground.safety.models import Act
from kurak.ground.trail.models import Footing
from tests.factories.budgets import LINES, a_budget, a_line, a_table, about, answered, brought
from tests.factories.commitments import a_commitment, an_agenda
from tests.factories.people import a_member_of_staff, a_person

pytestmark = pytest.mark.django_db


def standing(quantity: str = "budget-execution") -> dict[str, float]:
    rows = Measure.objects.filter(quantity__code=quantity, withdrawn_at=None)
    return {each.slice: round(each.value, 4) for each in rows}


def test_the_same_file_twice_changes_nothing():
    first, again = brought(), brought()
    assert (first.new, again.new, again.changed, again.unchanged, again.gone) == (5, 0, 0, 5, 0)
    assert Act.objects.filter(verb="budget.brought").count() == 1


def test_one_wrong_line_keeps_the_whole_file_out():
    with pytest.raises(BadLines):
        brought(a_table(*LINES, "6,Bus,,,,,,lots,,"))
    assert not Budget.objects.exists()
    assert not ColumnMapping.objects.exists()


def test_a_commitment_that_is_not_here_is_refused_with_its_line():
    with pytest.raises(BadLines) as wrong:
        brought(a_table("1,Bus,5,plan/C9", header="code,title,approved,commitments"))
    assert wrong.value.refusals[0][:3] == (2, "commitments", "plan/C9")
    assert not Budget.objects.exists()


def test_a_line_pays_for_commitments_that_the_file_names():
    commitment = a_commitment(an_agenda("plan"), "C1")
    brought(a_table("1,Bus,5,plan/C1", header="code,title,approved,commitments"))
    assert list(commitment.budget_lines.values_list("code", flat=True)) == ["1"]


def test_a_new_file_changes_lines_and_takes_away_what_is_gone():
    brought()
    again = brought(a_table(*LINES[:3], "3,Kindergarten,,09.1,311,School,,200,,150"))
    assert (again.new, again.changed, again.unchanged, again.gone) == (0, 1, 3, 1)


def test_a_line_that_residents_answered_on_does_not_go():
    line = a_line("3")
    answered(line, 1)
    with pytest.raises(Refused, match="3"):
        brought(a_table(*LINES[:3]))
    assert BudgetLine.objects.filter(pk=line.pk).exists()


def test_columns_are_remembered_for_the_place_and_the_header():
    data = b"A,B,C\n1,Bus,5\n2,Pipe,6\n"
    with pytest.raises(Refused, match="columns"):
        brought(data)
    brought(data, columns={"code": 0, "title": 1, "approved": 2}, reading=Reading(unit=1000))
    brought(b"A,B,C\n1,Bus,7\n", year=2026)
    assert BudgetLine.objects.get(budget__year=2026).approved == 7000


def test_only_staff_of_the_place_brings_a_budget_in():
    elsewhere = a_member_of_staff("analyst", place=about().place.parent.parent.children.get(code="KZ"))
    for person in (a_person(), elsewhere):
        with pytest.raises(Forbidden):
            brought(by=person)
    assert brought(by=a_member_of_staff("analyst", place=about().place)).new == 5


def test_a_file_waits_for_its_columns_and_is_gone_once_taken(django_capture_on_commit_callbacks):
    analyst = a_member_of_staff("analyst", place=about().place)
    with django_capture_on_commit_callbacks(execute=True):
        file = actions.send(data=a_table(), name="b.csv", about=about(), by=analyst)
    assert not Budget.objects.exists()
    columns = {"code": 0, "title": 1, "approved": 7}
    assert actions.take(file=file, columns=columns, reading=Reading(), by=analyst).new == 5
    assert not BudgetFile.objects.exists()


def test_published_execution_is_a_measure_of_the_place():
    budget = a_budget()
    assert standing() == {"": 0.7, "function=01": 0.8, "function=04": 0.5, "function=09": 1.0}
    assert standing("budget-execution-of-approved")["function=04"] == 0.625
    one = Measure.objects.filter(quantity__code="budget-execution", slice="").get()
    assert (one.place, one.end, one.made_from) == (budget.place, dt.date(2025, 12, 31), budget.sha256)


def test_a_draft_states_no_measure_and_taking_back_withdraws_them():
    budget = a_budget(published=False)
    assert standing() == {}
    publishing.publish(budget=budget, by=None)
    coordinator = a_member_of_staff("coordinator", place=budget.place)
    publishing.unpublish(budget=budget, by=coordinator, why="The wrong year")
    assert standing() == {}
    assert Measure.objects.filter(withdrawn_why="The wrong year").exists()


def test_a_new_file_of_a_published_budget_states_anew():
    a_budget()
    brought(a_table(*LINES[:3], "3,Kindergarten,,,311,School,,200,,100"))
    assert set(standing()) == {"", "function=01", "function=04"}


def test_an_unfinished_year_is_stated_until_its_month():
    header = "code,title,approved,m01,m02"
    budget = a_budget("1,Bus,10,1,2", "2,Pipe,10,1,4", header=header)
    assert (budget.month, Spending.objects.count()) == (2, 4)
    assert Measure.objects.get(quantity__code="budget-execution").end == dt.date(2025, 2, 28)
    assert standing() == {"": 0.3}


def test_a_line_stands_on_its_budget_and_that_on_its_source():
    line = a_line()
    kinds = [Footing.objects.get(claim_kind=kind, claim_key=key).ground_kind
             for kind, key in (("budget-line", line.pk), ("budget", line.budget_id))]  # fmt: skip
    assert kinds == ["budget", "source"]
