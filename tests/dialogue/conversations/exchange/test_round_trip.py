"""What goes in comes out: the same bytes for an import, the same files for our own."""

import json
from datetime import UTC, datetime

import pytest

from kurak.dialogue.conversations.exchange.actions import import_folder
from kurak.dialogue.conversations.exchange.writing import Export, write_folder
from kurak.dialogue.conversations.models import Conversation, Statement
from kurak.ground.languages.text import Text
from tests.factories.conversations import a_conversation, a_participant, a_statement, a_vote
from tests.factories.folders import COMMENTS, FILES, MATRIX, VOTES, a_folder

pytestmark = pytest.mark.usefixtures("world")


def written(conversation, **how) -> dict[str, bytes]:
    return {name: b"".join(stream()) for name, stream in Export(conversation, **how).files().items()}


def through(tmp_path, files=None, *, exact=True) -> dict[str, bytes]:
    return written(import_folder(folder=a_folder(tmp_path / "in", files)).conversation, exact=exact)


ODD = {
    "untouched": {},
    "carriage returns": {"votes.csv": VOTES.replace("\n", "\r\n")},
    "no newline at the end": {"votes.csv": VOTES.rstrip("\n")},
    "a byte order mark": {"comments.csv": "\ufeff" + COMMENTS},
    "semicolons": {"votes.csv": VOTES.replace(",", ";")},
    "another column": {"participants-votes.csv": MATRIX.replace("\n", ",x\n").replace("1,x\n", "1,xid\n", 1)},
    "another order of columns": {"votes.csv": "vote,voter-id,comment-id\n1,0,0\n-1,1,0\n0,0,1\n1,0,1\n"},
    "no datetime in comments": {"comments.csv": "comment-id,comment-body\n1,One\n0,Two\n2,Three\n"},
    "a time that is not of the zone": {"votes.csv": VOTES.replace("02:17:32", "23:59:59")},
    "two zones": {"votes.csv": VOTES.replace("02:33:45 WIB", "19:33:45 UTC").replace("Mon Jul 17 19", "Sun Jul 16 19")},
    "counts that contradict the votes": {"comments.csv": COMMENTS.replace(",9,1,1,", ",9,8,7,")},
    "a matrix that contradicts the votes": {"participants-votes.csv": MATRIX.replace("1,1,0,1,-1,", "1,4,0,1,1,-1")},
    "a pair against the order of time": {
        "votes.csv": "".join(VOTES.splitlines(keepends=True)[i] for i in (0, 1, 2, 4, 3))
    },
    "a statement nobody listed": {"votes.csv": VOTES + "1500233615338,Mon Jul 17 02:33:35 WIB 2017,9,0,1\n"},
    "numbers with zeros before": {"votes.csv": VOTES.replace(",0,1,-1", ",00,01,-1")},
    "formulas in texts": {"comments.csv": COMMENTS.replace("Ҳаво тоза бошад", "=HYPERLINK(1)")},
    "apostrophes in texts": {"comments.csv": COMMENTS.replace("Ҳаво тоза бошад", "'=1 and 's")},
    "an empty text": {"comments.csv": COMMENTS.replace("Ҳаво тоза бошад", "")},
    "a summary": {"summary.csv": 'topic,"Water, air"\nvoters,2\nconversation-description,-\n'},
    "every cell quoted": {"votes.csv": "".join(f'"{'","'.join(line.split(","))}"\n' for line in VOTES.splitlines())},
}


@pytest.mark.parametrize("files", ODD.values(), ids=ODD.keys())
def test_an_import_comes_back_byte_for_byte(tmp_path, files):
    back = through(tmp_path, files)
    for name, content in {**FILES, **files}.items():
        assert back[name].decode() == content


def test_a_public_export_of_an_import_says_the_moments_of_the_source(tmp_path):
    assert through(tmp_path, exact=False)["votes.csv"].decode() == VOTES


def test_a_public_export_guards_a_formula_even_if_the_source_did_not(tmp_path):
    files = {"comments.csv": COMMENTS.replace("Ҳаво тоза бошад", "=HYPERLINK(1)")}
    assert b",'=HYPERLINK(1)\n" in through(tmp_path, files, exact=False)["comments.csv"]


