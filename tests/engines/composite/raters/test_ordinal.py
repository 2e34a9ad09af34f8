"""The ordinal model: finds what made the ratings, with intervals that hold as often as they say."""

from functools import cache

import numpy as np
import pytest
from scipy.stats import truncnorm

from kurak.engines.composite.problems import Unusable
from kurak.engines.composite.raters.ordinal import ordinal
from kurak.engines.composite.raters.ratings import gather
from tests.engines.composite.raters.simulated import raters


@cache
def fitted(seed, **settings):
    truth = raters(seed, cases=120, raters=12, strict=0.8)
    return truth, ordinal(truth.ratings, seed=seed, rounds=1200)


SEEDS = range(6)


def test_the_chains_tell_the_same():
    truth = raters(0)
    found = ordinal(truth.ratings)
    assert found.settled, (found.rhat, found.worth)


def test_intervals_hold_about_as_often_as_they_say():
    held = [
        np.mean((found.value_low <= truth.original) & (truth.original <= found.value_high))
        for truth, found in map(fitted, SEEDS)
    ]
    assert 0.61 <= np.mean(held) <= 0.75


def test_the_model_finds_the_places_better_than_plain_means():
    better = [
        np.corrcoef(found.point, truth.place)[0, 1] - np.corrcoef(truth.ratings.means, truth.place)[0, 1]
        for truth, found in map(fitted, SEEDS)
    ]
    assert min(better) > 0
    assert np.mean(better) > 0.01


def test_the_value_is_nearer_to_an_average_raters_than_the_plain_mean():
    for truth, found in map(fitted, SEEDS):
        plain = np.abs(truth.ratings.means - truth.original).mean()
        assert np.abs(found.value - truth.original).mean() < 0.95 * plain


def test_strict_and_reliable_raters_are_found():
    strict = [np.corrcoef(found.strictness, truth.strictness)[0, 1] for truth, found in map(fitted, SEEDS)]
    reliable = [np.corrcoef(found.reliability, truth.reliability)[0, 1] for truth, found in map(fitted, SEEDS)]
    assert np.mean(strict) > 0.85
    assert np.mean(reliable) > 0.4


def test_the_same_seed_gives_the_same_bytes():
    truth = raters(1, cases=20, raters=4, each=3)
    one, other = (ordinal(truth.ratings, seed=5, rounds=100) for _ in range(2))
    assert one.draws.tobytes() == other.draws.tobytes()


def test_a_case_that_only_strict_raters_saw_is_lifted():
    """Both cases got 2 throughout, but from raters who give one answer less than the others on the same cases."""
    rng = np.random.default_rng(0)
    level = np.clip(np.round(rng.normal(2.5, 1, 60)), 0, 4)
    shared = [(f"c{c}", r, max(0, level[c] - (r in "xyz"))) for c in range(60) for r in "abcxyz"]
    alone = [("by strict", r, 2) for r in "xyz"] + [("by others", r, 2) for r in "abc"]
    found = ordinal(gather(*zip(*(shared + alone), strict=True)), rounds=600)
    value = dict(zip(found.cases.tolist(), found.value, strict=True))
    assert value["by strict"] > value["by others"] + 0.5


def test_two_answers_are_enough():
    truth = raters(2, cases=80, raters=8, answers=2)
    found = ordinal(truth.ratings, rounds=600)
    assert np.corrcoef(found.point, truth.place)[0, 1] > 0.6
    assert set(found.likely) <= {0, 1}


def test_an_answer_that_nobody_gave_does_no_harm():
    truth = raters(3, cases=40, raters=6)
    found = ordinal(truth.ratings, answers=9, rounds=300)
    assert found.value.max() < 6


def test_vignettes_bridge_and_are_not_shown():
    truth = raters(4, cases=30, raters=5)
    found = ordinal(truth.ratings, vignettes=[0, 1, 2], rounds=200)
    assert found.cases.tolist() == list(range(3, 30))
    assert found.draws.shape[1] == len(found.value) == 27


def test_a_case_that_nobody_rated_stays_without_a_place():
    truth = raters(5, cases=10, raters=4, each=3).ratings
    wider = gather(truth.case, truth.rater, truth.code, among=range(11))
    found = ordinal(wider, rounds=100)
    assert np.isnan(found.value[10])
    assert found.likely[10] == -1


def test_groups_of_raters_have_thresholds_of_their_own():
    truth = raters(6, cases=60, raters=8)
    groups = {rater: "north" if rater < 4 else "south" for rater in range(8)}
    found = ordinal(truth.ratings, groups=groups, rounds=800)
    assert found.rhat < 1.1
    assert np.corrcoef(found.point, truth.place)[0, 1] > 0.8


def test_one_case_is_drawn_around_its_prior():
    found = ordinal(gather([0, 0, 0], ["a", "b", "c"], [1, 2, 1]), rounds=2000)
    assert found.low[0] < 0 < found.high[0]


def test_without_ratings_to_speak_of_reliability_is_its_prior():
    """One rating of one case says next to nothing of a rater: the median is that of N(1, 1) above 0."""
    found = ordinal(gather([0, 0, 0], ["a", "b", "c"], [0, 1, 1]), rounds=4000)
    assert found.reliability == pytest.approx(truncnorm.median(-1, np.inf, 1, 1), abs=0.12)


@pytest.mark.parametrize(
    ("codes", "answers", "code"),
    [([0.5, 1], None, "ratings.codes"), ([2, 2], None, "ratings.same"), ([0, 4], 4, "ratings.answers")],
)
def test_codes_that_are_no_answers_are_refused(codes, answers, code):
    with pytest.raises(Unusable) as refused:
        ordinal(gather([1, 2], ["a", "a"], codes), answers=answers)
    assert refused.value.problems[0].code == code
