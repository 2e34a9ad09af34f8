"""What can be asked about places."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kurak.ground.errors import Missing
from kurak.ground.languages.folding import fold
from kurak.ground.places.models import Place

REGION = "central-asia"


def place_called(code: str) -> Place:
    """The place with this code, whatever its case."""
    place = Place.objects.filter(code__iexact=code).first()
    if place is None:
        raise Missing("place.missing", _("There is no such place. The list of places shows them all."), asked=code)
    return place


def region() -> Place:
    return place_called(REGION)


def countries() -> QuerySet[Place]:
    return Place.objects.filter(kind=Place.Kind.COUNTRY)


def inside(place: Place) -> QuerySet[Place]:
    """The places directly inside a place."""
    return Place.objects.filter(parent=place)


def around(place: Place) -> list[Place]:
    """From the world down to the place itself."""
    return list(place.ancestors(include_self=True))


def in_order(places, language: str) -> list[Place]:
    """By name, as a reader of the language would look for them."""
    return sorted(places, key=lambda place: fold(place.name(language)))


def places_named(words: str) -> list[Place]:
    """Places whose name in any language begins with the words or holds them, however they were typed."""
    wanted = fold(words)
    if not wanted:
        return []
    folded = [(place, [fold(name) for name in place.names.values()]) for place in Place.objects.all()]
    found = [(place, names) for place, names in folded if any(wanted in name for name in names)]
    beginning = {place.pk for place, names in found if any(name.startswith(wanted) for name in names)}
    return sorted((place for place, _names in found), key=lambda place: (place.pk not in beginning, place.code))
