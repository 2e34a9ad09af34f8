"""kurak index: what there is, scores from a table, and a published index held to its components."""

import csv
import json
import os
import subprocess
import sys

import pytest

from kurak.cli.main import main

GAIN = [
    ("iso3", "gain", "rank", "vulnerability", "readiness"),
    ("KAZ", "59.5", "1", "0.35", "0.54"),
    ("MNG", "56", "2", "0.4", "0.52"),
    ("TJK", "47.5", "3", "0.45", "0.4"),
]
EIU = [
    ("iso3", "year", "electoral_process_pluralism", "functioning_of_government", "political_participation",
     "political_culture", "civil_liberties"),
    ("KGZ", "2020", "4.75", "2.93", "5.56", "3.13", "4.71"),
]  # fmt: skip


def index(*words):
    return main(["index", *map(str, words)])


def rows(path):
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


@pytest.fixture
def gain(tmp_path):
    return written(tmp_path / "gain.csv", GAIN)


def written(path, lines, separator=",", encoding="utf-8"):
    path.write_bytes("".join(separator.join(line) + "\n" for line in lines).encode(encoding))
    return path


def changed(lines, row, column, value):
    return [
        tuple(value if (i, name) == (row, column) else cell for name, cell in zip(GAIN[0], line, strict=True))
        for i, line in enumerate(lines)
    ]


def test_all_shipped_indexes_are_listed(capsys):
    assert index("list", "--json") == 0
    found = {each["id"]: each for each in json.loads(capsys.readouterr().out)}
    assert {"hfi-2020", "hfi-2021", "hfi-2022", "sdg-index-2020", "eiu-democracy-2010"} <= set(found)
    assert found["civic-space-proxy-2021"]["label"] == "proxy"


def test_one_is_shown_with_its_formula_sources_and_in_russian(capsys):
    assert index("show", "nd-gain", "--language", "ru") == 0
    shown = capsys.readouterr().out
    assert "50 * (readiness - vulnerability + 1)" in shown
    assert "Готовность к адаптации" in shown
    assert "https://gain.nd.edu" in shown


def test_an_index_that_follows_from_its_parts_holds(capsys, gain):
    assert index("verify", "nd-gain", gain) == 0
    assert "Held: 6 published values recomputed, none off." in capsys.readouterr().out


def test_a_wrong_score_does_not_hold_and_is_shown_with_its_line(capsys, tmp_path):
    wrong = written(tmp_path / "wrong.csv", changed(GAIN, 2, "gain", "56.1"))
    assert index("verify", "nd-gain", wrong) == 1
    assert "wrong.csv, line 3, column 2: MNG: published 56.1, computed 56" in capsys.readouterr().out


def test_a_wrong_rank_does_not_hold_either(capsys, tmp_path):
    wrong = written(tmp_path / "wrong.csv", changed(GAIN, 1, "rank", "9"))
    assert index("verify", "nd-gain", wrong, "--json") == 1
    ranks = json.loads(capsys.readouterr().out)["nodes"][1]
    assert [(each["unit"], each["published"], each["computed"]) for each in ranks["off"]] == [("KAZ", 9.0, 1.0)]


def test_scores_are_printed_best_known_first_hand(capsys, gain):
    assert index("score", "nd-gain", gain) == 0
    assert "KAZ" in (printed := capsys.readouterr().out)
    assert "59.5" in printed


def test_a_folder_of_scores_says_how_to_compute_it_again(tmp_path, gain, capsys):
    out = tmp_path / "scores"
    assert index("score", "nd-gain", gain, "--out", out) == 0
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert {p.name for p in out.iterdir()} >= {"scores.csv", "ranks.csv", "classes.csv", "reasons.csv", "result.json"}
    assert result["command"] == "kurak index score nd-gain gain.csv --out scores"
    assert len(result["declaration"]) == len(result["input"]) == len(result["files"][0]["sha256"]) == 64
    assert [(r["unit"], float(r["score"])) for r in rows(out / "scores.csv")] == [
        ("KAZ", pytest.approx(59.5)), ("MNG", pytest.approx(56)), ("TJK", pytest.approx(47.5)),
    ]  # fmt: skip


def test_the_same_command_gives_the_same_bytes_with_draws_too(tmp_path, gain):
    for name in ("a", "b"):
        assert index("score", "nd-gain", gain, "--draws", 50, "--seed", 7, "--out", tmp_path / name) == 0
    files = {p.name for p in (tmp_path / "a").iterdir()} - {"result.json"}
    assert "intervals.csv" in files
    assert all((tmp_path / "a" / f).read_bytes() == (tmp_path / "b" / f).read_bytes() for f in files)


def test_a_folder_that_is_there_is_left_alone(tmp_path, gain, capsys):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine")
    assert index("score", "nd-gain", gain, "--out", tmp_path / "there", "--replace") == 2
    assert (tmp_path / "there" / "mine.txt").read_text() == "mine"
    assert "holds something else" in capsys.readouterr().err


