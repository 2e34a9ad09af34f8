"""Texts in ten languages are folded by one function, and near-duplicates found with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurak.ground.languages.folding import alikeness, fold, most_alike, trigrams

SAME = [
    ("Oʻzbekiston", "O'zbekiston"),  # two apostrophes of one letter
    ("Қазақстан әйелдері", "Казакстан айелдери"),  # typed on a Russian keyboard
    ("Ҷумҳурии Тоҷикистон", "Чумхурии Точикистон"),
    ("Ысык-Көл", "Ысык Кол"),
    ("Türkmençe ýaşyl", "turkmence yasyl"),
    ("Ёлка", "елка"),
    ("كتاب‌ها", "کتاب ها"),  # Arabic letters and a zero-width joint
    ("۱۴۰۲", "1402"),
    ("دولت", "دَوْلَت"),  # vowel marks
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_one_keyboard_cannot_type_is_folded_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("суу", "соо"), ("hava", "hawa"), ("кот", "код"), ("پاک", "تاک")])
def test_different_words_stay_different(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_alikeness_is_symmetric_and_between_nothing_and_all(one, other):
    assert 0 <= alikeness(one, other) == alikeness(other, one) <= 1


@given(st.text(alphabet="абвг де", min_size=1).filter(str.strip))
def test_a_text_is_wholly_like_itself(text):
    assert alikeness(text, text.upper()) == 1


def test_trigrams_are_those_of_postgresql():
    # select show_trgm('word two')
    assert trigrams("word two") == {"  t", "  w", " tw", " wo", "two", "ord", "rd ", "wo ", "wor"}


def test_the_most_alike_statement_comes_first_and_strangers_are_left_out():
    statements = ["Воду из крана можно пить", "Школам нужны учителя", "Можно пить воду из-под крана!"]
    found = most_alike("воду из-под крана можно пить", statements, read=str)
    assert [text for text, _ in found] == [statements[2], statements[0]]
    assert found[0][1] == 1
