"""The tutorial and the how-to speak of the pages as they are."""

import re

import pytest

from tests.sample.test_tutorial import ROOT, strings_of_pages

DOCS = ROOT.parents[1] / "docs"
PAGES = [DOCS / "tutorials/first-assessment.md", DOCS / "how-to/assess-an-organisation.md"]


def labels(text: str) -> set[str]:
    bold = re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)
    return {" ".join(part.split()).removesuffix(".") for label in bold for part in label.split("→")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_label_it_names_is_on_a_page(page):
    known = {each.removesuffix(".") for each in strings_of_pages()}
    assert labels(page.read_text("utf-8")) - known == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_it_links_to_is_there(page):
    linked = re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8"))
    assert linked
    assert [link for link in linked if not (page.parent / link).exists()] == []
