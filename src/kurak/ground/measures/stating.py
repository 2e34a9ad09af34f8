"""Many values of one source at once, with what `actions.state` promises of each one.

A national data set has tens of thousands of values; through a row object each they take minutes, as prepared rows a few
seconds. What holds for one holds for all: quantities are declared, the right is checked at every place, an older value
gives way and stays readable, a value that says nothing new changes nothing, and each stands on its source."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.ground.errors import Missing, Refused
from kurak.ground.measures.actions import checked, permitted, slice_of
from kurak.ground.measures.models import Measure, Quantity, Source
from kurak.ground.people.models import Person
from kurak.ground.places.models import Place
from kurak.ground.trail.actions import lay_alike
from kurak.ground.trail.models import Footing

AT_ONCE = 500  # rows of one question; SQLite takes no more than 999 values
SAID = ("value", "low", "high", "label", "quality", "n", "method", "version", "made_from")
IDENTITY = ("quantity_id", "place_id", "start", "end", "slice")
COLUMNS = ("quantity", "place", "source", "start", "end", "dimensions", "slice", *SAID, "stated_at", "stated_by",
           "withdrawn_why")  # fmt: skip


class Statement(NamedTuple):
    """One value, as `state` takes it."""

    quantity: str
    place: Place
    start: dt.date
    end: dt.date
    value: float
    dimensions: Mapping[str, str] = {}
    low: float | None = None
    high: float | None = None
    label: str = Measure.Label.EXACT
    quality: str = Measure.Quality.ORIGINAL
    n: int | None = None
    method: str = ""
    version: str = ""
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """How many values are new, took the place of another, or said nothing new."""

    new: int
    superseding: int
    unchanged: int


@transaction.atomic
def state_many(
    statements: Iterable[Statement], *, source: Source, by: Person | None, on: Any = None, aside: Collection[str] = ()
) -> Stated:
    """State all these values of one source, or none of them.

    on: a thing that all of them were computed from, for the trail, besides their source.
    aside: what may differ without saying anything new, of SAID: ("made_from", "method") when the next file of a yearly
    series repeats what older files said. Raises as `state` does; two statements of the same thing are refused.
    """
    rows = list(statements)
    _finite(rows)
    _permitted_everywhere(rows, by)
    Source.objects.select_for_update(of=("self",)).get(pk=source.pk)  # two files at once: one by one
    identities = _identified(rows)
    before = _standing(source, {identity[0] for identity in identities})
    compared = [at for at, name in enumerate(SAID) if name not in aside]
    fresh: dict[tuple[Any, ...], Statement] = {}
    giving_way: list[int] = []
    for identity, row in identities.items():
        older = before.get(identity)
        if older is not None:
            if all(older[1 + at] == row[FIRST_SAID[at]] for at in compared):
                continue
            giving_way.append(older[0])
        fresh[identity] = row
    _give_way(giving_way)
    _insert(fresh, source=source, by=by, on=on)
    return Stated(len(fresh) - len(giving_way), len(giving_way), len(rows) - len(fresh))


FIRST_SAID = [Statement._fields.index(name) for name in SAID]


def _finite(rows: Iterable[Statement]) -> None:
    """Infinity and no-number pass through sums without a sound, and no table or API can write them."""
    for row in rows:
        if not all(math.isfinite(each) for each in (row.value, row.low, row.high) if each is not None):
            raise Refused(
                "measure.number", _("The value is too large or no number. Write a number."),
                quantity=row.quantity, place=row.place.code, end=row.end.isoformat(),
            )  # fmt: skip


def _permitted_everywhere(rows: Sequence[Statement], by: Person | None) -> None:
    for place in {row.place.pk: row.place for row in rows}.values():
        permitted(by, place)


def _identified(rows: Sequence[Statement]) -> dict[tuple[Any, ...], Statement]:
    """The rows by what the database tells them apart by. Quantities and dimensions are looked at once a kind."""
    quantities = Quantity.objects.in_bulk({row.quantity for row in rows}, field_name="code")
    slices: dict[tuple[Any, ...], str] = {}
    found: dict[tuple[Any, ...], Statement] = {}
    for row in rows:
        kind = (row.quantity, *row.dimensions.items())
        part = slices.get(kind)
        if part is None:
            part = slices[kind] = _slice(quantities, row)
        identity = (quantities[row.quantity].pk, row.place.pk, row.start, row.end, part)
        if identity in found:
            raise Refused(
                "measure.twice",
                _("Two values are given for one quantity, place, period and part. Leave one of them out."),
                quantity=row.quantity, place=row.place.code, end=row.end.isoformat(), slice=part,
            )  # fmt: skip
        found[identity] = row
    return found


def _slice(quantities: Mapping[str, Quantity], row: Statement) -> str:
    if row.quantity not in quantities:
        raise Missing(
            "quantity.missing",
            _("This quantity is not declared. Add it to a data file of quantities."),
            asked=row.quantity,
        )
    return slice_of(checked(quantities[row.quantity], row.dimensions))


def _standing(source: Source, quantities: Collection[int]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """{identity: (number, what was said)} of everything that stands of the source and these quantities."""
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for some in batched(sorted(quantities), AT_ONCE):
        rows = Measure.objects.select_for_update().filter(source=source, quantity__in=some, withdrawn_at=None)
        for row in rows.order_by().values_list(*IDENTITY, "pk", *SAID):
            found[row[: len(IDENTITY)]] = row[len(IDENTITY) :]
    return found


def _give_way(numbers: Sequence[int]) -> None:
    now = timezone.now()
    for some in batched(numbers, AT_ONCE):
        Measure.objects.filter(pk__in=some).update(withdrawn_at=now, withdrawn_why="superseded")


def _insert(fresh: Mapping[tuple[Any, ...], Statement], *, source: Source, by: Person | None, on: Any = None) -> None:
    if not fresh:
        return
    last = Measure.objects.aggregate(last=Max("pk"))["last"] or 0
    now = timezone.now()
    by_name = {field.name: field for field in Measure._meta.concrete_fields}
    fields = [by_name[name] for name in COLUMNS]
    names = ", ".join(connection.ops.quote_name(field.column or field.name) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(Measure._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - our own names; values go separately
            list(_prepared(fresh, source=source, by=by, now=now)),
        )
    stated = Measure.objects.filter(pk__gt=last, source=source, stated_at=now, withdrawn_at=None)
    lay_alike(claims=stated, on=source, relation=Footing.Relation.TAKEN_FROM, by=by)
    if on is not None:
        lay_alike(claims=stated, on=on, relation=Footing.Relation.COMPUTED_FROM, by=by)


def _prepared(
    fresh: Mapping[tuple[Any, ...], Statement], *, source: Source, by: Person | None, now: dt.datetime
) -> Iterator[tuple[Any, ...]]:
    """The rows as the database takes them. What repeats in thousands of rows is made ready once."""
    days = Measure._meta.get_field("start")
    parts = Measure._meta.get_field("dimensions")
    moment = Measure._meta.get_field("stated_at").get_db_prep_save(now, connection)
    who = by.pk if by is not None else None
    ready_days: dict[dt.date, Any] = {}
    ready_parts: dict[str, Any] = {}
    for (quantity, place, start, end, part), row in fresh.items():
        for day in (start, end):
            if day not in ready_days:
                ready_days[day] = days.get_db_prep_save(day, connection)
        if part not in ready_parts:
            ready_parts[part] = parts.get_db_prep_save(dict(sorted(row.dimensions.items())), connection)
        yield (
            quantity, place, source.pk, ready_days[start], ready_days[end], ready_parts[part], part,
            float(row.value), row.low, row.high, str(row.label), str(row.quality), row.n, row.method, row.version,
            row.made_from, moment, who, "",
        )  # fmt: skip
