"""The quick exit forgets and leads away, and only when it is meant."""

from django.conf import settings
from django.urls import reverse

from tests.factories.people import a_person


def leave(client, **headers):
    return client.get(reverse("exit"), headers=headers)


def test_it_leads_away_without_a_referrer(client, db):
    response = leave(client)
    assert (response.status_code, response["Location"]) == (303, settings.EXIT_URL)
    assert response["Referrer-Policy"] == "no-referrer"


def test_it_tells_the_browser_to_forget(client, db):
    response = leave(client)
    assert '"cookies"' in response["Clear-Site-Data"]
    assert '"storage"' in response["Clear-Site-Data"]
    assert "no-store" in response["Cache-Control"]


def test_it_signs_out(client, db):
    client.force_login(a_person())
    leave(client)
    assert "_auth_user_id" not in client.session


def test_it_takes_back_the_cookies_it_is_shown(client, db):
    client.cookies["language"] = "ru"
    assert leave(client).cookies["language"]["max-age"] == 0


def test_another_site_cannot_sign_people_out(client, db):
    client.force_login(a_person())
    response = leave(client, sec_fetch_site="cross-site")
    assert "Clear-Site-Data" not in response
    assert "_auth_user_id" in client.session


def test_fetching_ahead_forgets_nothing(client, db):
    assert "Clear-Site-Data" not in leave(client, sec_purpose="prefetch")
