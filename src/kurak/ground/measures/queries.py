"""What can be asked about measures. Withdrawn values are never among the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kurak.ground.errors import Missing
from kurak.ground.measures.actions import slice_of
from kurak.ground.measures.models import Measure
from kurak.ground.places.models import Place

LARGEST = 2**63 - 1  # of the database's whole numbers


def standing() -> QuerySet[Measure]:
    return Measure.objects.filter(withdrawn_at=None).select_related("quantity", "place", "source")


def comparable() -> QuerySet[Measure]:
    """Without what nobody has verified."""
    return standing().exclude(quality=Measure.Quality.UNVERIFIED)


def series(quantity: str, place: Place, dimensions: Mapping[str, str] | None = None) -> QuerySet[Measure]:
    """The values of one quantity at one place through time, oldest first."""
    return standing().filter(
        quantity__code=quantity, place=place, slice=slice_of(dimensions or {})
    ).order_by("end", "stated_at")  # fmt: skip


def latest(quantity: str, place: Place, dimensions: Mapping[str, str] | None = None) -> Measure | None:
    """The value of the newest period; of several sources, the one stated last."""
    return series(quantity, place, dimensions).last()


def by_place(quantity: str, places: Iterable[Place], dimensions: Mapping[str, str] | None = None) -> dict[str, Measure]:
    """The newest comparable value of each place, by the place's code."""
    found = comparable().filter(quantity__code=quantity, place__in=list(places), slice=slice_of(dimensions or {}))
    return {measure.place.code: measure for measure in found.order_by("end", "stated_at")}


def of_place(place: Place, *, without: QuerySet[Any] | None = None) -> list[Measure]:
    """The newest value of every quantity and slice at a place, for its page. without: numbers of quantities that have
    pages of their own."""
    newest: dict[tuple[str, str], Measure] = {}
    rows = standing().filter(place=place)
    if without is not None:
        rows = rows.exclude(quantity__in=without)
    for measure in rows.order_by("end", "stated_at"):
        newest[measure.quantity.code, measure.slice] = measure
    return sorted(newest.values(), key=lambda measure: (measure.quantity.code, measure.slice))


def of_source(code: str) -> QuerySet[Measure]:
    return standing().filter(source__code=code)


def measure_called(number: int) -> Measure:
    """One measure, withdrawn or not: what was published stays readable."""
    measure = None
    if number <= LARGEST:
        measure = Measure.objects.select_related("quantity", "place", "source").filter(pk=number).first()
    if measure is None:
        raise Missing(
            "measure.missing", _("There is no such figure. The list of measures shows them all."), asked=number
        )
    return measure
