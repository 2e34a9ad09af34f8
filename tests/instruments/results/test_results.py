"""From a file to published results, and back."""

import json

import pytest

from kurak.cli.main import main
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.measures.models import Measure
from kurak.ground.people.models import Grant
from kurak.ground.places.actions import load_places
from kurak.ground.places.models import Place
from kurak.ground.trail.queries import walk_down
from kurak.instruments.catalogue.actions import bring as bring_edition
from kurak.instruments.definitions.analysis import read, shipped
from kurak.instruments.results import actions, analysis
from kurak.instruments.results.models import DataSet, Run, Score
from tests.factories.people import a_grant, a_member_of_staff, a_person, an_organisation, signed_in, with_second_factor
from tests.factories.results import ROWS as INDEX_ROWS
from tests.factories.results import a_run, an_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    """The places as the platform has them."""
    load_places()
    return Place.objects.get(code="central-asia")


SOURCE = {
    "title": "ND-GAIN, release of March 2025",
    "url": "https://gain.nd.edu/",
    "licence": "CC BY 4.0",
    "citation": "",
}
ROWS = "iso3,gain,rank,vulnerability,readiness\nKGZ,53.5,2,0.39,0.46\nNOR,76.2,1,0.25,0.774\nTJK,47.6,3,0.43,0.382\n"


def an_edition(code="nd-gain"):
    file = next(file for found, _, file in shipped() if found == code)
    return bring_edition(definition=read(file.read_text(encoding="utf-8"), file.name))


def data(body=ROWS, *, by=None, **more):
    return actions.bring_data(
        edition=more.pop("edition", None) or an_edition(), name="ndgain.csv", body=body.encode(), source=SOURCE,
        redistributable=True, by=by, **more,
    )[0]  # fmt: skip


def published(**more):
    return actions.publish_run(run=actions.compute_run(data_set=data(**more), by=None, draws=50), by=None)


def test_a_file_becomes_scores_ranks_and_intervals(region):
    run = actions.compute_run(data_set=data(), by=None, draws=50)
    score = run.scores.get(unit="KGZ", node="gain")
    assert score.value == pytest.approx(53.5)
    assert (score.rank, score.ranked, score.place.code) == (2, 3, "KG")
    assert score.low < score.value < score.high


def test_the_same_file_is_brought_once():
    edition = an_edition()
    assert data(edition=edition) == data(edition=edition)
    assert DataSet.objects.count() == 1


def test_the_same_draws_and_seed_are_computed_once_and_give_the_same_to_the_last_bit():
    brought = data()
    one = actions.compute_run(data_set=brought, by=None, draws=60, seed=4)
    assert actions.compute_run(data_set=brought, by=None, draws=60, seed=4) == one
    again = {(line.node, line.unit): line for line in analysis.recomputed(one).lines}
    for score in one.scores.all():
        line = again[score.node, score.unit]
        assert (score.value, score.low, score.high, score.rank_low) == (line.value, line.low, line.high, line.rank_low)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (ROWS.replace("0.46", "half"), "'half' in the column 'readiness'"),
        (ROWS.replace("0.46", "46"), "must lie between 0 and 1"),
        (ROWS.replace("TJK", "KGZ"), "KGZ"),
        ("iso3,vulnerability\nKGZ,0.3\n", "no column 'readiness'"),
        ("a,b\n1,2\n", "no column names the units"),
        ("", ""),
    ],
)
def test_a_file_that_does_not_fit_is_refused_and_leaves_nothing(body, said):
    with pytest.raises((ValueError, Refused)) as refused:
        data(body)
    assert said in str(refused.value)
    assert not DataSet.objects.exists()


def test_publishing_states_measures_with_a_trail_to_method_and_source(region):
    run = published()
    measure = Measure.objects.get(quantity__code="nd-gain", place__code="KG")
    assert measure.value == pytest.approx(53.5)
    assert (measure.version, measure.made_from) == (run.edition.edition, run.made_from)
    assert measure.method == f"kurak index score nd-gain-2025-03 ndgain.csv --draws {run.draws} --seed 0"
    steps = walk_down(measure).steps
    (of_run,) = [step for step in steps if step.reference.kind == "run"]
    assert {step.reference.kind for step in of_run.steps} == {"method", "source"}
    assert not any(step.hidden for step in [*steps, *of_run.steps])


