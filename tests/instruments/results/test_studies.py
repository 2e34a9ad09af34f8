"""What drives an index, whether its parts go together, what each is worth: computed once, kept, shown, served."""

import csv
import io
import json

import pytest

from kurak.cli.main import main
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.models import Grant
from kurak.instruments.results.models import Study
from kurak.instruments.results.studies.actions import ask_for_study, do_study
from kurak.instruments.results.studies.analysis import FEWEST_UNITS, affordable
from kurak.instruments.results.studies.tasks import do_the_study
from tests.factories.people import a_member_of_staff, a_person
from tests.factories.results import ROWS, WHY, a_leaf, a_run, an_index

pytestmark = pytest.mark.django_db


def studied(run=None, **more):
    return do_study(study=ask_for_study(run=run or a_run(), by=None, n=64, **more))


@pytest.fixture
def analyst(region):
    return a_member_of_staff(Grant.Role.ANALYST, place=region)


def test_what_drives_the_order_is_told_of_every_factor_alone_and_with_the_others(region):
    found = studied().found["drivers"]
    assert [each["factor"] for each in found["factors"]] == ["weights", "combine"]
    assert found["runs"] == 64 * (2 + 2)
    for each in found["factors"]:
        assert each["first_low"] <= each["first"] <= each["first_high"]
        assert 0 <= each["total_low"] <= each["total"] <= each["total_high"]


def test_an_index_that_declares_nothing_uncertain_says_so(client, region):
    run = a_run(an_index(uncertainty=[]))
    assert studied(run).found["drivers"]["factors"] == []
    assert "nothing that may vary" in client.get(f"/results/{run.pk}/study/").content.decode()


def test_a_method_that_does_not_bear_the_data_leaves_the_rest_of_the_study(region):
    below = an_index(uncertainty=[{"factor": "combine", "of": ["whole"], "among": ["mean", "geometric"]}])
    found = studied(a_run(below, ROWS.replace("TKM,9,30", "TKM,-50,-50"))).found  # no geometric mean below nought
    assert found["drivers"]["factors"] == []
    assert found["drivers"]["why"]
    assert found["coherence"]


def test_parts_that_say_the_same_and_parts_that_pull_apart_are_flagged(region):
    rows = "iso3,wells,taps,soil,trees\n" + "".join(
        f"X{i:02},{i},{i + i % 2},{i},{30 - i + 2 * (i % 3)}\n" for i in range(1, 26)
    )
    nodes = {each["node"]: each for each in studied(a_run(rows=rows)).found["coherence"]}
    (same,) = nodes["water"]["flags"]
    assert (same["flag"], same["one"], same["other"]) == ("same", "wells", "taps")
    assert [each["flag"] for each in nodes["land"]["flags"]] == ["against"]
    assert nodes["water"]["alpha"] > 0.9 > nodes["land"]["alpha"]


def test_a_part_may_account_for_more_than_its_weight(region):
    rows = "iso3,wells,taps,soil,trees\n" + "".join(f"X{i:02},{4 * i},{50 + i % 2},50,50\n" for i in range(25))
    nodes = {each["node"]: each for each in studied(a_run(rows=rows)).found["coherence"]}
    wells, taps = nodes["water"]["parts"]
    assert wells["weight"] == taps["weight"] == 0.5
    assert wells["importance"] > 0.99 > 0.5 > taps["importance"]


def test_too_few_units_say_nothing_of_coherence(client, region):
    few = "\n".join(ROWS.splitlines()[:FEWEST_UNITS]) + "\n"
    run = a_run(rows=few)
    assert studied(run).found["coherence"] == []
    assert "too few units" in client.get(f"/results/{run.pk}/study/").content.decode()


def test_the_worth_of_a_part_is_what_happens_without_it(region):
    found = {each["code"]: each for each in studied().found["worth"]["parts"]}
    without_water = {"KGZ": 45, "TJK": 57, "UZB": 25.5, "KAZ": 75, "TKM": 41}
    declared = {"KGZ": 45, "TJK": 42.25, "UZB": 43, "KAZ": 75, "TKM": 30.25}
    places = [sorted(each, key=each.get, reverse=True) for each in (declared, without_water)]
    moved = [abs(places[0].index(unit) - places[1].index(unit)) for unit in declared]
    assert found["water"]["moved"] == pytest.approx(sum(moved) / 5)
    assert found["water"]["most"] == max(moved)


def test_where_nobody_is_ranked_scores_are_studied_and_no_rank_is_told(client, region):
    run = a_run(an_index(ranks={"shown": False, "why": WHY}))
    found = studied(run).found
    assert (found["drivers"]["outcome"], found["worth"]["outcome"]) == ("score", "score")
    assert all(0 <= each["total"] <= 1.5 for each in found["drivers"]["factors"])
    page = client.get(f"/results/{run.pk}/study/").content.decode()
    assert "What drives the scores" in page
    assert "places that units move" not in page
    assert "how many places" not in page


def test_the_same_study_is_done_once_and_a_failed_one_anew(region):
    run = a_run()
    first = studied(run)
    assert ask_for_study(run=run, by=None, n=64) == first
    Study.objects.filter(pk=first.pk).update(status=Study.Status.FAILED, problem="no")
    assert ask_for_study(run=run, by=None, n=64).status == Study.Status.ASKED
    assert Study.objects.count() == 1


