"""Papers as HTML."""

from kurak.ground.papers.paper import Grid, Prose, Span
from kurak.ground.papers.web import Web
from tests.factories.papers import HOSTILE, LAW, a_paper


def test_words_are_escaped_and_foreign_ones_marked():
    body = Web(a_paper()).body()
    assert "&lt;b&gt;" in body
    assert "<b>" not in body
    assert '<span lang="ru" dir="ltr">' in body


def test_notes_and_their_marks_lead_to_each_other():
    web = Web(a_paper())
    body, foot = web.body(), web.foot()
    assert body.count('href="#note-') == foot.count('href="#mark-') == 2
    assert 'href="https://example.org/law"' in foot


def test_a_link_that_is_a_script_is_no_link():
    web = Web(a_paper(blocks=(Prose((Span("press", url="javascript:alert(1)", note=LAW),)),)))
    assert "javascript" not in web.body()


def test_a_table_can_be_scrolled_and_named():
    body = Web(a_paper(blocks=(Grid((HOSTILE,), (), caption="Two"),))).body()
    assert 'aria-label="Two"' in body
    assert '<th scope="col">' in body
