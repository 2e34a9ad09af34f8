"""The worked example of docs/how-to/judge-progress.md is what the command prints."""

import csv
from pathlib import Path

import pytest

from kurak.cli.main import main

pytestmark = pytest.mark.published

ROOT = Path(__file__).parents[2]
DATA = ROOT / "../shared/data/commitments/sdg/kgz_national_sdg_2025.csv"
PAGE = ROOT / "docs/how-to/judge-progress.md"


def poverty():
    """The national poverty line, whole country, everybody."""
    with DATA.open(newline="", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            whole = row["ref_area"] == "KG" and not row["other_dims"]
            everybody = {row["sex"], row["age"], row["urbanisation"]} == {"_T"}
            if row["series"] == "_L_KG_010201_1A" and whole and everybody:
                yield ("poverty", row["year"], row["value"], "%", "down", "11.5", "0..100", "analyst-set")


def test_the_example_of_the_page_is_what_the_command_prints(tmp_path, capsys):
    if not DATA.exists():
        pytest.skip(f"the national series are not here: {DATA.name}")
    head = ("series", "year", "value", "unit", "direction", "target", "limit", "target_kind")
    with (tmp_path / "poverty.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *poverty()])
    assert main(["progress", str(tmp_path / "poverty.csv"), "--now", "2025"]) == 0
    assert capsys.readouterr().out in PAGE.read_text(encoding="utf-8")
