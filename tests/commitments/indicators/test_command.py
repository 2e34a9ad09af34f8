"""The command on an indicator's page judges the series again, and finds the same."""

import json

import pytest
from django.utils import timezone

from kurak.cli.main import main
from kurak.commitments.indicators.profile import command_of
from tests.factories.indicators import a_line
from tests.factories.places import a_place

pytestmark = pytest.mark.django_db


def test_the_command_of_the_page_finds_what_the_page_shows(tmp_path, monkeypatch, capsys):
    indicator = a_line(values=(41.0, 38.5, 36.0, 34.2, 31.9, 30.0, 28.8, 27.1, 26.6), since=2016)
    stored = indicator.series.get()
    monkeypatch.chdir(tmp_path)
    first, second = (words.split()[1:] for words in command_of(indicator, a_place()).split(" && "))
    assert main(first) == 0
    assert main([*second, "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["series"]
    assert str(timezone.now().year) in second
    said = {method: verdict["status"] for method, verdict in found["verdicts"].items()}
    assert said == {method: verdict["status"] for method, verdict in stored.verdicts.items()}
