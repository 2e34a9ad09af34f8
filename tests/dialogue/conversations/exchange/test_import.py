"""Importing: what is stored, and that it is all or nothing."""

import json

import pytest

from kurak.dialogue.conversations.exchange.actions import import_folder
from kurak.dialogue.conversations.models import Conversation, Participant, Statement, Vote
from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.safety.models import Act
from tests.factories.folders import COMMENTS, MATRIX, VOTES, a_folder
from tests.factories.people import a_member_of_staff, a_person

pytestmark = pytest.mark.usefixtures("world")


def imported(folder, **more) -> Conversation:
    return import_folder(folder=folder, **more).conversation


def test_votes_are_stored_event_by_event_and_the_last_of_a_pair_is_the_latest(tmp_path):
    votes = imported(a_folder(tmp_path)).votes.order_by("pk")
    assert list(votes.values_list("statement__number", "participant__number", "value", "latest")) == [
        (0, 0, 1, True), (0, 1, -1, True), (1, 0, 0, False), (1, 0, 1, True),
    ]  # fmt: skip


def test_a_later_event_wins_even_where_it_stands_first(tmp_path):
    lines = VOTES.splitlines(keepends=True)
    conversation = imported(a_folder(tmp_path, {"votes.csv": "".join([*lines[:3], lines[4], lines[3]])}))
    assert conversation.votes.get(statement__number=1, latest=True).value == 1
    assert conversation.votes.order_by("pk").last().latest


def test_statements_keep_line_breaks_script_status_and_an_author_who_never_voted(tmp_path):
    statements = imported(a_folder(tmp_path), language="tg").statements.in_bulk(field_name="pk").values()
    by_number = {statement.number: statement for statement in statements}
    assert by_number[0].text.body == "Two lines\nof one statement"
    assert by_number[2].text.body == "Ҳаво тоза бошад"
    assert by_number[2].status == Statement.Status.REJECTED
    assert (by_number[0].author, by_number[0].author_number) == (None, 9)
    assert by_number[1].author.number == 0
    assert by_number[1].text.language == "tg"


def test_people_without_votes_come_along_with_their_published_group(tmp_path):
    people = imported(a_folder(tmp_path)).participants.order_by("pk")
    assert list(people.values_list("number", "published_group")) == [(1, None), (0, 0), (5, 1)]


def test_an_import_is_closed_and_nobody_holds_a_key_to_it(tmp_path):
    conversation = imported(a_folder(tmp_path))
    assert conversation.phase == Conversation.Phase.CLOSED
    assert not conversation.participants.exclude(digest="").exists()


def test_licence_and_source_are_kept_as_given(tmp_path):
    conversation = imported(
        a_folder(tmp_path), licence="CC-BY-4.0", attribution="The Project", source="https://a.example"
    )
    assert conversation.origin["licence"] == "CC-BY-4.0"
    assert set(conversation.origin["files"]) == {"votes.csv", "comments.csv", "participants-votes.csv"}


def test_the_same_files_are_imported_once(tmp_path):
    first = import_folder(folder=a_folder(tmp_path / "one"))
    again = import_folder(folder=a_folder(tmp_path / "two"), slug="another")
    assert (first.new, again.new) == (True, False)
    assert again.conversation == first.conversation
    assert Vote.objects.count() == 4


def test_a_taken_name_is_refused_with_a_remedy(tmp_path):
    imported(a_folder(tmp_path / "one"), slug="water")
    with pytest.raises(Refused, match="--slug"):
        imported(a_folder(tmp_path / "two", {"comments.csv": None}), slug="water")


def test_votes_alone_make_statements_without_words(tmp_path):
    conversation = imported(a_folder(tmp_path, {"comments.csv": None, "participants-votes.csv": None}))
    assert [statement.text.body for statement in conversation.statements.all()] == ["#0", "#1"]


