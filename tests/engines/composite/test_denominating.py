"""Dividing by size, and telling what only measures size."""

import numpy as np

from kurak.engines.composite.denominating import divided, sized


def test_a_denominator_of_zero_or_none_leaves_a_gap_that_is_said_and_never_infinity():
    values, undefined = divided([1.0, 2.0, 0.0, np.nan], [0.0, np.nan, 0.0, 2.0])
    assert np.isnan(values).all()
    assert undefined.tolist() == [True, True, True, False]


def test_a_ratio_too_large_for_a_number_is_a_gap():
    assert np.isnan(divided([1e300], [1e-300])[0]).all()


def test_the_scale_factor_gives_values_for_so_many():
    assert divided([50.0], [20_000.0], 1000)[0].tolist() == [2.5]


def test_what_goes_with_size_is_found_whatever_its_sign():
    people = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    x = np.column_stack([people * 2 + [0, 1, 0, 1, 0], -people, [1.0, -1.0, 1.0, -1.0, 1.0]])
    found = sized(x, people[:, None], ["roads", "quiet", "luck"], ["people"])
    assert [(each.indicator, np.sign(each.r)) for each in found] == [("roads", 1), ("quiet", -1)]


def test_a_higher_limit_finds_fewer():
    people = np.array([[1.0], [2.0], [3.0], [4.0]])
    x = np.array([[1.0], [3.0], [2.0], [4.0]])
    assert sized(x, people, ["a"], ["people"], limit=0.75)
    assert not sized(x, people, ["a"], ["people"], limit=0.85)