def test_a_country_outside_the_region_gives_no_measure(region):
    published()
    assert set(Measure.objects.filter(quantity__code="nd-gain").values_list("place__code", flat=True)) == {"KG", "TJ"}


def test_taking_back_takes_the_measures_back_and_needs_a_reason(region):
    run, analyst = published(), a_member_of_staff(Grant.Role.ANALYST, place=region)
    with pytest.raises(Refused):
        actions.withdraw_run(run=run, by=analyst, why=" ")
    actions.withdraw_run(run=run, by=analyst, why="wrong file")
    assert not Measure.objects.filter(quantity__code="nd-gain", withdrawn_at=None).exists()
    assert Run.objects.get(pk=run.pk).status == "withdrawn"


def test_publishing_twice_publishes_once(region):
    run = published()
    assert actions.publish_run(run=run, by=None).published_at == run.published_at


def test_scores_of_organisations_are_not_published_this_way(region):
    run = actions.compute_run(data_set=data(), by=None, draws=0)
    Score.objects.filter(run=run).update(organisation=an_organisation())
    with pytest.raises(Refused, match="with consent"):
        actions.publish_run(run=run, by=None)


def test_only_analysts_and_coordinators_bring_and_publish():
    with pytest.raises(Forbidden):
        data(by=a_person())


def test_the_public_page_shows_our_countries_covered_or_not(client, region):
    page = client.get(f"/results/{published().pk}/").content.decode()
    assert "53.5" in page
    assert "not covered" in page
    assert "Kyrgyzstan" in page


def test_a_draft_is_not_shown_to_strangers(client):
    run = actions.compute_run(data_set=data(), by=None, draws=0)
    for address in (f"/results/{run.pk}/", f"/results/{run.pk}.csv", f"/results/{run.pk}/unit/?of=KGZ"):
        assert client.get(address).status_code == 404


def test_pages_of_a_unit_and_of_a_country(client, region):
    run = published()
    assert "53.5" in client.get(f"/results/{run.pk}/unit/?of=KGZ").content.decode()
    assert "53.5" in client.get("/results/places/KG/").content.decode()
    assert "not covered" in client.get("/results/places/TM/").content.decode()
    assert client.get(f"/results/{run.pk}/unit/?of=XXX").status_code == 404


def test_all_scores_as_a_file(client, region):
    run = published()
    lines = client.get(f"/results/{run.pk}.csv").content.decode().splitlines()
    assert lines[0].startswith("node,unit,place")
    assert len(lines) == 1 + run.scores.count()
    assert client.get(f"/results/{run.pk}.json").json()["run"]["made_from"] == run.made_from


def test_a_unit_that_looks_like_a_formula_is_run_by_no_spreadsheet(client, region):
    run = published(body=ROWS + '"=HYPERLINK(""https://x.example"")",50.1,4,0.4,0.4\n')
    assert ",\"'=HYPERLINK(" in client.get(f"/results/{run.pk}.csv").content.decode()


def test_a_page_asks_the_database_no_more_for_more_units(client, region, django_assert_max_num_queries):
    many = ROWS + "".join(f"X{i:02},50,{i},0.4,0.{i % 90 + 10}\n" for i in range(80))
    run = published(body=many)
    client.get(f"/results/{run.pk}/")
    with django_assert_max_num_queries(30):
        client.get(f"/results/{run.pk}/")


def test_the_api_lists_runs_and_their_scores(client, region):
    run = published()
    (listed,) = client.get("/api/v1/results").json()["items"]
    assert listed["made_from"] == run.made_from
    found = client.get(f"/api/v1/results/{run.pk}/scores").json()["items"]
    assert [each["unit"] for each in found] == ["NOR", "KGZ", "TJK"]
    assert client.get("/api/v1/results/places/TM").json()[0]["score"] is None


def test_a_draft_is_not_shown_to_an_analyst_without_a_second_factor(client, region):
    run = actions.compute_run(data_set=data(), by=None, draws=50)
    person = a_grant(a_person(), "analyst", place=region).person
    assert signed_in(client, person).get(f"/results/{run.pk}/").status_code == 404
    with_second_factor(person)
    assert client.get(f"/results/{run.pk}/").status_code == 200


def test_a_draft_is_missing_in_the_api_and_in_the_tables(client):
    run = actions.compute_run(data_set=data(), by=None, draws=0)
    assert client.get(f"/api/v1/results/{run.pk}").status_code == 404
    assert len(client.get("/data/scores.csv").getvalue().splitlines()) == 1


