"""Who holds which role where. Rooms build their own rules on `holds`."""

from __future__ import annotations

from typing import Any

import rules
from allauth.mfa.models import Authenticator
from django.conf import settings

from kurak.ground.people.models import Grant
from kurak.ground.places.models import Place

Role = Grant.Role
# A coordinator may do at their place whatever the other roles may.
STAFF = frozenset(Role)
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def holds(person: Any, *roles: str, place: Place | None = None) -> bool:
    """Whether the person holds one of the roles at the place, or at a place around it; without a place: anywhere."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    grants = person.grants.filter(role__in={*roles, Role.COORDINATOR})
    if place is not None:
        around = place.ancestors(include_self=True).values_list("pk", flat=True)
        grants = grants.filter(place__in=list(around))
    return bool(grants.exists())


def is_staff(person: Any) -> bool:
    return holds(person, *STAFF)


def has_second_factor(person: Any) -> bool:
    """A passkey, a security key or an authenticator app. The sample's accounts do without, never in production:
    docs/decisions/0005-second-factor.md."""
    if person.get_username() in settings.SAMPLE_STAFF:
        return True
    return Authenticator.objects.filter(user=person, type__in=SECOND_FACTORS).exists()


def may_enter_desk(person: Any) -> bool:
    return is_staff(person) and has_second_factor(person)


def may_coordinate(person: Any, place: Place | None = None) -> bool:
    return holds(person, Role.COORDINATOR, place=place)


def may_grant(person: Any, role: str, place: Place) -> bool:
    """Coordinators give roles at their place and inside it; the coordinator's own role only inside, so that who
    coordinates a country is decided around it."""
    where = place.parent if role == Role.COORDINATOR else place
    return where is not None and may_coordinate(person, where)


def may_read_acts(person: Any) -> bool:
    return may_coordinate(person)


# The same answers as permissions, for has_perm in templates and views: person.has_perm("people.grant", (role, place)).
rules.add_perm("people.desk", rules.predicate(may_enter_desk))
rules.add_perm("people.coordinate", rules.predicate(may_coordinate))
rules.add_perm("people.grant", rules.predicate(lambda person, wanted=None: bool(wanted) and may_grant(person, *wanted)))
rules.add_perm("safety.read_acts", rules.predicate(may_read_acts))
