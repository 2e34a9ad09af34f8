"""Pages of places show where they lie, what is talked about, and figures that lead to their sources."""

import pytest

from kurak.ground.languages.declared import BY_CODE
from kurak.ground.loading import load_ground
from kurak.ground.measures.queries import latest
from kurak.ground.places.queries import place_called
from tests.factories.conversations import a_conversation
from tests.factories.measures import a_measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(db):
    load_ground()


@pytest.mark.parametrize("language", BY_CODE)
def test_the_list_of_places_speaks_every_language(client, ground, language):
    page = client.get("/places/", {"lang": language}).content.decode()
    assert place_called("KG").name(language) in page
    assert page.count("<path") > 7


def test_a_place_is_found_in_any_language(client, ground):
    page = client.get("/places/", {"named": "хорезм"}).content.decode()
    assert '"/places/UZ-XO/"' in page
    assert "No place is called that" in client.get("/places/", {"named": "<Atlantis>"}).content.decode()


def test_a_place_shows_its_figures_with_the_year_and_the_source(client, ground):
    page = client.get("/places/KG/").content.decode()
    assert "≈\N{NO-BREAK SPACE}6,415,900" in page
    assert "UNdata" in page
    assert "Issyk-Kul Region" in page


def test_a_place_shows_conversations_of_the_places_inside_it_but_not_of_others(client, ground):
    a_conversation("inside", place=place_called("KG-C"))
    a_conversation("elsewhere", place=place_called("KZ"))
    page = client.get("/places/KG/").content.decode()
    assert "/conversations/inside/" in page
    assert "/conversations/elsewhere/" not in page


def test_a_place_that_is_not_there_is_said_to_be_missing(client, ground):
    answer = client.get("/places/XX/")
    assert answer.status_code == 404
    assert "There is no such place" in answer.content.decode()


def test_a_code_in_small_letters_leads_to_the_place(client, ground):
    assert client.get("/places/kg-c/").headers["Location"] == "/places/KG-C/"


def test_a_figure_leads_down_to_its_source(client, ground):
    figure = latest("population", place_called("KG"))
    page = client.get(f"/figures/{figure.pk}/").content.decode()
    assert "taken from" in page
    assert "World Population Prospects 2019" in page


def test_a_figure_says_how_to_cite_it(client, ground):
    figure = latest("population", place_called("KG"))
    page = client.get(f"/figures/{figure.pk}/").content.decode()
    assert f"[Data set]. http://testserver/figures/{figure.pk}/" in page
    assert "@misc{kurak" in page


def test_a_figure_that_was_taken_back_says_so(client):
    old = a_measure(12)
    a_measure(13)
    assert "A newer statement took its place." in client.get(f"/figures/{old.pk}/").content.decode()
