"""Screening units: overall and inside nodes, zeros, and units that are kept or dropped by name."""

import numpy as np

from kurak.engines.composite.declaration import Screen
from kurak.engines.composite.screening import screened

X = np.array(
    [
        [1.0, 2.0, 3.0, 4.0],
        [1.0, 2.0, np.nan, np.nan],
        [np.nan, 0.0, 0.0, 4.0],
        [np.nan, np.nan, np.nan, np.nan],
    ]
)
UNITS = ["full", "half", "zeros", "empty"]


def kept(rule, inside=None):
    found, _ = screened(X, rule, UNITS, tree=range(4), inside=inside or {})
    return [unit for unit, stays in zip(UNITS, found, strict=True) if stays]


def test_two_of_three_are_two_thirds():
    found, _ = screened(X[:2, :3], Screen(available=2 / 3), UNITS[:2], tree=range(3), inside={})
    assert found.tolist() == [True, True]


def test_units_with_too_few_data_fall():
    assert kept(Screen(available=0.6)) == ["full", "zeros"]


def test_a_node_may_ask_for_more_than_the_whole():
    assert kept(Screen(available=0.5, inside={"second": 1.0}), {"second": [2, 3]}) == ["full", "zeros"]
    assert kept(Screen(inside={"first": 0.5}), {"first": [0, 1]}) == ["full", "half", "zeros"]


def test_units_that_mostly_have_zeros_fall():
    assert kept(Screen(not_zero=0.5)) == ["full", "half", "empty"]


def test_either_test_suffices_unless_both_must_fail():
    rule = {"available": 0.8, "not_zero": 0.5}
    assert kept(Screen(**rule)) == ["full"]
    assert kept(Screen(**rule, both=True)) == ["full", "half", "empty"]


def test_names_overrule_data():
    assert kept(Screen(available=1.0, keep=("half",), drop=("full",))) == ["half"]


def test_columns_outside_the_tree_do_not_count():
    found, _ = screened(X, Screen(available=1.0), UNITS, tree=[0, 1], inside={})
    assert found.tolist() == [True, True, False, False]


def test_every_unit_that_falls_has_its_reason():
    rule = Screen(available=0.7, inside={"second": 0.5}, drop=("full",))
    _, why = screened(X, rule, UNITS, tree=range(4), inside={"second": [2, 3]})
    assert why == (
        "full: left out by declaration",
        "half: has 50 % of the data, needs 70 %; has 0 % of the data of second, needs 50 %",
        "empty: has 0 % of the data, needs 70 %; has 0 % of the data of second, needs 50 %",
    )
