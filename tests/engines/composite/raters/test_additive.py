"""The additive model: equal to the textbook's solution, finds what made the ratings, and its intervals hold."""

from functools import cache

import numpy as np
import pytest

from kurak.engines.composite.raters.additive import _solved, additive, freedom
from kurak.engines.composite.raters.ratings import gather
from tests.engines.composite.raters.simulated import numbers

SEEDS = range(40)


@cache
def fitted(seed):
    truth = numbers(seed, cases=40, raters=6, each=3)
    return truth, additive(truth.ratings)


def blup(ratings, noise, spread):
    """Places by generalised least squares with the whole covariance of the codes written out, and their variances."""
    case = np.eye(len(ratings.cases))[ratings.case]
    rater = np.eye(len(ratings.raters))[ratings.rater]
    inverse = np.linalg.inv(rater @ rater.T * spread + np.diag(noise[ratings.rater]))
    variance = np.linalg.inv(case.T @ inverse @ case)
    place = variance @ case.T @ inverse @ ratings.code
    bias = spread * rater.T @ inverse @ (ratings.code - case @ place)
    return place, np.diag(variance), bias


@pytest.mark.parametrize("seed", range(3))
def test_places_and_biases_are_those_of_generalised_least_squares(seed):
    ratings, noise = numbers(seed, cases=12, raters=4, each=2).ratings, np.array([0.5, 1, 2, 0.1])
    fit = _solved(ratings, noise, 1.5)
    for found, expected in zip((fit.place, fit.variance, fit.bias), blup(ratings, noise, 1.5), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("share", [0.68, 0.9])
def test_intervals_hold_about_as_often_as_they_say(share):
    held = []
    for seed in range(100):
        truth = numbers(seed, cases=40, raters=6, each=3)
        found = additive(truth.ratings, share=share)
        held.append(np.mean((found.low <= truth.place) & (truth.place <= found.high)))
    assert share - 0.06 <= np.mean(held) <= share + 0.06


def test_places_are_nearer_to_the_truth_than_plain_means():
    model = [np.std(found.value - truth.place) for truth, found in map(fitted, SEEDS)]
    plain = [np.std(truth.ratings.means - truth.place) for truth, _ in map(fitted, SEEDS)]
    assert np.mean(model) < 0.75 * np.mean(plain)


def test_biases_and_noise_of_raters_are_found():
    bias = [np.corrcoef(found.bias, truth.bias)[0, 1] for truth, found in map(fitted, SEEDS)]
    noise = [np.corrcoef(np.log(found.noise), np.log(truth.noise))[0, 1] for truth, found in map(fitted, SEEDS)]
    assert np.mean(bias) > 0.9
    assert np.mean(noise) > 0.5


def test_the_error_of_a_bias_is_as_large_as_it_says():
    misses = [(found.bias - truth.bias) / found.bias_error for truth, found in map(fitted, SEEDS)]
    assert 0.8 < np.std(np.concatenate(misses)) < 1.2


def test_a_noisy_rater_weighs_less():
    rng = np.random.default_rng(0)
    place = rng.normal(0, 2, 60)
    table = place[:, None] + rng.normal(0, 1, (60, 4)) * [0.3, 0.3, 0.3, 3.0]
    case, rater = np.indices(table.shape)
    found = additive(gather(case.ravel(), rater.ravel(), table.ravel()))
    assert found.noise[3] > 3 * found.noise[:3].max()
    assert np.std(found.value - place) < 0.6 * np.std(table.mean(axis=1) - place)


def test_draws_are_as_wide_as_the_intervals_and_the_same_for_a_seed():
    truth, _ = fitted(0)
    one, other = (additive(truth.ratings, draws=4000, seed=3) for _ in range(2))
    low, high = np.quantile(one.draws, [0.16, 0.84], axis=0)
    np.testing.assert_allclose(high - low, one.high - one.low, rtol=0.12)
    assert one.draws.tobytes() == other.draws.tobytes()


def test_a_case_that_no_rater_bridges_is_as_unsure_as_raters_differ():
    truth = numbers(0, raters=6).ratings
    found = additive(gather([*truth.case, 99], [*truth.rater, 99], [*truth.code, 4]))
    width = found.high - found.low
    assert width[-1] > 1.5 * width[:-1].max()
    assert found.value[-1] == 4


@pytest.mark.parametrize(("cases", "raters", "beyond"), [("xy", "ab", 0), ("xxyy", "abab", 1), ("xxyyz", "ababc", 1)])
def test_ratings_beyond_places_and_biases_are_counted(cases, raters, beyond):
    assert freedom(gather(list(cases), list(raters), range(len(cases)))) == beyond


def test_without_any_to_spare_nothing_is_said():
    with pytest.raises(ValueError, match="too few"):
        additive(gather(["x"], ["a"], [1]))


def test_codes_that_are_all_equal_are_their_place():
    found = additive(gather(list("xxyyzz"), list("ababab"), [2] * 6))
    np.testing.assert_allclose(found.value, 2)
    np.testing.assert_allclose(found.bias, 0, atol=1e-9)
    assert np.isfinite(found.draws).all()


def test_who_rated_nothing_has_no_bias_and_an_unrated_case_no_place():
    found = additive(gather(list("xxyyzz"), list("ababac"), [1, 2, 2, 3, 3, np.nan], among=list("wxyz")))
    assert np.isnan(found.value).tolist() == [True, False, False, False]
    assert np.isnan(found.bias).tolist() == [False, False, True]