def test_the_task_does_what_was_asked_and_twice_is_once(region):
    asked = ask_for_study(run=a_run(), by=None, n=64)
    assert do_the_study.func(asked.pk) == do_the_study.func(asked.pk) == "done"
    assert Study.objects.get(pk=asked.pk).found["worth"]["parts"]


def test_data_that_do_not_bear_it_fail_with_the_reason(region, monkeypatch):
    def unusable(*given, **more):
        raise ValueError("nothing to divide by")

    monkeypatch.setattr("kurak.instruments.results.studies.analysis.study_of", unusable)
    assert (studied().status, studied(seed=1).problem) == ("failed", "nothing to divide by")


def test_only_analysts_ask_and_only_for_sizes_that_are_offered(region, analyst):
    run = a_run()
    with pytest.raises(Forbidden):
        ask_for_study(run=run, by=a_person())
    with pytest.raises(Refused):
        ask_for_study(run=run, by=analyst, n=100)
    assert ask_for_study(run=run, by=analyst, n=128).asked_by == analyst


def test_the_button_of_the_desk_asks_the_worker(client, region, analyst):
    run = a_run()
    client.force_login(analyst)
    assert "Study these results" in client.get(f"/results/{run.pk}/study/").content.decode()
    assert client.post(f"/desk/results/{run.pk}/study/").status_code == 302
    assert Study.objects.get().status == "asked"
    assert "is being computed" in client.get(f"/results/{run.pk}/study/").content.decode()


def test_the_page_has_charts_tables_files_and_the_command(client, region):
    run = a_run()
    studied(run)
    page = client.get(f"/results/{run.pk}/study/").content.decode()
    assert page.count('<svg class="chart"') >= 5
    assert f"/results/{run.pk}/study.csv" in page
    assert "kurak index study calm-2026 calm.csv --n 64 --seed 0" in page
    assert "What decides its place" in client.get(f"/results/{run.pk}/unit/?of=KGZ").content.decode()


def test_a_study_of_a_draft_is_closed_and_one_that_is_not_there_is_missing(client, region):
    draft, bare = a_run(published=False), a_run(an_index(code="other"))
    studied(draft)
    for address in (f"/results/{draft.pk}/study/", f"/results/{draft.pk}/study.csv", f"/results/{bare.pk}/study.csv"):
        assert client.get(address).status_code == 404
    assert client.get(f"/api/v1/results/{draft.pk}/study").status_code == 404
    assert client.get(f"/api/v1/results/{bare.pk}/study").status_code == 404


def test_the_file_and_the_api_have_what_the_page_has(client, region):
    study = studied()
    rows = [*csv.DictReader(io.StringIO(client.get(f"/results/{study.run_id}/study.csv").content.decode()))]
    weights = {
        each["measure"]: each["value"] for each in rows if (each["part"], each["code"]) == ("drivers", "weights")
    }
    assert float(weights["total"]) == study.found["drivers"]["factors"][0]["total"]
    told = client.get(f"/api/v1/results/{study.run_id}/study").json()
    assert told["coherence"][0]["parts"] == study.found["coherence"][0]["parts"]
    assert client.get(f"/results/{study.run_id}/study.json").json()["worth"] == study.found["worth"]


def test_the_command_makes_the_same_study_again(region, tmp_path, capsys):
    study = studied()
    (own := tmp_path / "calm.json").write_text(json.dumps(an_index()), encoding="utf-8")
    (data := tmp_path / "calm.csv").write_text(ROWS, encoding="utf-8")
    assert main(["index", "study", str(own), str(data), "--n", "64", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == study.found


def test_the_command_says_it_in_words_and_refuses_an_odd_size(tmp_path, capsys):
    (own := tmp_path / "calm.json").write_text(json.dumps(an_index()), encoding="utf-8")
    (data := tmp_path / "calm.csv").write_text(ROWS, encoding="utf-8")
    assert main(["index", "study", str(own), str(data), "--n", "64"]) == 0
    assert "What drives the ranks (256 runs)" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["index", "study", str(own), str(data), "--n", "100"])


def test_large_data_are_studied_with_fewer_runs():
    class Declared:
        factors = (1,) * 8

    assert affordable(Declared, 100, 1024) == 1024
    assert affordable(Declared, 100_000, 1024) == 64


def test_many_pairs_that_are_flagged_are_folded_away_the_strongest_first(client, region):
    document = an_index(uncertainty=[])
    document["tree"]["children"][0]["children"] += [a_leaf(f"pond_{i}", f"Pond {i}", f"Пруд {i}") for i in range(4)]
    head = "iso3,wells,taps,soil,trees,pond_0,pond_1,pond_2,pond_3\n"
    rows = head + "".join(f"X{i:02},{i},{i + i % 2},{i},{30 - i},{i},{i},{i + 1},{i + i % 3}\n" for i in range(1, 26))
    run = studied(a_run(document, rows)).run
    page = client.get(f"/results/{run.pk}/study/").content.decode()
    assert "more pairs" in page
    shown = page[: page.index("more pairs")]
    assert shown.count("say nearly the same twice") == 5
