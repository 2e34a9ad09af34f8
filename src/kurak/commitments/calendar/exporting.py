"""The calendar for people's own: iCalendar (RFC 5545), each entry under a number that stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kurak.commitments.calendar.queries import Day


def as_calendar(days: Iterable[Day], *, name: str, root: str) -> bytes:
    """root: where the platform is, such as https://example.org."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Kurak//Calendar of commitments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for each in days:
        calendar.add_component(_entry(each, root))
    return calendar.to_ical()


def _entry(each: Day, root: str):
    from icalendar import Event

    language = get_language() or "en"
    entry = Event()
    entry.add("uid", f"{each.key.replace(':', '-')}@kurak")
    entry.add("dtstamp", (each.changed_at or timezone.now()).astimezone(dt.UTC))
    entry.add("dtstart", each.day)
    entry.add("dtend", each.day + dt.timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [each.kind])
    entry.add("summary", summary(each, language))
    entry.add("description", f"{each.agenda.title.into(language)}. {each.place.name(language)}. {each.source}".strip())
    entry.add("url", each.url or f"{root}{each.page}")
    return entry


def summary(each: Day, language: str) -> str:
    marks = []
    if each.approximate:
        marks.append(str(_("approximate")))
    if not each.verified:
        marks.append(str(_("not verified")))
    return f"{each.kind}: {each.title.into(language)}" + (f" ({', '.join(marks)})" if marks else "")
