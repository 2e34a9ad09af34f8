"""Decision, consent, publication, appeal, expiry."""

import datetime as dt

import pytest
from django.utils import timezone

from kurak.ground.errors import Forbidden, Refused
from kurak.ground.trail.queries import walk_down
from kurak.instruments.assessments import actions as answering
from kurak.instruments.assessments.answering import Given
from kurak.instruments.assessments.deciding import actions
from kurak.instruments.assessments.evidence.actions import add_link
from kurak.instruments.assessments.models import Sheet
from tests.factories.assessing import Case, a_case, a_published_case
from tests.factories.instruments import a_document, an_edition
from tests.factories.people import a_member_of_staff, a_membership, a_person
from tests.factories.places import a_small_world

pytestmark = pytest.mark.django_db


def at_panel(**how) -> Case:
    return a_case(**how).handed_in().invited().reviewed().drafted().before_panel()


def later(monkeypatch, days: int) -> None:
    then = timezone.now() + dt.timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: then)


def test_the_panel_decides_with_a_reason():
    case = at_panel()
    with pytest.raises(Refused, match="few words"):
        actions.decide(assessment=case.assessment, by=case.coordinator, why="")
    case.decided()
    assert case.now.status == "decided"
    assert case.assessment.remarks.get(kind="reason").text == "Agreed with the reviewers."


def test_where_the_panel_departs_from_the_reviewers_it_says_why():
    case = at_panel()
    panel = case.assessment.sheets.get(role="panel")
    answering.save(sheet=panel, by=case.coordinator, answers={"rules": Given("1", "", 1)})
    with pytest.raises(Refused, match="without a reason: rules"):
        case.decided()
    answering.save(sheet=panel, by=case.coordinator, answers={"rules": Given("1", "Only in draft.", 1)})
    case.decided()
    assert case.assessment.remarks.get(criterion="rules").text == "Only in draft."


def test_a_reviewer_or_a_member_is_no_panel():
    case = at_panel()
    for wrong in (case.reviewers[0], case.officer, a_person()):
        with pytest.raises(Forbidden):
            actions.decide(assessment=case.assessment, by=wrong, why="I say so")


def test_nothing_is_published_without_an_officer():
    case = at_panel().decided()
    for wrong in (case.member, case.coordinator, case.reviewers[0]):
        with pytest.raises(Forbidden):
            actions.consent(assessment=case.assessment, by=wrong, to="profile")
    assert not case.assessment.runs.exists()


def test_the_profile_is_published_with_every_node():
    case = a_published_case()
    run = case.now.runs.get()
    assert (case.assessment.status, run.status, len(run.declaration), run.shown["reviews"]) == (
        "published",
        "published",
        64,
        2,
    )
    values = {each.node: (each.value, each.class_code) for each in run.scores.all()}
    assert values == {"total": (75, "leading"), "trust": (75, ""), "reach": (75, "")}
    assert case.assessment.valid_until.year == timezone.now().year + 2


def test_consent_to_the_class_alone_stores_no_number():
    case = a_published_case("band")
    [score] = case.assessment.runs.get().scores.all()
    assert (score.node, score.class_code, score.value, score.reason) == ("total", "leading", None, "withheld")
    assert case.assessment.runs.get().shown["confidence"] is None


def test_without_consent_nothing_leaves():
    case = at_panel().decided()
    actions.consent(assessment=case.assessment, by=case.officer, to="")
    assert (case.now.status, case.assessment.runs.count()) == ("decided", 0)


def test_consent_can_be_narrowed_and_taken_back():
    case = a_published_case()
    actions.consent(assessment=case.assessment, by=case.officer, to="band")
    assert sorted(case.assessment.runs.values_list("status", flat=True)) == ["published", "withdrawn"]
    actions.consent(assessment=case.assessment, by=case.officer, to="")
    assert case.now.status == "decided"
    assert set(case.assessment.runs.values_list("status", flat=True)) == {"withdrawn"}


def test_a_second_click_publishes_once():
    case = a_published_case()
    case.published()
    assert case.assessment.runs.count() == 1


