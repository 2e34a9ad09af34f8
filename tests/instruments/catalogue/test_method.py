"""The method in words and numbers, made from the document alone."""

import pytest

from kurak.instruments.catalogue.method import Method
from kurak.instruments.catalogue.texts import text_of
from kurak.instruments.definitions.analysis import from_document
from tests.factories.catalogue import a_document


def method(**changed) -> Method:
    return Method(from_document(a_document(**changed)))


def said(branch) -> str:
    return " ".join(f"{line.said} {line.formula}" for line in branch.lines)


def test_weights_are_told_of_the_parent_and_of_the_whole():
    care, water = method().tree().children
    clean, _depth = water.children
    assert (care.share, care.effective) == (0.75, 0.75)
    assert (clean.share, clean.effective) == (0.5, 0.125)
    assert clean.effective_shown == "12.5"


def test_a_criterion_says_its_direction_and_how_it_is_made_comparable():
    depth = method().tree().children[1].children[1]
    assert "Less is better." in said(depth)
    assert "(x - low) / (high - low)" in said(depth)
    assert "high: 40" in said(depth)
    assert depth.mark == "from memory"


def test_a_node_says_what_happens_when_parts_are_missing():
    assert "At least 50 % of the parts must be there" in said(method().tree().children[1])


def test_classes_say_on_which_side_their_borders_lie():
    poor, fair, good = method().schemes()[0].bands
    assert (poor.span, fair.span, good.span) == ("less than 40", "from 40 to 75 inclusive", "more than 75")
    assert good.needs == "care >= 50"


def test_a_criterion_used_twice_is_described_once():
    tree = a_document()["tree"]
    tree["children"].append({"use": "clean", "weight": 1})
    used = method(tree=tree).tree().children[2]
    assert (used.code, used.is_use, str(used.title.into("en"))) == ("clean", True, "Clean")


def test_weights_of_a_sum_are_factors_and_of_a_formula_nothing():
    tree = a_document()["tree"] | {"combine": "sum", "classes": None}
    del tree["classes"]
    care = method(tree=tree).tree().children[0]
    assert (care.share, care.effective, care.factor) == (None, None, 3)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"subtract": "2", "floor": 0}, ["Taken off: 2", "Never below 0"]),
        ({"cap": 50, "when": "clean < 10"}, ["Never above 50, if clean < 10"]),
        ({"veto": "missing", "when": "clean < 1"}, ["No score, if clean < 1"]),
    ],
)
def test_adjustments_are_told_in_words(line, expected):
    lines = [each.said for each in method(tree=a_document()["tree"] | {"then": [line]}).tree().lines]
    assert [each for each in lines if each in expected] == expected


def test_what_is_from_memory_is_counted():
    assert method().from_memory() == 2


def test_answers_are_called_as_the_document_calls_them():
    given = method(wording={"care": {"all": {"en": "In full", "ru": "Полностью"}}})
    ((_, scale),) = given.answers()
    called = {word: str(text.into("ru")) if text else word for word, _, text in scale}
    assert (called["none"], called["all"]) == ("none", "Полностью")
    assert (given.answer("care", "all"), given.answer("care", "none"), given.answer("clean", 7)) == (
        "In full",
        "none",
        7,
    )


def test_cuts_from_memory_are_marked_and_counted():
    document = a_document()
    plain = method()
    document["classes"]["bands"]["checked"] = "recalled"
    marked = method(classes=document["classes"])
    assert (plain.schemes()[0].mark, marked.schemes()[0].mark) == ("", "from memory")
    assert marked.from_memory() == plain.from_memory() + 1


def test_an_input_names_its_source():
    document = a_document()
    clean = document["tree"]["children"][1]["children"][0]
    clean["source"] = document["sources"][0]["code"]
    given = method(tree=document["tree"]).tree().children[1].children[0]
    assert str(given.source.into("en")) == str(text_of(document["sources"][0]["title"]).into("en"))
