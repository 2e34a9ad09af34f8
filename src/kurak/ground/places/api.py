"""Places in the API."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema

from kurak.ground.places import queries
from kurak.ground.places.models import Place

router = Router(tags=["places"])


class PlaceOut(Schema):
    code: str
    kind: Literal["world", "region", "country", "subdivision"]
    parent: str | None
    names: dict[str, str]
    division: str
    codes: dict[str, str]

    @staticmethod
    def resolve_parent(place: Place) -> str | None:
        return place.parent.code if place.parent else None


class PlaceWithin(PlaceOut):
    around: list[str]
    inside: list[str]

    @staticmethod
    def resolve_around(place: Place) -> list[str]:
        return [each.code for each in queries.around(place)[:-1]]

    @staticmethod
    def resolve_inside(place: Place) -> list[str]:
        return [each.code for each in queries.inside(place)]


@router.get("", response=list[PlaceOut], summary="Places, all or of one kind, or named so")
def places(
    request: HttpRequest, kind: Literal["world", "region", "country", "subdivision"] | None = None, named: str = ""
) -> list[Place]:
    if named:
        found = queries.places_named(named[:100])
        return [place for place in found if kind is None or place.kind == kind]
    everything = Place.objects.select_related("parent")
    return list(everything.filter(kind=kind) if kind else everything)


@router.get("/{code}", response=PlaceWithin, summary="One place, what is around it and inside it")
def place(request: HttpRequest, code: str) -> Place:
    return queries.place_called(code)
