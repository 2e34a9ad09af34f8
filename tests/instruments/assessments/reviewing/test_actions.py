"""From the handed-in sheet to the reply."""

import datetime as dt

import pytest

from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.safety.models import Act
from kurak.instruments.assessments import actions as answering
from kurak.instruments.assessments.models import Sheet
from kurak.instruments.assessments.queries import sheet_for
from kurak.instruments.assessments.reviewing import actions
from tests.factories.assessing import a_case
from tests.factories.people import a_grant, a_member_of_staff, a_membership, a_person, an_organisation
from tests.factories.places import a_small_world

pytestmark = pytest.mark.django_db


def test_the_first_invitation_opens_the_review():
    case = a_case().handed_in()
    sheet = actions.invite(assessment=case.assessment, by=case.coordinator, reviewer=case.reviewers[0], role="peer")
    assert (case.now.status, sheet.rater_organisation.place.code) == ("review", "KZ")
    again = actions.invite(assessment=case.assessment, by=case.coordinator, reviewer=case.reviewers[0], role="peer")
    assert again == sheet


def test_nobody_reviews_their_own_organisation():
    case = a_case().handed_in()
    for own in (case.member, case.officer):
        with pytest.raises(Refused, match="belongs to the organisation"):
            actions.invite(assessment=case.assessment, by=case.coordinator, reviewer=own, role="peer")


def test_whoever_opened_it_does_not_review_it_even_after_leaving():
    case = a_case().handed_in()
    case.member.memberships.all().delete()
    with pytest.raises(Refused, match="belongs to the organisation"):
        actions.invite(assessment=case.assessment, by=case.coordinator, reviewer=case.member, role="peer")


def test_whoever_may_have_to_decide_does_not_review():
    case = a_case().handed_in()
    other = a_member_of_staff("coordinator", place=a_small_world().region)
    with pytest.raises(Refused, match="may have to decide"):
        actions.invite(assessment=case.assessment, by=case.coordinator, reviewer=other, role="expert")


def test_a_coordinator_who_belongs_to_the_organisation_is_on_its_side():
    case = a_case().handed_in()
    a_membership(case.coordinator, case.organisation)
    with pytest.raises(Forbidden):
        actions.invite(assessment=case.assessment, by=case.coordinator, reviewer=case.reviewers[0], role="peer")


def test_a_coordinator_without_a_second_factor_or_of_another_country_invites_nobody():
    case = a_case().handed_in()
    without = a_person()
    a_grant(without, "coordinator", place=a_small_world().region)
    for wrong in (without, a_member_of_staff("coordinator", place=a_small_world().kazakhstan)):
        with pytest.raises(Forbidden):
            actions.invite(assessment=case.assessment, by=wrong, reviewer=case.reviewers[0], role="peer")


def test_a_reviewer_sees_nothing_before_declaring_their_interests():
    case = a_case().handed_in()
    reviewer = case.reviewers[0]
    sheet = actions.invite(assessment=case.assessment, by=case.coordinator, reviewer=reviewer, role="peer")
    with pytest.raises(Missing):
        sheet_for(reviewer, case.own.pk)
    with pytest.raises(Forbidden):
        case.answer(sheet, reviewer, rules="1")
    actions.declare(sheet=sheet, by=reviewer, accepts=True, interests="We had one project together in 2021.")
    assert sheet_for(reviewer, case.own.pk) == case.own
    case.answer(sheet, reviewer, rules="1")


def test_reviewers_do_not_see_each_other_s_sheets():
    case = a_case().handed_in().invited().reviewed()
    one, two = case.reviewers
    with pytest.raises(Missing):
        sheet_for(one, case.sheet_of(two).pk)


def test_the_organisation_sees_reviews_only_with_the_draft():
    case = a_case().handed_in().invited().reviewed()
    review = case.sheet_of(case.reviewers[0])
    with pytest.raises(Missing):
        sheet_for(case.member, review.pk)
    case.drafted()
    assert sheet_for(case.member, review.pk) == review


def test_declining_takes_the_invitation_away():
    case = a_case().handed_in()
    sheet = actions.invite(assessment=case.assessment, by=case.coordinator, reviewer=case.reviewers[0], role="peer")
    assert actions.declare(sheet=sheet, by=case.reviewers[0], accepts=False) is None
    assert not Sheet.objects.filter(pk=sheet.pk).exists()
    assert Act.objects.filter(verb="reviewer.declined").exists()


def test_nobody_declares_for_somebody_else():
    case = a_case().handed_in()
    sheet = actions.invite(assessment=case.assessment, by=case.coordinator, reviewer=case.reviewers[0], role="peer")
    with pytest.raises(Forbidden):
        actions.declare(sheet=sheet, by=case.reviewers[1], accepts=True)


def test_a_review_handed_in_cannot_be_dismissed_or_changed():
    case = a_case().handed_in().invited().reviewed()
    sheet = case.sheet_of(case.reviewers[0])
    with pytest.raises(Refused, match="it stays"):
        actions.dismiss(sheet=sheet, by=case.coordinator, why="Too strict")
    with pytest.raises(Refused, match="handed in"):
        case.answer(sheet, case.reviewers[0], rules="0")


