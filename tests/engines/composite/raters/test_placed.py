"""Which model places the cases, and why not a better one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kurak.engines.composite.problems import Unusable
from kurak.engines.composite.raters import NOTES, gather, placed
from tests.engines.composite.raters.simulated import raters

FULL = (list("xxxyyyzzz"), list("abc") * 3, [1, 2, 1, 2, 3, 2, 0, 1, 1])
TWO = (list("xxyyzz"), list("ab") * 3, [1, 2, 2, 3, 3, 4])
APART = (list("xxyyzz"), list("ababcd"), [1, 2, 2, 2, 0, 1])


@pytest.mark.parametrize(
    ("told", "by", "notes"),
    [
        (FULL, "ordinal", set()),
        (TWO, "additive", {"few-raters"}),
        ((*FULL[:2], [1.5, 2, 1, 2, 3, 2, 0, 1, 1]), "additive", {"not-ordinal"}),
        ((*FULL[:2], [2] * 9), "additive", {"no-variety"}),
        (APART, "additive", {"no-bridge"}),
        ((list("xy"), list("aa"), [1, 2]), "means", {"few-raters", "too-few-ratings", "alone"}),
        ((list("xxyz"), list("abcd"), [1, 2, 2, 3]), "means", {"no-bridge", "too-few-ratings", "narrow"}),
    ],
)
def test_the_best_model_that_holds_is_taken_and_the_reason_given(told, by, notes):
    found = placed(gather(*told), rounds=400)
    assert (found.by, set(found.notes) - {"unsettled"}) == (by, notes)
    assert set(found.notes) <= NOTES.keys()


def test_a_vignette_bridges_raters_and_is_not_shown():
    cases, who, codes = (list(each) for each in APART)
    bridged = gather([*cases, *["vignette"] * 4], [*who, *"abcd"], [*codes, 1, 2, 1, 2])
    found = placed(bridged, vignettes=["vignette"], rounds=400)
    assert found.by == "ordinal"
    assert found.cases.tolist() == ["x", "y", "z"]
    assert placed(bridged, vignettes=["vignette"], by="additive").value.shape == (3,)


def test_a_simpler_model_may_be_asked_for():
    assert placed(gather(*FULL), by="additive").notes == ()
    assert placed(gather(*FULL), by="means").value.tolist() == pytest.approx([4 / 3, 7 / 3, 2 / 3])


def test_chains_that_tell_apart_are_said_to():
    assert "unsettled" in placed(raters(0, cases=30, raters=5).ratings, rounds=20).notes


@pytest.mark.parametrize("by", ["ordinal", "additive", "means"])
def test_everything_stays_on_the_scale_of_the_question(by):
    found = placed(gather(*FULL), by=by, answers=4, rounds=200)
    for each in (found.value, found.low, found.high, found.draws):
        assert (each >= 0).all()
        assert (each <= 3).all()


@pytest.mark.parametrize("by", ["ordinal", "additive"])
def test_the_lenient_and_the_reliable_are_found_by_either_model(by):
    truth = raters(3, cases=150, raters=6, each=4, strict=0.8)
    found = placed(truth.ratings, by=by, rounds=800)
    assert np.corrcoef(found.bias, -truth.strictness)[0, 1] > 0.9
    assert np.corrcoef(found.value, truth.place)[0, 1] > 0.85


def test_no_rating_at_all_is_no_error():
    found = placed(gather(["x"], ["a"], [np.nan]))
    assert (found.by, np.isnan(found.value).all()) == ("means", True)


@pytest.mark.parametrize(
    ("settings", "said"),
    [({"by": "best"}, "by: there is no model 'best'"), ({"answers": 3}, r"y\.b: the code 3 is none of 3 answers")],
)
def test_what_makes_no_sense_is_refused_with_its_place(settings, said):
    with pytest.raises(Unusable, match=said):
        placed(gather(*FULL), **settings)


odd = st.sampled_from([0.0, 1.0, 1.0 + 2**-52, 2.0, 3.0, -1.0, 5e-324, 1e60, -1e60, np.nan])


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("abcd"), odd), min_size=1, unique_by=lambda r: r[:2]))
def test_odd_ratings_have_a_finite_place_or_none(told):
    ratings = gather(*zip(*told, strict=True))
    for by in ("additive", "means"):
        found = placed(ratings, by=by, draws=20)
        assert not np.isinf(found.draws).any()
        assert np.isnan(found.value).tolist() == (ratings.per_case == 0).tolist()
        assert not (found.low > found.value).any()
        assert not (found.high < found.value).any()
