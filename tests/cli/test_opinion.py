"""kurak opinion: files in, a whole folder out."""

import csv
import json
import random
import xml.etree.ElementTree as ET
from hashlib import sha256

import pytest

from kurak.cli.main import main
from tests.cli.conftest import EVENTS, camp_votes, table

WRITTEN = {
    "participants.csv", "statements.csv", "groups.csv", "representative.csv", "findings.csv", "picture.svg",
    "summary.json",
}  # fmt: skip


def opinion(*words):
    return main(["opinion", *map(str, words)])


def rows(path):
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def summary(folder):
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))


@pytest.fixture
def picture(tmp_path, votes_file, statements_file):
    out = tmp_path / "out"
    assert opinion(votes_file, "--statements", statements_file, "--mode", "polis", "--out", out) == 0
    return out


def test_all_tables_and_the_picture_are_written(picture):
    assert {f.name for f in picture.iterdir()} == WRITTEN


def test_the_two_camps_are_two_groups(picture):
    group = {int(r["participant"]): r["group"] for r in rows(picture / "participants.csv")}
    assert len({group[p] for p in range(0, 60, 3)}) == 1
    assert sorted(summary(picture)["groups"].values()) == [20, 40]


def test_the_statements_all_agree_on_unite_and_the_others_divide(picture):
    found = summary(picture)
    assert set(found["unites"]) == {8, 9}
    assert set(found["divides"]) == {0, 1, 2, 4, 5, 6, 7}


def test_the_summary_says_what_went_in_and_what_was_left_out(picture, votes_file):
    found = summary(picture)
    assert found["sign"].startswith("+1 = agree")
    assert found["inputs"][0] == {
        "file": "votes.csv",
        "sha256": sha256(votes_file.read_bytes()).hexdigest(),
        "bytes": votes_file.stat().st_size,
    }
    assert found["excluded"]["statements_moderated_out"] == [3]
    assert found["excluded"]["statements_without_votes"] == [12]


def test_text_that_a_spreadsheet_would_run_is_made_harmless(picture):
    texts = {r["statement"]: r["text"] for r in rows(picture / "statements.csv")}
    assert texts["12"] == "'=HYPERLINK(nobody has voted on this)"
    assert texts["0"] == "Statement 0,\nover two lines"


def test_negative_numbers_stay_numbers(picture):
    assert any(float(r["x"]) < 0 for r in rows(picture / "participants.csv"))


def test_the_picture_is_an_image_with_a_title_a_description_and_no_script(picture):
    image = ET.parse(picture / "picture.svg").getroot()
    tags = [element.tag.rpartition("}")[2] for element in image.iter()]
    assert tags[:3] == ["svg", "title", "desc"]
    assert not {"script", "image", "foreignObject", "use"} & set(tags)
    assert "http" not in (picture / "picture.svg").read_text().replace("http://www.w3.org/2000/svg", "")


def test_the_matrix_gives_the_same_results_as_the_events(tmp_path, picture, statements_file):
    people = {}
    for _, _, s, p, v in camp_votes():
        people.setdefault(p, {})[s] = v
    header = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", *range(10))
    matrix = table(tmp_path / "m.csv", header, [(p, "", 0, 0, 0, 0, *votes.values()) for p, votes in people.items()])
    out = tmp_path / "matrix"
    assert opinion(matrix, "--statements", statements_file, "--mode", "polis", "--out", out) == 0
    for name in WRITTEN - {"summary.json", "picture.svg"}:
        assert (out / name).read_bytes() == (picture / name).read_bytes()


def test_the_sign_of_polis_is_turned(tmp_path, picture, statements_file):
    turned = table(tmp_path / "turned.csv", EVENTS, [(*row, -v) for *row, v in camp_votes()])
    out = tmp_path / "turned"
    assert opinion(turned, "--statements", statements_file, "--mode", "polis", "--sign", "polis", "--out", out) == 0
    assert (out / "statements.csv").read_bytes() == (picture / "statements.csv").read_bytes()


def test_groups_of_a_file_replace_ours(tmp_path, votes_file):
    named = [(p, ("north", "south", "")[p % 3]) for p in range(60)]
    file = table(tmp_path / "groups.csv", ("participant", "group"), [*named, (99, "north")])
    out = tmp_path / "out"
    assert opinion(votes_file, "--groups", file, "--mode", "polis", "--out", out) == 0
    assert summary(out)["groups"] == {"north": 20, "south": 20}
    assert summary(out)["how"]["grouped_people_without_votes"] == 1
    assert {r["group"] for r in rows(out / "representative.csv")} == {"north", "south"}


