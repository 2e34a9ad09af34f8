"""Measures are asked for by place, through time, and without what nobody has verified."""

import pytest

from kurak.ground.measures import queries
from kurak.ground.measures.models import Measure
from kurak.ground.measures.wording import number, shown, told
from tests.factories.measures import a_measure
from tests.factories.places import a_place

pytestmark = pytest.mark.django_db


def test_a_series_runs_from_the_oldest_to_the_newest():
    for year in (2024, 2020, 2022):
        a_measure(year - 2000, year=year)
    assert [measure.value for measure in queries.series("wells", a_place())] == [20, 22, 24]
    assert queries.latest("wells", a_place()).value == 24


def test_the_parts_of_a_value_are_not_mixed_with_the_whole():
    a_measure(12), a_measure(5, dimensions={"age": "0-14"})
    assert queries.latest("wells", a_place()).value == 12
    assert queries.latest("wells", a_place(), {"age": "0-14"}).value == 5


def test_places_are_compared_by_verified_values_only():
    a_measure(12, place=a_place("KG"))
    a_measure(99, place=a_place("KZ"), quality=Measure.Quality.UNVERIFIED)
    found = queries.by_place("wells", [a_place("KG"), a_place("KZ")])
    assert {code: measure.value for code, measure in found.items()} == {"KG": 12}


def test_a_place_shows_the_newest_value_of_each_slice():
    a_measure(1, year=2020), a_measure(2, year=2021), a_measure(3, dimensions={"age": "15+"})
    assert [(measure.slice, measure.value) for measure in queries.of_place(a_place())] == [("", 2), ("age=15+", 3)]


def test_a_value_is_written_as_the_language_writes_numbers():
    assert number(1234567, "count", "ru") == "1\xa0234\xa0567"
    assert number(0.5, "share", "en") == "50%"
    assert shown(a_measure(12, label=Measure.Label.APPROXIMATE), "en") == "≈\N{NO-BREAK SPACE}12"
    assert told(a_measure(5, dimensions={"age": "0-14"}), "en") == "Wells: aged 0–14"
