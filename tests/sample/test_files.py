"""The files of the sample region are sound, whatever reads them."""

import csv
import json
from pathlib import Path

import pytest

import kurak
from kurak.ground.languages.declared import BY_CODE
from kurak.ground.places.actions import declared_places

SAMPLE = Path(kurak.__file__).parent / "sample"
FOLDERS = ["water", "schools"]
PLANTED_TWINS = 3


def table(folder: str, name: str) -> list[dict[str, str]]:
    with (SAMPLE / folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def declared(*path: str):
    return json.loads(SAMPLE.joinpath(*path).read_text(encoding="utf-8"))


def texts(folder: str) -> dict[str, dict[str, str]]:
    """{statement: {language: words}}, the original among them."""
    told = declared(folder, "statements.json")
    return {
        row["comment-id"]: {
            told[row["comment-id"]]["language"]: row["comment-body"],
            **{code: each["body"] for code, each in told[row["comment-id"]]["translations"].items()},
        }
        for row in table(folder, "comments.csv")
    }


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_statement_can_be_read_in_english_and_russian(folder):
    assert [number for number, said in texts(folder).items() if not {"en", "ru"} <= set(said)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_statements_on_show_can_be_read_in_all_ten_languages(folder):
    on_show = [row["comment-id"] for row in table(folder, "comments.csv") if row["moderated"] == "1"]
    assert [number for number in on_show if set(texts(folder)[number]) != set(BY_CODE)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_text_is_longer_than_a_statement_may_be(folder):
    assert max(len(words) for said in texts(folder).values() for words in said.values()) <= 280


@pytest.mark.parametrize("folder", FOLDERS)
def test_originals_are_in_at_least_five_languages(folder):
    assert len({told["language"] for told in declared(folder, "statements.json").values()}) >= 5


@pytest.mark.parametrize("folder", FOLDERS)
def test_translations_nobody_has_checked_are_marked(folder):
    made = {
        each["made"] for told in declared(folder, "statements.json").values() for each in told["translations"].values()
    }
    assert made <= {"human", "machine"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_two_translations_into_one_language_are_the_same(folder):
    words = [(code, each) for said in texts(folder).values() for code, each in said.items()]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_question_is_asked_in_all_ten_languages(folder):
    asked = declared(folder, "conversation.json")["question"]
    assert {asked["language"], *asked["translations"]} == set(BY_CODE)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_vote_is_of_a_participant_on_a_statement_that_was_there(folder):
    written = {row["comment-id"]: int(row["timestamp"]) for row in table(folder, "comments.csv")}
    people = {row["participant"] for row in table(folder, "participants.csv")}
    for vote in table(folder, "votes.csv"):
        assert vote["voter-id"] in people
        assert int(vote["timestamp"]) >= written[vote["comment-id"]]


@pytest.mark.parametrize("folder", FOLDERS)
def test_authors_are_participants_and_seeds_have_none(folder):
    people = {row["participant"] for row in table(folder, "participants.csv")}
    told = declared(folder, "statements.json")
    for row in table(folder, "comments.csv"):
        assert (row["author-id"] == "") == told[row["comment-id"]].get("is_seed", False)
        assert row["author-id"] in people | {""}


@pytest.mark.parametrize("folder", FOLDERS)
def test_authors_agree_with_what_they_wrote(folder):
    agreed = {(vote["comment-id"], vote["voter-id"]) for vote in table(folder, "votes.csv") if vote["vote"] == "1"}
    written = {(row["comment-id"], row["author-id"]) for row in table(folder, "comments.csv") if row["author-id"]}
    assert written <= agreed


@pytest.mark.parametrize("folder", FOLDERS)
def test_three_twins_are_planted(folder):
    patterns: dict[str, frozenset] = {}
    for vote in table(folder, "votes.csv"):
        known = patterns.get(vote["voter-id"], frozenset())
        patterns[vote["voter-id"]] = known | {(vote["comment-id"], vote["vote"])}
    long = [pattern for pattern in patterns.values() if len(pattern) >= 20]
    assert max(long.count(pattern) for pattern in long) == PLANTED_TWINS


def test_places_are_places_of_the_platform():
    known = {place["code"] for place in declared_places()}
    named = {declared(folder, "conversation.json")["place"] for folder in FOLDERS}
    named |= {each["place"] for each in declared("organisations.json") + declared("people.json")}
    assert named <= known


def test_every_country_has_an_organisation():
    countries = {place["code"] for place in declared_places() if place["kind"] == "country"}
    assert {each["place"] for each in declared("organisations.json")} == countries


def test_the_sample_is_light():
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) < 1_500_000
