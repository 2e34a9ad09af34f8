"""The pace towards a goal: arrows with their sides of equality."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurak.engines.composite.declaration import Trend
from kurak.engines.composite.pace import ARROWS, pace, paces

WINDOW = {"first_year": 2015, "last_year": 2020, "goal": 100.0}


def arrow(first, last, **more):
    return pace(first, last, **{**WINDOW, **more}).arrow[0]


@pytest.mark.parametrize(
    ("last", "says"),
    [
        (100, "up"),
        (120, "up"),
        (60, "up"),
        (59, "moderate"),
        (50, "moderate"),
        (49, "stagnating"),
        (40, "stagnating"),
        (39, "down"),
    ],
)
def test_arrows_compare_the_pace_with_the_one_needed_from_the_first_year(last, says):
    assert arrow(40, last) == says


def test_the_last_bit_does_not_decide():
    assert arrow(0.0, 1 / 3 * (1 - 1e-15), goal=1.0) == "up"


def test_a_goal_that_is_kept_is_up_even_when_the_value_falls():
    assert arrow(120, 110) == "up"


def test_a_goal_that_was_lost_is_down():
    assert arrow(120, 90) == "down"


def test_where_less_is_better_falling_is_progress():
    assert arrow(40, 20, goal=5.0, direction=-1) == "up"
    assert arrow(40, 41, goal=5.0, direction=-1) == "down"


def test_what_is_not_known_has_no_arrow():
    assert arrow(np.nan, 50) == arrow(40, np.nan) == arrow(40, 50, last_year=2015) == ""
    assert arrow(40, 50, first_year=2030, last_year=2031) == ""


def test_the_year_of_the_goal_sets_the_pace():
    assert arrow(40, 60, by_year=2020) == "stagnating"
    assert arrow(40, 60, by_year=2060) == "up"


@given(first=st.floats(-100, 99), a=st.floats(-200, 200), b=st.floats(-200, 200))
def test_a_better_last_value_never_has_a_worse_arrow(first, a, b):
    low, high = sorted([a, b])
    assert ARROWS.index(arrow(first, low)) <= ARROWS.index(arrow(first, high))


def test_declared_years_bound_the_window_and_a_gap_there_has_no_arrow():
    units, periods = np.array(["a"] * 3 + ["b"] * 2), np.array(["2014", "2015", "2019", "2015", "2018"])
    values = np.array([9.0, 1.0, 3.0, 1.0, 3.0])
    assert paces(values, units, periods, Trend(7.0, 2030, 2015, 2019)).arrow.tolist() == ["up", ""]
    assert paces(values, units, periods, Trend(7.0, 2030)).arrow.tolist() == ["down", "up"]


def test_a_series_without_values_has_no_arrow():
    assert paces(np.array([np.nan]), np.array(["a"]), np.array(["2015"]), Trend(7.0, 2030)).arrow.tolist() == [""]
