"""How often the intervals of projections held: the last years of national series of two countries, held out."""

import csv
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.special import stdtr

from kurak.engines.progress import series
from kurak.engines.progress.projecting import SPREAD, to_scale, walk

pytestmark = pytest.mark.published

DATA = Path(__file__).parents[2] / "../shared/data/commitments/sdg"
FILES = {"kgz_national_sdg_2025.csv": "series", "kaz_national_sdg_2024.csv": "indicator"}
APART = ("year", "value", "indicator_file", "obs_status", "nature")  # the same series stands in several files
LEAST = 5  # values before those held out


@cache
def national(name):
    """{series and its breakdown: {year: value}} of the whole country."""
    if not (DATA / name).exists():
        pytest.skip(f"the national series are not here: {name}")
    found = {}
    with (DATA / name).open(newline="", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            whole = row.get("ref_area", "KG") == "KG" and "REF_AREA" not in row.get("breakdown", "")
            if whole and row["value"] and math.isfinite(float(row["value"])):
                key = tuple(cell for column, cell in row.items() if column not in APART)
                found.setdefault(key, {}).setdefault(int(row["year"][:4]), float(row["value"]))
    return found


def share(key):
    return any(cell == "PT" or "UNIT_MEASURE=PT" in cell.split(";") for cell in key)


def place(key, points, years):
    """Where in its predicted distribution the last value lies (0 … 1), the last `years` years held out."""
    last, before = max(points), [year for year in sorted(points) if year <= max(points) - years]
    if len(before) < LEAST or len(set(points.values())) < 2:
        return None
    low = 0.0 if min(points.values()) >= 0 else None
    high = 100.0 if low == 0 and share(key) and max(points.values()) <= 100 else None
    one = series(before, [points[year] for year in before], limits=(low, high))
    scale = "odds" if high else "log" if low == 0 and min(one.values) > 0 else "plain"
    if scale == "log" and points[last] == 0:
        return 0.0  # a value of zero lies outside every interval of the logarithm
    prior = SPREAD[scale] * (np.abs(one.values).mean() if scale == "plain" else 1.0)
    middle, spread, freedom = walk(one.times, to_scale(one.values, scale, one), last - before[-1], prior or 1e-9)
    return float(stdtr(freedom, (to_scale(np.array([points[last]]), scale, one)[0] - middle) / spread))


@cache
def places(years):
    found = [place(key, points, years) for name in FILES for key, points in national(name).items()]
    return np.array([each for each in found if each is not None])


def held(years, level):
    return float((np.abs(places(years) - 0.5) <= level / 2).mean())


@pytest.mark.parametrize("years", [1, 3, 5])
def test_intervals_hold_about_as_often_as_they_say(years):
    """What docs/explanation/progress-methods.md says; printed with -s."""
    shown = ", ".join(f"{level:.0%} held {held(years, level):.1%}" for level in (0.5, 0.8, 0.95))
    print(f"{years} years ahead, {len(places(years)):,} series: {shown}")
    assert len(places(years)) > 700
    assert 0.45 < held(years, 0.5) < 0.60
    assert 0.70 < held(years, 0.8) < 0.85
    assert 0.85 < held(years, 0.95) < 0.97


def test_a_one_in_ten_chance_comes_true_about_one_time_in_ten():
    for years in (1, 3, 5):
        assert 0.05 < (places(years) < 0.1).mean() < 0.15
        assert 0.05 < (places(years) > 0.9).mean() < 0.20
