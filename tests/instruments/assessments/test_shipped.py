"""Every instrument that comes with the platform and is answered by people can be answered to the end."""

import pytest

from kurak.instruments.assessments.analysis import outcome
from kurak.instruments.assessments.exchange import workbook, xlsform
from kurak.instruments.assessments.models import Sheet
from kurak.instruments.assessments.questions import Criterion, Questionnaire
from kurak.instruments.definitions.analysis import read_file, shipped
from tests.factories.instruments import an_assessment, an_edition, with_answers

pytestmark = pytest.mark.django_db


def is_answered(text: str) -> bool:
    return "\nassessing:" in text and "\nunits: country" not in text


ANSWERED = [file for _code, _edition, file in shipped() if is_answered(file.read_text("utf-8"))]


def best(criterion: Criterion) -> str:
    valued = [each for each in criterion.options if each.value is not None]
    return max(valued, key=lambda each: each.value).word if valued else str((criterion.bounds or (0, 1))[1])


@pytest.mark.parametrize("file", ANSWERED, ids=lambda file: file.stem)
def test_a_sheet_answered_to_the_end_gives_a_score_and_its_files(file):
    document = dict(read_file(file).document)
    edition = an_edition({**document, "dated": str(document["dated"])})
    assessment = an_assessment(edition, subject="Green Hill")
    questions = Questionnaire(edition)
    sheet = assessment.sheets.get(role=Sheet.Role.SELF)
    with_answers(sheet, {code: best(each) for code, each in questions.criteria.items()}, level=3)
    found = outcome(assessment, {each.criterion: each for each in sheet.answers.all()})
    assert (found.wrong, found.whole.value is not None) == ("", True)
    assert all(page.criteria and str(page.title) for page in questions.pages)
    assert workbook.write(sheet)[:2] == xlsform.write(sheet)[:2] == b"PK"


def test_there_are_such_instruments():
    assert len(ANSWERED) > 5
