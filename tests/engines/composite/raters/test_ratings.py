"""Ratings as they are gathered."""

import numpy as np
import pytest

from kurak.engines.composite.problems import Unusable
from kurak.engines.composite.raters.ratings import gather


def test_the_order_of_arrival_changes_nothing():
    one = gather(["x", "y", "x"], ["b", "a", "a"], [1, 2, 3])
    other = gather(["x", "x", "y"], ["a", "b", "a"], [3, 1, 2])
    assert one.code.tolist() == other.code.tolist() == [3, 1, 2]


def test_a_case_that_nobody_rated_has_no_mean():
    found = gather(["x"], ["a"], [2], among=["x", "y"])
    assert found.means.tolist() == pytest.approx([2, np.nan], nan_ok=True)


def test_raters_who_share_no_case_stand_on_islands():
    apart = gather(["x", "y"], ["a", "b"], [1, 2]).islands
    bridged = gather(["x", "y", "y"], ["a", "b", "a"], [1, 2, 2]).islands
    assert (len(set(apart)), len(set(bridged))) == (2, 1)


@pytest.mark.parametrize(
    ("cases", "raters", "codes", "code"),
    [
        (["x", "x"], ["a", "a"], [1, 2], "ratings.twice"),
        (["x"], ["a"], [np.inf], "ratings.infinite"),
        (["x"], ["a"], [-1e61], "ratings.infinite"),
        (["x", "y"], ["a"], [1], "ratings.length"),
    ],
)
def test_ratings_that_make_no_sense_are_refused(cases, raters, codes, code):
    with pytest.raises(Unusable) as refused:
        gather(cases, raters, codes)
    assert refused.value.problems[0].code == code
