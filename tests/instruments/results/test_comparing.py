"""Countries over time, indexes of one country, and what an organisation has been given."""

import csv
import io

import pytest

from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.ground.publishing.figures import Course, courses
from kurak.instruments.assessments.actions import withdraw
from kurak.instruments.results.comparing.queries import over_time, units_of
from kurak.instruments.results.comparing.showing import courses_of
from tests.factories.assessing import a_published_case
from tests.factories.results import WHY, YEARS, a_run, an_index

pytestmark = pytest.mark.django_db
NORWAY = "NOR,2015,90,90,90,90\nNOR,2020,91,91,91,91\n"


def rows(answer):
    return [*csv.DictReader(io.StringIO(answer.content.decode()))]


def two_editions():
    earlier = YEARS.replace("2020", "2010").replace("2015", "2005")
    a_run(an_index(edition="2010", dated="2010-01-01"), earlier)
    return a_run(an_index(), YEARS)


def test_our_countries_are_shown_together_one_by_one_and_as_numbers(client, region):
    run = a_run(an_index(), YEARS + NORWAY)
    page = client.get(f"/results/{run.pk}/over-time/").content.decode()
    assert page.count('<svg class="chart"') == 1 + 3
    assert page.count('<th scope="col" class="number">') == 3
    assert "60.0" in page


def test_others_may_stand_beside_them_and_a_part_be_chosen(client, region):
    run = a_run(an_index(), (YEARS + NORWAY).replace("KGZ,2020,60,60", "KGZ,2020,10,30"))
    found = rows(client.get(f"/results/{run.pk}/over-time.csv?of=KGZ&of=NOR&of=&node=water"))
    assert {row["unit"] for row in found} == {"KGZ", "NOR"}
    assert [float(row["value"]) for row in found if (row["unit"], row["period"]) == ("KGZ", "2020")] == [20]
    page = client.get(f"/results/{run.pk}/over-time/?of=KGZ&of=NOR&node=water").content.decode()
    assert '<option value="NOR" selected>' in page
    assert "over-time.csv?of=KGZ&amp;of=NOR&amp;node=water" in page


@pytest.mark.parametrize("asked", ["?of=XXX", "?node=nowhere", "?of=" + "x" * 300])
def test_what_is_not_there_is_left_out(client, region, asked):
    assert client.get(f"/results/{a_run(an_index(), YEARS).pk}/over-time/{asked}").status_code == 200


def test_editions_stand_under_each_other_in_the_table_and_are_never_one_line(client, region):
    run = two_editions()
    found = rows(client.get(f"/results/{run.pk}/over-time.csv?of=KGZ"))
    assert [(row["edition"], row["period"]) for row in found] == [
        ("2010", "2005"), ("2010", "2010"), ("2026", "2015"), ("2026", "2020"),
    ]  # fmt: skip
    page = client.get(f"/results/{run.pk}/over-time/").content.decode()
    assert page.count('class="opens"') == 2
    assert "not joined" in page


def test_the_earlier_methods_of_one_name_are_dashed():
    def of(name, method, *years):
        return Course(name, [(year, 1.0, None, None) for year in years], method)

    two = courses([of("Chuy", "a", 2001, 2002), of("Chuy", "b", 2003, 2004)], axis="")
    assert two["layer"][0]["encoding"]["strokeDash"]["scale"] == {"domain": ["b", "a"], "range": [[1, 0], [6, 3]]}
    assert "strokeDash" not in courses([of("a", "a", 2001), of("b", "b", 2002)], axis="")["layer"][0]["encoding"]


def test_one_year_is_no_line(client, region):
    page = client.get(f"/results/{a_run().pk}/over-time/").content.decode()
    assert "one year only" in page
    assert '<svg class="chart"' not in page


def test_a_draft_is_not_compared_before_strangers(client, region):
    run = a_run(an_index(), YEARS, published=False)
    for address in ("over-time/", "over-time.csv"):
        assert client.get(f"/results/{run.pk}/{address}").status_code == 404


def test_a_comparison_asks_the_database_no_more_for_more_units(client, region, django_assert_max_num_queries):
    run = a_run(an_index(), YEARS + "".join(f"X{i:02},2020,{i},{i},{i},{i}\n" for i in range(80)))
    client.get(f"/results/{run.pk}/over-time/")
    with django_assert_max_num_queries(25):
        client.get(f"/results/{run.pk}/over-time/")