def test_what_nobody_reviewed_is_published_by_a_second_officer_only():
    edition = an_edition(a_document(code="portrait", assessing={"review": "none"}))
    case = a_case(edition)
    case.answer(case.own, case.officer, rules="2", accounts="0", purpose="yes")
    answering.hand_in(sheet=case.own, by=case.officer, incomplete=True)
    with pytest.raises(Refused, match="Another officer must agree"):
        actions.consent(assessment=case.assessment, by=case.officer, to="profile")
    second = a_membership(a_person(), case.organisation, officer=True).person
    assert actions.consent(assessment=case.assessment, by=second, to="profile").status == "published"


def test_a_score_of_a_municipality_belongs_to_its_place():
    edition = an_edition(a_document(code="town", units="municipality"))
    case = a_published_case(edition=edition, subject="Green Hill")
    assert {each.place.code for each in case.assessment.runs.get().scores.all()} == {"KG-C"}
    assert {each.place for each in a_published_case().assessment.runs.get().scores.all()} == {None}


def test_the_trail_leads_from_the_score_down_to_the_evidence():
    case = a_case()
    add_link(sheet=case.own, criterion="rules", by=case.member, link="https://example.org/statutes")
    case.handed_in().invited().reviewed().drafted().before_panel().decided().published()
    top = walk_down(case.now, person=None)
    answers = {step.title: step for step in top.steps}
    step = answers["Are your rules written down: In full"]
    assert [each.hidden for each in step.steps[0].steps] == [True]  # the organisation did not mark it public
    seen = walk_down(case.assessment, person=case.member)
    [deepest] = next(each for each in seen.steps if each.title == step.title).steps[0].steps
    assert deepest.title == "https://example.org/statutes"


def test_consent_to_the_class_alone_hides_the_answers_from_the_trail():
    case = a_published_case()
    actions.consent(assessment=case.assessment, by=case.officer, to="band")
    assert {each.hidden for each in walk_down(case.now, person=None).steps} == {True}


def test_an_appeal_brings_it_back_before_the_panel_and_off_the_pages():
    case = a_published_case()
    actions.appeal(assessment=case.assessment, by=case.officer, text="You did not read the annex.")
    assert (case.now.status, case.assessment.consent) == ("panel", "")
    assert case.assessment.runs.get().status == "withdrawn"
    case.decided()
    assert case.now.status == "decided"


def test_an_appeal_is_heard_by_another_coordinator_where_there_is_one():
    case = a_published_case()
    actions.appeal(assessment=case.assessment, by=case.officer, text="You did not read the annex.")
    other = a_member_of_staff("coordinator", place=a_small_world().region)
    with pytest.raises(Refused, match="Another coordinator"):
        case.decided()
    assert actions.decide(assessment=case.assessment, by=other, why="The annex changes nothing.").status == "decided"


def test_an_appeal_comes_within_thirty_days(monkeypatch):
    case = at_panel().decided()
    later(monkeypatch, 31)
    with pytest.raises(Refused, match="30 days"):
        actions.appeal(assessment=case.assessment, by=case.officer, text="Late")


def test_validity_ends_after_its_months_and_nothing_is_shown_any_more(monkeypatch):
    case = a_published_case()
    with pytest.raises(Refused, match="still valid"):
        actions.expire(assessment=case.assessment)
    later(monkeypatch, 740)
    assert actions.expire(assessment=case.assessment).status == "expired"
    assert case.assessment.runs.get().status == "withdrawn"


def test_withdrawal_takes_results_off_the_pages():
    case = a_published_case()
    answering.withdraw(assessment=case.assessment, by=case.officer)
    assert (case.now.status, case.assessment.runs.get().status) == ("withdrawn", "withdrawn")


def test_the_panel_s_answers_count_once_decided():
    case = (
        a_case()
        .handed_in()
        .invited()
        .reviewed({"rules": "0"}, {"rules": "0"})
        .drafted()
        .before_panel()
        .decided()
        .published()
    )
    assert case.assessment.runs.get().scores.get(node="trust").value == 25
    assert case.own.answers.get(criterion="rules").given == "2"
    assert Sheet.objects.filter(role="panel", handed_in_at__isnull=False).count() == 1


def test_where_there_are_no_classes_none_can_be_published_alone():
    document = a_document(code="no-classes", classes={})
    del document["tree"]["classes"]
    case = at_panel(edition=an_edition(document)).decided()
    with pytest.raises(Refused, match="has no classes"):
        case.published("band")
    assert case.published("profile").now.status == "published"