def test_decimal_commas_and_cyrillic_encodings_are_read_and_reported(tmp_path, capsys):
    lines = [tuple(cell.replace(".", ",") for cell in line) for line in GAIN]
    lines[1] = ("Казахстан", *lines[1][1:])
    found = written(tmp_path / "points.csv", lines, ";", "cp1251")
    assert index("verify", "nd-gain", found) == 0
    printed = capsys.readouterr().out
    assert "decimal commas were read as points" in printed
    assert "Windows-1251" in printed


@pytest.mark.parametrize(
    ("cell", "said"),
    [("lots", "'lots' in the column 'readiness' is not a value"), ("5.4", "must lie between 0 and 1")],
)
def test_a_bad_cell_is_named_with_file_line_and_column(tmp_path, capsys, cell, said):
    assert index("score", "nd-gain", written(tmp_path / "bad.csv", changed(GAIN, 2, "readiness", cell))) == 2
    told = capsys.readouterr().err
    assert "bad.csv, line 3, column 5" in told
    assert said in told


def test_a_unit_that_is_there_twice_is_named_with_both_lines(tmp_path, capsys):
    assert index("verify", "nd-gain", written(tmp_path / "twice.csv", [*GAIN, GAIN[1]])) == 2
    assert "twice.csv, line 5: KAZ is on line 2 already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("verify", "nd-gane", "x.csv"), "did you mean nd-gain"),
        (("verify", "nd-gain", "nowhere.csv"), "there is no file nowhere.csv"),
        (("show", "nowhere.yaml"), "nowhere.yaml cannot be read"),
    ],
)
def test_wrong_use_says_what_to_do(capsys, words, said):
    assert index(*words) == 2
    assert said in capsys.readouterr().err


def test_columns_that_are_missing_are_named(tmp_path, capsys):
    assert index("verify", "nd-gain", written(tmp_path / "few.csv", [("iso3", "gain"), ("KAZ", "59")])) == 2
    assert "readiness" in (told := capsys.readouterr().err)
    assert "vulnerability" in told
    assert index("score", "nd-gain", tmp_path / "few.csv") == 2
    assert "columns are missing that nd-gain needs: readiness, vulnerability" in capsys.readouterr().err


def test_a_file_of_ones_own_is_read_and_its_mistakes_have_lines(tmp_path, capsys):
    own = tmp_path / "own.yaml"
    own.write_text("format: 1\ncode: own\nedition: 1\nlable: exact\ntree: {code: a}\n", encoding="utf-8")
    assert index("show", own) == 2
    assert "own.yaml, line 4, column 1: there is no key 'lable' here. Did you mean 'label'." in capsys.readouterr().err


def test_a_workbook_is_read_like_a_table(tmp_path, capsys):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "gain.xlsx") as book:
        sheet = book.add_worksheet("scores")
        for i, line in enumerate(GAIN):
            sheet.write_row(i, 0, [cell if i == 0 or j == 0 else float(cell) for j, cell in enumerate(line)])
    assert index("verify", "nd-gain", tmp_path / "gain.xlsx") == 0


def test_several_years_give_trends_with_the_arrows_that_are_declared(tmp_path, capsys):
    assert index("show", "nd-gain", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    document["tree"]["trend"] = {"goal": 100, "by_year": 2030}
    (own := tmp_path / "own.json").write_text(json.dumps(document), encoding="utf-8")
    years = [
        ("iso3", "year", "vulnerability", "readiness"),
        ("KGZ", "2015", "0.4", "0.4"),
        ("KGZ", "2020", "0.4", "0.8"),
    ]
    assert index("score", own, written(tmp_path / "years.csv", years), "--out", tmp_path / "out") == 0
    (only,) = [each for each in rows(tmp_path / "out" / "trends.csv") if each["node"] == "gain"]
    assert (only["unit"], only["since"], only["until"], only["arrow"]) == ("KGZ", "2015", "2020", "up")


def test_a_path_needs_classes_a_unit_and_a_period_and_says_so(tmp_path, gain, capsys):
    assert index("path", "nd-gain", gain, "--of", "KAZ") == 2
    assert "has no classes" in capsys.readouterr().err
    eiu = written(tmp_path / "eiu.csv", EIU)
    assert index("path", "eiu-democracy", eiu, "--of", "KGZ") == 2
    assert "--in" in capsys.readouterr().err
    assert index("path", "eiu-democracy", eiu, "--of", "XXX", "--in", "2020") == 2
    capsys.readouterr()
    assert index("path", "eiu-democracy", eiu, "--of", "KGZ", "--in", "2020") == 0
    assert "to flawed" in capsys.readouterr().out


def test_what_is_from_memory_says_so_in_the_terminal_too(capsys):
    assert index("show", "ogp-eligibility") == 0
    shown = capsys.readouterr().out.splitlines()
    said = {
        code: next(line for line in shown if line.strip().startswith(f"{code}:")) for code in ("engagement", "fiscal")
    }
    assert [line.endswith("(from memory)") for line in said.values()] == [True, False]


def test_the_command_needs_no_platform(gain):
    """In a process of its own, for here Django is set up: whatever the command imports may not need settings."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    words = [sys.executable, "-m", "kurak.cli.main", "index", "verify", "nd-gain", str(gain)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