def our_own() -> Conversation:
    """A conversation of two languages, with a formula, a changed vote, an exclusion, a merge and a rejection."""
    question = Text("ru", "Что изменить?", {"en": ("What should change?", "human")})
    conversation = a_conversation("own", question=question)
    people = [a_participant(conversation, number=number, digest=f"key {number}") for number in (42, 7, 19)]
    people[2].weight = 0
    people[2].save()
    bodies = ["=1+1 is two", "'-quoted", "Вода,\nвоздух", "Спам", "Вода и воздух"]
    first, second, *more = [a_statement(conversation, body, author=people[0]) for body in bodies]
    second.text = second.text.with_translation("ru", "в кавычках", "machine")
    second.save()
    more[1].status, more[1].reason = Statement.Status.REJECTED, Statement.Reason.SPAM
    more[1].save()
    more[2].merged_into = more[0]
    more[2].save()
    noon = datetime(2026, 3, 4, 12, 34, 56, 789000, tzinfo=UTC)
    a_vote(people[1], first, -1, latest=False, at=noon)
    for person in people:
        for value, statement in zip((1, 0, -1), (first, second, more[0]), strict=True):
            a_vote(person, statement, value, at=noon, matters=person is people[0])
    return conversation


@pytest.mark.parametrize("exact", [False, True])
def test_our_own_export_imported_elsewhere_exports_the_same_files(tmp_path, exact):
    ours = our_own()
    write_folder(ours, tmp_path, exact=exact)
    before = written(ours, exact=exact)
    Conversation.objects.all().delete()
    there = import_folder(folder=tmp_path).conversation
    assert written(there, exact=exact) == before


def test_the_meaning_survives_the_journey(tmp_path):
    write_folder(our_own(), tmp_path, exact=True)
    Conversation.objects.all().delete()
    there = import_folder(folder=tmp_path).conversation
    assert str(there.question.into("en")) == "What should change?"
    bodies = dict(there.statements.values_list("number", "text"))
    assert [bodies[number].body for number in (0, 1, 2)] == ["=1+1 is two", "'-quoted", "Вода,\nвоздух"]
    assert there.votes.get(participant__number=7, statement__number=0, latest=True).value == 1
    assert there.votes.filter(matters=True).count() == 3
    assert there.participants.get(number=19).weight == 0


def test_public_files_say_the_day_of_our_votes_and_not_the_moment():
    rows = written(our_own())["votes.csv"].decode().splitlines()
    assert {row.split(",")[0] for row in rows[1:]} == {str(int(datetime(2026, 3, 4, tzinfo=UTC).timestamp() * 1000))}


def test_the_order_of_public_rows_tells_nothing_of_the_order_of_voting():
    rows = [row.split(",")[2:4] for row in written(our_own())["votes.csv"].decode().splitlines()[1:]]
    assert rows == sorted(rows, key=lambda row: (int(row[0]), int(row[1])))


def test_a_rejected_text_does_not_leave_the_platform():
    conversation = our_own()
    everything = b"".join(written(conversation).values()).decode()
    assert "Спам" not in everything
    assert "Спам" in written(conversation, exact=True)["comments.csv"].decode()


def test_waiting_texts_stay_inside_under_strict_moderation():
    conversation = a_conversation(moderation=Conversation.Moderation.STRICT)
    a_statement(conversation, "Not read by anybody yet", status=Statement.Status.WAITING)
    assert b"Not read" not in b"".join(written(conversation).values())


def test_without_consent_to_open_votes_no_row_of_a_person_leaves():
    conversation = our_own()
    conversation.publishes_votes = False
    files = written(conversation)
    assert not files.keys() & {"votes.csv", "participants-votes.csv", "participants.csv"}
    assert b",42," not in files["comments.csv"]


def test_answers_about_persons_are_never_written(tmp_path):
    conversation = our_own()
    conversation.participants.update(country="KG", generation="older", gender="x-gender", settlement="x-town")
    for exact in (False, True):
        text = b"".join(written(conversation, exact=exact).values())
        assert not any(word in text for word in (b"older", b"x-gender", b"x-town"))


def test_excluded_people_are_marked():
    assert b"\n19,1\n" in written(our_own())["participants.csv"]


def test_votes_after_an_import_are_appended_and_counted_anew(tmp_path):
    conversation = import_folder(folder=a_folder(tmp_path)).conversation
    newcomer = a_participant(conversation, number=77, digest="key")
    a_vote(newcomer, conversation.statements.get(number=2), 1, at=datetime(2026, 3, 4, 12, tzinfo=UTC))
    files = {name: content.decode() for name, content in written(conversation).items()}
    assert files["votes.csv"].startswith(VOTES)
    assert files["votes.csv"].splitlines()[-1].endswith(",2,77,1")
    assert ",2,1,1,0,-1,Ҳаво" in files["comments.csv"]
    assert files["participants-votes.csv"].splitlines()[0].endswith(",0,1,2")
    assert files["participants-votes.csv"].splitlines()[-1] == "77,,0,1,1,0,,,1"


def test_statements_json_names_languages_and_marks_translations():
    told = json.loads(written(our_own())["statements.json"])
    assert told["1"]["translations"] == {"ru": {"body": "в кавычках", "made": "machine"}}
    assert told["4"]["merged_into"] == 2
