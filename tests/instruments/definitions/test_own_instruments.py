"""The instruments that were written for this project: their worked examples, gates, floors and languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from kurak.engines.composite import score, tabulate
from kurak.engines.composite.scoring import Result
from kurak.engines.composite.varying.factors import checked
from kurak.instruments.definitions.analysis import Definition, definition

OWN = (
    "conservation-resilience",
    "cso-commitments",
    "cso-meter",
    "cso-sustainability",
    "liveable-city",
    "local-report-card",
    "ndc-progress",
    "ndc-report-review",
    "ogp-report-review",
    "programme-evaluation",
    "self-portrait",
    "social-enterprise",
    "sroi",
    "vnr-review",
    "wango-code",
)  # fmt: skip


def scored(code: str, *changes: dict[str, Any]) -> Result:
    """The worked example, once for each change to its answers; a change to None leaves the answer out."""
    of = definition(code)
    rows = [{**of.document["example"]["values"], **change} for change in changes or ({},)]
    columns = {leaf.column: [row.get(name) for row in rows] for name, leaf in of.declaration.leaves.items()}
    return score(of.declaration, tabulate([f"row {i}" for i in range(len(rows))], columns))


def texts(given: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in several languages, with the place where it stands."""
    if isinstance(given, dict):
        if "en" in given:
            yield path, given
        for key, each in given.items():
            yield from texts(each, f"{path}.{key}")
    elif isinstance(given, list):
        for place, each in enumerate(given):
            yield from texts(each, f"{path}.{place}")


def asked(of: Definition) -> dict[str, dict[str, Any]]:
    return {code: dict(item) for code, item in of.items.items() if code in of.declaration.leaves and "ask" in item}


@pytest.mark.parametrize("code", OWN)
def test_the_worked_example_comes_out_as_the_file_says(code):
    found, expected = scored(code).scores, definition(code).document["example"]["expect"]
    assert {name: found[name][0] for name in expected} == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("code", OWN)
def test_every_text_is_there_in_english_and_russian(code):
    without = [place for place, text in texts(definition(code).document) if not text.get("ru")]
    assert without == []


@pytest.mark.parametrize("code", OWN)
def test_no_russian_text_is_english_or_the_other_way_round(code):
    def cyrillic(text: str) -> float:
        letters = [each for each in text if each.isalpha()]
        return sum("а" <= each.lower() <= "я" or each.lower() == "ё" for each in letters) / max(len(letters), 1)

    odd = [
        place
        for place, text in texts(definition(code).document)
        if cyrillic(text["en"]) > 0.2 or cyrillic(text["ru"]) < 0.5
    ]
    assert odd == []


@pytest.mark.parametrize("code", OWN)
def test_every_answer_that_counts_has_a_text_of_its_own(code):
    for name, item in asked(definition(code)).items():
        said = [text["en"] for text in item.get("anchors", {}).values()]
        counted = [a for a, v in definition(code).declaration.leaves[name].answers.items() if not isinstance(v, str)]
        assert len(set(said)) == len(said) >= len(counted), name


@pytest.mark.parametrize("code", OWN)
def test_what_is_said_to_be_uncertain_can_be_varied(code):
    assert checked(definition(code).declaration) == ()


@pytest.mark.parametrize("code", OWN)
def test_it_is_dated_and_says_how_it_is_answered_and_what_it_stands_on(code):
    document = definition(code).document
    assert {"dated", "sources", "assessing", "example", "label", "data"} <= set(document)
    assert document["data"]["redistributable"] is True


@pytest.mark.parametrize("code", OWN)
def test_the_short_form_alone_is_enough_for_a_score(code):
    of = definition(code)
    inputs = {item["code"] for item in of.document.get("inputs", [])}
    rest = [name for name in of.declaration.leaves if name not in inputs and not of.items[name].get("core")]
    if len(rest) + len(inputs) < len(of.declaration.leaves):  # else it has no short form
        assert not np.isnan(scored(code, dict.fromkeys(rest)).scores[of.declaration.root][0])
