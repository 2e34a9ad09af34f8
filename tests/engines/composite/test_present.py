"""Statistics of what is there, against slow and obvious ones."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kurak.engines.composite import present

tables = arrays(
    float,
    st.tuples(st.integers(1, 3), st.integers(1, 8)),
    elements=st.integers(-9, 9).map(float) | st.just(float("nan")),
)
SLOW = {
    present.mean: np.nanmean,
    present.median: np.nanmedian,
    present.lowest: np.nanmin,
    present.highest: np.nanmax,
}


@pytest.mark.parametrize("statistic", SLOW)
@given(x=tables)
def test_statistics_leave_out_what_is_missing(statistic, x):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the slow one complains of empty rows
        slow = SLOW[statistic](x, axis=-1)
    np.testing.assert_allclose(statistic(x), slow, rtol=1e-12, atol=1e-12)


@given(x=tables, share=st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]))
def test_quantiles_lie_on_the_line_between_neighbours(x, share):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        slow = np.nanquantile(x, share, axis=-1)
    np.testing.assert_allclose(present.quantile(x, share), slow, rtol=1e-12, atol=1e-12)


def test_no_values_at_all_are_no_error():
    assert np.isnan(present.quantile(np.empty((2, 0)), 0.5)).all()
    assert np.isnan(present.lowest(np.empty((2, 0)))).all()


def test_a_spread_of_the_last_bit_is_none():
    x = np.array([[0.3, 0.1 + 0.2], [0.3, 0.4], [0.0, 0.0]])
    assert present.flat(np.ptp(x, axis=-1), x).tolist() == [True, False, True]
