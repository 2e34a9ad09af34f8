"""Papers as PDF."""

import re

import pytest

from kurak.ground.papers.paper import Prose, Span
from kurak.ground.papers.pdf import pdf
from tests.factories.papers import HOSTILE, a_paper


@pytest.mark.parametrize("language", ["en", "ru", "prs"])
def test_a_paper_is_written_in_every_script(language):
    assert pdf(a_paper(language)).startswith(b"%PDF-1.7")


def test_the_same_paper_is_the_same_bytes():
    assert pdf(a_paper(foot="Kurak (2026)")) == pdf(a_paper(foot="Kurak (2026)"))


def test_what_looks_like_code_is_printed_and_not_run():
    """A title that is run as code would stop the writer."""
    assert pdf(a_paper(blocks=(Prose((Span(HOSTILE, note=(Span(HOSTILE),)),)),))).startswith(b"%PDF")


def test_no_font_is_borrowed_from_the_machine():
    """Georgian is in none of ours: a machine that has it must not lend it. NewCM comes with the writer itself."""
    made = pdf(a_paper("prs", blocks=(Prose((Span("ქართული Привет سلام"),)),)))
    fonts = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+(\w+)", made))
    assert {b"NotoSans", b"NotoNaskhArabic"} <= fonts <= {b"NotoSans", b"NotoNaskhArabic", b"NewCM10"}


def test_the_file_is_tagged_for_screen_readers():
    assert b"/StructTreeRoot" in pdf(a_paper())
    assert b"/MarkInfo" in pdf(a_paper())
