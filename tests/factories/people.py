"""Accounts and rights for tests."""

from itertools import count

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from kurak.ground.languages.text import Text
from kurak.ground.people.models import Grant, Membership, Organisation, Person
from kurak.ground.places.models import Place
from tests.factories.places import a_place

PASSWORD = "patchwork of many pieces"
_number = count(1)


def a_person(username: str = "", *, password: str = PASSWORD, **fields) -> Person:
    return Person.objects.create_user(username or f"person-{next(_number)}", password=password, **fields)


def a_grant(person: Person, role: str = Grant.Role.FACILITATOR, *, place: Place | None = None) -> Grant:
    return Grant.objects.create(person=person, role=role, place=place or a_place())


def a_member_of_staff(role: str = Grant.Role.FACILITATOR, *, place: Place | None = None, **fields) -> Person:
    """Somebody with a role at the place and a second factor."""
    person = a_person(**fields)
    a_grant(person, role, place=place)
    with_second_factor(person)
    return person


def with_second_factor(person: Person) -> str:
    """Gives the person a TOTP device and recovery codes; returns the secret of the device."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def second_factors(person: Person) -> set[str]:
    return set(Authenticator.objects.filter(user=person).values_list("type", flat=True))


def an_organisation(slug: str = "", *, place: Place | None = None, name: str = "Clear Water") -> Organisation:
    slug = slug or f"organisation-{next(_number)}"
    return Organisation.objects.create(slug=slug, name=Text("en", name), place=place or a_place())


def a_membership(person: Person, organisation: Organisation | None = None, *, officer: bool = False) -> Membership:
    return Membership.objects.create(person=person, organisation=organisation or an_organisation(), officer=officer)


def signed_in(client, person: Person):
    """The test client, signed in as the person: for views, not for the sign-in itself."""
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
