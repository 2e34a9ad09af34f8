"""The catalogue's pages for everybody."""

import json

import pytest

from kurak.instruments.catalogue.models import Edition
from kurak.instruments.definitions.analysis import read
from tests.factories.catalogue import a_document, an_edition, an_instrument

pytestmark = pytest.mark.django_db


@pytest.fixture
def wells():
    return an_edition(an_instrument("wells"))


def page(client, path: str, language: str = "en") -> str:
    answer = client.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def test_the_overview_lists_and_filters(client, wells):
    an_edition(an_instrument("rivers", kind="index"), title={"en": "Rivers"})
    assert "2 instruments" in page(client, "/instruments/")
    assert "1 instrument<" in page(client, "/instruments/?kind=index")
    assert "No instrument fits" in page(client, "/instruments/?words=glacier")


def test_a_filter_that_does_not_exist_is_as_if_it_were_empty(client, wells):
    assert "1 instrument<" in page(client, "/instruments/?kind=galaxy&page=999")


def test_an_instrument_says_what_it_is_and_how_exact(client, wells):
    told = page(client, "/instruments/wells/")
    for words in (
        "Good wells",
        "This file computes what its publisher computes.",
        "The method is our own.",
        "Our own words",
    ):
        assert words in told


def test_the_method_is_a_page_in_the_readers_language(client, wells):
    assert "Хорошие колодцы" in page(client, "/instruments/wells/2026/", "ru")


def test_the_method_shows_criteria_weights_classes_and_the_example(client, wells):
    told = page(client, "/instruments/wells/2026/")
    for words in ("75 %", "(12.5 %)", "Less is better.", "from 40 to 75 inclusive", "56.875", "Fair", "from memory"):
        assert words in told
    assert "This is what the method's example expects." in told


def test_a_revision_that_was_corrected_leads_to_the_newest(client, wells):
    an_edition(wells.instrument, revision=2, about={"en": "Other words."})
    assert "This revision was corrected." in page(client, "/instruments/wells/2026/r1/")
    assert "This revision was corrected." not in page(client, "/instruments/wells/2026/")


@pytest.mark.parametrize("path", ["nowhere/", "wells/1999/", "wells/2026/r9/", "wells/2026/r9/definition.yaml"])
def test_what_is_not_there_is_missing(client, wells, path):
    assert client.get(f"/instruments/{path}").status_code == 404


def test_a_draft_is_nobodys_business(client):
    an_edition(an_instrument("wells"), status=Edition.Status.DRAFT)
    for path in ("wells/", "wells/2026/", "wells/2026/r1/", "wells/2026/r1/definition.json"):
        assert client.get(f"/instruments/{path}").status_code == 404


def test_a_definition_is_downloaded_as_it_is(client, wells):
    yaml = client.get("/instruments/wells/2026/r1/definition.yaml")
    assert read(yaml.content.decode()).document == a_document("wells")
    assert 'filename="wells-2026-r1.yaml"' in yaml.headers["Content-Disposition"]
    assert json.loads(client.get("/instruments/wells/2026/r1/definition.json").content) == a_document("wells")


def test_the_api_gives_the_list_an_instrument_and_its_document(client, wells):
    listed = client.get("/api/v1/instruments?words=wells").json()
    assert [(each["code"], each["label"]) for each in listed["items"]] == [("wells", "exact")]
    assert [each["edition"] for each in client.get("/api/v1/instruments/wells").json()["editions"]] == ["2026"]
    told = client.get("/api/v1/instruments/wells/editions/2026").json()
    assert (told["document"], told["checksum"]) == (a_document("wells"), wells.checksum)


def test_the_api_says_what_is_missing(client):
    answer = client.get("/api/v1/instruments/nowhere")
    assert (answer.status_code, answer.json()["code"]) == (404, "instrument.missing")


@pytest.mark.parametrize("table", ["instruments", "editions", "criteria"])
def test_tables_of_instruments_are_open_data(client, wells, table):
    rows = json.loads(b"".join(client.get(f"/data/{table}.json").streaming_content))
    assert "wells" in json.dumps(rows)


def test_the_trail_leads_from_a_method_to_its_sources(client, wells):
    assert "Good wells, edition 2026" in page(client, f"/trail/method/{wells.pk}/")


def test_the_trail_of_a_draft_is_closed_to_strangers(client):
    draft = an_edition(an_instrument("wells"), status=Edition.Status.DRAFT)
    assert client.get(f"/trail/method/{draft.pk}/").status_code == 404


def test_the_two_newest_editions_are_offered_for_comparison_and_not_two_revisions_of_one(client, wells):
    an_edition(wells.instrument, revision=2)
    an_edition(wells.instrument, edition="2030", dated="2030-01-01")
    last = an_edition(wells.instrument, edition="2030", dated="2030-01-01", revision=2)
    chosen = client.get("/instruments/wells/").context["pair"]
    assert [(each.edition, each.revision) for each in chosen] == [(wells.edition, 2), (last.edition, 2)]
