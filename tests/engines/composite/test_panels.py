"""Trends of series."""

import numpy as np
import pytest

from kurak.engines.composite.panels import cagr, percent_change, series, times, trends

YEARS = np.array([2018.0, 2019.0, 2020.0, 2022.0])


def test_growth_counts_years_not_rows():
    assert cagr(np.array([1.0, np.nan, np.nan, 16.0]), YEARS) == pytest.approx(1.0)


def test_growth_begins_and_ends_where_there_are_values():
    assert cagr(np.array([np.nan, 3.0, 6.0, np.nan]), YEARS) == pytest.approx(1.0)


@pytest.mark.parametrize("values", [[0.0, 1.0], [-1.0, 2.0], [np.nan, 5.0], [np.nan, np.nan]])
def test_what_can_not_grow_by_a_factor_has_no_rate(values):
    assert np.isnan(cagr(np.array(values), YEARS[:2]))


def test_two_negative_values_grow_by_their_factor():
    assert cagr(np.array([-1.0, -2.0]), YEARS[:2]) == pytest.approx(1.0)


def test_the_change_a_year_is_that_of_the_line_through_all_values():
    slope, start = np.polyfit(YEARS - 2018, [1.0, 4.0, 2.0, 7.0], 1)
    assert percent_change(np.array([1.0, 4.0, 2.0, 7.0]), YEARS) == pytest.approx(100 * slope / start)


def test_a_line_that_begins_at_zero_has_no_percentage():
    assert np.isnan(percent_change(np.array([0.0, 1.0, 2.0]), YEARS[:3]))


def test_series_come_in_the_order_of_time_whatever_the_rows():
    units, periods = np.array(["b", "a", "b"]), np.array(["2020", "2019", "2010"])
    assert [(unit, rows.tolist(), at.tolist()) for unit, rows, at in series(units, periods)] == [
        ("a", [1], [2019.0]),
        ("b", [2, 0], [2010.0, 2020.0]),
    ]
    assert trends(np.array([4.0, 1.0, 1.0]), units, periods)[1] == ("b", pytest.approx(4 ** (1 / 10) - 1))


def test_periods_that_are_no_numbers_have_their_places():
    assert times(np.array(["spring", "autumn", "spring"])).tolist() == [1.0, 0.0, 1.0]
