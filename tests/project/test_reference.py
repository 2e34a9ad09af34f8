"""Settings, commands, endpoints and fields are documented, and the pages say what the code says."""

import re

import pytest

from kurak.cli import docs, main
from kurak.web import environment, settings

PAGES = dict(docs.pages())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_reference_is_fresh(name):
    assert docs.is_written(name, PAGES[name]), "run .venv/bin/kurak docs"


def test_every_setting_that_the_code_reads_is_in_the_table():
    source = (settings.PACKAGE / "web").rglob("*.py")
    read = {name for path in source for name in re.findall(r'environment\.(?:value|flag)\("(\w+)"', path.read_text())}
    assert read <= {each.name for each in environment.SETTINGS}


def test_every_setting_says_what_it_does():
    assert not [each.name for each in environment.SETTINGS if len(each.help) < 10]


def test_every_command_that_is_there_is_documented():
    there = [noun for noun in main.NOUNS if docs.noun_is_there(noun)]
    assert not [noun for noun in there if f"## kurak {noun}\n" not in PAGES["commands.md"]]


def test_every_argument_of_a_command_says_what_it_does():
    silent = [line for line in PAGES["commands.md"].splitlines() if re.fullmatch(r"\| `[^`]+` \|\s*\|", line)]
    assert not silent


def test_every_endpoint_says_what_it_gives():
    rows = [line.split(" | ") for line in PAGES["api.md"].splitlines() if line.startswith("| GET")]
    assert len(rows) > 5
    assert not [row for row in rows if not row[2].strip()]
