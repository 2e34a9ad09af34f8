"""The pages of indicators: the method beside every colour, who is missing, what was refused."""

import pytest
from django.urls import reverse

from kurak.commitments.indicators.actions import Origin
from kurak.commitments.indicators.models import Indicator
from kurak.ground.measures.models import Measure
from tests.factories.indicators import a_line, brought
from tests.factories.places import a_place

pytestmark = pytest.mark.django_db
FALLING = (41.0, 38.5, 36.0, 34.2, 31.9, 30.0, 28.8, 27.1, 26.6)


@pytest.fixture
def mortality() -> Indicator:
    return a_line(values=FALLING, since=2016)


def page(client, name: str, *args, **asked) -> str:
    answer = client.get(reverse(f"indicators:{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_method_stands_beside_the_colour_and_the_reader_changes_it(client, mortality):
    assert "by D, UNESCAP" in page(client, "indicator", mortality.code, place="KG")
    assert "by E, SDG Index" in page(client, "indicator", mortality.code, place="KG", method="sdg-index")


def test_all_five_methods_answer_or_say_why_they_cannot(client, mortality):
    shown = page(client, "indicator", mortality.code)
    for name in ("A. Open SDG", "B. Eurostat", "C. UN Progress Chart", "D. UNESCAP", "E. SDG Index"):
        assert name in shown
    assert "the last value is older than five years" in page(
        client, "indicator", a_line("SH_DYN_NMRT", (9, 8, 7), since=2010).code
    )


def test_the_chance_to_meet_the_target_is_told_with_its_interval(client, mortality):
    shown = page(client, "indicator", mortality.code)
    assert "Met by 2030" in shown
    assert "with a chance of 80%" in shown


def test_who_is_behind_and_who_is_missing_is_said(client, mortality):
    brought("SH_DYN_MORT,KG,2024,30,PER_1000_LIVE_BIRTHS,M,")
    shown = page(client, "indicator", mortality.code)
    assert "men and boys" in shown
    assert "behind</span>" in shown
    assert "Nothing is known here by:" in shown
    assert "Disability" in shown


def test_the_official_and_civil_societys_figures_stand_side_by_side(client, mortality):
    brought("SH_DYN_MORT,KG,2024,33,PER_1000_LIVE_BIRTHS,,", origin=Origin("count", "Our own count", kind="civil"))
    shown = page(client, "indicator", mortality.code)
    assert "Our own count" in shown
    assert "says nothing here" in shown  # the global databases


def test_a_place_is_coloured_by_one_method_or_by_each_series_own(client, mortality):
    own, asked = (page(client, "country", "KG", **about) for about in ({}, {"method": "open-sdg"}))
    assert "<small>D" in own
    assert "<small>A" in asked
    assert "is given by method A, Open SDG" in asked


def test_the_list_is_searched_by_words_and_by_place(client, mortality):
    a_place("KZ")
    assert mortality.code in page(client, "overview", words="under-five mortal")
    assert "No indicator fits" in page(client, "overview", words="dragons")
    assert mortality.code not in page(client, "overview", place="KZ")


def test_what_a_file_refused_is_on_its_page(client):
    batch = brought("A,KG,2020,many,PT,,", "A,KG,2021,5,PT,,")
    shown = page(client, "batch", batch.pk)
    assert "many" in shown
    assert batch.sha256 in shown
    assert batch.file in page(client, "batches")


def test_figures_are_given_out_in_every_form_and_unknown_forms_are_not_there(client, mortality):
    for form in ("csv", "hxl", "sdmx-csv", "sdmx-ml", "progress"):
        answer = client.get(reverse("indicators:data", args=[mortality.code, form]))
        assert b"26.6" in b"".join(answer.streaming_content)
    assert client.get(reverse("indicators:data", args=[mortality.code, "pdf"])).status_code == 404


@pytest.mark.parametrize("name", ["indicator", "batch", "country"])
def test_what_is_not_there_is_not_found(client, name):
    assert client.get(reverse(f"indicators:{name}", args=[999 if name == "batch" else "nowhere"])).status_code == 404


def test_indicators_do_not_bury_the_other_figures_of_a_place(client, mortality):
    shown = client.get(reverse("place", args=["KG"])).content.decode()
    assert "1 indicator, goal by goal" in shown
    assert all(reverse("measure", args=[each.pk]) not in shown for each in Measure.objects.all())
