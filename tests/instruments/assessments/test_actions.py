"""Opening, answering, handing in and withdrawing."""

import datetime as dt

import pytest

from kurak.ground.errors import Forbidden, Refused
from kurak.ground.safety.models import Act
from kurak.instruments.assessments import actions
from kurak.instruments.assessments.answering import BadAnswers, Given, Overtaken, Unfinished, mark, plain_word
from kurak.instruments.assessments.models import Assessment, Evidence, Sheet
from kurak.instruments.assessments.questions import Questionnaire
from tests.factories.instruments import FULL, a_document, a_sheet, an_assessment, an_edition, with_answers
from tests.factories.people import a_membership, a_person, an_organisation

pytestmark = pytest.mark.django_db
PERIOD = {"start": dt.date(2025, 1, 1), "end": dt.date(2025, 12, 31)}


def opened(**more) -> Assessment:
    member = a_membership(a_person())
    return actions.open_assessment(
        **{"by": member.person, "organisation": member.organisation, "edition": an_edition(), **PERIOD, **more}
    )


def own(assessment: Assessment) -> Sheet:
    return assessment.sheets.get(role=Sheet.Role.SELF)


def with_evidence(sheet: Sheet, criterion: str = "accounts") -> None:
    Evidence.objects.create(answer=sheet.answers.get(criterion=criterion), title="Report", link="https://example.org/")


def test_a_member_opens_an_assessment_with_an_empty_sheet():
    made = opened()
    assert (made.status, own(made).rater, own(made).answers.count()) == ("draft", made.opened_by, 0)


def test_a_second_click_opens_no_second_assessment():
    made = opened()
    again = opened(by=made.opened_by, organisation=made.organisation, edition=made.edition)
    assert again == made


def test_a_stranger_cannot_open_one_for_an_organisation():
    with pytest.raises(Forbidden):
        opened(by=a_person())


def test_a_programme_needs_a_name_and_an_organisation_takes_none():
    programme = an_edition(a_document(code="programmes", units="programme"))
    with pytest.raises(Refused, match="Name what is assessed"):
        opened(edition=programme, subject="  ")
    assert opened(edition=programme, subject=" Clean  wells ").subject == "Clean wells"
    assert opened(edition=an_edition(), subject="Something").subject == ""


@pytest.mark.parametrize("changed", [{"units": "country"}, {"assessing": None}])
def test_an_index_computed_from_data_cannot_be_answered(changed):
    with pytest.raises(Refused, match="computed from data"):
        opened(edition=an_edition(a_document(code="by-data", **changed)))


def test_an_edition_in_draft_cannot_be_answered():
    with pytest.raises(Refused, match="not in use"):
        opened(edition=an_edition(status="draft", published_at=None))


def test_answers_are_saved_and_an_equal_second_time_changes_nothing():
    made = opened()
    answers = {"rules": Given("2", "Statute of 2020", 1), "months": Given("7.5")}
    assert sorted(actions.save(sheet=own(made), by=made.opened_by, answers=answers)) == ["months", "rules"]
    saved_at = own(made).saved_at
    assert actions.save(sheet=own(made), by=made.opened_by, answers=answers) == []
    assert own(made).saved_at == saved_at


def test_one_wrong_answer_keeps_all_from_being_saved_and_each_is_named():
    made = opened()
    answers = {"rules": Given("2"), "accounts": Given("9"), "months": Given("many"), "nowhere": Given("1")}
    with pytest.raises(BadAnswers) as refused:
        actions.save(sheet=own(made), by=made.opened_by, answers=answers)
    assert sorted(refused.value.problems) == ["accounts", "months", "nowhere"]
    assert "0, 1, 2, n/a, dk" in refused.value.problems["accounts"]
    assert own(made).answers.count() == 0


@pytest.mark.parametrize("word", ["61", "-1", "nan", "inf", "1e400"])
def test_a_number_must_lie_within_its_bounds(word):
    made = opened()
    with pytest.raises(BadAnswers):
        actions.save(sheet=own(made), by=made.opened_by, answers={"months": Given(word)})


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_unseen():
    made = opened()
    colleague = a_membership(a_person(), made.organisation).person
    seen = {"rules": mark(Given())}
    actions.save(sheet=own(made), by=colleague, answers={"rules": Given("1")}, seen=seen)
    with pytest.raises(Overtaken) as refused:
        actions.save(sheet=own(made), by=made.opened_by, answers={"rules": Given("2")}, seen=seen)
    assert refused.value.others == {"rules": Given("1")}
    seen = {"rules": mark(Given("1"))}
    assert actions.save(sheet=own(made), by=made.opened_by, answers={"rules": Given("2")}, seen=seen) == ["rules"]


