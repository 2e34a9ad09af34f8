"""The pace of a climate pledge, the twelve commitments, and the mirror of principles."""

from __future__ import annotations

import numpy as np
import pytest

from tests.instruments.definitions.test_own_instruments import scored

PLEDGE, COMMITMENTS, PORTRAIT = "ndc-progress", "cso-commitments", "self-portrait"
FALLING = {"base": 100, "target": 80, "base_year": 2010, "target_year": 2030, "latest_year": 2020}
GROWING = {**FALLING, "base": 80, "target": 100}


@pytest.mark.parametrize(
    ("latest", "pace", "says"),
    [(90, 1, "on-track"), (91, 0.9, "behind"), (95, 0.5, "behind"), (96, 0.4, "far-behind"), (100, 0, "far-behind"),
     (101, -0.1, "moving-away")],
)  # fmt: skip
def test_the_pace_of_emissions_that_must_fall(latest, pace, says):
    found = scored(PLEDGE, {**FALLING, "latest": latest})
    assert found.scores["pace"][0] == pytest.approx(pace, abs=1e-12)
    assert found.classes("pace") == (says,)


def test_the_same_rule_holds_for_forests_that_must_grow():
    found = scored(PLEDGE, {**GROWING, "latest": 90}, {**GROWING, "latest": 79})
    assert found.classes("pace") == ("on-track", "moving-away")


@pytest.mark.parametrize("change", [{"latest_year": 2010}, {"latest_year": 2009}, {"target": 100}])
def test_without_time_or_change_there_is_no_pace(change):
    assert np.isnan(scored(PLEDGE, {**FALLING, "latest": 90, **change}).scores["pace"][0])


def test_a_straight_line_leads_to_the_target_when_on_track():
    assert scored(PLEDGE, {**FALLING, "latest": 90}).scores["at_this_pace"][0] == pytest.approx(80)


def test_voices_count_as_much_as_papers():
    found = scored(COMMITMENTS, {"justice_practice": "3", "justice_voices": "0"}).scores
    assert found["justice"][0] == 1.5


def test_three_of_four_commitments_carry_a_cluster():
    one = {"justice_practice": None, "justice_voices": None}
    two = {**one, "women_practice": None, "women_voices": None}
    found = scored(COMMITMENTS, one, two)
    assert np.isnan(found.scores["aims"]).tolist() == [False, True]


def test_the_portrait_has_eight_principles_and_seven_factors_and_no_class():
    found = scored(PORTRAIT)
    nodes = found.declaration.nodes
    assert (len(nodes["principles"].children), len(nodes["factors"].children)) == (8, 7)
    assert found.classes("portrait") is None
