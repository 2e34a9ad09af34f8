"""Pages, files and API of the overviews."""

import csv
from io import StringIO

import pytest

from tests.factories.commitments import a_commitment
from tests.factories.places import a_small_world, a_theme
from tests.factories.shadow import a_coalition

pytestmark = pytest.mark.django_db


def test_the_region_is_a_page_a_file_and_an_answer_of_the_api(client):
    world, made = a_small_world(), a_coalition()
    a_commitment(made.agenda, place=world.chuy, status="in-progress")
    assert "Kyrgyzstan" in client.get("/commitments/").content.decode()
    table = b"".join(client.get("/data/commitments-by-country.csv").streaming_content).decode("utf-8-sig")
    rows = {row["place"]: row for row in csv.DictReader(StringIO(table))}
    told = {each["place"]: each for each in client.get("/api/v1/commitments/countries").json()}
    assert rows["KG"]["commitments"] == "1" == str(told["KG"]["commitments"]["n"])
    assert told["KG"]["gap"] == 1.0


def test_the_region_is_compared_over_one_agenda(client):
    a_small_world()
    made = a_coalition()
    assert client.get(f"/commitments/?agenda={made.agenda.code}").status_code == 200
    assert client.get("/commitments/?agenda=nowhere").status_code == 404
    assert client.get("/api/v1/commitments/countries?agenda=nowhere").status_code == 404


def test_a_country_leads_from_its_place_and_back(client):
    a_small_world()
    a_coalition()
    page = client.get("/commitments/places/KG/").content.decode()
    assert "Peaceful assembly" in page
    assert 'href="/places/KG/"' in page
    assert "Peaceful assembly" in client.get("/places/KG/").content.decode()


def test_a_theme_that_nobody_speaks_of_says_so(client):
    a_theme("together")
    assert "No agenda here speaks of it yet." in client.get("/commitments/themes/together/").content.decode()
    assert client.get("/commitments/themes/nothing/").status_code == 404
