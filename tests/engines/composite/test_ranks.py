"""Ranks: ties as declared, nothing decided by the last bit, nothing without a score ranked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import rankdata

from kurak.engines.composite import declare, score, tabulate
from kurak.engines.composite.ranks import TIES, ranked, rounded
from kurak.engines.composite.varying import vary

SCIPY = {"min": "min", "dense": "dense", "average": "average", "max": "max", "ordinal": "ordinal"}
whole_scores = arrays(float, st.tuples(st.integers(1, 4), st.integers(1, 12)), elements=st.integers(-5, 5).map(float))


@pytest.mark.parametrize("ties", TIES)
@given(scores=whole_scores)
def test_ranks_are_those_of_a_slow_program_for_every_treatment_of_ties(ties, scores):
    slow = rankdata(-scores, method=SCIPY[ties], axis=-1)
    assert ranked(scores, ties=ties).tolist() == slow.tolist()


def test_sums_that_differ_in_the_last_bit_tie():
    assert ranked([0.1 + 0.2, 0.3, 0.29]).tolist() == [1, 1, 3]


def test_scores_either_side_of_a_decimal_that_ends_in_five_tie():
    edge = 0.1234567890125  # thirteen digits: rounding to twelve would part its neighbours
    assert ranked([np.nextafter(edge, 0), edge, np.nextafter(edge, 1)]).tolist() == [1, 1, 1]


def test_what_cancelled_to_almost_nothing_is_zero():
    assert ranked([0.1 + 0.2 - 0.3, 0.0, 1.0, -1.0]).tolist() == [2, 2, 1, 4]


def test_one_enormous_score_does_not_blur_the_others():
    assert ranked([1e300, 1.0, 2.0, 3.0]).tolist() == [1, 4, 3, 2]


def test_very_small_scores_keep_their_order():
    assert ranked([3e-300, 2e-300, 5e-310]).tolist() == [1, 2, 3]


def test_a_missing_score_has_no_rank_and_takes_no_place():
    assert ranked([1.0, np.nan, 2.0])[[0, 2]].tolist() == [2, 1]
    assert np.isnan(ranked([1.0, np.nan, 2.0])[1])


def test_nothing_to_rank_gives_nothing():
    assert ranked([]).shape == (0,)
    assert np.isnan(ranked([np.nan, np.nan])).all()


def test_fewer_digits_make_more_ties():
    assert ranked([70.04, 70.0, 69.9], digits=3).tolist() == [1, 1, 3]


@given(scores=arrays(float, 9, elements=st.floats(-1e6, 1e6)))
def test_rounding_moves_nothing_by_more_than_its_digits(scores):
    moved = np.abs(rounded(scores) - scores)
    assert (moved <= 0.51e-11 * np.abs(scores) + 1e-15 * np.abs(scores).max()).all()


def test_an_unknown_treatment_of_ties_is_refused():
    with pytest.raises(ValueError, match="must be one of min"):
        ranked([1.0], ties="random")


def test_a_declaration_may_rank_nobody_not_even_in_a_draw():
    given = {"format": 1, "code": "dam", "edition": "1", "label": "exact", "ranks": {"shown": False},
             "tree": {"code": "all", "children": [{"code": "a"}, {"code": "b"}]},
             "uncertainty": [{"factor": "weights", "within": 0.5}]}  # fmt: skip
    table = tabulate(["x", "y"], {"a": [1, 2], "b": [4, 2]})
    assert np.isnan(score(declare(given), table).ranks()).all()
    assert np.isnan(vary(declare(given), table, draws=8).ranks().mean).all()
