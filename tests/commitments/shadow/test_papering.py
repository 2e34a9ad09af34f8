"""The report as a paper, and two editions compared."""

from io import BytesIO

import pytest
from docx import Document

from kurak.commitments.shadow.assembling import assembled
from kurak.commitments.shadow.comparing import compared
from kurak.commitments.shadow.papering import gap_told, paper_of
from kurak.ground.papers.paper import Heading, Prose, plain
from kurak.ground.papers.pdf import pdf
from kurak.ground.papers.word import word
from tests.factories.shadow import a_coalition

pytestmark = pytest.mark.django_db


def told(paper) -> list[str]:
    return [plain(block.spans) for block in paper.blocks if isinstance(block, Prose)]


def test_the_words_of_an_account_end_with_a_note_of_its_evidence():
    paper = paper_of(assembled(a_coalition().report), "en")
    spans = [span for block in paper.blocks if isinstance(block, Prose) for span in block.spans if span.note]
    fined = next(span for span in spans if "fined" in span.text)
    assert plain(fined.note).startswith("Court records, 12")
    assert fined.note[0].url == "https://example.org/records"


def test_paragraphs_are_kept():
    paper = paper_of(assembled(a_coalition().report), "en")
    assert "Nine of ten requests were refused." in told(paper)
    assert "Some organisers were fined." in told(paper)


@pytest.mark.parametrize("language", ["en", "ru", "prs"])
def test_it_is_written_as_docx_and_pdf_in_every_script(language):
    paper = paper_of(assembled(a_coalition().report), language, edition="1", url="https://example.org")
    assert pdf(paper).startswith(b"%PDF")
    texts = [each.text for each in Document(BytesIO(word(paper))).paragraphs]
    assert any("Nine of ten requests" in each for each in texts)


def test_words_in_another_language_are_marked_as_such():
    paper = paper_of(assembled(a_coalition().report), "ru")
    foreign = {span.language for block in paper.blocks if isinstance(block, Prose) for span in block.spans}
    assert "en" in foreign


@pytest.mark.parametrize(
    ("value", "words"), [(0.5, "50 points of 100 higher than civil"), (-0.25, "25 points of 100 higher than the state"),
                         (0.0, "say the same")]
)  # fmt: skip
def test_a_gap_is_told_in_words(value, words):
    assert words in gap_told(value, firm=True)


def test_a_comparison_shows_what_is_new_and_what_is_gone():
    made = a_coalition()
    old = assembled(made.report)
    made.civil.text = made.civil.text.__class__("en", "Eight of ten requests were refused.")
    made.civil.save()
    lines = compared(paper_of(old, "en"), paper_of(assembled(made.report), "en"))
    assert {line.kind: line.text for line in lines if "ten requests" in line.text} == {
        "gone": "Nine of ten requests were refused.", "new": "Eight of ten requests were refused.",
    }  # fmt: skip
    assert any(line.after > 0 for line in lines)


def test_an_edition_compared_with_itself_shows_nothing():
    paper = paper_of(assembled(a_coalition().report), "en")
    assert compared(paper, paper) == []


def test_an_empty_section_is_left_out_and_a_part_is_named_once():
    paper = paper_of(assembled(a_coalition().report), "en")
    headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert headings[0] == "21. Peaceful assembly"
    assert not {"Introduction", "Recommendations"} & set(headings)
    assert sum("Peaceful assembly" in each for each in headings) == 1


def test_headings_of_the_house_speak_the_language_of_the_reader():
    first = a_coalition().report.sections.first()
    assert (first.heading.body, str(first.heading.into("ru"))) == ("Introduction", "Введение")
