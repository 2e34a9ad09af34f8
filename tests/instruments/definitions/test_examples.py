"""Every shipped definition computes its own worked example."""

import math

import pytest

from kurak.engines.composite import score, tabulate
from kurak.instruments.definitions.analysis import read_file, shipped

FILES = [file for _, _, file in shipped()]


def outcome(found):
    """{code: (score, class)} of the example's one unit; what it leaves out is empty."""
    declaration, values = found.declaration, found.document["example"]["values"]
    named = [declaration.reference, declaration.ranks.within, *declaration.groups]
    columns = {leaf.column: [values.get(leaf.code)] for leaf in declaration.leaves.values() if leaf.code in values}
    fills = [node.fill.column for node in declaration.nodes.values() if node.fill and node.fill.column]
    empty = [leaf.column for leaf in declaration.leaves.values()] + [name for name in named if name]
    empty += [fill.replace("{code}", code) for fill in fills for code in declaration.codes]
    result = score(declaration, tabulate(["x"], {name: [None] for name in empty} | columns))
    classes = {code: result.classes(code) for code in declaration.codes}
    return {code: (float(result.scores[code][0]), (classes[code] or [""])[0]) for code in declaration.codes}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_the_worked_example_of_a_file_is_true(file):
    found = read_file(file)
    expect, got = found.document["example"]["expect"], outcome(found)
    for code, value in expect.items():
        at, class_ = got[code]
        if isinstance(value, str):
            assert class_ == value or (value == "missing" and math.isnan(at)), (code, got[code])
        else:
            assert at == pytest.approx(value, abs=0.005), (code, at)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_file_has_its_texts_in_english_and_russian(file):
    document = read_file(file).document
    items = [document, *(document.get("notes") or []), *read_file(file).items.values()]
    texts = [
        each[key] for each in items for key in ("title", "about", "text", "ask") if isinstance(each.get(key), dict)
    ]
    assert texts
    assert [text for text in texts if not {"en", "ru"} <= set(text)] == []


def test_what_is_recalled_from_memory_says_so():
    recalled = [f.stem for f in FILES if "recalled" in f.read_text(encoding="utf-8")]
    assert {"eiti-2021", "ogp-eligibility-2023", "sdg-index-2020"} <= set(recalled)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_measured_value_of_a_published_index_names_its_source(file):
    found = read_file(file)
    if found.document["kind"] != "index" or found.document.get("assessing"):
        return  # what people answer has its evidence instead
    leaves = [code for code, item in found.items.items() if code in found.declaration.leaves and "source" not in item]
    colours = [code for code in leaves if code.endswith("_colour")]  # the same values, on another scale
    assert sorted(set(leaves) - set(colours)) == []
