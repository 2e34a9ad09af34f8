"""Imputing under a multivariate normal model, and putting several imputations together."""

import numpy as np
import pytest

from kurak.engines.composite.imputing.likelihood import draws, em, fitted, multiple, one_draw, pooled
from kurak.engines.composite.problems import Unusable

CHANCE = np.random.default_rng(11)
TRUE = CHANCE.multivariate_normal([0, 5, -5], [[1, 0.8, 0.3], [0.8, 1, 0.5], [0.3, 0.5, 1]], size=400)
GONE = CHANCE.random(TRUE.shape) < 0.2
HOLED = np.where(GONE & ~GONE.all(axis=1, keepdims=True), np.nan, TRUE)
PARENTS = np.zeros(3, int)


def test_a_gap_that_follows_a_full_indicator_gets_the_line_of_least_squares():
    """With gaps in one of two indicators, EM has a closed solution: the regression of the complete units."""
    x = TRUE[:, :2].copy()
    x[:100, 1] = np.nan
    b, a = np.polyfit(x[100:, 0], x[100:, 1], 1)
    np.testing.assert_allclose(em(x, parents=np.zeros(2, int))[:100, 1], a + b * x[:100, 0], rtol=1e-6)


def test_the_model_is_that_of_the_values_where_nothing_is_missing():
    model = fitted(TRUE)
    np.testing.assert_allclose(model.mean, TRUE.mean(axis=0), atol=1e-8)
    np.testing.assert_allclose(model.covariance, np.cov(TRUE.T, bias=True), atol=1e-8)


def test_expected_values_miss_by_less_than_the_mean_would():
    gone = np.isnan(HOLED)
    by_model = np.square(em(HOLED, parents=PARENTS) - TRUE)[gone].mean()
    by_mean = np.square(np.nanmean(HOLED, axis=0) - TRUE)[gone].mean()
    assert by_model < 0.7 * by_mean


def test_too_few_units_for_so_many_indicators_are_refused_with_a_remedy():
    with pytest.raises(Unusable, match=r"4 units are too few.*ridge"):
        em(np.array([[1.0, 2.0, np.nan], [2.0, 3.0, 1.0], [0.0, 1.0, 5.0], [4.0, 1.0, 2.0]]), parents=PARENTS)


def test_a_prior_of_independence_lets_few_units_be_used():
    x = np.array([[1.0, 2.0, 3.0], [2.0, 1.0, np.nan], [3.0, 5.0, 4.0], [np.nan, 2.0, 8.0]])
    assert np.isfinite(em(x, parents=PARENTS, ridge=1.0)).all()


def test_a_unit_without_any_value_stays_missing():
    x = np.vstack([HOLED, [np.nan] * 3])
    assert np.isnan(em(x, parents=PARENTS)[-1]).all()


def test_draws_keep_the_spread_that_expected_values_lose():
    gone = np.isnan(HOLED[:, 0])
    expected, drawn = em(HOLED, parents=PARENTS)[gone, 0], one_draw(HOLED, parents=PARENTS)[gone, 0]
    assert expected.std() < drawn.std()
    assert drawn.std() == pytest.approx(TRUE[:, 0].std(), rel=0.25)


def test_draws_differ_from_one_another_and_repeat_by_their_number():
    several = draws(HOLED, parents=PARENTS, draws=3, seed=4)
    assert (several[0] != several[1]).any()
    np.testing.assert_array_equal(several[2], one_draw(HOLED, parents=PARENTS, seed=4, number=2))


def test_one_table_for_many_draws_is_their_mean():
    several = draws(HOLED, parents=PARENTS, draws=4, seed=2)
    np.testing.assert_allclose(multiple(HOLED, parents=PARENTS, draws=4, seed=2), several.mean(axis=0), rtol=1e-12)


def test_intervals_of_a_mean_after_multiple_imputation_hold_the_truth_as_often_as_they_say():
    held = 0
    for seed in range(60):
        chance = np.random.default_rng(seed)
        whole = chance.multivariate_normal([0, 0], [[1, 0.7], [0.7, 1]], size=60)
        x = whole.copy()
        x[chance.random(60) < 0.4, 1] = np.nan
        copies = draws(x, parents=np.zeros(2, int), draws=10, seed=seed)[:, :, 1]
        found = pooled(copies.mean(axis=1), copies.var(axis=1, ddof=1) / 60)
        held += abs(found.estimate) <= 1.645 * np.sqrt(found.total)
    assert 47 <= held <= 60  # 54 of 60 on average for 90 %; below 47 in one of 200 such runs


def test_rubins_rules_without_spread_between_draws_add_nothing():
    found = pooled(np.array([2.0, 2.0]), np.array([0.3, 0.5]))
    assert (found.total, found.missing, found.degrees) == (pytest.approx(0.4), 0.0, np.inf)


def test_one_draw_tells_nothing_of_the_spread():
    with pytest.raises(ValueError, match="at least 2"):
        pooled(np.array([1.0]), np.array([1.0]))
