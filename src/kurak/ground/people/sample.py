"""The sign-in of the sample region's coordinator, on a developer's machine only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kurak.ground.people.models import Grant, Person
from kurak.ground.places.models import Place


def coordinator(place: Place) -> Person:
    """The sample's coordinator: made with a password that is different on every machine."""
    if not settings.SAMPLE_STAFF:
        raise RuntimeError("The sample's coordinator exists outside production only.")
    person = Person.objects.filter(username=settings.SAMPLE_STAFF).first()
    if person is None:
        person = Person.objects.create_user(settings.SAMPLE_STAFF, password=_new_password())
    Grant.objects.get_or_create(person=person, role=Grant.Role.COORDINATOR, place=place)
    return person


def sign_in() -> str:
    """What to tell whoever started the platform; empty if there is no sample coordinator."""
    kept = _kept()
    if not settings.SAMPLE_STAFF or not kept.exists():
        return ""
    if not Person.objects.filter(username=settings.SAMPLE_STAFF).exists():
        return ""
    return _("Sign in as %(name)s with the password %(password)s (a sample coordinator, on this machine only).") % {
        "name": settings.SAMPLE_STAFF,
        "password": kept.read_text().strip(),
    }


def _kept() -> Path:
    return Path(settings.HOME) / "sample-password"


def _new_password() -> str:
    """Easy to type and different on every machine; kept where only the owner can read it."""
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    _kept().parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(_kept(), os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write(password)
    return password
