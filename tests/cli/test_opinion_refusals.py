"""kurak opinion: what it refuses, how it says so, and that nothing half-written stays."""

import csv
import json
import os

import pytest

from kurak.cli.main import main
from kurak.cli.opinion import folder as folders
from kurak.cli.opinion import votes as reading
from kurak.cli.opinion.progress import Progress
from kurak.cli.opinion.rows import Rejected
from kurak.cli.opinion.screening import screened
from tests.cli.conftest import EVENTS, camp_votes, table

HEADER = ",".join(EVENTS) + "\n"
GOOD = "1,,0,0,1\n2,,1,0,-1\n"


@pytest.fixture
def refused(tmp_path, capsys):
    """Run on a file's bytes; the error text. Nothing may be left beside the file."""

    def run(content, *words, code=2):
        file = tmp_path / "votes.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        assert main(["opinion", str(file), "--mode", "polis", "--out", str(tmp_path / "out"), *words]) == code
        assert [f.name for f in tmp_path.iterdir()] == ["votes.csv"]
        return capsys.readouterr().err

    return run


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("1,,0,0,2", "5 (vote)", "'2'"),
        ("1,,0,0, 1", "5 (vote)", "' 1'"),
        ("1,,0,0,+1", "5 (vote)", "'+1'"),
        ("1,,0,0,", "5 (vote)", "''"),
        ("1,,0,0,1.0", "5 (vote)", "'1.0'"),
        ("1,,0,,1", "4 (voter-id)", "''"),
        ("1,,0,x7,1", "4 (voter-id)", "'x7'"),
        ("1,,0,007,1", "4 (voter-id)", "'007'"),
        ("1,,-3,0,1", "3 (comment-id)", "'-3'"),
        ("1,,99999999999999999999,0,1", "3 (comment-id)", "'99999999999999999999'"),
        ("yesterday,,0,0,1", "1 (timestamp)", "'yesterday'"),
        ("1,,0,0", "all", "'1,,0,0'"),
        ("1,Mon, 17 July,0,0,1", "all", "'1,Mon, 17 July,0,0,1'"),
    ],
)
def test_a_bad_row_is_named_with_line_column_value_and_remedy(refused, row, column, value):
    said = refused(HEADER + GOOD + row + "\n" + GOOD)
    assert f"votes.csv, line 4, column {column}: {value}: " in said
    assert "opinion.bad-rows: 1 bad row in votes.csv; nothing was written" in said
    assert "--skip-bad-rows" in said


def test_all_bad_rows_are_counted_and_twenty_are_shown(refused):
    said = refused(HEADER + "1,,0,0,7\n" * 50)
    assert "50 bad rows" in said
    assert said.count("column 5 (vote)") == 20
    assert "... and 30 more" in said


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "opinion.empty-file"),
        (HEADER, "opinion.no-votes"),
        ((HEADER + GOOD).encode("utf-16"), "opinion.encoding"),
        ((HEADER + GOOD).encode("utf-16-le"), "opinion.nul-byte"),
        ((HEADER + "1,Пн,0,0,1\n").encode("cp1251"), "opinion.encoding"),
        (HEADER + "1,\0,0,0,1\n", "opinion.nul-byte"),
        ("timestamp,comment-id,voter-id,vote,vote\n1,0,0,1,1\n", "opinion.column-twice"),
        ("timestamp,comment-id,voter-id\n1,0,0\n", "opinion.missing-column"),
        ("timestamp;comment-id;voter-id;vote\n1;0;0;1\n", "opinion.separator"),
        (HEADER + '1,"open,0,0,1\n', "opinion.broken-quotes"),
        ("participant,group-id\n1,0\n", "opinion.missing-column"),
        ("participant,group-id,first\n1,0,1\n", "opinion.missing-column"),
        ("participant,group-id,0\n1,0,yes\n", "opinion.bad-rows"),
    ],
)
def test_a_file_that_cannot_be_votes_is_refused_by_a_stable_code(refused, content, code):
    said = refused(content)
    assert said.startswith(f"kurak: {code}: ")
    assert "votes.csv" in said
    assert "What to do: " in said
    assert "Traceback" not in said


def test_the_line_of_a_wrong_byte_is_named(refused):
    assert "line 3: byte 0xcf" in refused((HEADER + "1,x,0,0,1\n1,Пн,0,0,1\n").encode("cp1251"))


def test_a_byte_order_mark_of_utf8_is_no_problem(tmp_path):
    file = table(tmp_path / "votes.csv", EVENTS, camp_votes())
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert main(["opinion", str(file), "--mode", "polis", "--out", str(tmp_path / "out")]) == 0


