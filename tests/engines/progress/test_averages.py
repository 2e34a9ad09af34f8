"""Averages over series: what counts, what weighs, what is not averaged."""

import pytest

from kurak.engines.progress import Target, Verdict, judge, judge_all, series
from kurak.engines.progress.averages import (
    open_sdg_average,
    sdg_index_colour,
    sdg_index_score,
    sdg_index_trend,
    unescap_average,
)


def verdict(score, step="too-slow", **inputs):
    status = None if step == "cannot-be-judged" else "some"
    return Verdict("any", status, step, score, 2, 2015.0, 2020.0, inputs)


@pytest.mark.parametrize(
    ("scores", "word"),
    [([2.5], "substantial"), ([2.4], "moderate"), ([5, -5], "moderate"), ([-2.5], "limited"), ([-2.6], None)],
)
def test_open_sdg_cuts_the_mean(scores, word):
    found = open_sdg_average([verdict(score) for score in scores])
    assert found.status == (f"{word}-progress" if word else "deterioration")


def test_one_series_that_has_not_achieved_is_enough_for_not_achieved():
    met, on_track = verdict(5.0, "achieved"), verdict(5.0, "on-track")
    assert open_sdg_average([met, met]).status == "target-achieved"
    assert open_sdg_average([met, on_track]).status == "substantial-progress"


def test_what_cannot_be_judged_is_counted_and_not_averaged():
    found = open_sdg_average([verdict(4.0), verdict(None, "cannot-be-judged")])
    assert (found.score, found.n, found.of) == (4.0, 1, 2)
    for average in (open_sdg_average, sdg_index_trend, sdg_index_score):
        assert average([]).score is average([]).status is None


@pytest.mark.parametrize(("ratio", "score"), [(1.0, 2.8572), (0.6, 0.0), (0.3, -1.25), (0.0, -2.5), (-0.3, -3.75)])
def test_the_score_of_open_sdg_follows_its_ratio(ratio, score):
    needed = 2 ** (1 / 15) - 1
    one = series([2015, 2020], [50.0, 50 * (1 + ratio * needed) ** 5])
    assert judge(one, Target(100), method="open-sdg").score == pytest.approx(score, abs=1e-3)


@pytest.mark.parametrize(("growth", "score"), [(0.02, 5.0), (0.015, 2.5), (0.01, 1.25), (0.004, -0.5), (-0.02, -5.0)])
def test_the_score_of_open_sdg_without_a_target_follows_growth(growth, score):
    one = series([2015, 2020], [50.0, 50 * (1 + growth) ** 5])
    assert judge(one, method="open-sdg").score == pytest.approx(score, abs=1e-9)


def test_an_indicator_of_unescap_weighs_one_however_many_series_it_has():
    found = unescap_average([verdict(score) for score in (0.0, 0.0, 0.0, 10.0)], ["a", "a", "a", "b"])
    assert (found.score, found.n) == (5.0, 4)


def test_trend_and_score_of_the_sdg_index():
    one = series([2015, 2018, 2022], [40.0, 50.0, 60.0])
    found = judge_all(one, Target(100, worst=20)).verdicts["sdg-index"]
    assert (found.score, found.inputs["ratio"], found.inputs["trend"]) == (50.0, 0.625, 2.25)
    assert sdg_index_trend([found]).status == "moderately-improving"
    assert sdg_index_score([found, found]).score == 50.0


@pytest.mark.parametrize(
    ("ratings", "colour"),
    [([0, 0.4], "red"), ([0, 0.6], "orange"), ([2.5, 2.6], "green"), ([2.4, 3], "yellow"), ([0], "red"), ([], None)],
)
def test_the_two_worst_give_a_goal_its_colour(ratings, colour):
    assert sdg_index_colour(ratings) == colour
