"""Arrows of pace against those of a published report on the Sustainable Development Goals."""

import csv
import math
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kurak.engines.composite.pace import pace

pytestmark = pytest.mark.published

DATA = Path(__file__).parents[2] / "../shared/data/civic/sdg"
ARROW = {"↑": "up", "➚": "moderate", "→": "stagnating", "↓": "down"}


def rows(name):
    if not (DATA / name).exists():
        pytest.skip(f"the published goals are not here: {name}")
    with (DATA / name).open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


def number(cell):
    return float(cell) if cell else math.nan


@cache
def arrows():
    """How often each (found, published) pair of arrows occurs, where both ends of the window are given."""
    codes = {row["indicator"]: row for row in rows("sdr_2020_codebook.csv")}
    series = {(row["iso3"], row["indicator"], row["year"]): row["value"] for row in rows("sdr_2020_trend_series.csv")}
    found = Counter()
    for row in rows("sdr_2020_indicators_long.csv"):
        code = codes[row["indicator"]]
        first_year, _, last_year = code["trend_years"].partition(" - ")
        ends = [series.get((row["iso3"], row["indicator"], year), "") for year in (first_year, last_year)]
        if row["trend"] in ARROW and all(ends):
            better = 1 if number(code["optimum"]) > number(code["lower_bound"]) else -1
            years = {"first_year": int(first_year), "last_year": int(last_year)}
            one = pace(float(ends[0]), float(ends[1]), **years, goal=number(code["green"]), direction=better)
            found[str(one.arrow[0]), ARROW[row["trend"]]] += 1
    return found


def test_nearly_all_arrows_are_the_published_ones():
    assert sum(arrows().values()) > 8000
    assert sum(n for (found, published), n in arrows().items() if found == published) / sum(arrows().values()) > 0.955


def test_most_of_the_others_are_slow_declines_that_the_publisher_calls_stagnating():
    """The publisher's rule for these is not known; ours says what its text says."""
    others = {pair: n for pair, n in arrows().items() if pair[0] != pair[1]}
    assert others["down", "stagnating"] / sum(others.values()) > 0.6
