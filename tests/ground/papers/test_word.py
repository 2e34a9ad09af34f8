"""Papers as DOCX, opened again with the library that offices' files are read with."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from kurak.ground.papers.paper import Grid, Prose, Span
from kurak.ground.papers.word import word
from tests.factories.papers import HOSTILE, a_paper


def parts(written: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(written)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


def test_the_words_are_there_and_styled():
    opened = Document(BytesIO(word(a_paper())))
    styles = {each.text: each.style.name for each in opened.paragraphs}
    assert styles["Freedom of assembly"] in {"Title", "Heading 1"}
    assert styles[HOSTILE] == "Quote"
    assert styles["one"] == "List Number"
    assert [cell.text for cell in opened.tables[0].rows[1].cells] == ["1", "2"]


def test_notes_are_real_footnotes_with_working_links():
    files = parts(word(a_paper()))
    marks = re.findall(r'w:footnoteReference w:id="(\d+)"', files["word/document.xml"])
    notes = re.findall(r'<w:footnote w:id="(\d+)"', files["word/footnotes.xml"])
    assert marks == notes == ["1", "2"]
    assert "https://example.org/law" in files["word/_rels/footnotes.xml.rels"]
    assert "footnotes" in files["word/_rels/document.xml.rels"]


def test_a_paper_without_notes_has_no_footnotes():
    assert "word/footnotes.xml" not in parts(word(a_paper(blocks=(Prose((Span("Plain."),)),))))


@pytest.mark.parametrize(("language", "marked"), [("en", False), ("prs", True)])
def test_dari_runs_from_right_to_left(language, marked):
    body = parts(word(a_paper(language)))["word/document.xml"]
    assert ("<w:bidi/>" in body and "<w:rtl/>" in body and "<w:bidiVisual/>" in body) == marked


def test_nobody_and_no_clock_is_in_the_file():
    about = Document(BytesIO(word(a_paper()))).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("Kurak", "Kurak", "")
    assert about.created == about.modified
    assert about.created.date().isoformat() == "2026-05-04"


def test_control_characters_are_left_out():
    opened = Document(BytesIO(word(a_paper(blocks=(Prose((Span("wa\x00\x0bter"),)),)))))
    assert "water" in [each.text for each in opened.paragraphs]


def test_columns_have_the_widths_that_were_asked_for():
    grid = Grid(("A", "B"), (((Span("1"),), (Span("2"),)),), widths=(3, 1))
    row = Document(BytesIO(word(a_paper(blocks=(grid,))))).tables[0].rows[1]
    assert row.cells[0].width == pytest.approx(3 * row.cells[1].width, rel=0.01)
