"""Normalising by spread: constants by policy, declared ranges, references, goalposts and targets in raw units."""

import numpy as np
import pytest

from kurak.engines.composite.normalising.linear import best, fraction, goalposts, minmax, robust, target, unit, zscore
from kurak.engines.composite.problems import Unusable

CONSTANT = np.array([3.0, 3.0, np.nan, 3.0])
every_spread = pytest.mark.parametrize("method", [minmax, zscore, robust, best])


@every_spread
def test_a_constant_indicator_is_missing_by_default(method):
    assert np.isnan(method(CONSTANT, direction=1)).all()


@pytest.mark.parametrize(("method", "middle"), [(minmax, 50.0), (zscore, 0.0), (robust, 0.0), (best, 0.5)])
def test_a_constant_indicator_may_have_the_midpoint(method, middle):
    found = method(CONSTANT, direction=1, constant="midpoint")
    np.testing.assert_array_equal(found, [middle, middle, np.nan, middle])


@every_spread
def test_a_constant_indicator_may_be_an_error_that_says_what_to_do(method):
    with pytest.raises(Unusable, match=r"does not vary.*constant: midpoint"):
        method(CONSTANT, direction=1, constant="error")


@every_spread
def test_equal_values_that_differ_in_the_last_bit_are_constant(method):
    assert np.isnan(method(np.array([0.1 + 0.2, 0.3, 0.3]), direction=1)).all()


def test_one_value_has_no_spread():
    assert np.isnan(zscore(np.array([3.0, np.nan]), direction=1)).all()


def test_only_the_draw_that_does_not_vary_is_constant():
    found = minmax(np.array([[1.0, 2.0], [2.0, 2.0]]), direction=1)
    assert found[0].tolist() == [0.0, 100.0]
    assert np.isnan(found[1]).all()


def test_the_range_may_begin_above_zero():
    assert minmax(np.array([1.0, 2.0, 3.0]), direction=1, to=(1.0, 100.0)).tolist() == [1.0, 50.5, 100.0]


def test_less_is_better_turns_the_scale():
    assert minmax(np.array([1.0, 2.0, 5.0]), direction=-1).tolist() == [100.0, 75.0, 0.0]


def test_values_beyond_the_reference_leave_the_range_unless_they_are_clipped():
    x, old = np.array([0.0, 10.0, 20.0]), np.array([True, True, False])
    assert minmax(x, direction=1, reference=old).tolist() == [0.0, 100.0, 200.0]
    assert minmax(x, direction=1, reference=old, clip=True).tolist() == [0.0, 100.0, 100.0]


def test_a_zscore_may_divide_by_the_number_of_units():
    assert zscore(np.array([1.0, 3.0]), direction=1, divisor="population").tolist() == [-1.0, 1.0]


def test_a_robust_score_falls_back_on_the_quarters_where_half_the_values_are_equal():
    x = np.array([0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0])
    assert robust(x, direction=1)[-1] == pytest.approx(3 / (1.5 / 1.349))


def test_logarithms_put_equal_ratios_at_equal_distances():
    assert minmax(np.array([1.0, 10.0, 100.0]), direction=1, log=True).tolist() == [0.0, 50.0, 100.0]


def test_a_value_without_a_logarithm_is_refused_by_its_place():
    with pytest.raises(Unusable) as refusal:
        minmax(np.array([1.0, 0.0, -2.0]), direction=1, log=True)
    assert [problem.path for problem in refusal.value.problems] == [(1,), (2,)]


def test_income_is_scaled_between_goalposts_on_the_logarithm():
    found = goalposts(np.array([100.0, 75_000.0, 2738.6]), direction=1, low=100, high=75_000, log=True, to=(0.0, 1.0))
    assert found.round(4).tolist() == [0.0, 1.0, 0.5]


def test_goalposts_are_in_raw_units_whatever_the_direction():
    x = np.array([2.0, 4.0, 9.0])
    assert goalposts(x, direction=1, low=2, high=4).tolist() == [0.0, 100.0, 100.0]
    assert goalposts(x, direction=-1, low=2, high=4).tolist() == [100.0, 0.0, 0.0]
    assert goalposts(x, direction=-1, low=2, high=4, clip=False)[2] == -250.0


def test_goalposts_that_leave_nothing_between_them_are_refused():
    with pytest.raises(Unusable, match="Give low below high"):
        goalposts(np.array([1.0]), direction=1, low=5, high=5)


def test_goalposts_reach_a_range_above_zero_for_the_geometric_mean():
    assert goalposts(np.array([-3.0]), direction=1, low=0, high=5, to=(1.0, 100.0)).tolist() == [1.0]


def test_a_target_is_in_raw_units_whatever_the_direction():
    assert target(np.array([2.0, 6.0, 20.0]), direction=-1, target=2).round(6).tolist() == [1.0, 0.777778, 0.0]


def test_a_target_that_even_the_worst_has_reached_is_reached_by_all():
    x = np.array([5.0, np.nan, 9.0])
    np.testing.assert_array_equal(target(x, direction=1, target=4), [1.0, np.nan, 1.0])
    assert np.isnan(target(x, direction=1, target=4, cap=False)).all()


def test_a_target_beyond_references_without_data_measures_nothing():
    assert np.isnan(target(np.array([5.0, np.nan]), direction=1, target=9, reference=np.array([False, True]))).all()


def test_a_reference_unit_without_a_value_is_an_error():
    with pytest.raises(Unusable, match="the reference unit has no value"):
        unit(np.array([1.0, np.nan]), direction=1, unit=1)


def test_a_reference_unit_that_is_the_worst_measures_nothing():
    assert np.isnan(unit(np.array([1.0, 2.0]), direction=1, unit=0)).all()


def test_the_cap_holds_those_better_than_the_reference_unit():
    assert unit(np.array([0.0, 2.0, 4.0]), direction=1, unit=1, cap=True).tolist() == [0.0, 1.0, 1.0]


def test_a_fraction_where_less_is_better_gives_the_best_most():
    assert fraction(np.array([4.0, 2.0, 1.0]), direction=-1).tolist() == [0.25, 0.5, 1.0]


def test_a_fraction_where_less_is_better_and_the_best_is_zero_is_refused_not_infinite():
    with pytest.raises(Unusable, match="0 can't be a fraction"):
        fraction(np.array([4.0, 0.0]), direction=-1)


def test_a_fraction_of_a_maximum_of_zero_is_left_to_the_policy():
    assert fraction(np.array([0.0, 0.0]), direction=1, constant="midpoint").tolist() == [0.5, 0.5]
