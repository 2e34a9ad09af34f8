"""A value is stated once, gives way to a newer statement, and is never lost."""

import pytest

from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.measures import actions, queries
from kurak.ground.measures.models import Measure
from kurak.ground.people.models import Grant
from kurak.ground.safety.counts import guard
from kurak.ground.safety.models import Act
from tests.factories.measures import a_measure, a_quantity, a_source
from tests.factories.people import a_member_of_staff, a_person
from tests.factories.places import a_place

pytestmark = pytest.mark.django_db


def test_saying_the_same_twice_states_it_once():
    assert a_measure(12) == a_measure(12)
    assert Measure.objects.count() == 1


def test_a_newer_statement_takes_the_place_of_the_old_one():
    old, new = a_measure(12), a_measure(13)
    old.refresh_from_db()
    assert old.withdrawn_why == "superseded"
    assert list(queries.standing()) == [new]


def test_two_sources_may_disagree_side_by_side():
    a_measure(12), a_measure(15, source=a_source("census"))
    assert sorted(measure.value for measure in queries.standing()) == [12, 15]


def test_a_hidden_count_is_not_stated():
    a_quantity()
    stated = actions.state(
        quantity="wells", place=a_place(), period=actions.year(2024), value=guard(3), source=a_source(), by=None
    )
    assert stated is None
    assert not Measure.objects.exists()


def test_a_guarded_count_is_stated_rounded_with_its_uncertainty():
    measure = a_measure(guard(13))
    assert (measure.low, measure.value, measure.high, measure.label) == (13, 15, 17, Measure.Label.APPROXIMATE)


def test_an_undeclared_quantity_or_split_is_refused():
    with pytest.raises(Missing):
        a_measure(1, quantity="dragons")
    with pytest.raises(Refused) as refusal:
        a_measure(1, dimensions={"age": "100+"})
    assert refusal.value.code == "measure.dimension"


def test_only_an_analyst_of_the_place_states_values():
    analyst = a_member_of_staff(Grant.Role.ANALYST, place=a_place("KG"))
    assert a_measure(1, place=a_place("KG"), by=analyst).stated_by == analyst
    for stranger, place in [(analyst, a_place("KZ")), (a_person(), a_place("KG"))]:
        with pytest.raises(Forbidden):
            a_measure(2, place=place, by=stranger)


def test_a_withdrawn_value_stays_readable_and_is_left_out_of_answers():
    analyst = a_member_of_staff(Grant.Role.ANALYST, place=a_place("KG"))
    measure = a_measure(12)
    actions.withdraw(measure, why="counted twice", by=analyst)
    assert queries.latest("wells", a_place("KG")) is None
    assert Measure.objects.get(pk=measure.pk).withdrawn_why == "counted twice"
    assert Act.objects.get().verb == "measure.withdrawn"
    with pytest.raises(Refused):
        actions.withdraw(measure, why="again", by=analyst)
