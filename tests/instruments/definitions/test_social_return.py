"""Social return on investment: a range, up to three outcomes, up to five years."""

from __future__ import annotations

import numpy as np
import pytest

from kurak.instruments.definitions.analysis import definition
from tests.instruments.definitions.test_own_instruments import scored

SECOND = {"quantity_2": 10, "proxy_2": 500, "deadweight_2": 0, "displacement_2": 0, "attribution_2": 0, "drop_off_2": 0,
          "years_2": 1}  # fmt: skip


def slowly(quantity, proxy, deadweight, displacement, attribution, drop_off, years, rate) -> float:
    """The value of an outcome, year by year."""
    impact = quantity * proxy * (1 - deadweight) * (1 - displacement) * (1 - attribution)
    value = 0.0
    for year in range(1, years + 1):
        value += impact / (1 + rate) ** year
        impact *= 1 - drop_off
    return value


def test_the_worked_check_is_1_61_between_1_15_and_1_84():
    found = scored("sroi").scores
    assert [round(float(found[name][0]), 2) for name in ("ratio_low", "ratio", "ratio_high")] == [1.15, 1.61, 1.84]


@pytest.mark.parametrize("years", [1, 2, 3, 4, 5])
def test_every_number_of_years_equals_the_sum_year_by_year(years):
    found = scored("sroi", {"years_1": years}).scores["value_1"][0]
    assert found == pytest.approx(slowly(40, 1200, 0.3, 0.05, 0.2, 0.25, years, 0.12), rel=1e-12)


def test_a_second_outcome_adds_its_value():
    found = scored("sroi", {}, SECOND).scores["ratio"]
    assert found[1] - found[0] == pytest.approx(10 * 500 / 1.12 / 30_000)


def test_an_outcome_that_was_begun_and_not_finished_gives_no_ratio():
    found = scored("sroi", {**SECOND, "proxy_2": None})
    assert np.isnan(found.scores["ratio"][0])


def test_without_other_limits_the_range_is_the_middle():
    found = scored("sroi", {"deadweight_low_1": None, "deadweight_high_1": None}).scores
    assert found["ratio_low"][0] == found["ratio"][0] == found["ratio_high"][0]


def test_doubts_widen_the_range_on_both_sides():
    found = scored("sroi", {"proxy_doubt": 25, "attribution_doubt": 10}).scores
    known = scored("sroi").scores
    assert found["ratio_low"][0] == pytest.approx(known["ratio_low"][0] * 0.75 * 0.7 / 0.8)
    assert found["ratio_high"][0] == pytest.approx(known["ratio_high"][0] * 1.25 * 0.9 / 0.8)


def test_it_says_that_it_is_a_stand_in_and_not_for_ranking():
    document = definition("sroi").document
    assert document["label"]["is"] == "proxy"
    assert any("Do not rank" in note["text"]["en"] for note in document["notes"])
    assert "classes" not in document
