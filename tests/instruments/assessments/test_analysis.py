"""What answers give: scores, classes, confidence, agreement."""

import pytest

from kurak.instruments.assessments.analysis import agreement, outcome
from kurak.instruments.assessments.models import Answer, Assessment, Sheet
from kurak.instruments.definitions.analysis import definition
from tests.factories.instruments import FULL, a_sheet, an_assessment, an_edition, with_answers

pytestmark = pytest.mark.django_db


def scored(given: dict[str, str], *, level: int = 0, assessment: Assessment | None = None):
    assessment = assessment or an_assessment()
    sheet = with_answers(assessment.sheets.get(role=Sheet.Role.SELF), given, level=level)
    return outcome(assessment, {each.criterion: each for each in sheet.answers.all()})


def test_scores_come_from_the_answers():
    """Trust: 100 and 50, one that does not apply; reach: 100, and 6 of 12 months."""
    found = scored(FULL, level=1)
    assert [(each.code, each.value) for each in found.nodes] == [("total", 75), ("trust", 75), ("reach", 75)]
    assert (found.whole.class_code, str(found.whole.class_title.into("ru"))) == ("leading", "Ведущая")


def test_confidence_is_the_mean_worth_of_the_evidence_by_weight():
    assessment = an_assessment()
    sheet = with_answers(
        assessment.sheets.get(role=Sheet.Role.SELF), {"rules": "2", "people": "2", "complaints": "n/a"}
    )
    Answer.objects.filter(criterion="people").update(level=3)
    found = outcome(assessment, {each.criterion: each for each in sheet.answers.all()})
    assert found.confidence == pytest.approx((0.25 * 1 / 6 + 1.0 * 1 / 4) / (1 / 6 + 1 / 4))


def test_a_class_that_needs_confidence_is_not_reached_by_words_alone():
    assert scored(FULL, level=0).whole.class_code == "steady"


def test_a_closed_gate_pulls_the_whole_down():
    assert scored({**FULL, "purpose": "no"}, level=1).whole.value == 0


def test_nothing_answered_gives_no_score_and_a_reason():
    found = scored({})
    assert (found.whole.value, found.confidence, found.wrong) == (None, None, "")
    assert found.whole.reason


def test_an_outcome_names_what_it_was_computed_from():
    case = an_assessment()
    one, same, other = (scored(given, assessment=case) for given in (FULL, FULL, {**FULL, "rules": "1"}))
    assert one.made_from == same.made_from != other.made_from
    assert len(one.declared) == 64


def test_reviewers_who_say_the_same_agree():
    assessment = an_assessment()
    sheets = [with_answers(a_sheet(assessment, "peer")) for _each in range(2)]
    found = agreement(assessment, sheets)
    assert (found.raters, found.criteria, found.raw, found.alpha, found.kappa) == (2, 5, 1, 1, 1)


def test_a_difference_lowers_agreement_and_one_rater_has_none():
    assessment = an_assessment()
    one, two = (with_answers(a_sheet(assessment, "peer")) for _each in range(2))
    with_answers(two, {"rules": "0", "people": "1"})
    found = agreement(assessment, [one, two])
    assert found.raw == pytest.approx(3 / 5)
    assert 0 < found.kappa < 1
    assert found.alpha < 1
    assert agreement(assessment, [one]).alpha is None


def test_the_shipped_rating_of_social_enterprises_gives_its_own_example():
    """Answered as an assessment: the same total, held to its floors."""
    document = definition("social-enterprise").document
    edition = an_edition({**document, "dated": str(document["dated"])})
    given = {code: str(word) for code, word in document["example"]["values"].items() if code != "confidence"}
    found = scored(given, level=1, assessment=an_assessment(edition))
    assert found.wrong == ""
    assert found.confidence == 0.5
    assert found.whole.value == pytest.approx(document["example"]["expect"]["total"])
    assert found.whole.class_code == "developing"
