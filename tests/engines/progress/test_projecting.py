"""Projections: against an obvious simulation, within natural limits, and honest where little is known."""

import numpy as np
import pytest

from kurak.engines.progress import Target, project, series
from kurak.engines.progress.projecting import DRIFT_YEARS, from_scale, to_scale, walk

GROWING = [50.0, 52, 55, 57, 58, 61, 63, 64]


def of(values, **more):
    return series(range(2015, 2015 + len(values)), values, **more)


def test_the_walk_is_the_posterior_of_drift_and_spread_drawn_one_by_one():
    """Slow and obvious: draw the variance, then the drift given it, then where the walk ends."""
    times, y, prior, ahead = np.array([2010.0, 2012, 2013, 2017]), np.array([0.0, 0.3, 0.2, 0.9]), 0.1, 6.0
    gaps, changes, r = np.diff(times), np.diff(y), np.random.default_rng(7)
    heavy = gaps.sum() + DRIFT_YEARS
    mean = changes.sum() / heavy
    squares = prior**2 + ((changes - mean * gaps) ** 2 / gaps).sum() + DRIFT_YEARS * mean**2
    variance = squares / r.chisquare(1 + len(changes), 400_000)
    drift = r.normal(mean, np.sqrt(variance / heavy))
    end = y[-1] + r.normal(drift * ahead, np.sqrt(variance * ahead))
    middle, scale, freedom = walk(times, y, ahead, prior)
    assert np.quantile(end, 0.5) == pytest.approx(middle, abs=0.01)
    assert np.quantile(end, 0.9) == pytest.approx(middle + scale * 1.5332, abs=0.02)  # t with 4 degrees of freedom
    assert freedom == 4


@pytest.mark.parametrize("limits", [(0, 100), (0, None), (None, None)])
def test_scales_there_and_back(limits):
    one = of(GROWING, limits=limits)
    for scale in {(0, 100): ["odds"], (0, None): ["log"], (None, None): ["plain"]}[limits]:
        assert from_scale(to_scale(one.values, scale, one), scale, one) == pytest.approx(one.values)


def test_a_wider_interval_holds_a_narrower_one_and_the_middle():
    wide, narrow = (project(of(GROWING), Target(80), level=level) for level in (0.95, 0.5))
    assert wide.low < narrow.low < narrow.middle < narrow.high < wide.high


def test_shares_stay_between_0_and_100():
    found = project(of([2.0, 9, 40, 80, 97], limits=(0, 100)), Target(100.0))
    assert 0 <= found.low <= found.middle <= found.high <= 100
    assert 0 < found.met < 1


def test_what_cannot_fall_below_zero_does_not():
    found = project(of([9.0, 5, 2, 0.5], direction=-1, limits=(0, None)), Target(0.1))
    assert found.scale == "log"
    assert found.low > 0
    assert project(of([9.0, 5, 0, 0], direction=-1, limits=(0, None)), Target(0.1)).low == 0


def test_a_target_beyond_a_natural_limit_is_never_met():
    assert project(of(GROWING, limits=(0, 100)), Target(101)).met == 0
    assert project(of(GROWING[::-1], limits=(0, 100), direction=-1), Target(-1)).met == 0


def test_an_easier_target_is_more_likely_met_in_both_directions():
    up = [project(of(GROWING), Target(goal)).met for goal in (60, 75, 90, 200)]
    down = [project(of(GROWING[::-1], direction=-1), Target(goal)).met for goal in (60, 40, 30, -50)]
    assert up == sorted(up, reverse=True)
    assert down == sorted(down, reverse=True)
    assert up[0] > 0.9 > 0.1 > up[-1]


def test_the_probability_and_the_interval_say_the_same():
    found = project(of(GROWING, limits=(0, 100)), Target(80), level=0.8)
    assert project(of(GROWING, limits=(0, 100)), Target(found.high)).met == pytest.approx(0.1)
    assert project(of(GROWING, limits=(0, 100)), Target(found.middle)).met == pytest.approx(0.5)


def test_a_constant_is_not_known_for_ever():
    found = project(of([5.0] * 6), Target(9))
    assert found.low < 5.0 < found.high
    assert 0 < found.met < 0.1


def test_longer_ahead_is_less_certain():
    near, far = (project(of(GROWING), Target(80, year)) for year in (2025, 2040))
    assert far.high - far.low > near.high - near.low


def test_parity_is_met_inside_its_tolerance():
    one = of([0.9, 0.95, 0.99, 1.0], kind="parity")
    met = [project(one, Target(1.0, tolerance=width)).met for width in (0.0, 0.03, 0.3)]
    assert met[0] == 0 < met[1] < met[2] < 1


@pytest.mark.parametrize(
    ("values", "target", "now", "why"),
    [
        ([1.0, 2.0], Target(3), None, "few-values"),
        ([1.0, 2.0, 3.0], Target(3), 2023, "stale"),
        ([1.0, 2.0, 3.0], Target(3, 2017), None, "target-year-passed"),
    ],
)
def test_where_there_is_no_projection_it_says_why(values, target, now, why):
    found = project(of(values), target, now=now)
    assert (found.reason, found.met, found.middle) == (why, None, None)
    assert found.because


def test_without_a_target_there_is_an_interval_and_no_probability():
    found = project(of(GROWING), Target())
    assert found.met is None
    assert found.low < found.high
