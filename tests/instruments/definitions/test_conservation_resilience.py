"""Community conservation: consent comes first, the community has the last word, and nobody is ranked."""

from __future__ import annotations

import numpy as np
import pytest

from kurak.instruments.definitions.analysis import definition
from tests.instruments.definitions.test_own_instruments import scored

CCRI = "conservation-resilience"
SECTIONS = ("land", "ecology", "culture", "living", "law", "threats")


@pytest.mark.parametrize("consent", ["no", None])
def test_without_consent_no_section_is_shown(consent):
    found = scored(CCRI, {"consent": consent})
    assert all(np.isnan(found.scores[section][0]) for section in SECTIONS)


def test_where_it_stands_follows_from_consent_and_approval():
    steps = [{"consent": "no"}, {"approved": "no"}, {"approved": "draft"}, {"approved": "yes"}]
    assert scored(CCRI, *steps).classes("status") == ("no-consent", "under-way", "draft", "approved")


def test_where_it_stands_does_not_depend_on_how_the_community_does():
    best = {code: "3" for code, item in definition(CCRI).items.items() if item.get("answers") == "state"}
    assert scored(CCRI, {}, best).scores["status"].tolist() == [2, 2]


def test_no_number_brings_the_sections_together():
    nodes = definition(CCRI).declaration.nodes
    assert not any(set(node.needs) & set(SECTIONS) for node in nodes.values())
