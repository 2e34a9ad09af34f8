"""Every bad row is named: file, line, column, value, remedy; and nothing is stored."""

import pytest

from kurak.dialogue.conversations.exchange.problems import MOST, BadFiles
from kurak.dialogue.conversations.exchange.reading import read_folder
from tests.factories.folders import COMMENTS, MATRIX, VOTES, a_folder


def problems_of(tmp_path, files):
    with pytest.raises(BadFiles) as refused:
        read_folder(a_folder(tmp_path, files))
    return [(each.file, each.line, each.column, each.value) for each in refused.value.problems]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("votes.csv", VOTES.replace(",-1\n", ",2\n"), ("votes.csv", 3, "vote", "2")),
        ("votes.csv", VOTES.replace("1500233625234", "yesterday"), ("votes.csv", 3, "timestamp", "yesterday")),
        ("votes.csv", VOTES.replace(",0,1,-1", ",0,-1,-1"), ("votes.csv", 3, "voter-id", "-1")),
        ("votes.csv", VOTES.replace(",0,1,-1", ",0,,-1"), ("votes.csv", 3, "voter-id", "")),
        ("votes.csv", VOTES.replace(",0,1,-1", ",0,99999999999,-1"), ("votes.csv", 3, "voter-id", "99999999999")),
        ("votes.csv", VOTES.replace("voter-id", "voter"), ("votes.csv", 1, "voter-id", "voter")),
        ("votes.csv", VOTES.replace("datetime", "vote", 1), ("votes.csv", 1, "vote", "vote")),
        ("votes.csv", VOTES.replace(",0,1,-1", ",0,1,-1,9"), ("votes.csv", 3, "", None)),
        ("votes.csv", "", ("votes.csv", 1, "", "")),
        ("comments.csv", COMMENTS.replace(",2,1,0,0,-1", ",1,1,0,0,-1"), ("comments.csv", 5, "comment-id", "1")),
        ("comments.csv", COMMENTS.replace(",0,9,", ",0,x,"), ("comments.csv", 3, "author-id", "x")),
        ("comments.csv", COMMENTS.replace("first of all.", "first\0 of all."), ("comments.csv", 2, "", "NUL")),
        ("participants-votes.csv", MATRIX.replace("5,1,", "0,1,"), ("participants-votes.csv", 4, "participant", "0")),
        ("participants-votes.csv", MATRIX.replace("5,1,", "5,a,"), ("participants-votes.csv", 4, "group-id", "a")),
        ("statements.json", "{", ("statements.json", 1, "", None)),
        ("conversation.json", "[]", ("conversation.json", 1, "", "[]")),
    ],
)
def test_a_bad_cell_is_named_with_its_place(tmp_path, name, content, expected):
    found = problems_of(tmp_path, {name: content})
    assert len(found) == 1
    assert found[0][:3] == expected[:3]
    assert expected[3] in (None, found[0][3])


def test_all_problems_are_told_at_once(tmp_path):
    files = {"votes.csv": VOTES.replace(",-1\n", ",2\n"), "comments.csv": COMMENTS.replace("comment-body", "body")}
    assert {name for name, *_ in problems_of(tmp_path, files)} == {"votes.csv", "comments.csv"}


def test_thousands_of_bad_rows_are_counted_not_listed(tmp_path):
    rows = "".join(f"1500232652930,,0,{person},9\n" for person in range(1000))
    with pytest.raises(BadFiles) as refused:
        read_folder(a_folder(tmp_path, {"votes.csv": VOTES.splitlines()[0] + "\n" + rows}))
    assert (len(refused.value.problems), refused.value.more) == (MOST, 1000 - MOST)
    assert "900" in str(refused.value)


@pytest.mark.parametrize(
    ("encoded", "line", "remedy"),
    [
        (VOTES.encode("utf-16"), 1, "UTF-8"),
        (COMMENTS.encode("cp1251", "replace"), 1, None),
        (VOTES.encode() + "1500232652930,вчера,0,3,1\n".encode("cp1251"), 6, "UTF-8"),
    ],
)
def test_another_encoding_is_recognised_and_the_line_is_named(tmp_path, encoded, line, remedy):
    if remedy is None:
        encoded, line, remedy = COMMENTS.encode("cp1251", "ignore") + b"\xff\xfe\xfa", 5, "UTF-8"
    name = "votes.csv" if line != 5 else "comments.csv"
    with pytest.raises(BadFiles, match=remedy) as refused:
        read_folder(a_folder(tmp_path, {name: encoded}))
    assert refused.value.problems[0].line == line


def test_a_quotation_mark_left_open_is_found_where_it_begins(tmp_path):
    found = problems_of(tmp_path, {"comments.csv": COMMENTS.replace('"Two lines', '"Two "lines')})
    assert found[0][:2] == ("comments.csv", 3)


def test_a_folder_without_any_of_the_files_is_refused(tmp_path):
    with pytest.raises(BadFiles, match=r"votes\.csv"):
        read_folder(a_folder(tmp_path, dict.fromkeys(("votes.csv", "comments.csv", "participants-votes.csv"))))


def test_a_problem_reads_as_one_line_with_its_remedy(tmp_path):
    with pytest.raises(BadFiles) as refused:
        read_folder(a_folder(tmp_path, {"votes.csv": VOTES.replace(",-1\n", ",2\n")}))
    assert str(refused.value.problems[0]) == "votes.csv:3 [vote] '2': Write one of: -1, 0, 1."
