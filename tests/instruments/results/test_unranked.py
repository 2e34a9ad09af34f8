"""Where nobody is to be ranked, no rank is shown, served or written."""

import csv
import io

import pytest

from kurak.instruments.definitions.analysis import definition
from tests.factories.instruments import an_edition
from tests.factories.results import ROWS, WHY, a_run, an_index

pytestmark = pytest.mark.django_db


def unranked(**more):
    return a_run(an_index(ranks={"shown": False, "why": WHY}), **more)


@pytest.mark.parametrize("code", ["sroi", "conservation-resilience", "self-portrait"])
def test_instruments_for_learning_rank_nobody_and_say_why(code):
    found = definition(code)
    assert not found.declaration.ranks.shown
    assert {*found.document["ranks"]["why"]} >= {"en", "ru"}


def test_no_rank_is_stored_not_even_of_a_draw(region):
    scores = unranked(draws=40).scores
    assert scores.filter(value__isnull=False, low__isnull=False).exists()
    assert not scores.exclude(rank=None, rank_low=None, rank_high=None, ranked=None).exists()


@pytest.mark.parametrize("page", ["", "unit/?of=KGZ"])
def test_pages_have_no_rank_and_say_why(client, region, page):
    shown = client.get(f"/results/{unranked(draws=40).pk}/{page}").content.decode()
    assert WHY["en"] in shown
    assert "Rank" not in shown.replace("Nobody is ranked", "")


def test_units_stand_in_the_order_of_their_names_not_of_their_scores(client, region):
    shown = client.get(f"/results/{unranked().pk}/").content.decode()
    table = shown[shown.index("The table of") :]
    names = ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"]
    assert [table.index(name) for name in names] == sorted(table.index(name) for name in names)


def test_files_and_the_api_have_no_rank_and_say_why(client, region):
    run = unranked(draws=40)
    rows = [*csv.DictReader(io.StringIO(client.get(f"/results/{run.pk}.csv").content.decode()))]
    assert {row[name] for row in rows for name in ("rank", "rank_low", "rank_high", "ranked")} == {""}
    assert client.get(f"/results/{run.pk}.json").json()["run"]["unranked"] == WHY["en"]
    assert client.get(f"/api/v1/results/{run.pk}").json()["unranked"]["body"] == WHY["en"]
    (first, *_) = client.get(f"/api/v1/results/{run.pk}/scores").json()["items"]
    assert first["rank"] is None


def test_a_ranked_index_still_ranks(client, region):
    shown = client.get(f"/results/{a_run(rows=ROWS).pk}/").content.decode()
    assert ">Rank<" in shown
    assert "Nobody is ranked" not in shown


def test_two_editions_that_rank_nobody_are_compared_by_scores_alone(client, region):
    run = unranked()
    weighed = an_index(edition="2027", dated="2027-01-01", ranks={"shown": False, "why": WHY})
    weighed["tree"]["children"][0]["weight"] = 3
    editions = f"?before={run.edition_id}&after={an_edition(weighed).pk}"
    page = client.get(f"/instruments/calm/compare/{editions}").content.decode()
    assert "Score before" in page
    assert "Rank before" not in page
    assert "its rank" not in page