def test_skipped_rows_are_listed_and_counted(tmp_path, capsys):
    file = table(tmp_path / "votes.csv", EVENTS, [*camp_votes(), (1, "", 0, 0, 2), (1, "", "=1+1", 0, 1), (1, 2, 3)])
    out = tmp_path / "out"
    assert main(["opinion", str(file), "--mode", "polis", "--out", str(out), "--skip-bad-rows"]) == 0
    with (out / "rejected.csv").open(newline="") as text:
        found = list(csv.DictReader(text))
    assert [(r["line"], r["value"]) for r in found] == [("602", "2"), ("603", "'=1+1"), ("604", "1,2,3")]
    assert json.loads((out / "summary.json").read_text())["excluded"]["rows_rejected"] == 3
    assert "3 bad rows were left out" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", "nowhere.csv"])
def test_a_directory_and_a_file_that_is_not_there_are_refused(tmp_path, name, capsys):
    assert main(["opinion", str(tmp_path / name), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.startswith(("kurak: opinion.directory", "kurak: opinion.no-file"))


def test_a_folder_that_is_there_is_replaced_only_on_request_and_only_if_it_is_a_picture(tmp_path, votes_file, capsys):
    words = ["opinion", str(votes_file), "--mode", "polis", "--out", str(tmp_path / "out")]
    assert main(words) == 0
    assert main(words) == 2
    assert "--replace" in capsys.readouterr().err
    assert main([*words, "--replace"]) == 0
    (tmp_path / "out" / "summary.json").unlink()
    assert main([*words, "--replace"]) == 2
    assert (tmp_path / "out" / "participants.csv").exists()


def test_out_under_a_file_is_refused_before_anything_is_read(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["opinion", str(tmp_path / "missing.csv"), "--out", str(tmp_path / "file" / "a" / "out")]) == 2
    assert "opinion.out" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to the superuser")
def test_a_folder_that_is_closed_is_refused(tmp_path, votes_file, capsys):
    (tmp_path / "closed").mkdir(mode=0o500)
    assert main(["opinion", str(votes_file), "--out", str(tmp_path / "closed" / "out")]) == 2
    assert "opinion.out" in capsys.readouterr().err


def _fail_half_way(folder):
    (folder / "participants.csv").write_text("half")
    (folder / "statements.csv").write_text("\udc80", encoding="utf-8")


def test_when_writing_fails_neither_the_new_nor_a_half_of_it_stays(tmp_path, votes_file):
    out = tmp_path / "out"
    main(["opinion", str(votes_file), "--mode", "polis", "--out", str(out)])
    before = {f.name: f.read_bytes() for f in out.iterdir()}
    with pytest.raises(UnicodeEncodeError), folders.whole_folder(out) as beside:
        _fail_half_way(beside)
    assert {f.name: f.read_bytes() for f in out.iterdir()} == before
    assert sorted(f.name for f in tmp_path.iterdir()) == ["out", "votes.csv"]


def test_a_repeated_statement_and_an_unknown_moderation_are_bad_rows(tmp_path, votes_file, capsys):
    rows = [(1, 1, "a"), (1, 1, "b"), (2, "maybe", "c")]
    file = table(tmp_path / "comments.csv", ("comment-id", "moderated", "comment-body"), rows)
    words = ["opinion", str(votes_file), "--statements", str(file), "--out", str(tmp_path / "out")]
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "comments.csv, line 3, column 1 (comment-id): '1'" in said
    assert "comments.csv, line 4, column 2 (moderated): 'maybe'" in said


def test_a_person_in_two_groups_is_a_bad_row(tmp_path, votes_file, capsys):
    file = table(tmp_path / "groups.csv", ("participant", "group"), [(1, "a"), (1, "b")])
    assert main(["opinion", str(votes_file), "--groups", str(file), "--out", str(tmp_path / "out")]) == 2
    assert "participant 1 was in group 'a' before" in capsys.readouterr().err


def test_the_fast_reader_reads_what_the_exact_one_reads(votes_file):
    source = screened(votes_file)
    fast, exact = reading._at_once(source), reading._row_by_row(source, Rejected(), Progress(1))
    for name in ("participant", "statement", "value", "time"):
        assert getattr(fast, name).tolist() == getattr(exact, name).tolist()
        assert getattr(fast, name).dtype == getattr(exact, name).dtype


@pytest.mark.parametrize("row", ["1,,0,0,2", "1,,0,0, 1", "1,,0,0,+1", "1,,0,0,", "1,,0,007,1", "1,,0,0", "1,,0,0,1,1"])
def test_the_fast_reader_leaves_a_file_with_a_bad_row_to_the_exact_one(tmp_path, row):
    file = tmp_path / "votes.csv"
    file.write_text(HEADER + GOOD * 10 + row + "\n" + GOOD)
    assert reading._at_once(screened(file)) is None


def test_a_header_that_speaks_the_language_of_the_database_does_nothing(tmp_path):
    file = tmp_path / "votes.csv"
    file.write_text("\"x'}); copy (select 1) to 'evil'; --\",comment-id,voter-id,vote\n1,0,0,1\n")
    assert reading._at_once(screened(file)).value.tolist() == [1]
    assert [f.name for f in tmp_path.iterdir()] == ["votes.csv"]