def test_two_people_on_different_questions_do_not_disturb_each_other():
    made = opened()
    seen = {"rules": mark(Given()), "people": mark(Given())}
    actions.save(sheet=own(made), by=made.opened_by, answers={"rules": Given("1")}, seen=seen)
    assert actions.save(sheet=own(made), by=made.opened_by, answers={"people": Given("1")}, seen=seen) == ["people"]


def test_only_members_answer_for_the_organisation():
    made = opened()
    with pytest.raises(Forbidden):
        actions.save(sheet=own(made), by=a_person(), answers={"rules": Given("1")})


def test_an_unfinished_sheet_is_not_handed_in_and_says_what_is_missing():
    made = an_assessment()
    with_answers(own(made), {"rules": "n/a", "complaints": "n/a", "accounts": "1"}, level=1)
    with pytest.raises(Unfinished) as refused:
        actions.hand_in(sheet=own(made), by=made.opened_by)
    said = [sentence for _page, sentence in refused.value.missing]
    assert "1 question has no answer." in said
    assert "67 % of this part does not apply to you; at most 40 % may. Answer more of it." in said
    assert "1 answer should have evidence: a link or a file." in said
    assert "“Do you publish your accounts” claims evidence: add a link or a file, or choose “Own statement”." in said


def test_questions_may_stay_open_if_that_is_meant():
    made = an_assessment()
    with_answers(own(made), {"rules": "2"})
    actions.hand_in(sheet=own(made), by=made.opened_by, incomplete=True)
    made.refresh_from_db()
    assert made.status == "submitted"


def test_the_lowest_answer_needs_no_evidence():
    made = an_assessment()
    with_answers(own(made), {**FULL, "accounts": "0"})
    assert actions.hand_in(sheet=own(made), by=made.opened_by).handed_in_at


def test_a_sheet_handed_in_is_closed():
    made = an_assessment()
    with_evidence(with_answers(own(made)))
    actions.hand_in(sheet=own(made), by=made.opened_by)
    with pytest.raises(Refused, match="handed in"):
        actions.save(sheet=own(made), by=made.opened_by, answers={"rules": Given("1")})


def test_without_review_a_sheet_is_decided_when_it_is_handed_in():
    edition = an_edition(a_document(code="portrait", assessing={"review": "none"}))
    made = an_assessment(edition)
    with_evidence(with_answers(own(made)))
    actions.hand_in(sheet=own(made), by=made.opened_by)
    made.refresh_from_db()
    assert made.status == "decided"


def test_an_officer_withdraws_at_any_time_and_the_act_is_recorded():
    made = an_assessment(status="review")
    a_sheet(made, "peer")
    with pytest.raises(Forbidden):
        actions.withdraw(assessment=made, by=made.opened_by)
    officer = a_membership(a_person(), made.organisation, officer=True).person
    assert actions.withdraw(assessment=made, by=officer, why="We merged.").status == "withdrawn"
    assert made.remarks.get().text == "We merged."
    assert Act.objects.get(verb="assessment.withdrawn").subject == f"assessment:{made.pk}"
    with pytest.raises(Refused, match="Open a new assessment"):
        actions.withdraw(assessment=made, by=officer)


def test_another_organisation_s_officer_cannot_withdraw_it():
    made = an_assessment()
    with pytest.raises(Forbidden):
        actions.withdraw(assessment=made, by=a_membership(a_person(), an_organisation(), officer=True).person)


@pytest.mark.parametrize("word", ["nan", "inf", "1e400", "1_000", "0x1F", "½", "٣.٣.٣", "--1", "1e5"])
def test_what_is_no_number_of_months_is_no_answer(word):
    sheet = own(opened())
    asked = Questionnaire(sheet.assessment.edition).criteria["months"]
    with pytest.raises(BadAnswers):
        actions.save(sheet=sheet, by=sheet.rater, answers={"months": Given(plain_word(asked, word))})
