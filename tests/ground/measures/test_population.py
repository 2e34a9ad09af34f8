"""The figures that come with Kurak load again and again, agree with each other, and say where they are from."""

import pytest

from kurak.ground.loading import load_ground
from kurak.ground.measures import queries
from kurak.ground.measures.models import Measure
from kurak.ground.places.queries import countries, place_called, region
from kurak.ground.trail.queries import walk_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(db):
    return load_ground()


def test_loading_again_changes_nothing(ground):
    before = Measure.objects.count()
    assert load_ground() == ground
    assert Measure.objects.count() == before == ground["figures"]


def test_women_and_men_are_everybody(ground):
    for place in [*countries(), region()]:
        parts = [queries.latest("population", place, {"gender": gender}).value for gender in ("woman", "man")]
        assert sum(parts) == pytest.approx(queries.latest("population", place).value, abs=700), place


@pytest.mark.parametrize("split", [("age", "0-14", "15-59", "60+"), ("settlement", "urban", "rural")])
def test_parts_of_the_people_add_up_to_all(ground, split):
    dimension, *values = split
    for place in [*countries(), region()]:
        parts = [queries.latest("population-share", place, {dimension: value}).value for value in values]
        assert sum(parts) == pytest.approx(1, abs=1e-5)


def test_the_region_has_the_people_of_its_countries(ground):
    # 38.0418 + 18.5514 + 6.4159 + 3.2252 + 9.3210 + 5.9421 + 32.9817 million, added by hand
    assert queries.latest("population", region()).value == pytest.approx(114_479_100)


def test_from_the_regions_figure_one_walks_down_to_the_source(ground):
    top = walk_down(queries.latest("population", region()))
    figures = [step for step in top.steps if step.word == "figure"]
    assert len(figures) == 7
    assert all("UNdata" in figure.steps[0].title for figure in figures)


def test_every_figure_says_how_it_was_made(ground):
    for measure in queries.standing():
        assert measure.method
        assert measure.version
        assert measure.source.citation
        assert measure.label == Measure.Label.APPROXIMATE
    assert place_called("KG").measures.count() == 8
