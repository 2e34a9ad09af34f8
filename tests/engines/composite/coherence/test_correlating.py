import numpy as np
import pytest
from scipy import stats

from kurak.engines.composite.coherence.correlating import covariances, kendall, p_values, pairs, pearson, spearman

NAN = np.nan
SLOW = {pearson: stats.pearsonr, spearman: stats.spearmanr, kendall: stats.kendalltau}
every_measure = pytest.mark.parametrize("measure", SLOW)


def a_table(seed=0, n=30, k=4):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 6, (n, k)) + rng.integers(0, 3, (n, 1)) * 1.0
    values[rng.random(values.shape) < 0.2] = NAN
    return values


@every_measure
@pytest.mark.parametrize("seed", range(4))
def test_every_pair_is_measured_on_the_units_that_have_both(measure, seed):
    values = a_table(seed)
    found = measure(values)
    for i, first in enumerate(values.T):
        for j, second in enumerate(values.T):
            both = ~np.isnan(first) & ~np.isnan(second)
            assert found[i, j] == pytest.approx(SLOW[measure](first[both], second[both]).statistic)


@every_measure
def test_other_columns_are_measured_against_these(measure):
    values = a_table()
    np.testing.assert_allclose(measure(values[:, :1], values[:, 1:])[0], measure(values)[0, 1:])


@every_measure
def test_a_child_that_is_the_same_for_all_goes_with_nothing(measure):
    values = a_table()
    values[:, 1] = 0.1 + 0.2
    assert np.isnan(measure(values)[1]).all()


@every_measure
def test_two_units_are_too_few(measure):
    assert np.isnan(measure(np.array([[1.0, 2.0], [2.0, 1.0], [3.0, NAN], [NAN, 3.0], [4.0, NAN]]))[0, 1])


def test_large_values_that_differ_little_keep_their_correlation():
    x = np.random.default_rng(0).normal(size=(50, 2))
    assert pearson(x + 1e9)[0, 1] == pytest.approx(pearson(x)[0, 1], abs=1e-6)


def test_p_values_are_those_of_the_textbook():
    values = np.random.default_rng(1).normal(size=(25, 2))
    found = p_values(pearson(values), pairs(values))
    assert found[0, 1] == pytest.approx(stats.pearsonr(*values.T).pvalue)
    assert found[0, 0] == 0


def test_what_could_not_be_measured_has_no_p_value():
    assert np.isnan(p_values(np.array([NAN, 0.5]), np.array([9.0, 2.0]))).all()


def test_covariances_of_complete_data_are_the_usual_ones():
    values = np.random.default_rng(2).random((9, 3))
    np.testing.assert_allclose(covariances(values), np.cov(values.T))