def test_the_page_of_a_country_has_its_indexes(client, region):
    published()
    assert "ND-GAIN" in client.get("/places/KG/").content.decode()


EIU = (
    "iso3,year,electoral_process_pluralism,functioning_of_government,political_participation,political_culture,"
    "civil_liberties\nKGZ,2020,4.75,2.93,5.56,3.13,4.71\nNOR,2020,10,9.64,10,10,9.41\n"
)


def test_the_path_to_the_next_class_names_what_must_change(client, region):
    run = published(body=EIU, edition=an_edition("eiu-democracy"))
    page = client.get(f"/results/{run.pk}/path/?of=KGZ&in=2020").content.decode()
    assert "Flawed democracy" in page
    assert "The least change" in page
    assert "best class already" in client.get(f"/results/{run.pk}/path/?of=NOR&in=2020").content.decode()


def test_data_may_hold_categories_instead_of_the_items_below(region):
    body = (
        "iso3,year,pf_rol,pf_ss,pf_movement,pf_religion,pf_assembly,pf_expression,pf_identity,pf_score,ef_government,"
    )
    body += "ef_legal,ef_money,ef_trade,ef_regulation,ef_score,hf_score,hf_rank,hf_quartile\n"
    body += "KGZ,2019,5,7,7,6,6,6,8,6.43,7,5,9,7,7,7,6.67,1,1\n"
    run = actions.compute_run(data_set=data(body, edition=an_edition("hfi")), by=None, draws=0)
    assert run.scores.get(node="hf").value == pytest.approx(80 / 12)
    assert run.scores.get(node="ef").value == pytest.approx(7)


def test_data_that_cannot_be_varied_are_scored_all_the_same_and_the_page_says_why(client, region):
    below = an_index(uncertainty=[{"factor": "combine", "of": ["whole"], "among": ["mean", "geometric"]}])
    run = a_run(below, INDEX_ROWS.replace("TKM,9,30", "TKM,-50,-50"), draws=40)  # no geometric mean below nought
    assert run.draws == 0
    assert run.scores.get(unit="KAZ", node="whole").value == 75
    assert "nothing could be varied" in client.get(f"/results/{run.pk}/").content.decode()


def test_the_path_is_a_file_and_a_command_too(client, region, tmp_path, capsys):
    run = published(body=EIU, edition=an_edition("eiu-democracy"))
    page = client.get(f"/results/{run.pk}/path/?of=KGZ&in=2020").content.decode()
    assert "kurak index path eiu-democracy-2010 ndgain.csv --of KGZ --in 2020" in page
    found = client.get(f"/results/{run.pk}/path.json?of=KGZ&in=2020").json()
    assert found["to"] == "flawed"
    assert found["moves"]
    lines = client.get(f"/results/{run.pk}/path.csv?of=KGZ&in=2020").content.decode().splitlines()
    assert len(lines) == 1 + len(found["moves"]) + len(found["alone"]) + len(found["blocks"])
    (data := tmp_path / "eiu.csv").write_text(EIU, encoding="utf-8")
    assert main(["index", "path", "eiu-democracy", str(data), "--of", "KGZ", "--in", "2020", "--json"]) == 0
    assert json.loads(capsys.readouterr().out).items() <= found.items()


def test_a_path_of_nobody_or_without_classes_is_missing(client, region):
    run = published()
    assert client.get(f"/results/{run.pk}/path.json?of=XXX").status_code == 404
    assert client.get(f"/results/{run.pk}/path.json?of=KGZ").status_code == 404


def test_a_category_that_the_data_give_is_a_part_with_its_measure(client, region):
    layout = {"name": "parts", "unit": "iso3", "columns": {"water": "of_water", "land": "of_land"}, "published": {}}
    run = a_run(an_index(verify=[layout]), "iso3,of_water,of_land\nKGZ,40,60\nTJK,30,70\n")
    given = run.scores.get(node="land", unit="KGZ")
    assert (given.value, given.rank) == (60, 2)
    assert Measure.objects.get(quantity__code="calm-land", place__code="KG").value == 60
    assert 'id="parts"' in client.get(f"/results/{run.pk}/unit/?of=KGZ").content.decode()


def test_scores_of_one_place_are_asked_for_in_the_api(client, region):
    found = client.get(f"/api/v1/results/{published().pk}/scores?place=KG").json()["items"]
    assert [each["unit"] for each in found] == ["KGZ"]
