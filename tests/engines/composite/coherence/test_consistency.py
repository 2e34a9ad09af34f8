import numpy as np
import pytest

from kurak.engines.composite.coherence.adequacy import adequacy
from kurak.engines.composite.coherence.consistency import consistency
from kurak.engines.composite.problems import Unusable


def related(k=5, n=200, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 1)) + rng.normal(size=(n, k)) * 0.8


def test_alpha_is_that_of_the_formula():
    x = related()
    expected = 5 / 4 * (1 - x.var(axis=0, ddof=1).sum() / x.sum(axis=1).var(ddof=1))
    assert consistency(x).alpha == pytest.approx(expected)


def test_children_that_are_the_same_are_perfectly_consistent():
    x = np.repeat(related(k=1), 3, axis=1)
    assert (consistency(x).alpha, consistency(x).standardised) == pytest.approx((1, 1))


def test_a_child_turned_around_spoils_alpha_and_is_the_one_to_drop():
    x = related()
    x[:, 3] *= -1
    found = consistency(x)
    assert found.alpha < 0.5
    assert found.dropped.argmax() == found.rest.argmin() == 3
    assert found.dropped[3] == pytest.approx(consistency(np.delete(x, 3, axis=1)).alpha)


def test_the_rest_is_the_sum_of_the_others():
    x = related()
    expected = np.corrcoef(x[:, 0], x[:, 1:].sum(axis=1))[0, 1]
    assert consistency(x).rest[0] == pytest.approx(expected)


def test_a_single_child_has_no_alpha():
    found = consistency(related(k=1))
    assert np.isnan([found.alpha, found.standardised, found.mean_correlation, *found.rest, *found.dropped]).all()


def test_what_is_missing_leaves_alpha_near_that_of_all():
    x = related(n=500)
    holes = np.where(np.random.default_rng(1).random(x.shape) < 0.1, np.nan, x)
    assert consistency(holes).alpha == pytest.approx(consistency(x).alpha, abs=0.03)


def test_inflation_is_that_of_regressing_each_child_on_the_others():
    x = related()
    others = np.column_stack([np.ones(len(x)), x[:, 1:]])
    left = x[:, 0] - others @ np.linalg.lstsq(others, x[:, 0], rcond=None)[0]
    assert adequacy(x).inflation[0] == pytest.approx(x[:, 0].var() / left.var())


def test_a_child_that_is_all_but_a_sum_of_others_is_collinear():
    x = related()
    x[:, 4] = x[:, 0] + x[:, 1] + np.random.default_rng(1).normal(size=len(x)) * 0.05
    found = adequacy(x)
    assert found.collinear.tolist() == [True, True, False, False, True]
    assert not found.singular


def test_a_child_that_is_a_sum_of_others_makes_the_rest_undefined_and_is_said():
    x = related()
    x[:, 4] = x[:, 0] + x[:, 1]
    found = adequacy(x)
    assert found.singular
    assert found.collinear.tolist() == [True, True, False, False, True]
    assert np.isnan([found.kmo, found.chi2, found.p, *found.msa]).all()


def test_children_that_have_nothing_in_common_are_not_adequate():
    noise = np.random.default_rng(3).normal(size=(400, 6))
    assert adequacy(noise).kmo < 0.6 < adequacy(related()).kmo
    assert adequacy(noise).p > 0.01 > adequacy(related()).p


def test_a_child_that_is_the_same_for_all_is_refused():
    x = related()
    x[:, 2] = 1
    with pytest.raises(Unusable, match="the same for all"):
        adequacy(x)


def test_two_children_that_undo_each_other_have_no_alpha_and_break_nothing():
    up = np.arange(5.0)
    found = consistency(np.column_stack([up, 30.0 - up]))
    assert np.isnan([found.alpha, found.standardised]).all()
    assert found.mean_correlation == pytest.approx(-1)
