"""The rating of social enterprises: what its gates, floors, evidence and short form do."""

from __future__ import annotations

import numpy as np
import pytest

from kurak.engines.composite import prepared, tabulate
from kurak.engines.composite.evaluating import evaluate
from kurak.engines.composite.scoring import classes_of
from kurak.engines.composite.varying.vary import vary
from kurak.instruments.definitions.analysis import definition
from tests.instruments.definitions.test_own_instruments import scored

DIMENSIONS = "ABCDEFG"
MARKET_STRONG = (80, 95, 80, 75, 15, 20, 70)  # no mission lock
BALANCED = (65, 65, 65, 66, 65, 65, 64)
EXCELLENT = (80, 80, 80, 80, 80, 80, 80)


def rated(profile: tuple[float, ...], confidence: float = 0.8) -> tuple[float, str]:
    """Total and band of an enterprise whose indicators all stand where its dimension stands."""
    declared = definition("social-enterprise").declaration
    answers = {**definition("social-enterprise").document["example"]["values"], "confidence": confidence}
    table = tabulate(["one"], {leaf.column: [answers[code]] for code, leaf in declared.leaves.items()})
    at = dict(zip(DIMENSIONS, profile, strict=True))
    leaves = {code: np.array([float(at[name])]) for name in DIMENSIONS for code in declared.leaves_under(name)}
    scores = evaluate(declared, prepared(declared, table), leaves=leaves)
    place = int(classes_of(declared, table, scores, "total")[0])
    band = declared.classes["bands"].of[place].code if place >= 0 else ""
    return float(scores["total"][0]), band


def test_a_strong_market_does_not_make_up_for_a_missing_mission_lock():
    total, band = rated(MARKET_STRONG)
    assert total == pytest.approx(65.65)
    assert band == "developing"


def test_a_balanced_enterprise_with_about_the_same_mean_is_established():
    total, band = rated(BALANCED)
    assert total == pytest.approx(65.17)
    assert band == "established"


def test_the_highest_band_needs_evidence_too():
    assert rated(EXCELLENT, confidence=0.8)[1] == "leading"
    assert rated(EXCELLENT, confidence=0.69)[1] == "established"


def test_the_highest_band_needs_every_dimension_to_hold():
    assert rated((90, 90, 90, 90, 90, 90, 40))[1] == "leading"
    assert rated((90, 90, 90, 90, 90, 90, 39))[1] == "established"


@pytest.mark.parametrize(
    ("mean", "band"), [(39.9, "starting"), (40, "developing"), (60, "established"), (75, "leading")]
)
def test_a_band_owns_its_lower_cut(mean, band):
    assert rated((mean,) * 7)[1] == band


def test_below_forty_per_cent_of_evidence_there_is_no_rating_yet():
    found = scored("social-enterprise", {"confidence": 0.39}, {"confidence": 0.4})
    assert np.isnan(found.scores["total"]).tolist() == [True, False]
    assert found.reason("total", 0) == "veto"
    assert [each.code for each in found.adjusted] == ["not-rated-yet"]


def test_the_profile_is_there_even_without_a_rating():
    found = scored("social-enterprise", {"confidence": 0.1})
    assert not any(np.isnan(found.scores[dimension][0]) for dimension in DIMENSIONS)


@pytest.mark.parametrize("gate", ["gate_purpose", "gate_surplus", "gate_autonomy", "gate_practice", "gate_consent"])
def test_a_closed_gate_means_no_rating(gate):
    found = scored("social-enterprise", {gate: "no"})
    assert found.classes("eligibility") == ("not-eligible",)
    assert np.isnan(found.scores["total"][0])


def test_too_little_trade_gets_a_learning_report_and_some_trade_a_rating():
    found = scored(
        "social-enterprise", {"gate_trade": "pre"}, {"gate_trade": "emerging"}, {"gate_trade": "established"}
    )
    assert found.classes("eligibility") == ("pre-enterprise", "emerging", "eligible")
    assert np.isnan(found.scores["total"]).tolist() == [True, False, False]


def test_what_is_not_yet_there_makes_an_enterprise_emerging():
    assert scored("social-enterprise", {"gate_purpose": "not-yet"}).classes("eligibility") == ("emerging",)


def test_one_of_six_may_not_apply_but_not_two():
    found = scored("social-enterprise", {"C2": "na"}, {"C2": "na", "C6": "na"})
    assert found.scores["C"][0] == pytest.approx(80)  # 3, 3, 4, 3, 3 quarters
    assert found.reason("C", 1) == "too-many-not-applicable"


def test_the_short_form_of_eighteen_is_enough_for_a_rating():
    items = definition("social-enterprise").items
    core = [code for code, item in items.items() if item.get("core") and not code.startswith("gate_")]
    rest = [
        code for code in definition("social-enterprise").declaration.leaves if code[1:].isdigit() and code not in core
    ]
    found = scored("social-enterprise", dict.fromkeys(rest, "x"))
    assert (len(core), len(rest)) == (18, 18)
    assert not np.isnan(found.scores["total"][0])
    assert found.scores["D"][0] == pytest.approx(75)
    assert found.coverage["total"][0] < 0.6


def test_less_than_the_short_form_is_too_little():
    assert np.isnan(scored("social-enterprise", dict.fromkeys(["A1", "A2", "A4"], None)).scores["total"][0])


def test_the_seven_weights_sum_to_a_hundred():
    total = definition("social-enterprise").declaration.nodes["total"]
    assert [child.weight for child in total.children] == [10, 18, 15, 25, 12, 12, 8]
    assert sum(1 for name in DIMENSIONS for _ in definition("social-enterprise").declaration.leaves_under(name)) == 36


def test_a_quarter_more_or_less_of_each_weight_moves_the_total_and_not_the_band():
    declared = definition("social-enterprise").declaration
    answers = definition("social-enterprise").document["example"]["values"]
    table = tabulate(["one"], {leaf.column: [answers[code]] for code, leaf in declared.leaves.items()})
    varied = vary(declared, table, draws=200, seed=1)
    assert varied.scores().low[0] < 65.23 < varied.scores().high[0]
    assert varied.class_holds()[0] == 1
