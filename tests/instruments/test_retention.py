"""What ends when, and that its files go with it."""

import datetime as dt
import io

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from kurak.ground.files import storing
from kurak.ground.safety import retention
from kurak.instruments.assessments import actions
from kurak.instruments.assessments.evidence.actions import add_file
from kurak.instruments.assessments.models import Answer, Assessment
from tests.factories.assessing import Case, a_case
from tests.factories.files import PDF
from tests.factories.people import signed_in

pytestmark = pytest.mark.django_db


def with_file() -> tuple[Case, str]:
    case = a_case()
    evidence = add_file(sheet=case.own, criterion="rules", by=case.member, file=io.BytesIO(PDF), name="a.pdf")
    return case, storing.path_of(evidence.sha256)


@pytest.fixture
def after(django_capture_on_commit_callbacks):
    def apply(days: int) -> dict[str, int]:
        with django_capture_on_commit_callbacks(execute=True):
            return retention.apply(timezone.now() + dt.timedelta(days=days))

    return apply


def test_a_draft_that_was_given_up_ends_with_its_files(after):
    case, path = with_file()
    assert (after(364)["drafts of assessments"], default_storage.exists(path)) == (0, True)
    assert (after(366)["drafts of assessments"], default_storage.exists(path)) == (1, False)
    assert not Assessment.objects.filter(pk=case.assessment.pk).exists()


def test_a_withdrawn_assessment_is_emptied_and_its_row_stays(after):
    case, path = with_file()
    actions.withdraw(assessment=case.assessment, by=case.officer, why="We merged.")
    assert (after(89)["withdrawn assessments"], default_storage.exists(path)) == (0, True)
    assert (after(91)["withdrawn assessments"], default_storage.exists(path)) == (1, False)
    assert (case.now.status, Answer.objects.count(), case.assessment.remarks.count()) == ("withdrawn", 0, 0)
    assert after(92)["withdrawn assessments"] == 0


def test_the_page_of_an_emptied_assessment_still_opens(after, client):
    case = a_case().handed_in().invited().reviewed()
    actions.withdraw(assessment=case.assessment, by=case.officer)
    after(91)
    assert not case.assessment.sheets.exclude(role="self").exists()
    assert signed_in(client, case.member).get(f"/assessments/{case.assessment.pk}/").status_code == 200


def test_what_is_under_way_is_kept(after):
    case = a_case().handed_in().invited().reviewed()
    assert not any(many for name, many in after(3000).items() if "assessments" in name)
    assert case.own.answers.exists()
