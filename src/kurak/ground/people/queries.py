"""What can be asked about accounts and rights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from kurak.ground.people.models import Grant, Organisation, Person
from kurak.ground.places.models import Place
from kurak.ground.safety.models import Act


def coordinated(person: Person) -> list[Place]:
    """Every place the person coordinates: those granted and those inside them."""
    granted = Grant.objects.filter(person=person, role=Grant.Role.COORDINATOR).select_related("place")
    found: dict[int, Place] = {}
    for each in granted:
        found.update({place.pk: place for place in each.place.descendants(include_self=True)})
    return list(found.values())


def grants_at(places: list[Place]) -> QuerySet[Grant]:
    """Who holds what at these places, and who gave it."""
    found = Grant.objects.filter(place__in=[place.pk for place in places])
    return found.select_related("person", "place", "granted_by").order_by("place__code", "role", "person__username")


def organisations_at(places: list[Place]) -> QuerySet[Organisation]:
    found = Organisation.objects.filter(place__in=[place.pk for place in places]).order_by("slug")
    return found.prefetch_related("memberships__person")


_kept: dict[str, Callable[[Person], Any]] = {}


def tell_owner(name: str, what: Callable[[Person], Any]) -> None:
    """A room says what else it keeps under an account's name; the owner finds it under this word."""
    _kept[name] = what


def everything_about(person: Person) -> dict[str, Any]:
    """All that the platform keeps about an account, for its owner. Participation in conversations is not among it:
    it is under pseudonyms that lead to no account."""
    return {
        **{name: what(person) for name, what in _kept.items()},
        "name": person.username,
        "email": person.email,
        "addresses": list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary")),
        "language": person.language,
        "joined": person.joined.isoformat(),
        "roles": [
            {"role": each.role, "place": each.place.code, "since": each.granted_on.isoformat()}
            for each in person.grants.select_related("place")
        ],
        "organisations": [
            {"organisation": each.organisation.slug, "officer": each.officer}
            for each in person.memberships.select_related("organisation")
        ],
        "second_factors": [
            {"type": each.type, "added": each.created_at.isoformat(), "last_used": _when(each.last_used_at)}
            for each in Authenticator.objects.filter(user=person)
        ],
        "acts": [
            {"at": each.at.isoformat(), "verb": each.verb, "subject": each.subject, "reason": each.reason}
            for each in Act.objects.filter(actor=person)
        ],
    }


def _when(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
