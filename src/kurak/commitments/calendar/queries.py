"""What is due when: days that were entered, last days of agendas, deadlines of commitments, in one list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.commitments.agendas.models import Agenda, Commitment
from kurak.commitments.agendas.queries import commitments
from kurak.commitments.calendar.models import Due, Reminder
from kurak.commitments.shadow.queries import mine
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Person
from kurak.ground.places.models import Place


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar. key: what it comes from, the same for good."""

    key: str
    day: dt.date
    title: Text
    kind: str
    agenda: Agenda
    place: Place
    page: str
    exact: str = Due.Exact.DAY
    verified: bool = True
    url: str = ""
    source: str = ""
    changed_at: dt.datetime | None = None
    due: Due | None = None

    @property
    def approximate(self) -> bool:
        return self.exact != Due.Exact.DAY


def today() -> dt.date:
    return timezone.now().date()


def days(
    *, agenda: Agenda | None = None, place: Place | None = None, since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[Day]:  # fmt: skip
    """In order. Of an agenda, of a place with everything inside and around it, between two days, both included."""
    inside, within = _around(place), {"gte": since, "lte": until}
    found = [
        *_entered(agenda, inside, within), *_last_days(agenda, inside, within), *_deadlines(agenda, inside, within)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.day, each.key))


def _around(place: Place | None) -> set[int] | None:
    """What binds the world binds the place too."""
    if place is None:
        return None
    around = place.ancestors(include_self=True).values_list("pk", flat=True)
    return {*around, *place.descendants().values_list("pk", flat=True)}


type _Within = Mapping[str, dt.date | None]


def _entered(agenda: Agenda | None, inside: set[int] | None, within: _Within) -> Iterator[Day]:
    rows = Due.objects.filter(withdrawn=False).exclude(agenda__status=Agenda.Status.DRAFT)
    rows = _between(rows, "day", within)
    for each in _chosen(rows.select_related("agenda", "provision", "place"), agenda, inside, "agenda"):
        page = reverse("agendas:agenda", args=[each.agenda.code])
        if each.provision:
            page = reverse("agendas:provision", args=[each.agenda.code, each.provision.code])
        yield Day(
            f"due:{each.pk}", each.day, each.title, str(each.get_kind_display()), each.agenda, each.place, page,
            each.exact, each.verified, each.url, each.source, each.changed_at, each,
        )  # fmt: skip


def _last_days(agenda: Agenda | None, inside: set[int] | None, within: _Within) -> Iterator[Day]:
    rows = Agenda.objects.filter(status=Agenda.Status.PUBLISHED, holds_until__isnull=False)
    for each in _chosen(_between(rows, "holds_until", within).select_related("place"), agenda, inside, "pk"):
        page = reverse("agendas:agenda", args=[each.code])
        if each.holds_until:
            yield Day(f"agenda:{each.pk}", each.holds_until, each.title, _("Last day of the agenda"), each, each.place,
                      page, verified=each.verified, url=each.url, source=each.source)  # fmt: skip


def _deadlines(agenda: Agenda | None, inside: set[int] | None, within: _Within) -> Iterator[Day]:
    rows = _between(commitments().filter(deadline__isnull=False), "deadline", within)
    rows = rows.select_related(None).select_related("agenda", "place")
    rows = rows.defer("text", "folded", "agenda__summary", "agenda__folded")  # of a thousand rows, what is not shown
    each: Commitment
    for each in _chosen(rows, agenda, inside, "agenda"):
        page = reverse("agendas:commitment", args=[each.agenda.code, each.code])
        if each.deadline:
            yield Day(f"commitment:{each.pk}", each.deadline, each.title, _("Deadline of a commitment"), each.agenda,
                      each.place, page, verified=each.verified, url=each.url, source=each.source)  # fmt: skip


def _between(rows: Any, field: str, within: _Within) -> Any:
    return rows.filter(**{f"{field}__{name}": day for name, day in within.items() if day is not None})


def _chosen(rows: Any, agenda: Agenda | None, inside: set[int] | None, field: str) -> Any:
    if agenda is not None:
        rows = rows.filter(**{field: agenda.pk})
    return rows if inside is None else rows.filter(place__in=inside)


def own_days(
    person: Any, *, agenda: Agenda | None = None, place: Place | None = None, since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[Day]:  # fmt: skip
    """Deadlines that are nobody else's business: of the shadow reports the person works on."""
    if not getattr(person, "is_authenticated", False):
        return []
    inside = _around(place)
    rows = mine(person).filter(due__isnull=False, closed_at=None)
    if agenda is not None:
        rows = rows.filter(agenda=agenda)
    found = [
        Day(f"shadow:{each.pk}", each.due, each.title, _("Shadow report"), each.agenda, each.place,
            reverse("shadow:work", args=[each.code]))
        for each in rows
        if each.due and (since is None or each.due >= since) and (until is None or each.due <= until)
        and (inside is None or each.place_id in inside)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.day, each.key))


def reminders_of(person: Person) -> Any:
    return Reminder.objects.filter(person=person).select_related("agenda", "place")


def kept_at(places: Any) -> Any:
    """What was entered at these places, newest day first."""
    found = Due.objects.filter(place__in=places, withdrawn=False)
    return found.select_related("agenda", "provision", "place").order_by("-day", "pk")
