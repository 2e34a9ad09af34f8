"""What papers are made of."""

import pytest

from kurak.ground.papers.paper import Grid, Items, Paper, Prose, Span, counted


def test_a_row_of_the_wrong_length_is_refused_by_its_number():
    with pytest.raises(ValueError, match="row 2 has 1 cells, the head has 2"):
        Grid(("A", "B"), (((Span("1"),), (Span("2"),)), ((Span("3"),),)))


def test_words_are_counted_in_every_block_and_notes_are_not():
    note = (Span("a long note that nobody counts"),)
    blocks = (
        Prose((Span("one two", note=note),)),
        Items(((Span("three"),),)),
        Grid(("four",), (((Span("five six"),),),)),
    )
    assert counted(Paper("Title", "en", blocks)) == 6
