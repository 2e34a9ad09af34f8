"""What the answers of several reviewers come to."""

import pytest

from kurak.instruments.assessments.models import Answer
from kurak.instruments.assessments.questions import Questionnaire
from kurak.instruments.assessments.summing import proposal
from kurak.instruments.catalogue.models import Edition
from tests.factories.instruments import a_document

CRITERIA = Questionnaire(Edition(document=a_document())).criteria


@pytest.mark.parametrize(
    ("given", "word", "apart"),
    [
        (["1", "1"], "1", False),
        (["2", "1"], "1", True),
        (["0", "2", "2"], "2", True),
        (["n/a", "2"], "2", True),
        (["n/a", "n/a", "2"], "n/a", True),
        (["dk", "", ""], "dk", False),
        ([], "", False),
    ],
)
def test_the_lower_middle_answer_is_proposed(given, word, apart):
    found = proposal(CRITERIA["rules"], [Answer(given=each) for each in given])
    assert (found.word, found.apart) == (word, apart)


def test_numbers_are_compared_as_numbers():
    assert proposal(CRITERIA["months"], [Answer(given="10"), Answer(given="9")]).word == "9"


def test_the_lower_level_of_evidence_counts():
    answers = [Answer(given="2", level=3), Answer(given="2", level=1)]
    assert proposal(CRITERIA["rules"], answers).level == 1
