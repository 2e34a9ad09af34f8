"""The only writes of the calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.commitments.accounts.rules import may_report
from kurak.commitments.agendas.models import Agenda, Provision
from kurak.commitments.calendar.models import Due, Reminder
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Person
from kurak.ground.places.models import Place
from kurak.ground.safety.actions import record

MOST_REMINDERS = 30  # of one person
LONGEST_BEFORE = 365  # days


@dataclass(frozen=True, slots=True)
class What:
    """What is due. verified: whoever enters it has the announcement before them."""

    kind: str
    day: dt.date
    title: Text
    exact: str = Due.Exact.DAY
    url: str = ""
    source: str = ""
    verified: bool = False


@transaction.atomic
def enter(*, agenda: Agenda, place: Place, what: What, by: Person, provision: Provision | None = None) -> Due:
    """A new day; entered twice in the same words, it is the same one."""
    _need_staff(by, place)
    values = _values(what)
    if provision is not None and provision.agenda_id != agenda.pk:
        raise Refused("due.provision", _("This part belongs to another agenda."))
    about = {"agenda": agenda, "place": place, "provision": provision}
    same = Due.objects.filter(**about, kind=what.kind, day=what.day, title=what.title, withdrawn=False).first()
    if same is not None:
        return same
    made = Due.objects.create(**about, **values, added_by=by)
    record(verb="due.entered", on=made, by=by)
    return made


@transaction.atomic
def move(*, due: Due, what: What, by: Person) -> Due:
    """Another day or other words. Calendars that took it along are told by its number."""
    held = Due.objects.select_for_update(of=("self",)).get(pk=due.pk)
    _need_staff(by, held.place)
    values = _values(what)
    for name, value in values.items():
        setattr(held, name, value)
    held.changed_at = timezone.now()
    held.save(update_fields=[*values, "changed_at"])
    return held


@transaction.atomic
def withdraw(*, due: Due, by: Person) -> Due:
    held = Due.objects.select_for_update(of=("self",)).get(pk=due.pk)
    _need_staff(by, held.place)
    held.withdrawn, held.changed_at = True, timezone.now()
    held.save(update_fields=["withdrawn", "changed_at"])
    return held


def _need_staff(by: Person, place: Place) -> None:
    if not may_report(by, place):
        raise Forbidden("due.not_yours", _("Analysts and coordinators of the place keep its calendar."))


def _values(what: What) -> dict[str, object]:
    if not what.title.body.strip():
        raise Refused("due.title", _("Say in a few words what is due."))
    if what.kind not in Due.Kind.values or what.exact not in Due.Exact.values:
        raise Refused("due.kind", _("Choose what is due, and how exactly the day is known."))
    if what.verified and not (what.url or what.source):
        raise Refused("due.source", _("Say where it was announced: only then can it be called verified."))
    return {
        "kind": what.kind, "day": last_day(what.day, what.exact), "exact": what.exact, "title": what.title,
        "url": what.url, "source": what.source, "verified": what.verified,
    }  # fmt: skip


def last_day(day: dt.date, exact: str) -> dt.date:
    """Of its month or year, where no more is known.

    >>> last_day(dt.date(2027, 2, 3), "month"), last_day(dt.date(2027, 2, 3), "year")
    (datetime.date(2027, 2, 28), datetime.date(2027, 12, 31))
    """
    if exact == Due.Exact.YEAR:
        return dt.date(day.year, 12, 31)
    if exact == Due.Exact.MONTH:
        following = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return following - dt.timedelta(days=1)
    return day


@transaction.atomic
def remind(*, person: Person, days: int, agenda: Agenda | None = None, place: Place | None = None) -> Reminder:
    """Tell this person so many days before. Asked for twice is asked for once."""
    if not 0 < days <= LONGEST_BEFORE:
        raise Refused("reminder.days", _("Choose from 1 to %(most)d days.") % {"most": LONGEST_BEFORE})
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    same = Reminder.objects.filter(person=person, agenda=agenda, place=place, days=days).first()
    if same is not None:
        return same
    if person.reminders.count() >= MOST_REMINDERS:
        raise Refused("reminder.many", _("At most %(most)d reminders. Take one away first.") % {"most": MOST_REMINDERS})
    return Reminder.objects.create(person=person, agenda=agenda, place=place, days=days)


def forget(*, person: Person, number: int) -> None:
    """No more of these; somebody else's reminders are out of reach."""
    Reminder.objects.filter(person=person, pk=number).delete()
