"""Headers on every response."""

import pytest

from kurak.ground.safety.headers import HEADERS, PERSONAL_COOKIES
from tests.factories.people import a_person, signed_in

pytestmark = pytest.mark.django_db
ALWAYS = (*HEADERS, "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options", "Cross-Origin-Opener-Policy")


@pytest.mark.parametrize("path", ["/", "/no/such/page/", "/desk/", "/static/kurak.css", "/account/login/"])
def test_every_response_has_them(client, path):
    answer = client.get(path)
    assert not [name for name in ALWAYS if name not in answer.headers]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Server" not in answer.headers


def test_a_crash_has_them_too(client, monkeypatch):
    monkeypatch.setattr("kurak.ground.people.queries.everything_about", lambda person: 1 / 0)
    client.raise_request_exception = False
    answer = signed_in(client, a_person()).get("/account/data/")
    assert answer.status_code == 500
    assert not [name for name in ALWAYS if name not in answer.headers]


def test_pages_of_somebody_signed_in_are_not_kept(client):
    assert signed_in(client, a_person()).get("/").headers["Cache-Control"] == "no-store"


def test_pages_of_a_participant_are_not_kept(client):
    client.cookies["participant"] = "a" * 26
    assert client.get("/conversations/").headers["Cache-Control"] == "no-store"


def test_the_personal_cookies_are_those_in_use(settings):
    from kurak.dialogue.conversations import keys

    assert set(PERSONAL_COOKIES) == {settings.SESSION_COOKIE_NAME, keys.COOKIE}
