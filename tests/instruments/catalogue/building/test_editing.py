"""Changes of a document give another one, and leave the first as it was."""

import pytest

from kurak.ground.errors import Missing, Refused
from kurak.instruments.catalogue.building import editing
from kurak.instruments.catalogue.tree import declared, places
from kurak.instruments.definitions.analysis import from_document
from tests.factories.catalogue import a_document


def codes(document) -> list[str]:
    return [each.code for each in places(document)]


def test_a_criterion_is_added_below_another():
    before = a_document()
    after = editing.added(before, {"code": "pump"}, under="water")
    assert codes(after) == ["wells", "care", "water", "clean", "depth", "pump"]
    assert before == a_document()


def test_a_code_is_there_once():
    with pytest.raises(Refused, match="choose another"):
        editing.added(a_document(), {"code": "clean"}, under="water")


def test_a_criterion_goes_with_everything_below_it_and_its_uses():
    document = editing.used(a_document(), "water", "wells")
    assert codes(editing.removed(document, "water")) == ["wells", "care"]


def test_the_overall_score_cannot_be_removed():
    with pytest.raises(Refused):
        editing.removed(a_document(), "wells")


def test_one_use_is_taken_away_and_the_criterion_stays():
    document = editing.used(a_document(), "clean", "wells")
    assert codes(editing.unused(document, "tree.children.2")) == codes(a_document())


@pytest.mark.parametrize(("by", "expected"), [(-1, ["water", "care"]), (+1, ["care", "water"])])
def test_a_criterion_steps_up_and_down_among_those_beside_it(by, expected):
    stepped = editing.stepped(a_document(), "water", by)
    assert [child["code"] for child in stepped["tree"]["children"]] == expected


def test_a_criterion_moves_under_another_but_not_into_itself():
    moved = editing.moved(a_document(), "care", "water")
    assert declared(moved)["care"].parent == "water"
    with pytest.raises(Refused, match="part of itself"):
        editing.moved(moved, "wells", "water")


def test_a_new_code_reaches_formulas_conditions_and_the_example():
    tree = a_document()["tree"] | {"then": [{"subtract": "0.1 * (100 - care)", "when": "care < 50 and scare == 0"}]}
    document = a_document(tree=tree, inputs=[{"code": "scare"}])
    renamed = editing.renamed(document, "care", "upkeep")
    assert renamed["tree"]["then"] == [{"subtract": "0.1 * (100 - upkeep)", "when": "upkeep < 50 and scare == 0"}]
    assert renamed["classes"]["bands"]["of"][2]["needs"] == "upkeep >= 50"
    assert "upkeep" in renamed["example"]["values"]
    from_document(renamed)


def test_what_is_not_there_is_said_to_be_missing():
    with pytest.raises(Missing):
        editing.place_of(a_document(), "nowhere")
