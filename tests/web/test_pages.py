"""The house's own pages: light, whole without scripts, kept only where they may be."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings

from kurak.ground.languages.declared import LANGUAGES
from tests.factories.people import a_person

PAGES = ["/", "/about/", "/open-data/", "/safety/", "/accessibility/", "/offline/"]
FIRST_VIEW = 100_000  # bytes, compressed, all files together
LINKED = re.compile(
    r"""<(?:link rel="(?:stylesheet|icon|apple-touch-icon)"|script|img)[^>]*?(?:href|src)="/static/([^"]+)"""
)


def weight(page: str) -> int:
    """Bytes of a page and of every file it names, as they travel."""
    files = [Path(finders.find(name)).read_bytes() for name in LINKED.findall(page)]
    return sum(len(gzip.compress(each)) for each in [page.encode(), *files])


@pytest.mark.parametrize("path", PAGES)
def test_the_first_view_is_light(client, world, path):
    page = client.get(path).content.decode()
    assert "kurak.css" in LINKED.findall(page)
    assert weight(page) <= FIRST_VIEW


def test_pages_travel_compressed(client, world):
    response = client.get("/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content).startswith(b"<!doctype html>")


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda each: each.code)
def test_a_page_says_its_language_and_direction(client, world, language):
    response = client.get("/", {"lang": language.code})
    assert f'<html lang="{language.code}" dir="{language.direction}">' in response.content.decode()
    assert response["Content-Language"] == language.code


def test_the_language_switch_keeps_the_rest_of_the_address(client, world):
    page = client.get("/about/?from=mail&lang=ru").content.decode()
    assert 'href="/about/?from=mail&amp;lang=kk"' in page


@pytest.mark.parametrize("path", PAGES)
def test_strangers_pages_may_be_kept(client, world, path):
    assert "public" in client.get(path)["Cache-Control"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_people_with_a_session_may_not_be_kept(client, world, path):
    client.force_login(a_person())
    kept = client.get(path)["Cache-Control"]
    assert "no-store" in kept
    assert "public" not in kept


@pytest.mark.parametrize("path", [*PAGES, "/nowhere/"])
def test_nothing_is_asked_of_third_parties(client, world, path):
    page = client.get(path).content.decode()
    assert not re.findall(r"""(?:src|action)=["']?(?:https?:)?//""", page)
    assert "default-src 'none'" in client.get(path)["Content-Security-Policy"]


def test_a_missing_page_leads_on(client, world):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


def test_a_form_without_its_token_is_explained(world):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a"})
    assert response.status_code == 403
    assert "once more" in response.content.decode()


@override_settings(ROOT_URLCONF="tests.web.broken")
def test_a_broken_page_needs_neither_database_nor_session(client):
    client.raise_request_exception = False
    response = client.get("/break/", headers={"accept-language": "en"})
    assert response.status_code == 500
    assert "broke on our side" in response.content.decode()


@override_settings(ROOT_URLCONF="tests.web.broken")
@pytest.mark.parametrize(("path", "status"), [("/forbidden/", 403), ("/too-many/", 429), ("/refused/", 400)])
def test_a_refusal_becomes_a_page_with_its_sentence(client, db, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert "Ask somebody else." in response.content.decode()
