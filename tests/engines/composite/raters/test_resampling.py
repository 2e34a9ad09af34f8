"""Plain means with intervals from resampling, and by Student's t where raters are few."""

import numpy as np
import pytest
from scipy import stats

from kurak.engines.composite.raters.ratings import gather
from kurak.engines.composite.raters.resampling import resampled


def rated(seed, cases, each):
    """Every case by raters of its own."""
    rng = np.random.default_rng(seed)
    place = rng.normal(5, 2, cases)
    codes = place[:, None] + rng.normal(0, 1, (cases, each))
    return place, gather(np.repeat(np.arange(cases), each), np.arange(cases * each), codes.ravel())


@pytest.mark.parametrize("each", [2, 5, 10, 15])
@pytest.mark.parametrize("share", [0.68, 0.9])
def test_intervals_hold_about_as_often_as_they_say(each, share):
    held = []
    for seed in range(30):
        place, ratings = rated(seed, 20, each)
        found = resampled(ratings, share=share)
        held.append(np.mean((found.low <= place) & (place <= found.high)))
    assert share - (0.06 if each >= 10 else 0.04) <= np.mean(held) <= share + 0.04


def test_a_single_case_of_few_raters_has_the_interval_of_the_textbook():
    found = resampled(gather(["x"] * 3, list("abc"), [1.0, 2.0, 6.0]), share=0.9)
    low, high = stats.t.interval(0.9, 2, loc=3, scale=stats.sem([1, 2, 6]))
    assert (found.low[0], found.high[0]) == pytest.approx((low, high))
    assert found.by_t.all()


def test_draws_of_many_raters_spread_as_their_mean_does():
    codes = np.arange(12.0)
    found = resampled(gather(["x"] * 12, range(12), codes), draws=20_000)
    assert not found.by_t.any()
    assert found.draws.std() == pytest.approx(stats.sem(codes), rel=0.02)
    assert found.draws.mean() == pytest.approx(5.5, abs=0.03)


def test_a_strict_rater_is_strict_in_all_cases_of_a_draw():
    """Whoever weighs much in one case does so in the other: the two move together."""
    codes = [0] * 4 + [5] * 8
    found = resampled(gather(["x"] * 12 + ["y"] * 12, [*range(12)] * 2, codes * 2))
    assert np.corrcoef(found.draws.T)[0, 1] > 0.999


def test_one_rater_has_no_interval():
    found = resampled(gather(["x", "y"], ["a", "a"], [1, 2]))
    assert found.value.tolist() == [1, 2]
    assert np.isnan(found.low).all()
    assert (found.draws == [1, 2]).all()


def test_nobody_at_all_gives_nothing():
    found = resampled(gather(["x"], ["a"], [np.nan]))
    assert np.isnan(found.value).all()
    assert np.isnan(found.draws).all()
