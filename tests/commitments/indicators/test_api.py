"""Indicators in the API, and on the pages of agendas."""

import pytest
from django.urls import reverse

from kurak.commitments.indicators.queries import unknown_groups
from tests.factories.commitments import a_commitment, a_provision, an_agenda
from tests.factories.indicators import a_line, brought
from tests.factories.places import a_place

pytestmark = pytest.mark.django_db
FALLING = (41.0, 38.5, 36.0, 34.2, 31.9, 30.0, 28.8, 27.1, 26.6)


def asked(client, path: str) -> dict:
    return client.get(f"/api/v1/indicators{path}").json()


def test_an_indicator_comes_with_its_targets(client):
    a_line(values=FALLING, since=2016)
    found = asked(client, "/SH_DYN_MORT")
    assert (found["unit"], found["direction"], found["codes"]) == ("PER_1000_LIVE_BIRTHS", "down", ["3.2.1"])
    assert [target["value"] for target in found["targets"]] == [25]


def test_a_series_comes_with_every_methods_verdict_and_its_inputs(client):
    a_line(values=FALLING, since=2016)
    (found,) = asked(client, "/progress?place=KG&indicator=SH_DYN_MORT")["items"]
    assert set(found["verdicts"]) == {"open-sdg", "eurostat", "un-chart", "unescap", "sdg-index"}
    assert found["verdicts"]["unescap"]["inputs"]["target"] == 25
    assert (found["voice"], found["method"]) == ("official", "unescap")


def test_a_file_comes_with_what_it_refused(client):
    brought("A,KG,2020,many,PT,,", "A,KG,2021,5,PT,,")
    (found,) = asked(client, "/batches")["items"]
    assert found["problems"][0][:3] == [2, "value", "many"]


def test_the_pages_of_a_provision_and_a_commitment_show_what_follows_them(client):
    indicator = a_line(values=FALLING, since=2016)
    provision = a_provision(an_agenda(place=a_place()))
    promised = a_commitment(to=(provision,))
    indicator.provisions.add(provision)
    for page in (
        reverse("agendas:provision", args=[provision.agenda.code, provision.code]),
        reverse("agendas:commitment", args=[promised.agenda.code, promised.code]),
    ):
        shown = client.get(page).content.decode()
        assert "by D, UNESCAP" in shown
        assert "/indicators/of/SH_DYN_MORT/?place=KG" in shown


def test_what_is_promised_to_the_world_is_followed_in_every_country(client):
    indicator = a_line(values=FALLING, since=2016)
    a_line(values=FALLING, since=2016, place=a_place("KZ"))
    goal = a_provision(an_agenda(place=a_place("001")))
    indicator.provisions.add(goal)
    shown = client.get(reverse("agendas:provision", args=[goal.agenda.code, goal.code])).content.decode()
    assert "/indicators/of/SH_DYN_MORT/?place=KZ" in shown
    assert shown.count("by D, UNESCAP") + shown.count("by A, Open SDG") == 2


def test_groups_without_any_figure_are_unknown():
    indicator = a_line(values=FALLING, since=2016)
    provision = a_provision()
    assert "SEX" in unknown_groups(provision, a_place())
    indicator.provisions.add(provision)
    brought("SH_DYN_MORT,KG,2024,30,PER_1000_LIVE_BIRTHS,M,")
    assert "SEX" not in unknown_groups(provision, a_place())
    assert "DISABILITY_STATUS" in unknown_groups(provision, a_place())
