"""Evaluations by people: what may drop out, what too little evidence does, what a mean can't hide."""

from __future__ import annotations

import numpy as np
import pytest

from tests.instruments.definitions.test_own_instruments import scored

PROGRAMME, REVIEW, CODE = "programme-evaluation", "vnr-review", "wango-code"


def test_it_may_be_too_early_to_judge_one_criterion_of_a_programme():
    found = scored(PROGRAMME)
    assert found.reason("impact", 0) == "too-many-not-applicable"
    assert found.scores["programme"][0] == pytest.approx(1.6166666666666667)


def test_but_not_two_of_them():
    found = scored(PROGRAMME, {"owners": "early", "money_after": "early"})
    assert found.reason("programme", 0) == "veto"
    assert [each.code for each in found.adjusted] == ["fewer-than-five-criteria"]


def test_a_good_mean_does_not_hide_the_weakest_criterion():
    best = dict.fromkeys(("inside", "outside", "standards", "aims", "own_part", "for_whom", "why", "cost", "time"), "3")
    found = scored(PROGRAMME, best)
    assert found.scores["programme"][0] > 2
    assert found.classes("programme") is None
    assert found.classes("weakest") == ("weak",)


def test_a_programme_gets_no_mean_on_its_own_word():
    found = scored(PROGRAMME, {"confidence": 0.25})
    assert found.reason("programme", 0) == "veto"
    assert found.classes("relevance") == ("very-good",)


def test_a_pillar_of_a_review_is_its_mean_times_fifty():
    found = scored(REVIEW, {"in_plans": "2", "principles": "2"}, {"in_plans": "0", "principles": "1"}).scores
    assert found["frameworks"].tolist() == [100, 25]


def test_a_review_that_was_not_read_to_the_end_has_no_mean():
    found = scored(REVIEW, {"in_plans": None, "principles": None})
    assert found.reason("review", 0) == "strict"


@pytest.mark.parametrize(
    ("part", "counts"), [(["mission_statement"], True), (["mission_statement", "activities"], False)]
)
def test_a_part_of_the_code_counts_with_half_of_its_statements(part, counts):
    found = scored(CODE, dict.fromkeys(part, None))
    assert np.isfinite(found.scores["mission"][0]) == counts


def test_the_code_needs_seven_of_nine_parts():
    mission = dict.fromkeys(["mission_statement", "activities"])
    trust = dict.fromkeys(["information", "advocacy"])
    found = scored(CODE, mission, mission | trust)  # the example leaves fundraising out
    assert np.isnan(found.scores["conduct"]).tolist() == [False, True]


@pytest.mark.parametrize(("answer", "conduct"), [("2", "in-line"), ("1", "partly"), ("0", "not-yet")])
def test_the_same_answer_everywhere_gives_its_class(answer, conduct):
    every = dict.fromkeys([code for code, value in scored(CODE).table.columns.items() if value[0] != "na"], answer)
    assert scored(CODE, every).classes("conduct") == (conduct,)
