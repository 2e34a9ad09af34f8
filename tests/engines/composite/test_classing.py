from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurak.engines.composite.classing import classified, natural_breaks
from kurak.engines.composite.declaration import Class, Classes
from kurak.engines.composite.formula import Formula


def scheme(*classes, **more):
    return Classes("trial", tuple(classes), **more)


def test_a_class_owns_its_cut_or_leaves_it_to_the_one_below():
    own = scheme(Class("low"), Class("high", 4.0, own=True))
    above = scheme(Class("low"), Class("high", 4.0, own=False))
    assert classified(own, np.array([3.999, 4.0])).tolist() == [0, 1]
    assert classified(above, np.array([4.0, 4.001])).tolist() == [0, 1]


def test_a_cut_is_a_cut_up_to_the_last_bits():
    above = scheme(Class("low"), Class("high", 0.3, own=False))
    assert classified(above, np.array([0.1 + 0.2])).tolist() == [0]


def test_below_the_lowest_cut_there_is_no_class():
    assert classified(scheme(Class("low", 1.0)), np.array([0.5, np.nan, 1.0])).tolist() == [-1, -1, 0]


def test_a_class_that_needs_more_is_given_only_where_that_is_known_to_hold():
    floors = scheme(Class("developing", 40.0), Class("leading", 75.0, needs=Formula("d >= 60")))
    given = {"d": np.array([60.0, 59.0, np.nan])}
    assert classified(floors, np.array([80.0, 80.0, 80.0]), given).tolist() == [1, 0, 0]


def test_rules_are_tried_in_order_and_stop_where_one_is_not_known():
    rules = scheme(Class("a", when=Formula("x > 2")), Class("b", when=Formula("1")), by="rules")
    given = {"x": np.array([3.0, 1.0, np.nan])}
    assert classified(rules, np.zeros(3), given).tolist() == [0, 1, -1]


def test_quartiles_are_formed_by_rank_from_the_top():
    quartiles = scheme(*(Class(each) for each in "dcba"), by="quantiles")
    assert classified(quartiles, np.arange(8.0)).tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert classified(quartiles, np.array([1.0, np.nan, 2.0])).tolist() == [0, -1, 2]


def test_equal_intervals():
    thirds = scheme(*(Class(each) for each in "abc"), by="intervals")
    assert classified(thirds, np.array([0.0, 2.9, 3.0, 6.0, 9.0])).tolist() == [0, 0, 1, 2, 2]


def test_scores_may_be_rounded_before_they_are_classed():
    rounded = scheme(Class("low"), Class("high", 3.1), digits=1)
    assert classified(rounded, np.array([3.04, 3.05])).tolist() == [0, 1]


def test_classes_of_many_draws_are_the_classes_of_each():
    cuts = scheme(Class("low"), Class("mid", 1.0), Class("high", 2.0, own=False))
    draws = np.random.default_rng(1).normal(1, 1, (50, 7))
    one_by_one = [classified(cuts, each).tolist() for each in draws]
    assert classified(cuts, draws).tolist() == one_by_one


def spread_inside(x, cuts):
    edges = [-np.inf, *cuts, np.inf]
    inside = [x[(x >= low) & (x < high)] for low, high in pairwise(edges)]
    return sum(((each - each.mean()) ** 2).sum() for each in inside if each.size)


@given(st.lists(st.integers(0, 30), min_size=4, max_size=9, unique=True))
def test_no_other_pair_of_cuts_is_better_than_the_natural_breaks(values):
    x = np.sort(np.array(values, dtype=float))
    found = spread_inside(x, natural_breaks(x, 3)[1:])
    tried = [spread_inside(x, (x[i], x[j])) for i in range(1, len(x)) for j in range(i + 1, len(x))]
    assert found == pytest.approx(min(tried))
