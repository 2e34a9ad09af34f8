"""Whatever somebody sends to the pages of an assessment is answered in words; nothing breaks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kurak.instruments.assessments.models import Assessment, Sheet
from tests.factories.assessing import a_case
from tests.factories.people import signed_in

pytestmark = pytest.mark.django_db
ODD = {
    "long": "9" * 20_000, "large": str(2**70), "turned": "қ²\u202e\u2066", "elsewhere": "//evil.example/",
    "evidence": "evidence:../x y",
}  # fmt: skip
FIELDS = str.split(
    "edition organisation subject place start end short title link page public ties interests answer name role to text "
    "criterion why sheet then act incomplete overwrite was-rules answer-rules note-rules level-rules was-months "
    "answer-months note-months"
)


def forms_of(case) -> list[str]:
    """Every address that takes a form, of the case and of the desk."""
    own = case.own.pk
    steps = [("act", case.assessment.pk, step) for step in ("reply", "end-reply", "consent", "appeal", "withdraw", "x")]
    parts = [("page", own, "trust"), ("page", own, "reach"), ("evidence", own, "rules"), ("evidence", own, "nothing")]
    plain = [("new",), ("hand_in", own), ("bring_in", own), ("invitation", own), ("change_evidence", 10**12)]
    found = [reverse(f"assessments:{name}", args=rest) for name, *rest in [*steps, *parts, *plain]]
    desk = ("invite", "dismiss", "send-back", "send-draft", "decide", "x")
    return found + [reverse("assessing:act", args=[case.assessment.pk, step]) for step in desk]


@pytest.mark.parametrize("odd", ODD)
def test_no_form_breaks(odd):
    case = a_case(reviewers=1)
    Sheet.objects.create(assessment=case.assessment, role="panel")
    people = [signed_in(Client(raise_request_exception=False), each) for each in (case.officer, case.coordinator)]
    broken = []
    for status in ("draft", "review", "reply", "panel"):
        Assessment.objects.update(status=status)
        for client, address in ((client, address) for client in people for address in forms_of(case)):
            answer = client.post(address, dict.fromkeys(FIELDS, ODD[odd]))
            if answer.status_code >= 500 or answer.headers.get("Location", "/").startswith(("//", "http")):
                broken.append(f"{address} answered {answer.status_code} {answer.headers.get('Location', '')}")
    assert not broken


def test_saving_leads_to_questions_of_this_part_only(client):
    case = a_case()
    page = reverse("assessments:page", args=[case.own.pk, "trust"])
    back = reverse("assessments:sheet", args=[case.own.pk])
    for then in ("evidence:../../..", "evidence:months", "//evil.example", "evidence:"):
        answer = signed_in(client, case.member).post(page, {"then": then})
        assert (answer.status_code, answer.headers["Location"]) == (302, back)


@pytest.mark.parametrize(
    "name", ["a" * 5000 + ".txt", "\u202efdp.exe", "..\\..\\a.txt", "CON", ".", "a\r\nSet-Cookie: x=1"]
)
def test_no_name_of_a_file_leads_anywhere(client, name):
    case = a_case()
    page = reverse("assessments:evidence", args=[case.own.pk, "rules"])
    file = SimpleUploadedFile("a.txt", b"<html><script>alert(1)</script></html>", content_type="text/html")
    file._name = name
    assert signed_in(client, case.member).post(page, {"file": file}).status_code in (200, 302, 400)
    for piece in case.own.answers.get(criterion="rules").evidence.all() if case.own.answers.exists() else ():
        answer = client.get(reverse("assessments:file", args=[piece.pk]))
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not {"\u202e", "/", "\\", "\r"} & set(piece.name)
        assert (piece.name.endswith(".txt"), len(piece.name) <= 120) == (True, True)
        answer.close()
