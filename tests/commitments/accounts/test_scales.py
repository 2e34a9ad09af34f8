"""Scales: what ships is right, and a wrong file is told line by line."""

import json
from pathlib import Path

import pytest

from kurak.commitments.accounts.models import Grader
from kurak.commitments.accounts.scales.files import FOLDER, GRADERS, read, scales, scales_for
from kurak.instruments.definitions.problems import Misdeclared

GOOD = """format: 1
code: wells
title: {en: Wells}
about: {en: How wells are}
says: standing
graders: [state]
source: Our own
verified: true
ladder: source
steps:
  - {code: good, ladder: 1, title: {en: Good}}
  - {code: bad, ladder: 0, title: {en: Bad}}
  - {code: unknown, title: {en: Nobody looked}}
"""
RESEARCH = Path(__file__).parents[3] / "../shared/data/commitments/scales/grading_scales.json"
SAME = {
    "hrc": "hrc_follow_up", "hrc-2013": "hrc_follow_up_2013_2017", "upr-info": "upr_info_iri",
    "upr-position": "upr_position", "cedaw": "cedaw_follow_up", "ogp-completion": "ogp_completion",
    "ogp-ambition": "ogp_potential_for_results", "ogp-impact-2015": "ogp_potential_impact_pre2020",
    "ogp-opened": "ogp_early_results_pre2021", "ogp-results": "ogp_early_results",
}  # fmt: skip


def test_every_kind_of_grader_has_a_scale():
    assert set(GRADERS) == set(Grader.values)
    assert all(scales_for(grader) for grader in GRADERS)


def test_every_shipped_scale_speaks_russian():
    texts = [
        text for scale in scales().values() for text in (scale.title, scale.about, *(s.title for s in scale.steps))
    ]
    assert not [text.body for text in texts if "ru" not in text.translations]


@pytest.mark.skipif(not RESEARCH.exists(), reason="the collected vocabularies are not beside this copy")
@pytest.mark.parametrize("code", SAME)
def test_steps_and_their_verification_are_those_collected(code):
    collected, scale = json.loads(RESEARCH.read_text())[SAME[code]], scales()[code]
    assert {step.code for step in scale.steps} == {each["code"].replace("_", "-") for each in collected["levels"]}
    assert scale.verified is collected["verified"]


def test_no_cooperation_says_nothing_and_contrary_is_the_lowest():
    letters = scales()["hrc"]
    assert [letters.ladder(each) for each in "ABCDE"] == [1, 0.5, 0, None, 0]


def test_no_information_is_a_value_of_every_scale_and_never_zero():
    assert all(scale.takes("") and scale.ladder("") is None for scale in scales().values())


def test_per_cent_runs_from_0_to_100():
    percent = scales()["percent"]
    assert (percent.ladder("62,5"), percent.takes("100"), percent.takes("101"), percent.takes("nan")) == (
        0.625, True, False, False,
    )  # fmt: skip


@pytest.mark.parametrize("code", ["upr-position", "ogp-ambition", "ogp-results"])
def test_what_says_not_where_things_stand_has_no_ladder(code):
    assert all(step.ladder is None for step in scales()[code].steps)


def test_a_ladder_is_firm_only_if_it_is_the_source_s_own_and_was_seen():
    assert scales()["upr-info"].firm
    assert not scales()["hrc"].firm
    assert not scales()["cedaw"].firm


def test_a_good_file_is_read():
    assert read(GOOD, "wells.yaml").ladder("good") == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("ladder: 1,", "ladder: 2,", 11, "ladder"),
        ("code: bad", "code: good", 12, "twice"),
        ("{en: Bad}", "{xx: Bad}", 12, "words"),
        ("graders: [state]", "graders: [king]", 6, "grader"),
        ("says: standing", "says: ambition", 11, "ladder"),
        ("verified: true", "verified: maybe", 8, "choice"),
        ("source: Our own", "sauce: Our own", 7, "unknown"),
        ("code: wells", "code: pumps", 2, "code"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_with_its_line(old, new, line, code):
    with pytest.raises(Misdeclared) as refusal:
        read(GOOD.replace(old, new, 1), "wells.yaml")
    assert (line, code) in {(each.line, each.code) for each in refusal.value.problems}


def test_the_best_step_comes_first():
    lines = GOOD.replace("ladder: 1", "ladder: 0.2").replace("code: bad, ladder: 0", "code: bad, ladder: 0.9")
    with pytest.raises(Misdeclared):
        read(lines, "wells.yaml")


def test_files_are_named_by_their_code():
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(scales())
