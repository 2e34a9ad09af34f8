"""Many values at once are stated as one is."""

import pytest

from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.measures import queries
from kurak.ground.measures.actions import state, year
from kurak.ground.measures.models import Measure
from kurak.ground.measures.stating import Stated, Statement, state_many
from kurak.ground.people.models import Grant
from kurak.ground.trail.queries import walk_down
from tests.factories.measures import a_quantity, a_source
from tests.factories.people import a_member_of_staff
from tests.factories.places import a_place

pytestmark = pytest.mark.django_db


def said(value: float, number: int = 2024, **about) -> Statement:
    a_quantity()
    return Statement("wells", about.pop("place", None) or a_place(), *year(number), value, **about)


def test_many_are_new_then_unchanged_then_some_give_way():
    source = a_source()
    assert state_many([said(1, 2023), said(2, 2024)], source=source, by=None) == Stated(2, 0, 0)
    assert state_many([said(1, 2023), said(3, 2024)], source=source, by=None) == Stated(0, 1, 1)
    assert sorted(queries.standing().values_list("value", flat=True)) == [1, 3]
    assert Measure.objects.get(value=2).withdrawn_why == "superseded"


def test_a_value_of_many_is_the_same_as_a_value_stated_alone():
    state_many([said(4.5, dimensions={"age": "15+"}, low=4, label="approximate", n=9)], source=a_source(), by=None)
    alone = state(
        quantity="wells", place=a_place(), period=year(2024), value=4.5, source=a_source(), by=None,
        dimensions={"age": "15+"}, low=4, label="approximate", n=9,
    )  # fmt: skip
    assert alone == Measure.objects.get()
    assert alone.dimensions == {"age": "15+"}


def test_each_of_many_stands_on_its_source():
    state_many([said(1, 2023), said(2, 2024)], source=a_source(), by=None)
    for measure in Measure.objects.all():
        assert [step.title for step in walk_down(measure).steps] == ["A survey of wells"]


def test_another_file_that_says_the_same_is_nothing_new_where_the_file_is_set_aside():
    state_many([said(1, made_from="a" * 64)], source=a_source(), by=None)
    newer = [said(1, made_from="b" * 64)]
    assert state_many(newer, source=a_source(), by=None, aside=("made_from",)) == Stated(0, 0, 1)
    assert state_many(newer, source=a_source(), by=None) == Stated(0, 1, 0)


def test_one_wrong_place_and_nothing_is_stated():
    analyst = a_member_of_staff(Grant.Role.ANALYST, place=a_place("KG"))
    with pytest.raises(Forbidden):
        state_many([said(1), said(1, place=a_place("KZ"))], source=a_source(), by=analyst)
    assert not Measure.objects.exists()


def test_what_is_not_declared_is_refused_among_many_too():
    with pytest.raises(Missing):
        state_many([said(1), said(1)._replace(quantity="dragons")], source=a_source(), by=None)
    with pytest.raises(Refused, match=r"does not declare"):
        state_many([said(1, dimensions={"age": "100+"})], source=a_source(), by=None)


def test_two_values_for_one_thing_are_refused():
    with pytest.raises(Refused) as refusal:
        state_many([said(1), said(2)], source=a_source(), by=None)
    assert refusal.value.code == "measure.twice"


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
@pytest.mark.parametrize("name", ["value", "high"])
def test_what_is_no_number_is_refused_and_nothing_is_kept(name, value):
    with pytest.raises(Refused, match="too large"):
        state_many([said(1, 2023), said(2)._replace(**{name: value})], source=a_source(), by=None)
    assert not Measure.objects.exists()
