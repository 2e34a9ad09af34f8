"""The liveable city: figures between goalposts, and no trade of water for air."""

from __future__ import annotations

import pytest

from kurak.instruments.definitions.analysis import definition
from tests.instruments.definitions.test_own_instruments import asked, scored

CITY = "liveable-city"


@pytest.mark.parametrize(("dust", "points"), [(5, 100), (3, 100), (35, 0), (80, 0), (20, 50)])
def test_fine_dust_stands_between_the_guideline_and_the_first_interim_target(dust, points):
    assert scored(CITY, {"pm25": dust}).scores["pm25"][0] == pytest.approx(points)


def test_an_uneven_city_stands_below_an_even_one_with_the_same_mean():
    found = scored(CITY, {"pm25": 5, "no2": 10, "measured": 100, "canopy": 5, "cool_places": 0})
    areas = definition(CITY).declaration.nodes["city"].children
    plain = sum(float(found.scores[area.code][0]) for area in areas) / len(areas)
    assert found.scores["city"][0] < plain - 5


def test_a_city_that_does_not_measure_its_water_has_no_total():
    found = scored(CITY, {"piped": None, "hours": None})
    assert found.reason("water", 0) == "too-few"
    assert found.reason("city", 0) == "strict"


def test_every_figure_says_where_its_goalposts_come_from():
    items = asked(definition(CITY))
    assert len(items) == 25
    assert all(item["source"] and item["about"] and item["unit"] for item in items.values())


def test_every_direction_agrees_with_its_goalposts():
    for code, item in asked(definition(CITY)).items():
        low, high = (item["normalise"][end] for end in ("low", "high"))
        better, worse = scored(CITY, {code: high}, {code: low}).scores[code]
        assert (better > worse) == (item.get("direction", "up") == "up"), code