def test_a_matrix_alone_is_the_votes_and_nobody_knows_when(tmp_path):
    conversation = imported(a_folder(tmp_path, {"comments.csv": None, "votes.csv": None}))
    votes = conversation.votes.order_by("pk")
    cells = votes.values_list("participant__number", "statement__number", "value", "at")
    assert list(cells) == [(1, 0, -1, None), (0, 0, 1, None), (0, 1, 1, None)]


def test_times_may_be_missing(tmp_path):
    votes = "comment-id,voter-id,vote\n0,0,1\n0,1,-1\n1,0,0\n1,0,1\n"
    conversation = imported(a_folder(tmp_path, {"votes.csv": votes}))
    assert set(conversation.votes.values_list("at", flat=True)) == {None}


def test_semicolons_of_a_spreadsheet_are_understood(tmp_path):
    conversation = imported(a_folder(tmp_path, {"votes.csv": VOTES.replace(",", ";"), "participants-votes.csv": None}))
    assert conversation.votes.count() == 4


def test_texts_with_translations_and_rules_come_from_our_own_files(tmp_path):
    text = {"language": "ru", "body": "Вода", "translations": {"en": {"body": "Water", "made": "machine"}}}
    files = {
        "conversation.json": json.dumps({"question": text, "place": "KG", "slug": "own", "may_write": True}),
        "statements.json": json.dumps({"1": {"language": "en", "is_seed": True}, "0": {"merged_into": 1}}),
        "participants.csv": "participant,excluded,country,generation\n0,1,KG,young\n7,0,KZ,\n",
    }
    conversation = imported(a_folder(tmp_path, files))
    assert (conversation.slug, conversation.place.code, conversation.may_write) == ("own", "KG", True)
    assert conversation.question.into("en").made == "machine"
    assert conversation.statements.get(number=0).merged_into.number == 1
    assert conversation.statements.get(number=1).is_seed
    excluded = conversation.participants.get(number=0)
    assert (excluded.weight, excluded.country, excluded.generation, excluded.consented) == (0, "KG", "young", True)
    assert conversation.participants.filter(number=7).exists()


def test_staff_of_another_place_may_not_import(tmp_path, world):
    with pytest.raises(Forbidden):
        imported(a_folder(tmp_path), by=a_person(), place="KG")
    with pytest.raises(Forbidden):
        imported(a_folder(tmp_path), by=a_member_of_staff(place=world.kazakhstan), place="KG")


def test_the_act_of_staff_is_written_down(tmp_path, world):
    staff = a_member_of_staff(place=world.kyrgyzstan)
    conversation = imported(a_folder(tmp_path), by=staff, place="KG")
    act = Act.objects.get(verb="conversation.imported")
    assert (act.actor, act.subject) == (staff, f"conversation:{conversation.pk}")


def test_an_unknown_place_and_a_missing_folder_are_named(tmp_path):
    with pytest.raises(Missing, match="Atlantis"):
        imported(a_folder(tmp_path), place="Atlantis")
    with pytest.raises(Missing, match="no folder"):
        imported(tmp_path / "nowhere")


def test_when_a_write_fails_nothing_is_left(tmp_path, monkeypatch):
    def break_off(*_):
        raise RuntimeError("the power went out")

    monkeypatch.setattr("kurak.dialogue.conversations.exchange.actions.packed", break_off)
    with pytest.raises(RuntimeError):
        imported(a_folder(tmp_path))
    assert [model.objects.count() for model in (Conversation, Participant, Statement, Vote)] == [0, 0, 0, 0]


def test_matrix_and_comments_that_contradict_the_votes_are_kept_as_they_are(tmp_path):
    files = {
        "participants-votes.csv": MATRIX.replace("-1,", "1,"),
        "comments.csv": COMMENTS.replace(",9,1,1,", ",9,7,7,"),
    }
    conversation = imported(a_folder(tmp_path, files))
    assert conversation.votes.get(participant__number=1).value == -1
