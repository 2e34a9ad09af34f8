"""kurak index verify: published arrows against the series they were drawn from; long files that hold things twice."""

import json

import pytest

from kurak.cli.main import main
from tests.cli.conftest import table

OWN = """
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
tree: {code: all, children: [{code: dry, direction: down, trend: {goal: 0, by_year: 2030, first: 2015, last: 2020}}]}
verify:
  - name: long
    unit: iso3
    pivot: {item: what, take: {value: "{item}"}}
    published: {dry: dry_printed}
  - name: arrows
    unit: iso3
    pivot: {item: what, take: {arrow: "{item}.arrow"}, series: {period: year, take: {value: "{item}.{period}"}}}
    arrows: {column: "{code}.arrow", series: "{code}.{period}"}
    labels: {U: up, M: moderate, S: stagnating, D: down}
"""


@pytest.fixture
def wells(tmp_path):
    (own := tmp_path / "wells.yaml").write_text(OWN, encoding="utf-8")
    values = {"AAA": (30, 20), "BBB": (30, 25), "CCC": (30, 29), "DDD": (30, 31), "EEE": (30, "")}
    series = [(unit, year, "dry", value) for unit, both in values.items() for year, value in zip((2015, 2020), both)]  # noqa: B905
    return own, table(tmp_path / "series.csv", ("iso3", "year", "what", "value"), series)


def arrows(capsys, tmp_path, wells, printed):
    rows = [(unit * 3, "dry", arrow) for unit, arrow in zip("ABCDE", printed, strict=True)]
    path = table(tmp_path / "arrows.csv", ("iso3", "what", "arrow"), rows)
    code = main(["index", "verify", *map(str, (wells[0], path, wells[1])), "--json"])
    (found,) = json.loads(capsys.readouterr().out)["nodes"]
    return code, found


def test_arrows_follow_from_both_ends_of_a_series(capsys, tmp_path, wells):
    code, found = arrows(capsys, tmp_path, wells, "UMSDU")
    assert (code, found["rows"], found["nothing_published_below"]) == (0, 4, 1)


def test_a_wrong_arrow_is_named_with_its_line_and_how_far_it_is_off(capsys, tmp_path, wells):
    code, found = arrows(capsys, tmp_path, wells, "UMUDU")
    (off,) = found["off"]
    assert code == 1
    assert (off["unit"], off["period"], off["line"], off["computed"]) == ("CCC", "dry", 4, "stagnating")
    assert found["largest_error"] == 2


def test_an_item_that_a_long_file_holds_twice_is_refused_with_both_lines(capsys, tmp_path, wells):
    rows = [("AAA", "dry", 1), ("BBB", "dry", 2), ("AAA", "dry", 3)]
    path = table(tmp_path / "twice.csv", ("iso3", "what", "value"), rows)
    printed = table(tmp_path / "printed.csv", ("iso3", "dry_printed"), [("AAA", 1)])
    assert main(["index", "verify", *map(str, (wells[0], printed, path))]) == 2
    assert "twice.csv, line 4: AAA in dry is on line 2 already" in capsys.readouterr().err
