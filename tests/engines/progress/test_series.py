"""Series and targets are checked where they are made; what is wrong is named with its place and what to do."""

import pytest

from kurak.engines.progress import Target, Unusable, path_at, series

INF = float("inf")


@pytest.mark.parametrize(
    ("years", "values", "more", "says"),
    [
        ([2015, 2015, 2016], [1, 2, 3], {}, "dams.2015: the year 2015 is there 2 times. Keep one value a year"),
        ([2015, 2016], [1, INF], {}, "dams.2016: the value is infinite, or beyond 1e100. Leave it empty"),
        ([2015, 2016], [1, -1e101], {}, "dams.2016: the value is infinite, or beyond 1e100"),
        ([2015, float("nan")], [1, 2], {}, "dams.1: the year is missing"),
        ([2015, 2016], [1], {}, "dams: there are 2 years and 1 values. Give one value for each year"),
        ([2015], [1], {"direction": 0}, "dams.direction: the direction is 0. Give 1 where more is better"),
        ([2015], [101], {"limits": (0, 100)}, "dams.2015: the value 101 is outside the natural limits 0 to 100"),
        ([2015], [1], {"limits": (100, 0)}, "dams.limits: .* Give the lower one first"),
        ([2015], [1], {"kind": "share"}, "dams.kind: the kind is 'share'. Give one of level, parity, growth"),
    ],
)
def test_what_is_wrong_is_named(years, values, more, says):
    with pytest.raises(Unusable, match=says):
        series(years, values, name="dams", **more)


def test_everything_that_is_wrong_is_listed():
    with pytest.raises(Unusable) as wrong:
        series([2015, 2015], [INF, 1], direction=2)
    assert len(wrong.value.problems) == 3


def test_years_are_sorted_and_missing_values_left_out():
    found = series([2018, 2016, 2017], [3, float("nan"), 2])
    assert (found.times.tolist(), found.values.tolist()) == ([2017, 2018], [2, 3])


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"value": INF}, "not finite"),
        ({"value": 1, "year": 2015}, "the target year 2015 is not after the base year 2015"),
        ({"value": 1, "base": "first"}, "base is one of from, exact, until"),
        ({"value": 1, "path": ((2025, 1), (2020, 2))}, "do not increase"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(given, says):
    with pytest.raises(Unusable, match=says):
        Target(**given)


def test_the_path_runs_straight_between_interim_targets():
    target = Target(value=10, year=2030, path=((2020, 30), (2025, 20)))
    assert [path_at(target, year) for year in (2019, 2020, 2023, 2028, 2031)] == [None, 30, 24, 14, 10]
    assert path_at(target, 2017.5, base=(2015, 50)) == 40
