"""A definition is read as a whole, or refused with every problem and its line."""

import json

import pytest

from kurak.ground.errors import Missing
from kurak.instruments.definitions.analysis import definition, from_document, read, shipped
from kurak.instruments.definitions.problems import Misdeclared

DAM = """\
format: 1
code: dam-safety
edition: 2026
dated: 2026-01-01
title: {en: Safety of dams, ru: Безопасность плотин}
about: {en: How safe a dam is, ru: Насколько безопасна плотина}
kind: rating
units: organisation
label: exact
sources:
  - {code: own, title: Our own}
answers:
  yes-no: {yes: 1, no: 0, n/a: not-applicable}
assessing: {raters: 2, review: peer, valid_months: 24}
tree:
  code: safety
  title: {en: Safety, ru: Безопасность}
  children:
    - code: wall
      title: {en: The wall, ru: Стена}
      ask: {en: Is the wall whole?, ru: Цела ли стена?}
      answers: yes-no
      anchors:
        yes: {en: No crack, ru: Нет трещин}
        no: {en: There are cracks, ru: Есть трещины}
    - {code: gate, title: {en: The gate, ru: Затвор}, weight: 3, bounds: [0, 1]}
"""


def problems(text):
    with pytest.raises(Misdeclared) as wrong:
        read(text, "dam.yaml")
    return {(p.line, p.said): p.remedy for p in wrong.value.problems}


def test_a_definition_has_its_document_its_declaration_and_its_lines():
    dam = read(DAM, "dam.yaml")
    assert (dam.code, dam.edition, dam.declaration.root) == ("dam-safety", "2026", "safety")
    assert dam.document["title"]["ru"] == "Безопасность плотин"
    assert dam.lines["tree", "children", 1][0] == 26
    assert set(dam.items) == {"safety", "wall", "gate"}


def test_the_same_document_from_a_form_is_the_same_definition():
    dam = read(DAM)
    again = from_document(dam.document)
    assert (again.declaration.checksum, again.sha256) == (dam.declaration.checksum, dam.sha256)


def test_every_problem_is_told_at_once_with_its_line_and_remedy():
    wrong = DAM.replace("weight: 3", "wieght: 3").replace("units: organisation", "units: organization")
    wrong = wrong.replace("{en: Safety, ru: Безопасность}", "{ru: Безопасность, rus: x}")
    found = problems(wrong)
    assert [line for line, _ in found] == [8, 17, 17, 26]
    assert found[8, "'organization' is not among the choices"] == "Did you mean 'organisation'"
    assert found[17, "the text is not there in English"].startswith("Add en:")
    assert found[26, "there is no key 'wieght' here"] == "Did you mean 'weight'"


def test_an_answer_without_its_anchor_and_an_anchor_without_its_answer_are_found():
    found = problems(DAM.replace("        no: {en: There", "        nope: {en: There"))
    assert {line for line, _ in found} == {23, 25}
    assert "the anchor 'nope' belongs to no answer" in {said for _, said in found}


def test_a_key_twice_is_a_problem_though_yaml_would_take_the_last():
    found = problems(DAM.replace("kind: rating", "kind: rating\nkind: index"))
    assert list(found) == [(8, "'kind' is written twice; the first time on line 7")]


def test_an_item_may_cite_only_a_source_that_is_listed():
    assert (20, "there is no source 'who'") in problems(
        DAM.replace("    - code: wall\n", "    - code: wall\n      source: who\n")
    )


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b", "42"])
def test_what_is_no_mapping_is_no_definition(text):
    assert (1, "this is no definition") in problems(text)


def test_problems_of_a_form_have_a_path_instead_of_a_line():
    document = json.loads(json.dumps(read(DAM).document))
    document["tree"]["children"][1]["weight"] = -1
    with pytest.raises(Misdeclared) as wrong:
        from_document(document)
    assert str(wrong.value).startswith("tree.children[1].weight: ")


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, object()])
def test_a_document_of_something_else_than_json_is_refused(value):
    with pytest.raises(Misdeclared):
        from_document({"code": value})


def test_a_definition_that_is_not_there_is_missing_and_says_which_are():
    with pytest.raises(Missing) as wrong:
        definition("no-such-index")
    assert "no-such-index" in str(wrong.value)


@pytest.mark.parametrize(("code", "edition", "file"), shipped())
def test_every_shipped_file_is_named_for_its_code_and_edition_and_can_be_read(code, edition, file):
    found = read(file.read_text(encoding="utf-8"), file.name)
    assert file.name == f"{code}-{edition}.yaml".lower()
    assert (found.code, found.edition) == (code, edition)
    assert definition(code, edition) == definition(f"{code}-{edition}")


def test_who_ranks_nobody_must_say_why():
    document = json.loads(json.dumps(read(DAM).document)) | {"ranks": {"shown": False}}
    with pytest.raises(Misdeclared, match="does not say why"):
        from_document(document)


CALLED = "wording: {yes-no: {yes: {en: It is, ru: Да}, no: {en: It is not, ru: Нет}}}\n"


def test_what_a_shared_answer_is_called_may_stand_for_the_text_of_each_criterion():
    bare = DAM.replace("      anchors:\n        yes: {en: No crack, ru: Нет трещин}\n", "").replace(
        "        no: {en: There are cracks, ru: Есть трещины}\n", ""
    )
    assert any("no texts say what the answers" in said for _, said in problems(bare))
    assert read(bare + CALLED).document["wording"]["yes-no"]["no"]["ru"] == "Нет"


@pytest.mark.parametrize(
    ("old", "new", "said", "remedy"),
    [
        ("{yes-no: {yes: {en: It is", "{yes: {yes: {en: It is", "there is no scale 'yes'", "Use one of: yes-no"),
        ("no: {en: It is not", "nay: {en: It is not", "the scale has no answer 'nay'", "Use one of: yes, no, n/a"),
    ],
)
def test_a_wording_of_nothing_is_refused(old, new, said, remedy):
    found = problems(DAM + CALLED.replace(old, new))
    assert {each: what for (_, each), what in found.items()} == {said: remedy}
