"""Imputing by regression."""

import numpy as np
import pytest

from kurak.engines.composite.imputing.regressing import regression

CHANCE = np.random.default_rng(5)
Z = CHANCE.normal(size=(40, 2))
X = np.column_stack([Z, 3 + 2 * Z[:, 0] - Z[:, 1] + CHANCE.normal(size=40) * 0.5])
HOLED = np.where(np.arange(120).reshape(40, 3) == 119, np.nan, X)
PARENTS = np.zeros(3, int)


def test_the_gap_is_what_least_squares_predict():
    design = np.column_stack([np.ones(39), Z[:39]])
    a, b, c = np.linalg.lstsq(design, X[:39, 2], rcond=None)[0]
    assert regression(HOLED, parents=PARENTS)[39, 2] == pytest.approx(a + b * Z[39, 0] + c * Z[39, 1])


def test_fewer_predictors_take_the_most_correlated():
    a, b = np.polyfit(Z[:39, 0], X[:39, 2], 1)[::-1]
    assert regression(HOLED, parents=PARENTS, predictors=1)[39, 2] == pytest.approx(a + b * Z[39, 0])


def test_draws_scatter_around_the_prediction_as_the_residuals_do():
    expected = regression(HOLED, parents=PARENTS)[39, 2]
    drawn = [regression(HOLED, parents=PARENTS, draw=True, seed=seed)[39, 2] for seed in range(300)]
    assert np.mean(drawn) == pytest.approx(expected, abs=0.1)
    fit = np.linalg.lstsq(np.column_stack([np.ones(39), Z[:39]]), X[:39, 2], rcond=None)
    assert np.std(drawn) == pytest.approx(np.sqrt(fit[1][0] / (39 - 3)), rel=0.15)


def test_a_unit_that_lacks_a_predictor_is_predicted_from_the_others():
    x = HOLED.copy()
    x[39, 0] = np.nan
    a, b = np.polyfit(Z[:39, 1], X[:39, 2], 1)[::-1]
    assert regression(x, parents=PARENTS)[39, 2] == pytest.approx(a + b * Z[39, 1])


def test_too_few_units_leave_the_gap():
    assert np.isnan(regression(HOLED[[0, 1, 39]], parents=PARENTS)[2, 2])


def test_indicators_of_other_nodes_do_not_predict_unless_all_may():
    parents = np.array([0, 0, 1])
    assert np.isnan(regression(HOLED, parents=parents)[39, 2])
    assert np.isfinite(regression(HOLED, parents=parents, within="all")[39, 2])