def test_a_country_has_every_index_its_years_its_trend_and_the_commands(client, region):
    a_run(an_index(), YEARS)
    a_run(an_index(code="still", title={"en": "Still index", "ru": "Индекс тишины"}))
    page = client.get("/results/places/KG/").content.decode()
    assert page.count('<svg class="chart"') == 2  # side by side, and one over time
    assert "a year" in page
    assert "kurak index score still-2026 still.csv" in page
    found = rows(client.get("/results/places/KG.csv"))
    assert [(row["instrument"], row["period"]) for row in found] == [("calm", "2015"), ("calm", "2020"), ("still", "")]
    assert client.get("/results/places/KG.json").json()["scores"][0]["licence"] == "CC BY 4.0"


def test_an_index_that_ranks_nobody_stands_in_the_table_without_a_rank(client, region):
    a_run(an_index(ranks={"shown": False, "why": WHY}))
    assert "nobody is ranked" in client.get("/results/places/KG/").content.decode()
    assert rows(client.get("/results/places/KG.csv"))[0]["rank"] == ""


@pytest.fixture
def assessed(region):
    """An organisation of Kyrgyzstan with a published profile, and an index about its country."""
    case = a_published_case()
    Organisation.objects.filter(pk=case.organisation.pk).update(place=Place.objects.get(code="KG"))
    a_run()
    return case


def test_an_organisation_has_all_it_let_be_published_and_its_country_beside_it(client, assessed):
    slug = assessed.organisation.slug
    page = client.get(f"/results/organisations/{slug}/").content.decode()
    assert f"/assessments/{assessed.assessment.pk}/" in page
    assert "Small rating" in page
    assert "Calm index" in page
    assert {row["node"] for row in rows(client.get(f"/results/organisations/{slug}.csv"))} >= {
        "total",
        "trust",
        "reach",
    }
    assert f"/results/organisations/{slug}/" in client.get("/results/places/KG/").content.decode()


def test_the_overview_leads_to_countries_and_organisations(client, assessed):
    page = client.get("/results/").content.decode()
    assert "/results/places/KG/" in page
    assert f"/results/organisations/{assessed.organisation.slug}/" in page


def test_an_organisation_that_shows_its_class_only_shows_no_number(client, region):
    case = a_published_case("band")
    page = client.get(f"/results/organisations/{case.organisation.slug}/").content.decode()
    assert "and no more" in page
    found = rows(client.get(f"/results/organisations/{case.organisation.slug}.csv"))
    assert {row["value"] for row in found} == {""}
    assert {row["class_code"] for row in found} - {""}


def test_an_organisation_that_published_nothing_is_not_there(client, assessed):
    withdraw(assessment=assessed.now, by=assessed.officer)
    for address in ("/", ".csv"):
        assert client.get(f"/results/organisations/{assessed.organisation.slug}{address}").status_code == 404
    assert "organisations/" not in client.get("/results/places/KG/").content.decode()


def test_the_page_of_an_index_shows_our_countries_over_time(client, region):
    page = client.get(f"/results/{a_run(an_index(), YEARS).pk}/").content.decode()
    assert 'id="time"' in page
    assert 'id="time"' not in client.get(f"/results/{a_run(an_index(code='once')).pk}/").content.decode()


def test_the_api_tells_units_over_time_edition_by_edition(client, region):
    run = two_editions()
    found = client.get(f"/api/v1/results/{run.pk}/over-time?of=KGZ").json()
    assert [(each["run"]["edition"], [one["period"] for one in each["scores"]]) for each in found] == [
        ("2010", ["2005", "2010"]), ("2026", ["2015", "2020"]),
    ]  # fmt: skip
    everybody = client.get(f"/api/v1/results/{run.pk}/over-time").json()[1]["scores"]
    assert {one["unit"] for one in everybody} == {"KGZ", "TJK", "UZB"}


def test_the_api_tells_what_an_organisation_let_be_published_and_no_more(client, region):
    case = a_published_case("band")
    (found,) = client.get(f"/api/v1/results/organisations/{case.organisation.slug}").json()
    assert {one["value"] for one in found["scores"]} == {None}
    withdraw(assessment=case.now, by=case.officer)
    assert client.get(f"/api/v1/results/organisations/{case.organisation.slug}").status_code == 404


def test_a_country_has_its_colour_in_every_language(region):
    run = a_run(an_index(), YEARS)
    names = [{"KGZ": "Kyrgyzstan", "TJK": "Tajikistan"}, {"TJK": "Tadschikistan", "KGZ": "Kirgisistan"}]
    found = over_time(run, "whole", units_of(run))
    orders = [[course.name[:2] for course in courses_of(run, found, each)] for each in names]
    assert orders == [["Ky", "Ta"], ["Ki", "Ta"]]
