"""The nine priorities and the 17 goals are there, in English and Russian."""

import pytest

from kurak.ground.errors import Missing
from kurak.ground.themes import queries
from kurak.ground.themes.actions import load_themes
from kurak.ground.themes.models import Theme

pytestmark = pytest.mark.django_db


def test_nine_priorities_and_seventeen_goals_in_their_order():
    assert load_themes() == 26
    assert [theme.number for theme in queries.priorities()] == list(range(1, 10))
    assert [theme.number for theme in queries.goals()] == list(range(1, 18))


def test_loading_again_changes_nothing():
    load_themes()
    before = list(Theme.objects.values_list("pk", "code"))
    load_themes()
    assert list(Theme.objects.values_list("pk", "code")) == before


def test_every_theme_speaks_english_and_russian():
    load_themes()
    for theme in Theme.objects.all():
        for text in (theme.name, theme.description):
            assert text.language == "en"
            assert text.into("ru").language == "ru", theme.code


def test_a_theme_that_is_not_there_is_missing():
    with pytest.raises(Missing) as refusal:
        queries.theme_called("dragons")
    assert refusal.value.code == "theme.missing"
