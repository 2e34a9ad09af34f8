"""A document, written as a workbook or as YAML and read again, is the same document."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kurak.instruments.catalogue.workbooks.opening import opened
from kurak.instruments.catalogue.workbooks.reading import read_workbook
from kurak.instruments.catalogue.workbooks.writing import as_workbook
from kurak.instruments.catalogue.yaml_writing import as_yaml
from kurak.instruments.definitions.analysis import read_file, shipped
from kurak.instruments.definitions.yaml_text import written
from tests.factories.catalogue import a_document

SHIPPED = [file for _code, _edition, file in shipped()]
ODD_WORDS = st.sampled_from(
    ["yes", "no", "~", "null", "1e5", "0x1F", "01", "=1+1", "[a", "{b", '"c', "'d", "- e", "#f", "true"]
)
TEXTS = st.one_of(ODD_WORDS, st.text("абв ґыйқ abc,:;-{}[]'\"#&*!|>%@`\n0123456789=+", min_size=1, max_size=40)).map(
    lambda text: " ".join(text.split()) or "x"
)
VALUES = st.one_of(st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6), st.booleans(), TEXTS, st.none())


def through_a_workbook(document):
    found = read_workbook(opened(as_workbook(document)))
    assert not found.problems
    return found.document


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_shipped_definition_comes_back_from_a_workbook(file):
    document = read_file(file).document
    assert through_a_workbook(document) == document


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_shipped_definition_comes_back_from_yaml(file):
    document = read_file(file).document
    assert written(as_yaml(document)).document == document


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.dictionaries(TEXTS, st.one_of(VALUES, st.lists(VALUES, max_size=4)), max_size=4), TEXTS, VALUES)
def test_whatever_is_written_in_a_document_comes_back(more, text, value):
    document = a_document(publisher={"en": text}, over=text, assessing={"confidence": more, "raters": value}) | {
        "excluded": [more, {"value": value}]
    }
    document["tree"]["children"][0] |= {"title": {"en": text, "ru": text}, "trend": {"goal": value, "more": more}}
    assert through_a_workbook(document) == document
    assert written(as_yaml(document)).document == document


def test_a_value_too_long_for_a_cell_goes_on_in_the_next_row():
    document = a_document(verify=[{"name": "long", "columns": {f"column-{n}": "x" * 40 for n in range(1500)}}])
    assert through_a_workbook(document) == document


def test_no_cell_of_a_workbook_is_a_formula():
    document = a_document(title={"en": "=HYPERLINK(1)"}, publisher="+1")
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_workbook(document)))
    assert any("=HYPERLINK(1)" in row for row in book.get_sheet_by_name("instrument").to_python())
    assert through_a_workbook(document)["title"] == {"en": "=HYPERLINK(1)"}


def test_the_same_document_gives_the_same_file():
    assert as_workbook(a_document()) == as_workbook(a_document())