def test_the_later_vote_counts_wherever_it_stands(tmp_path):
    events = [*camp_votes(), (1, "", 9, 4, -1), (9_999_999_999_999, "", 8, 4, -1)]
    out = tmp_path / "out"
    assert opinion(table(tmp_path / "votes.csv", EVENTS, events), "--mode", "polis", "--out", out) == 0
    disagree = {r["statement"]: r["disagree"] for r in rows(out / "statements.csv")}
    assert (disagree["8"], disagree["9"]) == ("1", "0")
    assert summary(out)["excluded"]["votes_replaced_by_a_later_one"] == 2


def test_more_columns_and_no_datetime_are_read(tmp_path):
    events = [(t, s, p, v, "x") for t, _, s, p, v in camp_votes()]
    file = table(tmp_path / "votes.csv", ("timestamp", "comment-id", "voter-id", "vote", "xid"), events)
    assert opinion(file, "--mode", "polis", "--out", tmp_path / "out") == 0


def test_json_is_what_was_written(tmp_path, votes_file, capsys):
    out = tmp_path / "out"
    assert opinion(votes_file, "--mode", "polis", "--out", out, "--json") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == summary(out)
    assert printed.err == ""  # no bar where nobody watches


def test_the_same_input_gives_the_same_files(tmp_path, picture, votes_file, statements_file):
    again = tmp_path / "again"
    assert opinion(votes_file, "--statements", statements_file, "--mode", "polis", "--out", again) == 0
    for name in WRITTEN:
        assert (again / name).read_bytes() == (picture / name).read_bytes()


def test_our_own_grouping_finds_the_camps_and_says_how_sure(tmp_path, votes_file):
    out = tmp_path / "out"
    assert opinion(votes_file, "--out", out) == 0
    people = {int(r["participant"]): r for r in rows(out / "participants.csv")}
    assert len({people[p]["group"] for p in range(0, 60, 3)}) == 1
    assert {people[0]["group"], people[1]["group"]} == {"0", "1"}
    assert all(float(r["confidence"]) > 0.9 for r in people.values())
    assert summary(out)["how"]["stability"] > 0.9


def test_flags_name_who_agrees_with_everything_and_say_what_changes_without_them(tmp_path):
    events = [(t + 20_000 * s, d, s, p, 1 if p == 5 else v) for t, d, s, p, v in camp_votes(statements=20)]
    out = tmp_path / "out"
    assert opinion(table(tmp_path / "votes.csv", EVENTS, events), "--mode", "polis", "--out", out, "--flags") == 0
    flags = rows(out / "flags.csv")
    assert ("5", "all-agree") in {(r["participant"], r["reason"]) for r in flags}
    found = summary(out)["integrity"]
    assert found["people"] == len({r["participant"] for r in flags})
    assert set(found["without_them"]) >= {"k", "agreement_of_groups", "only_with_them", "only_without_them"}


def test_a_group_that_is_made_of_copies_is_flagged(tmp_path):
    rng = random.Random(3)
    opinions = {p: [rng.choice((1, -1)) for _ in range(40)] for p in range(40)}
    opinions |= {p: [1 if s % 2 else -1 for s in range(40)] for p in range(40, 70)}  # thirty copies
    events = [(0, "", s, p, vote) for p, votes in opinions.items() for s, vote in enumerate(votes)]
    words = [table(tmp_path / "votes.csv", ("x", "datetime", "comment-id", "voter-id", "vote"), events)]
    groups = table(tmp_path / "groups.csv", ("participant", "group"), [(p, int(p >= 40)) for p in opinions])
    assert opinion(*words, "--groups", groups, "--flags", "--out", tmp_path / "out") == 0
    assert {int(r["participant"]) for r in rows(tmp_path / "out" / "flags.csv")} == set(range(40, 70))


def test_a_handful_of_statements_that_represent_everyone_is_given(picture):
    found = summary(picture)["proportional"]
    assert {8, 9} & set(found["statements"])
    assert 3 not in found["statements"]
    assert found["justified"] is True
