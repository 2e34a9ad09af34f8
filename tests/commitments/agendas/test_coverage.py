"""What was taken up below, and whom data tell of."""

import pytest

from kurak.commitments.agendas import coverage
from kurak.commitments.left_behind import data_of
from kurak.ground.languages.text import Text
from kurak.ground.measures.models import Quantity, Source
from tests.factories.commitments import TREE, a_commitment, a_crosswalk, a_provision, an_agenda

pytestmark = pytest.mark.django_db


@pytest.fixture
def goals(world):
    return an_agenda("goals", place=world.world, level="global", kind="sdg", tree=TREE)


def levels(agenda, country) -> dict[str, list[str]]:
    return {row.provision.code: row.levels for row in coverage.coverage(agenda, country).rows}


def test_a_part_is_taken_up_by_way_of_another_level_and_only_where_that_holds(goals, world):
    national = a_provision(an_agenda(place=world.kyrgyzstan, level="national"))
    local = a_provision(an_agenda(place=world.chuy, level="local"))
    a_crosswalk(national, goals.provisions.get(code="1.1"), "localises")
    a_crosswalk(local, national, "localises")
    assert levels(goals, world.kyrgyzstan) == {"1.1": ["national", "local"], "1.2": [], "2": []}
    assert levels(goals, world.kazakhstan)["1.1"] == []


def test_a_commitment_takes_up_a_part_and_what_the_region_does_counts_in_each_country(goals, world):
    target = goals.provisions.get(code="2")
    a_commitment(an_agenda(place=world.kazakhstan), to=(target,), level="local", place=world.kazakhstan)
    a_crosswalk(a_provision(an_agenda(place=world.region, level="regional")), target, "serves")
    assert levels(goals, world.kazakhstan)["2"] == ["regional", "local"]
    assert levels(goals, world.kyrgyzstan)["2"] == ["regional"]


@pytest.mark.parametrize(("relation", "status", "ended"), [
    ("rests-on", "published", False), ("localises", "draft", False), ("localises", "published", True),
])  # fmt: skip
def test_what_only_rests_on_it_is_a_draft_or_has_ended_takes_nothing_up(goals, world, relation, status, ended):
    start = a_provision(an_agenda(place=world.kyrgyzstan, status=status), ended=ended)
    a_crosswalk(start, goals.provisions.get(code="2"), relation)
    assert levels(goals, world.kyrgyzstan)["2"] == []


def test_the_sum_of_a_country_counts_its_parts(goals, world):
    a_crosswalk(a_provision(an_agenda(place=world.kyrgyzstan)), goals.provisions.get(code="1.1"), "localises")
    found = coverage.coverage(goals)
    told = {(top.code, cell.place.code): (cell.taken, cell.of) for top, cells in found.summary for cell in cells}
    assert (told["1", "KG"], told["1", "KZ"], told["2", "KG"]) == ((1, 2), (0, 2), (0, 1))


def a_series(provision, place, split):
    from kurak.commitments.indicators.models import Indicator, Series

    quantity = Quantity.objects.get_or_create(code="water", defaults={"name": Text("en", "Water")})[0]
    indicator = Indicator.objects.get_or_create(code="water", defaults={"quantity": quantity, "title": quantity.name})[
        0
    ]
    indicator.provisions.add(provision)
    source = Source.objects.get_or_create(code="office", defaults={"title": "Office"})[0]
    told = {"n": 2, "since": 2015, "until": 2020, "first": 1, "last": 2}
    return Series.objects.create(indicator=indicator, place=place, source=source, slice=split, **told)


def test_groups_of_people_are_known_by_the_parts_of_series(goals, world):
    target = goals.provisions.get(code="1.1")
    a_series(target, world.kyrgyzstan, "SEX=F")
    a_series(target, world.chuy, "")
    assert data_of(world.kyrgyzstan, [target]) == {target.pk: coverage.Data(2, frozenset({"sex", "territory"}))}
    row = next(row for row in coverage.coverage(goals, world.kyrgyzstan).rows if row.provision == target)
    assert "disability" in {group.code for group in row.without}
    assert "sex" not in {group.code for group in row.without}
    assert not data_of(world.kazakhstan, [target])


def test_the_page_tells_country_by_country_and_part_by_part(client, goals, world):
    assert "0/2" in client.get("/agendas/coverage/?agenda=goals").content.decode()
    page = client.get("/agendas/coverage/?agenda=goals&place=KG").content.decode()
    assert "No series is connected" in page
    a_series(goals.provisions.get(code="1.1"), world.kyrgyzstan, "AGE=Y0T4")
    page = client.get("/agendas/coverage/?agenda=goals&place=KG").content.decode()
    assert "Data are here for 1 part of 3" in page
    assert client.get("/agendas/coverage/?agenda=goals&place=KG-C").status_code == 404
