"""Who sees what of an assessment, step by step: with ids guessed, after a change of sides, after consent has ended."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse

from kurak.ground.errors import Forbidden, Missing
from kurak.ground.safety.models import Act
from kurak.ground.trail.kinds import kind_of
from kurak.instruments.assessments import actions, kinds, queries, rules
from kurak.instruments.assessments.evidence.actions import add_file, add_link
from kurak.instruments.assessments.models import Answer, Assessment, Evidence
from kurak.instruments.assessments.reviewing import actions as reviewing
from tests.factories.assessing import a_case, a_published_case
from tests.factories.files import PDF
from tests.factories.instruments import FULL, a_document, an_edition
from tests.factories.people import a_grant, a_membership, a_person, an_organisation, signed_in, with_second_factor
from tests.factories.places import a_small_world

pytestmark = pytest.mark.django_db


def with_a_file(case) -> Evidence:
    return add_file(sheet=case.own, criterion="rules", by=case.member, file=io.BytesIO(PDF), name="a.pdf", public=True)


def every_page(case, piece: Evidence) -> list[str]:
    """All that can be read of a case, by its numbers."""
    sheets = [each.pk for each in case.assessment.sheets.all()]
    pages = [reverse(f"assessments:{each}", args=[case.assessment.pk]) for each in ("assessment", "comparison")]
    pages += [reverse("assessments:file", args=[piece.pk])]
    for name in ("sheet", "invitation", "workbook", "xlsform", "bring_in"):
        pages += [reverse(f"assessments:{name}", args=[pk]) for pk in sheets]
    pages += [reverse("assessments:page", args=[pk, "trust"]) for pk in sheets]
    return pages + [reverse("assessments:evidence", args=[pk, "rules"]) for pk in sheets]


@pytest.mark.parametrize("status", list(Assessment.Status))
def test_whoever_has_no_part_finds_nothing_whatever_the_step(client, status):
    case = a_case(reviewers=1)
    piece = with_a_file(case)
    case.handed_in().invited()
    Assessment.objects.update(status=status, consent="profile" if status == "published" else "")
    neighbour = a_membership(a_person(), an_organisation(place=a_small_world().chuy), officer=True).person
    signed_in(client, neighbour)
    shown = [page for page in every_page(case, piece) if client.get(page).status_code != 404]
    assert shown == ([reverse("assessments:file", args=[piece.pk])] if status == "published" else [])
    steps = [reverse("assessments:act", args=[case.assessment.pk, step]) for step in ("consent", "withdraw", "appeal")]
    assert {client.post(step, {"to": "profile", "text": "x"}).status_code for step in steps} == {404}


def test_a_coordinator_opens_nothing_that_is_still_being_answered(client):
    case = a_case()
    piece = with_a_file(case)
    signed_in(client, case.coordinator)
    assert {client.get(page).status_code for page in every_page(case, piece)} == {404}


def test_what_was_taken_back_is_closed_to_reviewers_and_coordinators(client):
    case = a_case(reviewers=1)
    piece = with_a_file(case)
    case.handed_in().invited().reviewed()
    actions.withdraw(assessment=case.assessment, by=case.officer)
    for person in (*case.reviewers, case.coordinator):
        signed_in(client, person)
        answers = {client.get(page).status_code for page in every_page(case, piece)[:3]}
        assert answers == {404}, person
        with pytest.raises(Missing):
            queries.sheet_for(person, case.own.pk)
    assert queries.sheet_for(case.member, case.own.pk) == case.own


def test_when_it_has_expired_reviewers_are_done_with_it():
    case = a_published_case()
    Assessment.objects.update(status="expired")
    assert not rules.may_see(case.reviewers[0], case.own)


def test_whoever_joins_the_organisation_rates_it_no_more():
    case = a_case(reviewers=1).handed_in().invited()
    reviewer = case.reviewers[0]
    a_membership(reviewer, case.organisation)
    sheet = case.sheet_of(reviewer)
    with pytest.raises(Forbidden):
        case.answer(sheet, reviewer, rules="2")
    assert not rules.may_see(reviewer, sheet)


def test_a_reviewer_who_becomes_coordinator_still_rates_alone():
    case = a_case().handed_in().invited()
    first, second = case.reviewers
    case.answer(case.sheet_of(first), first, 1, **FULL)
    actions.hand_in(sheet=case.sheet_of(first), by=first)
    a_grant(second, "coordinator", place=a_small_world().region)
    with_second_factor(second)
    assert rules.may_coordinate(second, case.now)
    assert not rules.may_see(second, case.sheet_of(first))
    assert not queries.compares(second, case.now)


def test_a_published_profile_shows_no_reviewer_s_answers_to_whoever_guesses_their_number(client):
    a_published_case()
    mine, theirs = (Answer.objects.filter(sheet__role=role).first() for role in ("self", "peer"))
    see = kind_of("answer").may_see
    assert (see(mine, None), see(theirs, None)) == (True, False)
    assert client.get(reverse("trail", args=["answer", theirs.pk])).status_code == 404


def test_what_a_reviewer_marked_as_public_is_not_public(client):
    case = a_case(reviewers=1).handed_in().invited()
    reviewer = case.reviewers[0]
    piece = add_link(sheet=case.sheet_of(reviewer), criterion="rules", by=reviewer, link="https://x.kg/a", public=True)
    Assessment.objects.update(status="published", consent="profile")
    piece = Evidence.objects.get(pk=piece.pk)
    assert not kinds.may_see_evidence(piece, None)


def test_an_expired_assessment_can_be_taken_back_from_its_page_too(client):
    case = a_published_case()
    Assessment.objects.update(status="expired")
    page = reverse("assessments:assessment", args=[case.assessment.pk])
    assert "steps/withdraw" in signed_in(client, case.officer).get(page).content.decode()
    client.post(reverse("assessments:act", args=[case.assessment.pk, "withdraw"]))
    assert case.now.status == "withdrawn"
    assert client.get(reverse("assessments:published", args=[case.assessment.pk])).status_code == 404


def test_consent_to_the_class_alone_lets_no_checksum_of_the_answers_out(client):
    """All answers to five questions can be tried in a second."""
    run = a_published_case("band").assessment.runs.get()
    assert run.made_from == ""
    assert run.declaration
    data = client.get(reverse("results:data", args=[run.pk, "json"])).json()
    assert data["run"]["made_from"] == ""


@pytest.mark.parametrize("name", ["hand_in", "act", "change_evidence"])
def test_reading_changes_nothing(client, name):
    case = a_case()
    piece = with_a_file(case)
    parts = {"hand_in": [case.own.pk], "act": [case.assessment.pk, "withdraw"], "change_evidence": [piece.pk]}[name]
    signed_in(client, case.officer)
    for method in (client.get, client.head, client.put, client.delete, client.patch):
        assert method(reverse(f"assessments:{name}", args=parts)).status_code == 405


def test_a_form_from_elsewhere_is_not_taken(client):
    case = a_published_case()
    strict = signed_in(Client(enforce_csrf_checks=True), case.officer)
    answer = strict.post(reverse("assessments:act", args=[case.assessment.pk, "withdraw"]))
    assert (answer.status_code, case.now.status) == (403, "published")


def test_a_dismissed_invitation_is_answered_in_words():
    case = a_case(reviewers=1).handed_in()
    sheet = reviewing.invite(assessment=case.assessment, by=case.coordinator, reviewer=case.reviewers[0], role="peer")
    reviewing.dismiss(sheet=case.sheet_of(case.reviewers[0]), by=case.coordinator, why="No answer")
    for accepts in (True, False):
        with pytest.raises(Missing):
            reviewing.declare(sheet=sheet, by=case.reviewers[0], accepts=accepts)


def test_what_asks_for_no_review_is_nobody_else_s_business(client):
    document = a_document(code="mirror")
    document["assessing"] |= {"review": "none"}
    case = a_case(an_edition(document))
    signed_in(client, case.member)
    assert "Nobody outside sees them" in client.get(reverse("assessments:sheet", args=[case.own.pk])).content.decode()
    case.handed_in()
    assert case.now.status == "decided"
    assert not queries.at_the_desk(case.coordinator).exists()
    assert not rules.has_part(case.coordinator, case.now)
    signed_in(client, case.officer)
    page = client.get(reverse("assessments:assessment", args=[case.assessment.pk])).content.decode()
    assert "Only your organisation sees this" in page


def test_a_coordinator_finds_what_was_handed_in_for_review(client):
    case = a_case().handed_in()
    assert list(queries.at_the_desk(case.coordinator)) == [case.assessment]
    signed_in(client, case.member)
    page = client.get(reverse("assessments:new")).content.decode()
    assert "the coordinator of your country and invited reviewers read it" in page


def test_that_a_reviewer_opened_a_file_is_written_down(client):
    case = a_case(reviewers=1)
    piece = with_a_file(case)
    case.handed_in().invited()
    assert signed_in(client, case.reviewers[0]).get(reverse("assessments:file", args=[piece.pk])).status_code == 200
    assert Act.objects.filter(verb="record.read", actor=case.reviewers[0]).exists()


def test_remarks_tell_the_day_and_no_hour(client):
    case = a_case().handed_in().invited().reviewed().drafted()
    reviewing.reply(assessment=case.assessment, by=case.member, text="We have rules.")
    page = signed_in(client, case.officer).get(reverse("assessments:assessment", args=[case.assessment.pk]))
    assert "We have rules." in page.content.decode()
    assert not re.search(r'datetime="[^"]*T[0-9]', page.content.decode())


def test_the_organisation_reads_reviews_without_the_names_of_reviewers(client):
    case = a_case().handed_in().invited().reviewed().drafted()
    signed_in(client, case.officer)
    sheets = [each.pk for each in case.assessment.sheets.all()]
    pages = [reverse(f"assessments:{each}", args=[case.assessment.pk]) for each in ("assessment", "comparison")]
    pages += [reverse("assessments:page", args=[pk, "trust"]) for pk in sheets]
    pages += [reverse("assessments:sheet", args=[pk]) for pk in sheets]
    text = "".join(client.get(page).content.decode() for page in pages)
    assert "Peer 1" in text
    assert not [each for each in case.reviewers if each.username in text or "Good Neighbours" in text]
