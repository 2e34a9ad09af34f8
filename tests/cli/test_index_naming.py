"""kurak index verify: columns that are called a little otherwise, and files of several years."""

import csv
import json

import pytest

from kurak.cli.main import main
from tests.cli.conftest import table

ROWS = [("AAA", 0.6, 0.4, 60), ("BBB", 0.5, 0.4, 55)]


def verified(capsys, *words):
    code = main(["index", "verify", "nd-gain-2025-03", *map(str, words), "--json"])
    printed = capsys.readouterr()
    return code, json.loads(printed.out) if code < 2 else printed.err


@pytest.mark.parametrize("unit", ["iso3", "ISO3", "country_text_id", "Country"])
def test_another_usual_name_of_the_unit_is_read_and_reported(tmp_path, capsys, unit):
    path = table(tmp_path / "gain.csv", (unit, "Readiness", "vulnerability", "gain"), ROWS)
    code, found = verified(capsys, path)
    assert (code, found["nodes"][0]["rows"]) == (0, 2)
    assert "the column 'Readiness' was read as 'readiness'" in found["files"][0]["notes"]
    assert (f"the column {unit!r} was read as 'iso3'" in found["files"][0]["notes"]) == (unit != "iso3")


def test_an_unusual_name_of_the_unit_is_named_by_hand(tmp_path, capsys):
    path = table(tmp_path / "gain.csv", ("state", "readiness", "vulnerability", "gain"), ROWS)
    assert verified(capsys, path)[0] == 2
    assert verified(capsys, path, "--unit", "state")[0] == 0
    assert "there is no column 'stat'" in verified(capsys, path, "--unit", "stat")[1]


def test_a_file_of_several_years_is_read_by_year_though_the_layout_knows_none(tmp_path, capsys):
    rows = [(*row, year) for year in (2023, 2024) for row in ROWS]
    path = table(tmp_path / "gain.csv", ("iso3", "readiness", "vulnerability", "gain", "year"), rows)
    code, found = verified(capsys, path)
    assert (code, found["nodes"][0]["rows"]) == (0, 4)


def test_a_file_of_one_year_needs_no_column_of_years(tmp_path, capsys):
    path = table(tmp_path / "scores.csv", ("iso3", "score", "rating"), [("KGZ", 40, "Repressed")])
    assert main(["index", "verify", "civicus-class", str(path)]) == 0


OWN = """
format: 1
code: own
edition: 1
dated: 2026-01-01
title: Own
about: Own
kind: index
units: country
label: exact
sources: [{code: a, title: A}]
ranks: {digits: 3}
tree: {code: own, formula: x}
inputs: [{code: x}]
verify: [{name: own, unit: unit, published: {own: y}, rank: {own: rank}, compare: published, tolerance: {own: 1}}]
"""


@pytest.mark.parametrize(("ranks", "off", "tied"), [((1, 2, 3), 0, 1), ((1, 3, 2), 0, 1), ((2, 2, 1), 2, 0)])
def test_a_rank_inside_a_tie_of_printed_scores_is_not_off(tmp_path, capsys, ranks, off, tied):
    (own := tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    rows = [("A", 9, 9, ranks[0]), ("B", 5, 5, ranks[1]), ("C", 5, 5, ranks[2])]
    path = table(tmp_path / "own.csv", ("unit", "x", "y", "rank"), rows)
    code = main(["index", "verify", str(own), str(path), "--json"])
    found = json.loads(capsys.readouterr().out)["nodes"][1]
    assert (code, len(found["off"]), found["inside_ties_of_printed_scores"]) == (int(off > 0), off, tied)


def test_a_row_without_a_unit_is_left_out_and_named(tmp_path, capsys):
    rows = [*ROWS, ("", 0.5, 0.4, 99)]
    path = table(tmp_path / "gain.csv", ("iso3", "readiness", "vulnerability", "gain"), rows)
    code, found = verified(capsys, path)
    assert (code, found["nodes"][0]["rows"]) == (0, 2)
    assert found["files"][0]["notes"] == ["without a unit in 'iso3', so left out: line 4"]


def test_no_unit_in_any_row_says_so(tmp_path, capsys):
    path = table(tmp_path / "gain.csv", ("iso3", "readiness", "vulnerability", "gain"), [("", 0.5, 0.4, 55)])
    code, told = verified(capsys, path)
    assert (code, "no row says in the column 'iso3' which unit it is about" in told) == (2, True)


def test_a_published_text_that_is_no_figure_is_named_and_a_dash_is_none(tmp_path, capsys):
    rows = [("AAA", 0.6, 0.4, "-"), ("BBB", 0.5, 0.4, "fifty")]
    path = table(tmp_path / "gain.csv", ("iso3", "readiness", "vulnerability", "gain"), rows)
    code, told = verified(capsys, path)
    assert code == 2
    assert "gain.csv, line 3, column 4: 'fifty' is no figure" in told
    assert "line 2" not in told


def scores(capsys, tmp_path, index, *files):
    out = tmp_path / "scores"
    assert main(["index", "score", index, *map(str, files), "--out", str(out)]) == 0, capsys.readouterr().err
    with (out / "scores.csv").open(encoding="utf-8", newline="") as text:
        return {row["unit"]: row["score"] for row in csv.DictReader(text)}


def test_files_that_call_units_otherwise_are_joined_for_scores(tmp_path, capsys):
    one = table(tmp_path / "a.csv", ("iso3", "year", "readiness"), [("KAZ", 2020, 0.5)])
    two = table(tmp_path / "b.csv", ("Country", "Year", "vulnerability"), [("KAZ", 2020, 0.5)])
    assert scores(capsys, tmp_path, "nd-gain", one, two) == {"KAZ": "50.0"}


LONG = """
format: 1
code: wells
edition: 1
dated: 2026-01-01
title: Wells
about: Wells
kind: index
units: country
label: exact
sources: [{code: a, title: A}]
tree: {code: all, children: [{code: deep}, {code: clean}, {code: nobody_has_it}]}
verify: [{name: long, unit: iso3, pivot: {item: what, take: {value: "{item}"}}, published: {all: printed}}]
"""


def test_a_long_file_is_turned_for_scores_and_what_nobody_has_is_missing(tmp_path, capsys):
    (own := tmp_path / "wells.yaml").write_text(LONG, encoding="utf-8")
    rows = [("KAZ", "deep", 1), ("KAZ", "clean", 3), ("KGZ", "deep", 5)]
    path = table(tmp_path / "long.csv", ("iso3", "what", "value"), rows)
    assert scores(capsys, tmp_path, str(own), path) == {"KAZ": "2.0", "KGZ": "5.0"}


def test_a_file_that_gives_the_score_itself_leaves_nothing_to_compute_and_says_what_is_missing(tmp_path, capsys):
    path = table(
        tmp_path / "eiti.csv", ("iso3", "decision_year", "kind", "score", "result"), [("KGZ", 2024, "score", 57.5, "")]
    )
    assert main(["index", "score", "eiti-2021", str(path)]) == 2
    assert "needs: 1.1, 1.2" in capsys.readouterr().err
