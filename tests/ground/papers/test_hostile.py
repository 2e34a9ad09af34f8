"""Words that would break a file, or do something when it is opened."""

import pytest

from kurak.ground.papers.paper import Grid, Heading, Items, Paper, Prose, Span, weight
from kurak.ground.papers.pdf import pdf
from kurak.ground.papers.web import Web
from kurak.ground.papers.word import word
from tests.factories.papers import a_paper

WRITERS = (pdf, word, lambda paper: str(Web(paper).body()).encode())
STRANGE = ("\x00", "\x0b", "\x85", "\ufffe", "\uffff", "\ud800", "\u202e")


def everywhere(words: str) -> Paper:
    spans = (Span(words, note=(Span(words),)),)
    blocks = (Heading(words), Prose(spans), Items((spans,)), Grid((words,), ((spans,),), caption=words))
    return Paper(f"A{words}", "en", blocks, subtitle=words, facts=((words, words),), foot=words)


@pytest.mark.parametrize("letter", STRANGE, ids=ascii)
@pytest.mark.parametrize("writer", WRITERS, ids=["pdf", "docx", "html"])
def test_letters_that_no_file_can_hold_stop_no_writer(writer, letter):
    assert writer(everywhere(letter))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a b/"])
def test_a_link_that_is_no_address_is_in_no_pdf(url):
    assert url.encode() not in pdf(a_paper(blocks=(Prose((Span("a", url=url),)),)))


@pytest.mark.parametrize("writer", WRITERS, ids=["pdf", "docx", "html"])
def test_an_endless_address_stops_no_writer(writer):
    assert writer(a_paper(blocks=(Prose((Span("a", url="https://example.org/" + "a" * 9000),)),)))


def test_a_long_title_stops_no_writer():
    assert word(Paper("A" * 300, "en"))


def test_what_turns_letters_around_is_not_on_the_page():
    assert "\u202e" not in str(Web(everywhere("a\u202eb")).body())


def test_notes_and_small_pieces_weigh_too():
    assert weight(a_paper(blocks=(Prose((Span("", note=(Span("x" * 1000),)),)),))) > 1000
    assert weight(a_paper(blocks=(Heading(""),) * 50)) >= 5000
