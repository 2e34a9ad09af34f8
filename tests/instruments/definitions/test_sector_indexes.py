"""Two indexes of the sector: one where low is good, one with the law beside practice."""

from __future__ import annotations

import numpy as np
import pytest

from kurak.engines.composite.classing import classified
from kurak.instruments.definitions.analysis import definition
from tests.instruments.definitions.test_own_instruments import scored

SUSTAINABILITY, METER = "cso-sustainability", "cso-meter"
DIMENSIONS = ("legal", "capacity", "finance", "advocacy", "service", "infrastructure", "image")


def test_the_lowest_score_ranks_first():
    best, worst = dict.fromkeys(DIMENSIONS, "2"), dict.fromkeys(DIMENSIONS, "6")
    found = scored(SUSTAINABILITY, worst, best)
    assert found.ranks().tolist() == [2, 1]
    assert found.classes() == ("impeded", "enhanced")


@pytest.mark.parametrize(
    ("score", "expected"),
    [(1, "enhanced"), (3.04, "enhanced"), (3.05, "evolving"), (3.1, "evolving"), (5.0, "evolving"), (5.05, "impeded")],
)
def test_classes_go_by_one_decimal(score, expected):
    scheme = definition(SUSTAINABILITY).declaration.classes["sustainability"]
    assert scheme.of[int(classified(scheme, np.array([score]))[0])].code == expected


def test_a_dimension_without_a_mark_leaves_no_score():
    assert scored(SUSTAINABILITY, {"image": None}).reason("sustainability", 0) == "strict"


def test_the_whole_is_not_the_mean_of_rights_and_conditions():
    found = scored(METER).scores
    rights, conditions = float(found["rights"][0]), float(found["conditions"][0])
    assert found["environment"][0] == pytest.approx((8 * rights + 3 * conditions) / 11)


def test_a_good_law_and_bad_practice_show_as_a_gap():
    laws = {f"{child.code}_law": "7" for child in definition(METER).declaration.nodes["environment"].children}
    assert scored(METER, laws).scores["gap"][0] > 3


def test_an_area_needs_both_marks():
    found = scored(METER, {"privacy_practice": None})
    assert np.isnan(found.scores["privacy"][0])
    assert np.isnan(found.scores["environment"][0])
