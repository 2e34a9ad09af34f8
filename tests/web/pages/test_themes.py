"""Pages of themes."""

import pytest

from kurak.ground.themes.actions import load_themes
from kurak.ground.themes.queries import theme_called
from tests.factories.conversations import a_conversation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def themes(db):
    load_themes()


def test_the_list_shows_priorities_and_goals_in_the_readers_language(client):
    page = client.get("/themes/", {"lang": "ru"}).content.decode()
    assert "Лидерство молодёжи" in page
    assert "Чистая вода и санитария" in page
    assert 'class="translated"' not in page.split("<main")[1]  # our own words need no mark


def test_a_theme_shows_the_conversations_about_it(client):
    a_conversation("rivers").themes.add(theme_called("together"))
    assert "/conversations/rivers/" in client.get("/themes/together/").content.decode()
    assert "/conversations/rivers/" not in client.get("/themes/youth/").content.decode()


def test_a_draft_is_not_shown(client):
    a_conversation("secret", phase="draft").themes.add(theme_called("together"))
    assert "/conversations/secret/" not in client.get("/themes/together/").content.decode()


def test_a_theme_that_is_not_there_is_missing(client):
    assert client.get("/themes/dragons/").status_code == 404
