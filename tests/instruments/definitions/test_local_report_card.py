"""The residents' report card: shares and marks, and nothing at all from too few answers."""

from __future__ import annotations

import numpy as np

from tests.instruments.definitions.test_own_instruments import scored

CARD = "local-report-card"


def test_fewer_than_ten_answers_are_hidden_everywhere():
    found = scored(CARD, {"answers": 9}, {"answers": 10})
    for node in ("services", "openness", "participation", "money", "fairness", "card", "marks"):
        assert np.isnan(found.scores[node]).tolist() == [True, False], node


def test_without_a_number_of_answers_nothing_is_shown():
    assert np.isnan(scored(CARD, {"answers": None}).scores["card"][0])


def test_the_class_follows_from_the_share_that_is_content():
    found = scored(CARD)
    assert found.classes("card") == ("mixed",)
    assert found.classes("participation") == ("poor",)


def test_an_area_needs_half_of_its_questions():
    found = scored(CARD, {"who": None}, {"who": None, "told": None})
    assert found.scores["openness"][0] == 38
    assert found.reason("openness", 1) == "too-few"
    assert found.reason("card", 1) == "strict"
