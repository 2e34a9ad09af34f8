"""Shares, pace and variance, worked out by hand."""

import pytest

from kurak.commitments.budgets import analysis
from tests.factories.budgets import a_budget

pytestmark = pytest.mark.django_db
HEADER = "code,title,approved," + ",".join(f"m{month:02}" for month in range(1, 13))


def spent(*months: int) -> str:
    return ",".join(str(each) for each in months) + "," * (12 - len(months))


def test_a_line_whose_spending_is_not_known_is_left_out_of_the_share():
    budget = a_budget("1,A,,,,,,100,,50", "2,B,,,,,,900,,")
    whole = analysis.total(list(budget.lines.all()))
    assert (whole.of_adjusted, whole.unknown, whole.approved) == (0.5, 1, 1000)


def test_the_pace_is_held_against_earlier_years():
    last = a_budget(f"1,A,100,{spent(0, 0, 0, 0, 0, 20, 20, 20, 20, 20, 20, 80)}", header=HEADER, year=2024)
    now = a_budget(f"1,A,100,{spent(5, 5, 5, 5, 5, 30)}", header=HEADER)
    pace = analysis.pace(now, [last])
    assert (pace.month, pace.share, pace.expected, pace.years) == (6, 0.3, 0.25, (2024,))


def test_a_year_with_a_gap_is_no_ground_for_an_expectation():
    last = a_budget("1,A,100,5,5", header="code,title,approved,m01,m02", year=2024)
    now = a_budget(f"1,A,100,{spent(5, 5, 30)}", header=HEADER)
    pace = analysis.pace(now, [last])
    assert (pace.expected, pace.years) == (0.25, ())


def test_pefa_needs_three_whole_years_and_leaves_contingency_out():
    years = [a_budget("1,A,,01.1,211,,,60,,50", "2,B,,04.5,221,,,40,,50", "3,C,,01.6,282,,contingency,10,,4", year=year)
             for year in (2023, 2024, 2025)]  # fmt: skip
    found = {each.indicator: each for each in analysis.judged(years)}
    assert [round(value, 6) for value in found["PI-2.1"].values.values()] == [0.2, 0.2, 0.2]
    assert (found["PI-2.1"].letter, found["PI-2.1"].verified) == ("D", True)
    assert (found["PI-1"].letter, found["PI-1"].verified) == ("B" if 104 / 110 < 0.95 else "A", False)
    assert round(found["PI-2.3"].values[2025], 6) == round(4 / 110, 6)
    assert {each.letter for each in analysis.judged(years[:2])} == {""}


def test_an_unfinished_year_is_not_judged():
    budget = a_budget("1,A,100,5,6", header="code,title,approved,m01,m02")
    assert all(not each.values for each in analysis.judged([budget]))


def test_the_interval_of_a_share_holds_it():
    low, high = analysis.interval(15, 20)
    assert low < 0.75 < high
