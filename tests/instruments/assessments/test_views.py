"""Pages of assessments, in the hands of those who take part and of those who do not."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kurak.ground.safety.models import Act
from kurak.instruments.assessments.answering import Given, mark
from kurak.instruments.assessments.evidence.actions import add_link
from kurak.instruments.assessments.models import Assessment, Evidence, Sheet
from tests.factories.assessing import a_case, a_published_case
from tests.factories.files import PDF, a_jpeg
from tests.factories.instruments import a_document, an_edition
from tests.factories.people import a_member_of_staff, a_person, signed_in
from tests.factories.places import a_small_world

pytestmark = pytest.mark.django_db
EMPTY = mark(Given())


def url(name: str, *parts) -> str:
    return reverse(f"assessments:{name}", args=parts)


def body(answer) -> str:
    return answer.content.decode()


def sent(client, sheet: Sheet, page: str = "trust", **cells) -> object:
    codes = {"trust": ["rules", "accounts", "complaints"], "reach": ["people", "months"]}[page]
    seen = {f"was-{code}": EMPTY for code in codes}
    return client.post(
        url("page", sheet.pk, page), seen | {key.replace("__", "-"): value for key, value in cells.items()}
    )


def test_a_member_opens_an_assessment_in_the_browser(client):
    case = a_case()
    signed_in(client, case.member)
    about = {"edition": case.assessment.edition_id, "organisation": case.organisation.pk}
    answer = client.post(url("new"), about | {"start": "2024-01-01", "end": "2024-12-31"})
    made = Assessment.objects.latest("pk")
    assert (answer.headers["Location"], made.opened_by) == (url("assessment", made.pk), case.member)


def test_a_form_that_does_not_fit_keeps_what_was_typed(client):
    case = a_case(an_edition(a_document(code="programmes", units="programme")), subject="Wells")
    signed_in(client, case.member)
    about = {"edition": case.assessment.edition_id, "organisation": case.organisation.pk}
    answer = client.post(url("new"), about | {"start": "2024-12-31", "end": "2024-01-01", "subject": ""})
    assert answer.status_code == 200
    assert "Name what is assessed" in body(answer)
    assert 'value="2024-12-31"' in body(answer)


def test_answers_are_saved_and_the_next_part_follows(client):
    case = a_case()
    answer = sent(
        signed_in(client, case.member), case.own, answer__rules="2", note__rules="Since 2020", level__rules="0"
    )
    assert answer.headers["Location"] == url("page", case.own.pk, "reach")
    assert case.own.answers.get().note == "Since 2020"
    page = body(client.get(url("page", case.own.pk, "trust")))
    assert 'name="answer-rules" value="2" checked' in page
    assert "Since 2020" in page


def test_what_was_typed_stays_when_something_is_wrong(client):
    case = a_case()
    answer = sent(signed_in(client, case.member), case.own, "reach", answer__people="1", answer__months="a lot")
    assert answer.status_code == 400
    assert 'name="answer-people" value="1" checked' in body(answer)
    assert 'value="a lot"' in body(answer)
    assert "Write a number" in body(answer)
    assert not case.own.answers.exists()


def test_a_colleague_s_answer_is_shown_before_it_is_replaced(client):
    case = a_case()
    case.answer(case.own, case.officer, rules="1")
    signed_in(client, case.member)
    answer = sent(client, case.own, answer__rules="2", level__rules="0")
    assert answer.status_code == 409
    assert "Your colleague's answer now: 1: Partly" in body(answer)
    assert 'name="answer-rules" value="2" checked' in body(answer)
    assert case.own.answers.get().given == "1"
    again = {f"was-{code}": EMPTY for code in ("accounts", "complaints")} | {"was-rules": mark(Given("1"))}
    client.post(url("page", case.own.pk, "trust"), again | {"answer-rules": "2", "level-rules": "0"})
    assert case.own.answers.get().given == "2"


def test_saving_can_lead_to_the_evidence_of_a_question(client):
    case = a_case()
    answer = sent(signed_in(client, case.member), case.own, answer__rules="2", then="evidence:rules")
    assert answer.headers["Location"] == url("evidence", case.own.pk, "rules")
    assert case.own.answers.get().given == "2"


def test_a_file_is_sent_shown_saved_and_taken_away(client):
    case = a_case()
    signed_in(client, case.member)
    where = url("evidence", case.own.pk, "rules")
    client.post(where, {"file": SimpleUploadedFile("Устав.pdf.html", PDF, "text/html"), "title": "Statutes"})
    piece = Evidence.objects.get()
    assert "Statutes" in body(client.get(where))
    answer = client.get(url("file", piece.pk))
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert (answer.headers["Content-Type"], b"".join(answer.streaming_content)) == ("application/pdf", PDF)
    client.post(url("change_evidence", piece.pk), {"act": "remove"})
    assert not Evidence.objects.exists()


def test_a_file_that_is_not_taken_is_refused_on_its_page(client):
    case = a_case()
    signed_in(client, case.member)
    answer = client.post(url("evidence", case.own.pk, "rules"), {"file": SimpleUploadedFile("a.pdf", b"MZ\x90\x00")})
    assert "none of the kinds" in body(answer)
    assert client.post(url("evidence", case.own.pk, "rules"), {}).status_code == 200


def test_evidence_is_for_those_who_take_part_until_it_may_be_shown(client):
    case = a_case()
    signed_in(client, case.member)
    client.post(url("evidence", case.own.pk, "rules"), {"file": SimpleUploadedFile("a.jpg", a_jpeg())})
    piece = Evidence.objects.get()
    case.handed_in().invited().reviewed().drafted().before_panel().decided().published()
    client.logout()
    assert client.get(url("file", piece.pk)).status_code == 404
    assert signed_in(client, case.reviewers[0]).get(url("file", piece.pk)).status_code == 200
    assert signed_in(client, a_person()).get(url("file", piece.pk)).status_code == 404
    Evidence.objects.update(public=True)
    client.logout()
    assert client.get(url("file", piece.pk)).status_code == 200


def test_that_a_coordinator_read_a_file_is_written_down(client):
    case = a_case()
    signed_in(client, case.member)
    client.post(url("evidence", case.own.pk, "rules"), {"file": SimpleUploadedFile("a.pdf", PDF)})
    case.handed_in()
    signed_in(client, case.coordinator).get(url("file", Evidence.objects.get().pk))
    assert Act.objects.filter(verb="record.read", actor=case.coordinator).exists()


def test_a_sheet_with_open_questions_says_so_and_can_be_handed_in_on_purpose(client):
    case = a_case()
    signed_in(client, case.member)
    answer = client.post(url("hand_in", case.own.pk))
    assert "3 questions have no answer." in body(answer)
    assert 'name="incomplete"' in body(answer)
    client.post(url("hand_in", case.own.pk), {"incomplete": "yes"})
    assert case.now.status == "submitted"


def test_strangers_find_no_case_and_no_sheet(client):
    case = a_published_case()
    signed_in(client, a_person())
    case_pages = [url(name, case.assessment.pk) for name in ("assessment", "comparison")]
    sheet_pages = [url(name, case.own.pk) for name in ("sheet", "workbook", "xlsform", "bring_in")]
    parts = [url("page", case.own.pk, "trust"), url("evidence", case.own.pk, "rules")]
    invitation = url("invitation", case.sheet_of(case.reviewers[0]).pk)
    for path in (*case_pages, *sheet_pages, *parts, invitation):
        assert client.get(path).status_code == 404, path
    assert client.post(url("hand_in", case.own.pk)).status_code == 404
    assert client.post(url("act", case.assessment.pk, "withdraw")).status_code == 404


def test_a_reviewer_declares_first_and_then_sees_the_organisation_s_answers_beside(client):
    case = a_case().handed_in()
    signed_in(client, case.coordinator).post(
        reverse("assessing:act", args=[case.assessment.pk, "invite"]),
        {"name": case.reviewers[0].username, "role": "peer"},
    )
    sheet = case.sheet_of(case.reviewers[0])
    signed_in(client, case.reviewers[0])
    assert client.get(url("assessment", case.assessment.pk)).headers["Location"] == url("invitation", sheet.pk)
    assert "Describe the ties" in body(client.post(url("invitation", sheet.pk), {"ties": "yes", "answer": "accept"}))
    client.post(url("invitation", sheet.pk), {"ties": "no", "answer": "accept"})
    assert "The organisation itself:" in body(client.get(url("page", sheet.pk, "trust")))


def test_a_reviewer_declines(client):
    case = a_case().handed_in().invited()
    sheet = case.sheet_of(case.reviewers[0])
    signed_in(client, case.reviewers[0]).post(url("invitation", sheet.pk), {"answer": "decline"})
    assert not Sheet.objects.filter(pk=sheet.pk).exists()


def test_the_desk_leads_from_review_to_decision(client):
    case = a_case().handed_in().invited().reviewed({"rules": "0"})
    desk = reverse("assessing:case", args=[case.assessment.pk])
    signed_in(client, case.coordinator)
    assert "Cohen" in body(client.get(desk))
    client.post(desk + "send-draft/", {"why": ""})
    assert case.now.status == "reply"
    case.before_panel()
    assert "Decide" in body(client.get(desk))
    client.post(desk + "decide/", {"why": "As the reviewers say."})
    assert case.now.status == "decided"


def test_what_the_desk_refuses_is_said_on_the_page(client):
    case = a_case().handed_in()
    desk = reverse("assessing:case", args=[case.assessment.pk])
    answer = signed_in(client, case.coordinator).post(
        desk + "invite/", {"name": case.member.username, "role": "peer"}, follow=True
    )
    assert "belongs to the organisation" in body(answer)
    assert "no account of this name" in body(client.post(desk + "invite/", {"name": "nobody"}, follow=True))


def test_the_desk_shows_no_draft_and_nothing_of_other_places_or_of_one_s_own_organisation(client):
    draft = a_case()
    case = a_case().handed_in()
    cases = reverse("assessing:cases")
    link = reverse("assessing:case", args=[case.assessment.pk])
    signed_in(client, case.coordinator)
    assert link in body(client.get(cases))
    assert client.get(reverse("assessing:case", args=[draft.assessment.pk])).status_code == 404
    elsewhere = a_member_of_staff("coordinator", place=a_small_world().kazakhstan)
    assert link not in body(signed_in(client, elsewhere).get(cases))
    case.organisation.memberships.create(person=case.coordinator)
    assert signed_in(client, case.coordinator).get(link).status_code == 404


def test_an_officer_replies_consents_and_takes_back(client):
    case = a_case().handed_in().invited().reviewed().drafted()
    signed_in(client, case.officer)
    client.post(url("act", case.assessment.pk, "reply"), {"text": "Thank you."})
    client.post(url("act", case.assessment.pk, "end-reply"))
    case.decided()
    client.post(url("act", case.assessment.pk, "consent"), {"to": "profile"})
    assert case.now.status == "published"
    assert "Thank you." in body(client.get(url("assessment", case.assessment.pk)))
    client.post(url("act", case.assessment.pk, "withdraw"))
    assert case.now.status == "withdrawn"


def test_what_is_not_an_officer_s_is_refused(client):
    case = a_case().handed_in().invited().reviewed().drafted().before_panel().decided()
    answer = signed_in(client, case.member).post(url("act", case.assessment.pk, "consent"), {"to": "profile"})
    assert answer.status_code == 403
    assert case.now.status == "decided"


def test_everybody_sees_a_published_profile_as_far_as_consent_goes(client):
    full, band = a_published_case(), a_published_case("band")
    page = body(client.get(url("published", full.assessment.pk)))
    assert "Leading" in page
    assert "Are your rules written down?" in page
    only = body(client.get(url("published", band.assessment.pk)))
    assert "Leading" in only
    assert "Are your rules written down?" not in only
    assert ">75" not in only
    assert url("published", band.assessment.pk) in body(client.get(url("overview")))


def test_notes_names_and_hidden_evidence_stay_out_of_a_published_profile(client):
    case = a_case()
    add_link(sheet=case.own, criterion="rules", by=case.member, link="https://example.org/hidden")
    add_link(sheet=case.own, criterion="people", by=case.member, link="https://example.org/shown", public=True)
    case.handed_in()
    case.own.answers.update(note="Between us")
    case.invited().reviewed().drafted().before_panel().decided().published()
    page = body(client.get(url("published", case.assessment.pk)))
    assert "https://example.org/shown" in page
    for hidden in ("Between us", "example.org/hidden", *[each.username for each in (case.member, *case.reviewers)]):
        assert hidden not in page, hidden


@pytest.mark.parametrize("status", ["draft", "decided", "withdrawn"])
def test_what_is_not_published_is_not_there(client, status):
    case = a_published_case()
    Assessment.objects.filter(pk=case.assessment.pk).update(status=status)
    assert client.get(url("published", case.assessment.pk)).status_code == 404


def test_what_has_expired_says_so(client):
    case = a_published_case()
    Assessment.objects.filter(pk=case.assessment.pk).update(status="expired")
    answer = client.get(url("published", case.assessment.pk))
    assert (answer.status_code, "shown no more" in body(answer), "Leading" in body(answer)) == (410, True, False)


def test_pages_of_a_case_are_kept_in_no_cache(client):
    case = a_case()
    answer = signed_in(client, case.member).get(url("assessment", case.assessment.pk))
    assert answer.headers["Cache-Control"] == "no-store"


def test_files_for_the_road_are_offered_and_taken_back(client):
    case = a_case()
    case.answer(case.own, case.member, rules="2")
    signed_in(client, case.member)
    book = client.get(url("workbook", case.own.pk))
    assert book.headers["Content-Disposition"].startswith("attachment")
    assert client.get(url("xlsform", case.own.pk)).content[:2] == b"PK"
    back = client.post(url("bring_in", case.own.pk), {"file": SimpleUploadedFile("a.xlsx", book.content)})
    assert back.headers["Location"] == url("sheet", case.own.pk)
    wrong = client.post(url("bring_in", case.own.pk), {"file": SimpleUploadedFile("a.xlsx", b"no")})
    assert (wrong.status_code, "neither a workbook" in body(wrong)) == (400, True)


@pytest.mark.parametrize("to", ["profile", "band"])
def test_a_published_assessment_leads_to_its_result_and_its_trail(client, to):
    case = a_published_case(to)
    page = body(client.get(url("published", case.assessment.pk)))
    [run] = case.assessment.runs.all()
    for path in (reverse("results:run", args=[run.pk]), reverse("trail", args=["assessment", case.assessment.pk])):
        assert f'href="{path}"' in page
        answer = client.get(path)
        assert answer.status_code == 200
        assert to == "profile" or "75.0" not in body(answer)


def test_the_comparison_shows_where_reviewers_differ_from_the_organisation_and_from_each_other(client):
    case = a_case().handed_in().invited().reviewed({"rules": "0", "people": "1"}, {"rules": "0"}).drafted()
    page = body(signed_in(client, case.officer).get(url("comparison", case.assessment.pk)))
    found = re.findall(r'<tr role="row" class="([^"]*)"><th[^>]*>(?:<[^>]+>)*([^<]+)', page)
    marks = {title.strip(): ("departs" in marked, "apart" in marked) for marked, title in found}
    assert marks["Are your rules written down"] == (True, False)
    assert marks["Do you reach those you work for"] == (True, True)
    assert marks["Months of reserve"] == (False, False)
    assert 'data-who="Peer 1"><span dir="auto">0: Nothing yet</span>' in page
