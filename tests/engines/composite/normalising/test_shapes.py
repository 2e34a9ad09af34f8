"""Normalising by a declared curve."""

import numpy as np
import pytest

from kurak.engines.composite.normalising.shapes import log, logistic, none, piecewise
from kurak.engines.composite.problems import Unusable


def test_without_a_method_less_is_better_turns_the_sign():
    assert none(np.array([2.0, 3.0]), direction=-1).tolist() == [-2.0, -3.0]


def test_a_logarithm_of_zero_is_an_error_and_never_a_silent_shift():
    with pytest.raises(Unusable, match="0 has no logarithm"):
        log(np.array([0.0]), direction=1)
    assert log(np.array([0.0]), direction=1, plus=1.0).tolist() == [0.0]


def test_a_logistic_is_one_half_at_its_centre_and_mirrored_by_direction():
    x = np.array([1.0, 3.0, 5.0])
    up, down = (logistic(x, direction=d, centre=3, steepness=0.7) for d in (1, -1))
    assert up[1] == 0.5
    np.testing.assert_allclose(up, 1 - down, rtol=1e-12)


def test_a_logistic_of_enormous_values_stays_finite():
    assert logistic(np.array([-1e9, 1e9]), direction=1, centre=0, steepness=10).tolist() == [0.0, 1.0]


def test_a_logistic_without_settings_is_centred_on_the_mean():
    assert logistic(np.array([1.0, 2.0, 3.0]), direction=1)[1] == 0.5
    assert np.isnan(logistic(np.ones(3), direction=1)).all()


def test_knots_are_joined_by_lines_and_flat_outside():
    knots = [[0, 0], [10, 1], [20, 3]]
    assert piecewise(np.array([-5.0, 5.0, 15.0, 99.0]), direction=1, knots=knots).tolist() == [0.0, 0.5, 2.0, 3.0]


@pytest.mark.parametrize("knots", [[[1, 0]], [[1, 0], [1, 1]]])
def test_knots_that_make_no_line_are_refused(knots):
    with pytest.raises(Unusable, match="two knots or more"):
        piecewise(np.array([1.0]), direction=1, knots=knots)
