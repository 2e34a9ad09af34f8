"""Arrows as the platform computes them from brought data, against those of a published report."""

import csv
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from kurak.engines.composite import score, tabulate
from kurak.instruments.definitions.analysis import definition
from kurak.instruments.results.trends.analysis import moved

pytestmark = pytest.mark.published

DATA = Path(__file__).parents[2] / "../shared/data/civic/sdg"
ARROW = {"↑": "up", "➚": "moderate", "→": "stagnating", "↓": "down"}


def rows(name):
    if not (DATA / name).exists():
        pytest.skip(f"the published goals are not here: {name}")
    return [*csv.DictReader(StringIO((DATA / name).read_text(encoding="utf-8")))]


@cache
def found():
    """{(country, indicator): trend} by the edition as it is shipped."""
    declared = definition("sdg-index", "2020").declaration
    cells = {(row["iso3"], row["year"], row["indicator"]): row["value"] for row in rows("sdr_2020_trend_series.csv")}
    keys = sorted({(iso, year) for iso, year, _ in cells})
    wanted = {leaf.column for leaf in declared.leaves.values()} | {*declared.groups}
    columns = {name: [cells.get((*key, name)) or None for key in keys] for name in wanted}
    columns |= {f"goal_{n:02}_regional_score": [None] * len(keys) for n in range(1, 18)}
    columns |= {group: ["here"] * len(keys) for group in declared.groups}
    numbers = {
        name: [None if cell is None else float(cell) for cell in column] if name not in declared.groups else column
        for name, column in columns.items()
    }
    table = tabulate([iso for iso, _ in keys], numbers, [year for _, year in keys])
    return {(each.unit, each.node): each for each in moved(score(declared, table)) if each.arrow}


def test_arrows_are_nearly_all_the_published_ones():
    pairs = [
        (found()[row["iso3"], row["indicator"]].arrow, ARROW[row["trend"]])
        for row in rows("sdr_2020_indicators_long.csv")
        if row["trend"] in ARROW and (row["iso3"], row["indicator"]) in found()
    ]
    assert len(pairs) > 6000
    assert sum(ours == published for ours, published in pairs) / len(pairs) > 0.955
