"""An edition as pages of questions."""

import pytest
from django.utils import translation

from kurak.instruments.assessments.questions import Questionnaire
from kurak.instruments.catalogue.models import Edition
from kurak.instruments.definitions.analysis import from_document
from tests.factories.instruments import a_document


def asked(*, short: bool = False, **changed) -> Questionnaire:
    return Questionnaire(Edition(document=a_document(**changed)), short=short)


def test_each_part_of_the_tree_is_a_page_and_what_stands_outside_comes_first():
    pages = asked().pages
    assert [page.code for page in pages] == ["before", "trust", "reach"]
    assert [each.code for each in pages[1].criteria] == ["rules", "accounts", "complaints"]


def test_what_the_platform_computes_is_not_asked():
    assert "confidence" not in asked().criteria


def test_the_short_form_keeps_core_questions_and_what_comes_before_them():
    assert list(asked(short=True).criteria) == ["purpose", "rules", "accounts", "people"]


def test_words_for_no_value_are_offered_where_they_make_sense():
    criteria = asked().criteria
    assert [(each.word, each.kind) for each in criteria["rules"].options][3:] == [
        ("n/a", "not-applicable"), ("dk", "unknown"),
    ]  # fmt: skip
    assert "n/a" not in [each.word for each in criteria["purpose"].options]


def test_an_answer_stands_for_its_number():
    rules, months = asked().criteria["rules"], asked().criteria["months"]
    assert (rules.value("1"), rules.value("n/a"), rules.kind("n/a")) == (50, None, "not-applicable")
    assert (months.value("7.5"), months.value("")) == (7.5, None)


def test_the_share_that_does_not_apply_is_by_weight():
    page = asked().page("trust")
    assert page.most_not_applicable == pytest.approx(0.4)
    assert page.not_applicable({"rules": "n/a", "accounts": "2"}) == pytest.approx(1 / 3)


def test_texts_come_in_the_language_of_the_reader():
    rules = asked().criteria["rules"]
    assert str(rules.ask.into("ru")) == "Записаны ли ваши правила?"
    assert str(rules.options[0].text.into("ru")) == "Пока ничего"
    with translation.override("en"):
        assert str(asked().criteria["purpose"].options[1].text) == "Not yet"


def test_anchors_may_be_a_list_in_the_order_of_the_answers():
    document = a_document()
    document["tree"]["children"][0]["children"][0]["anchors"] = [{"en": "None"}, {"en": "Some"}, {"en": "All"}]
    options = Questionnaire(Edition(document=document)).criteria["rules"].options
    assert [str(each.text) for each in options[:3]] == ["None", "Some", "All"]


def test_a_tree_of_leaves_is_one_page():
    document = a_document()
    document["tree"]["children"] = document["tree"]["children"][0]["children"]
    assert [page.code for page in Questionnaire(Edition(document=document)).pages] == ["before", "total"]


def test_the_document_of_these_tests_is_one_that_the_platform_takes():
    assert from_document(a_document()).declaration.root == "total"


def test_an_answer_without_a_text_of_its_own_is_called_as_its_scale_calls_it():
    wording = {"levels": {"0": {"en": "Nothing", "ru": "Ничего"}}, "gate": {"yes": {"en": "Surely"}}}
    bare = asked(wording=wording).criteria["purpose"]
    assert str(bare.options[0].text.into("en")) != "Surely"  # its own text wins
    document = a_document(wording=wording)
    del document["inputs"][0]["anchors"]
    plain = Questionnaire(Edition(document=document)).criteria["purpose"]
    assert [str(each.text.into("en")) for each in plain.options][:1] == ["Surely"]
