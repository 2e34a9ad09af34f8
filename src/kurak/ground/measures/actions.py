"""The only ways a value comes in or goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.measures.models import Measure, Quantity, Source
from kurak.ground.people.models import Person
from kurak.ground.people.rules import Role, holds
from kurak.ground.places.models import Place
from kurak.ground.safety.actions import record
from kurak.ground.safety.counts import ROUNDED_TO, Guarded
from kurak.ground.trail.actions import lay
from kurak.ground.trail.models import Footing

Period = tuple[dt.date, dt.date]  # first and last day
STATES = (Role.ANALYST, Role.FACILITATOR)


def year(number: int) -> Period:
    """The period of a calendar year."""
    return dt.date(number, 1, 1), dt.date(number, 12, 31)


def cite(*, code: str, title: str, **about: Any) -> Source:
    """The source of that code; its title, url, licence, citation and day of retrieval renewed."""
    return Source.objects.update_or_create(code=code, defaults={"title": title, **about})[0]


@transaction.atomic
def state(
    *,
    quantity: str,
    place: Place,
    period: Period,
    value: float | Guarded,
    source: Source,
    by: Person | None,
    dimensions: Mapping[str, str] | None = None,
    on: Iterable[Any] = (),
    **how: Any,
) -> Measure | None:
    """State a value. What was stated before of the same quantity, place, period, source and dimensions gives way to it,
    unless nothing differs: then that one is returned.

    value: a number in the unit of the quantity (shares 0..1), or a guarded count of people, which is stated rounded and
    approximate; a hidden count is not stated at all, and None is returned.
    by: the person, who must be an analyst or facilitator at the place; None when the platform itself computes or loads.
    on: what else the value stands on besides its source, for the trail.
    how: low, high, label, quality, n, method (the command that makes it again), version, made_from (SHA-256 of input).
    """
    permitted(by, place)
    if isinstance(value, Guarded):
        if value.shown is None:
            return None
        how = {"low": value.shown - ROUNDED_TO // 2, "high": value.shown + ROUNDED_TO // 2, **how}
        value, how["label"] = value.shown, Measure.Label.APPROXIMATE
    what = declared(quantity)
    split = checked(what, dimensions or {})
    identity = {
        "quantity": what,
        "place": place,
        "source": source,
        "start": period[0],
        "end": period[1],
        "slice": slice_of(split),
    }
    said = {"value": float(value), "dimensions": split, **how}
    before = Measure.objects.select_for_update().filter(**identity, withdrawn_at=None).first()
    if before is not None:
        if _says(before, said):
            return before
        _take_back(before, "superseded")
    measure = Measure.objects.create(**identity, **said, stated_by=by)
    lay(claim=measure, on=[source], relation=Footing.Relation.TAKEN_FROM, by=by)
    lay(claim=measure, on=on, relation=Footing.Relation.COMPUTED_FROM, by=by)
    return measure


@transaction.atomic
def withdraw(measure: Measure, *, why: str, by: Person) -> None:
    """Take a value back. It stays readable, with the reason, and is left out of every answer."""
    permitted(by, measure.place)
    if not why.strip():
        raise Refused("measure.why", _("Say why the value is taken back: whoever used it will ask."))
    if not measure.stands:
        raise Refused("measure.withdrawn", _("This value has been taken back before."))
    _take_back(measure, why)
    record(verb="measure.withdrawn", on=measure, by=by, reason=why)


def declared(code: str) -> Quantity:
    quantity = Quantity.objects.filter(code=code).first()
    if quantity is None:
        raise Missing(
            "quantity.missing", _("This quantity is not declared. Add it to a data file of quantities."), asked=code
        )
    return quantity


def checked(quantity: Quantity, dimensions: Mapping[str, str]) -> dict[str, str]:
    """The dimensions, if the quantity declares them."""
    for name, value in dimensions.items():
        if value not in quantity.dimensions.get(name, ()):
            raise Refused(
                "measure.dimension",
                _("The quantity does not declare this way of splitting it."),
                quantity=quantity.code,
                dimension=name,
                value=value,
            )
    return dict(sorted(dimensions.items()))


def slice_of(dimensions: Mapping[str, str]) -> str:
    """The dimensions as one word.

    >>> slice_of({"gender": "woman", "age": "60+"})
    'age=60+;gender=woman'
    """
    return ";".join(f"{name}={value}" for name, value in sorted(dimensions.items()))


def permitted(by: Person | None, place: Place) -> None:
    if by is not None and not holds(by, *STATES, place=place):
        raise Forbidden(
            "measure.not_yours", _("Only an analyst or facilitator of this place can state or take back values.")
        )


def _says(measure: Measure, said: Mapping[str, Any]) -> bool:
    return all(getattr(measure, field) == value for field, value in said.items())


def _take_back(measure: Measure, why: str) -> None:
    measure.withdrawn_at, measure.withdrawn_why = timezone.now(), why
    measure.save(update_fields=["withdrawn_at", "withdrawn_why"])