def test_a_reviewer_with_close_ties_is_dismissed_with_a_reason():
    case = a_case().handed_in().invited()
    sheet = case.sheet_of(case.reviewers[0])
    with pytest.raises(Refused, match="few words"):
        actions.dismiss(sheet=sheet, by=case.coordinator, why=" ")
    actions.dismiss(sheet=sheet, by=case.coordinator, why="They fund the organisation.")
    assert not Sheet.objects.filter(pk=sheet.pk).exists()


def test_a_sheet_is_sent_back_with_a_reason_and_can_be_answered_again():
    case = a_case().handed_in()
    actions.send_back(assessment=case.assessment, by=case.coordinator, why="The accounts are missing.")
    assert case.now.status == "draft"
    case.answer(case.own, case.member, rules="1")
    assert case.assessment.remarks.get().text == "The accounts are missing."


def test_the_draft_needs_as_many_reviews_as_the_edition_asks_for_or_a_reason():
    case = a_case(reviewers=1).handed_in().invited()
    with pytest.raises(Refused, match="No reviewer has handed in"):
        actions.send_draft(assessment=case.assessment, by=case.coordinator)
    case.reviewed()
    with pytest.raises(Refused, match="asks for 2 reviews; there are 1"):
        actions.send_draft(assessment=case.assessment, by=case.coordinator)
    actions.send_draft(assessment=case.assessment, by=case.coordinator, why="Nobody else knows this field.")
    assert case.now.status == "reply"
    assert case.assessment.reply_until == dt.datetime.now(dt.UTC).date() + dt.timedelta(days=14)


def test_a_reply_stays_as_it_was_written_and_a_second_click_adds_none():
    case = a_case().handed_in().invited().reviewed().drafted()
    for _click in range(2):
        actions.reply(
            assessment=case.assessment, by=case.member, text="Our accounts are on the web.", criterion="accounts"
        )
    assert [each.text for each in case.assessment.remarks.filter(kind="reply")] == ["Our accounts are on the web."]
    with pytest.raises(Forbidden):
        actions.reply(assessment=case.assessment, by=case.reviewers[0], text="No")


def test_the_days_for_the_reply_end_by_the_officer_s_word_or_by_themselves():
    case = a_case().handed_in().invited().reviewed().drafted()
    with pytest.raises(Forbidden):
        actions.end_reply(assessment=case.assessment, by=case.member)
    with pytest.raises(Refused, match="not over yet"):
        actions.end_reply(assessment=case.assessment, by=None)
    case.now.reply_until = dt.date(2026, 1, 1)
    case.assessment.save()
    assert actions.end_reply(assessment=case.assessment, by=None).status == "panel"


def test_the_panel_begins_with_what_the_reviewers_come_to():
    case = a_case().handed_in().invited().reviewed({"rules": "0"}, {"rules": "1"}).drafted().before_panel()
    panel = case.assessment.sheets.get(role="panel")
    assert panel.answers.get(criterion="rules").given == "0"
    assert panel.answers.get(criterion="people").level == 1


def test_no_step_is_taken_twice():
    case = a_case().handed_in().invited().reviewed().drafted()
    for again in (
        lambda: actions.send_draft(assessment=case.assessment, by=case.coordinator),
        lambda: actions.invite(
            assessment=case.assessment, by=case.coordinator, reviewer=a_person(), role="peer",
            organisation=an_organisation(),
        ),
        lambda: answering.save(sheet=case.own, by=case.member, answers={}),
    ):  # fmt: skip
        with pytest.raises(Refused):
            again()


def test_what_was_declared_is_not_rewritten_later():
    case = a_case(reviewers=1).handed_in().invited()
    reviewer = case.reviewers[0]
    sheet = case.sheet_of(reviewer)
    assert actions.declare(sheet=sheet, by=reviewer, accepts=True, interests="") == sheet  # clicked twice
    with pytest.raises(Refused, match="Tell the coordinator"):
        actions.declare(sheet=sheet, by=reviewer, accepts=True, interests="My brother works there")
    stale = case.sheet_of(reviewer)
    case.reviewed()
    for accepts in (True, False):
        with pytest.raises(Refused, match="it stays"):
            actions.declare(sheet=stale, by=reviewer, accepts=accepts)


def test_a_review_handed_in_while_the_coordinator_looked_is_not_dismissed():
    case = a_case(reviewers=1).handed_in().invited()
    seen = case.sheet_of(case.reviewers[0])
    case.reviewed()
    with pytest.raises(Refused, match="it stays"):
        actions.dismiss(sheet=seen, by=case.coordinator, why="No answer came")
    assert case.sheet_of(case.reviewers[0]).answers.exists()


def test_whoever_still_writes_when_the_invitation_is_taken_back_is_told():
    case = a_case(reviewers=1).handed_in().invited()
    seen = case.sheet_of(case.reviewers[0])
    actions.dismiss(sheet=seen, by=case.coordinator, why="Too close")
    with pytest.raises(Missing, match="taken back"):
        case.answer(seen, case.reviewers[0], rules="2")
