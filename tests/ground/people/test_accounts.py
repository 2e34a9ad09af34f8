"""An account: made with a name and a password, entered with a second factor, closed by its owner."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from kurak.ground.errors import Refused
from kurak.ground.people import actions
from kurak.ground.people.models import Person
from kurak.ground.people.queries import everything_about
from kurak.ground.people.rules import Role
from kurak.ground.safety.limits import LIMITS
from tests.factories.people import (
    PASSWORD,
    a_grant,
    a_member_of_staff,
    a_membership,
    a_person,
    signed_in,
    with_second_factor,
)

pytestmark = pytest.mark.django_db


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client, name: str, password: str = PASSWORD):
    return client.post("/account/login/", {"login": name, "password": password})


def confirm(client):
    """What allauth asks for before anything that could lock the owner out."""
    return client.post("/account/reauthenticate/", {"password": PASSWORD})


def test_a_name_and_a_password_are_enough_to_sign_up(client):
    answer = client.post("/account/signup/", {"username": "aigerim", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 302, answer.context["form"].errors
    assert Person.objects.get().email == ""


def test_who_signs_up_keeps_the_language_they_read_in(client):
    client.post("/account/signup/?lang=ky", {"username": "aigerim", "password1": PASSWORD, "password2": PASSWORD})
    assert Person.objects.get().language == "ky"


def test_a_short_password_is_refused(client):
    client.post("/account/signup/", {"username": "aigerim", "password1": "short", "password2": "short"})
    assert not Person.objects.exists()


def test_a_password_alone_does_not_sign_in_who_has_a_second_factor(client):
    person = a_person()
    with_second_factor(person)
    assert sign_in(client, person.username).headers["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/account/").status_code == 302


def test_password_and_code_sign_in(client):
    person = a_person()
    secret = with_second_factor(person)
    sign_in(client, person.username)
    client.post("/account/2fa/authenticate/", {"code": code_now(secret)})
    assert client.get("/account/").status_code == 200


def test_the_secret_of_a_second_factor_lies_sealed(client):
    person = a_person()
    secret = with_second_factor(person)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_failed_passwords_for_one_name_are_limited(client):
    person = a_person()
    for _ in range(LIMITS["sign_in"].times):
        sign_in(client, person.username, "wrong")
    sign_in(client, person.username)
    assert client.get("/account/").status_code == 302


def test_right_passwords_do_not_use_up_the_limit(client):
    person = a_person()
    for _ in range(LIMITS["sign_in"].times + 1):
        client.logout()
        sign_in(client, person.username)
    assert client.get("/account/").status_code == 200


def test_failures_for_one_name_leave_other_names_alone(client):
    one, other = a_person(), a_person()
    for _ in range(LIMITS["sign_in"].times + 1):
        sign_in(client, one.username, "wrong")
    sign_in(client, other.username)
    assert client.get("/account/").status_code == 200


def test_recovery_codes_are_shown_once(client):
    person = a_person()
    sign_in(client, person.username)
    confirm(client)
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": code_now(secret)})
    seen = [client.get("/account/2fa/recovery-codes/").context["unused_codes"] for _ in range(2)]
    assert "****" not in seen[0]
    assert set(seen[1]) == {"****"}


def test_my_data_holds_what_is_kept_about_me(client, world):
    person = a_person(email="a@example.org")
    a_grant(person, Role.MODERATOR, place=world.chuy)
    a_membership(person)
    kept = everything_about(person)
    assert kept["roles"][0] | {"since": ""} == {"role": "moderator", "place": "KG-C", "since": ""}
    assert (kept["email"], len(kept["organisations"])) == ("a@example.org", 1)
    answer = signed_in(client, person).get("/account/data/")
    assert answer.json()["name"] == person.username
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_closed_account_is_gone(client):
    person = a_person()
    sign_in(client, person.username)
    confirm(client)
    client.post("/account/close/", {"name": person.username})
    assert not Person.objects.exists()


def test_an_account_is_not_closed_by_a_mistyped_name(client):
    person = a_person()
    sign_in(client, person.username)
    confirm(client)
    client.post("/account/close/", {"name": "somebody"})
    assert Person.objects.exists()


def test_closing_asks_for_the_password_again(client):
    person = a_person()
    sign_in(client, person.username)
    assert "reauthenticate" in client.post("/account/close/", {"name": person.username}).headers["Location"]
    assert Person.objects.exists()


def test_the_only_coordinator_of_a_place_cannot_leave_it_alone(world):
    person = a_member_of_staff(Role.COORDINATOR, place=world.kyrgyzstan)
    with pytest.raises(Refused, match="only coordinator"):
        actions.close_account(person=person)


def test_a_coordinator_may_leave_when_one_around_the_place_stays(world):
    a_member_of_staff(Role.COORDINATOR, place=world.region)
    person = a_member_of_staff(Role.COORDINATOR, place=world.kyrgyzstan)
    actions.close_account(person=person)
    assert not Person.objects.filter(pk=person.pk).exists()


def test_the_language_of_an_account_is_kept_and_used(client):
    person = a_person()
    answer = signed_in(client, person).post("/account/language/", {"language": "tg"})
    person.refresh_from_db()
    assert (person.language, answer.cookies["language"].value) == ("tg", "tg")
