"""The declared places come into the database as one tree, as often as one likes."""

import pytest

from kurak.ground.languages.declared import BY_CODE
from kurak.ground.places import queries
from kurak.ground.places.actions import declared_subdivisions, load_places
from kurak.ground.places.models import Place

pytestmark = pytest.mark.django_db
# ISO 3166-2 as of 2025
SUBDIVISIONS = {"AF": 34, "KG": 9, "KZ": 20, "MN": 22, "TJ": 5, "TM": 6, "UZ": 14}


def test_places_form_one_tree():
    load_places()
    assert [place.code for place in queries.around(queries.place_called("KG-C"))] == [
        "world",
        "central-asia",
        "KG",
        "KG-C",
    ]
    assert {place.code: queries.inside(place).count() for place in queries.countries()} == SUBDIVISIONS


def test_loading_again_changes_nothing():
    first, second = load_places(), load_places()
    assert first == second == Place.objects.count() == 2 + 7 + sum(SUBDIVISIONS.values())


def test_countries_have_names_in_all_ten_languages():
    load_places()
    for place in [queries.region(), *queries.countries()]:
        assert set(place.names) == set(BY_CODE), place.code


def test_a_subdivision_has_a_name_in_english_russian_and_a_language_of_its_country():
    spoken = {"AF": "prs", "KG": "ky", "KZ": "kk", "MN": "mn", "TJ": "tg", "TM": "tk", "UZ": "uz"}
    for declared in declared_subdivisions():
        assert {"en", "ru", spoken[declared["parent"]]} <= set(declared["names"]), declared["code"]


def test_a_name_that_a_language_lacks_is_shown_in_english():
    load_places()
    assert queries.place_called("AF-HER").name("tk") == "Herat"


def test_a_place_is_found_however_its_name_is_typed():
    load_places()
    assert [place.code for place in queries.places_named("ысык кол")] == ["KG-Y"]
    assert [place.code for place in queries.places_named("ozbek")] == ["UZ"]
    assert queries.places_named("!") == []
