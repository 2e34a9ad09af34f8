"""Trends inside one edition, and time series in which editions are never joined."""

import copy
import csv
import io
import json

import pytest

from kurak.ground.publishing.figures import Course, courses
from kurak.instruments.results.trends.showing import breaks_of
from tests.factories.results import YEARS, a_run, an_index

pytestmark = pytest.mark.django_db
GOAL = {"goal": 100, "by_year": 2030}


def aiming(**more):
    """Wells and the whole have a goal by a year."""
    document = an_index(**more)
    document["tree"]["trend"] = dict(GOAL)
    document["tree"]["children"][0]["children"][0]["trend"] = dict(GOAL)
    return document


def test_arrows_are_those_of_the_pace_that_is_needed(region):
    found = {each.unit: each for each in a_run(aiming(), YEARS).trends.filter(node="whole")}
    assert {unit: each.arrow for unit, each in found.items()} == {"KGZ": "up", "TJK": "down", "UZB": "stagnating"}
    one = found["KGZ"]
    assert (one.since, one.until, one.first, one.last, one.yearly, one.needed) == (2015, 2020, 40, 60, 4, 4)
    assert one.place.code == "KG"


def test_an_indicator_with_a_goal_has_an_arrow_in_its_own_units(region):
    document = aiming()
    wells = document["tree"]["children"][0]["children"][0]
    wells |= {"direction": "down", "trend": {"goal": 20, "by_year": 2030}}
    wells["normalise"] = {"by": "goalposts", "low": 0, "high": 100, "to": [0, 100]}
    found = {each.unit: each for each in a_run(document, YEARS).trends.filter(node="wells")}
    assert (found["KGZ"].arrow, found["KGZ"].yearly) == ("down", 4)
    assert (found["TJK"].arrow, found["TJK"].yearly, found["TJK"].needed) == ("moderate", -1, -2)


def test_without_a_goal_there_is_a_pace_and_no_arrow(region):
    run = a_run(an_index(), YEARS)
    assert {each.node for each in run.trends.all()} == {"whole", "water", "land"}
    assert {(each.arrow, each.goal) for each in run.trends.all()} == {("", None)}


@pytest.mark.parametrize("rows", [YEARS.replace("2020", "2015b"), YEARS.replace(",2015,", ",2020-I,")])
def test_periods_that_are_no_years_have_no_trend(region, rows):
    assert not a_run(an_index(), rows).trends.exists()


def test_one_year_is_no_trend(region):
    only = "\n".join(line for line in YEARS.splitlines() if ",2015," not in line)
    assert not a_run(an_index(), only + "\n").trends.exists()


def test_pages_show_the_arrow_in_words(client, region):
    run = a_run(aiming(), YEARS)
    page = client.get(f"/results/{run.pk}/").content.decode()
    assert "on track" in page and "moving away" in page  # noqa: PT018
    unit = client.get(f"/results/{run.pk}/unit/?of=KGZ&in=2020").content.decode()
    assert "100 by 2030" in unit
    assert "On the way to the goals" in unit


def test_trends_are_a_file_an_answer_of_the_api_and_a_table(client, region):
    run = a_run(aiming(), YEARS)
    rows = [*csv.DictReader(io.StringIO(client.get(f"/results/{run.pk}/trends.csv").content.decode()))]
    assert [row["arrow"] for row in rows if (row["node"], row["unit"]) == ("whole", "KGZ")] == ["up"]
    asked = client.get(f"/api/v1/results/{run.pk}/trends?node=whole").json()["items"]
    assert {each["place"]: each["arrow"] for each in asked} == {"KG": "up", "TJ": "down", "UZ": "stagnating"}
    listed = client.get("/data/trends.csv").getvalue().decode()
    assert len(listed.splitlines()) == 1 + run.trends.count()


def test_trends_of_a_draft_are_closed(client, region):
    run = a_run(aiming(), YEARS, published=False)
    assert client.get(f"/results/{run.pk}/trends.csv").status_code == 404
    assert client.get(f"/api/v1/results/{run.pk}/trends").status_code == 404


def two_editions():
    old = a_run(an_index(edition="2010", dated="2010-01-01"), YEARS.replace("2020", "2010").replace("2015", "2005"))
    return old, a_run(an_index(), YEARS)


def test_a_unit_has_the_scores_of_every_edition_each_under_its_own(client, region):
    old, new = two_editions()
    page = client.get(f"/results/{new.pk}/unit/?of=KGZ&in=2020").content.decode()
    assert "not joined" in page
    assert f"/results/{old.pk}/unit/?of=KGZ&amp;in=2005" in page
    assert page.count('class="opens"') == 2


def test_a_place_is_found_in_an_edition_that_calls_it_otherwise(client, region):
    a_run(an_index(edition="2010", dated="2010-01-01"), YEARS.replace("KGZ", "Kyrgyzstan"))
    new = a_run(an_index(), YEARS)
    assert "of=Kyrgyzstan" in client.get(f"/results/{new.pk}/unit/?of=KGZ&in=2020").content.decode()


def test_an_edition_on_another_scale_stands_in_the_table_and_not_in_the_chart(client, region):
    other = copy.deepcopy(an_index(edition="2010", dated="2010-01-01"))
    other["scale"] = {"low": 0, "high": 10, "better": "high", "digits": 1}
    other["classes"]["bands"]["of"][1]["from"] = 5
    a_run(other, YEARS)
    page = client.get(f"/results/{a_run(an_index(), YEARS).pk}/unit/?of=KGZ&in=2020").content.decode()
    figure = page[page.index('id="time"') : page.index("The same as a table")]
    assert ">2010<" not in figure


def test_courses_of_two_methods_are_two_lines_even_under_one_name():
    rows = [Course("Chuy", [(2001, 1, None, None)], "a"), Course("Chuy", [(2004, 2, 1, 3)], "b")]
    drawn = courses(rows, axis="score", breaks=breaks_of(rows))
    assert [layer["encoding"]["detail"]["field"] for layer in drawn["layer"][:2]] == ["method", "method"]
    assert "2002.5" in json.dumps(drawn)


def test_methods_that_overlap_in_time_have_no_break():
    rows = [Course("a", [(2001, 1, None, None), (2005, 1, None, None)], "a"), Course("b", [(2004, 1, 1, 1)], "b")]
    assert breaks_of(rows) == []


def test_a_rank_says_in_how_many_computations_it_holds(client, region):
    run = a_run(draws=60)
    score = run.scores.get(unit="KAZ", node="whole")
    assert score.rank_share == 1.0
    assert 0 < run.scores.get(unit="KGZ", node="whole").rank_share < 1
    assert "100 % of 60 computations" in client.get(f"/results/{run.pk}/unit/?of=KAZ").content.decode()


def test_a_category_that_the_data_give_has_a_trend_too(region):
    layout = {
        "name": "parts",
        "unit": "iso3",
        "period": "year",
        "columns": {"water": "w", "land": "l"},
        "published": {},
    }
    rows = "iso3,year,w,l\nKGZ,2015,40,60\nKGZ,2020,45,50\n"
    found = {each.node: each.yearly for each in a_run(an_index(verify=[layout]), rows).trends.all()}
    assert found == {"whole": -0.5, "water": 1, "land": -2}
