"""Evidence comes in, is kept once, and goes with the last answer that stands on it."""

import io

import pytest
from django.core.files.storage import default_storage

from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.files import storing
from kurak.instruments.assessments.evidence import actions
from kurak.instruments.assessments.models import Answer, Evidence, Sheet
from tests.factories.files import PDF, SECRETS, a_jpeg
from tests.factories.instruments import an_assessment
from tests.factories.people import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    return an_assessment().sheets.get(role=Sheet.Role.SELF)


def sent(sheet: Sheet, data: bytes = PDF, criterion: str = "rules", **more) -> Evidence:
    return actions.add_file(
        **{
            "sheet": sheet,
            "criterion": criterion,
            "by": sheet.rater,
            "file": io.BytesIO(data),
            "name": "Есеп.pdf",
            **more,
        }
    )


def test_a_file_is_kept_under_its_digest_with_a_clean_name(sheet):
    evidence = sent(sheet)
    assert (evidence.name, evidence.kind, evidence.size) == ("Есеп.pdf", "application/pdf", len(PDF))
    assert storing.open_file(evidence.sha256).read() == PDF
    assert "Есеп" not in storing.path_of(evidence.sha256)


def test_a_photograph_is_kept_without_its_place(sheet):
    data = storing.open_file(sent(sheet, a_jpeg()).sha256).read()
    assert not [secret for secret in SECRETS if secret in data]


def test_a_second_click_adds_nothing(sheet):
    assert sent(sheet) == sent(sheet)
    link = {"sheet": sheet, "criterion": "rules", "by": sheet.rater, "link": "https://example.org/a"}
    assert actions.add_link(**link) == actions.add_link(**link)
    assert Evidence.objects.count() == 2


def test_evidence_lifts_an_own_statement_to_a_document(sheet):
    sent(sheet)
    assert sheet.answers.get(criterion="rules").level == Answer.Evidence.DOCUMENT


@pytest.mark.parametrize("link", ["javascript:alert(1)", "example", "file:///etc/passwd", "data:text/html,a", ""])
def test_a_link_must_lead_to_the_web(sheet, link):
    with pytest.raises(Refused, match="whole web address"):
        actions.add_link(sheet=sheet, criterion="rules", by=sheet.rater, link=link)


def test_a_stranger_adds_and_takes_away_nothing(sheet):
    evidence = sent(sheet)
    for refused in (lambda: sent(sheet, by=a_person()), lambda: actions.remove(evidence=evidence, by=a_person())):
        with pytest.raises(Forbidden):
            refused()


def test_a_question_that_is_not_asked_takes_no_evidence(sheet):
    with pytest.raises(Refused, match="takes no evidence"):
        sent(sheet, criterion="confidence")


def test_there_is_an_end_to_what_fits(sheet, monkeypatch):
    monkeypatch.setattr(actions, "MOST_BYTES", len(PDF))
    sent(sheet)
    with pytest.raises(Refused, match="Give a link"):
        sent(sheet, PDF + b"\n", criterion="people")


def test_a_file_goes_with_the_last_answer_that_stands_on_it(sheet, django_capture_on_commit_callbacks):
    one, two = sent(sheet), sent(sheet, criterion="people")
    path = storing.path_of(one.sha256)
    for evidence, there in ((one, True), (two, False)):
        with django_capture_on_commit_callbacks(execute=True):
            actions.remove(evidence=evidence, by=sheet.rater)
        assert default_storage.exists(path) is there


def test_a_piece_that_a_colleague_took_away_is_not_shown(sheet):
    piece = sent(sheet)
    Evidence.objects.all().delete()
    with pytest.raises(Missing, match="taken away"):
        actions.show(evidence=piece, by=sheet.rater, public=True)
