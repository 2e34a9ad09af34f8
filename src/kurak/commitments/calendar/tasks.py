"""Mails to those who asked. They are read over shoulders and on phones that are taken away: neither the subject nor the
text says what is due, only that something is, and where to look after signing in."""

from __future__ import annotations

import datetime as dt
import logging
from email.errors import MessageError
from smtplib import SMTPException
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kurak.commitments.calendar import queries
from kurak.commitments.calendar.models import Reminder, Told
from kurak.commitments.calendar.queries import Day
from kurak.ground.duties import name_duty
from kurak.ground.people.models import Person

log = logging.getLogger("kurak.calendar")
HOUR = 3600.0


def remind_all(today: dt.date | None = None) -> int:
    """Sends what is due today, one mail a person; how many mails. Done twice, it sends nothing twice."""
    now = today or queries.today()
    sent = 0
    for person in Person.objects.filter(reminders__isnull=False, is_active=True).distinct():
        address = address_of(person)
        try:
            sent += bool(address) and remind(person, address, now)
        except (SMTPException, OSError, MessageError) as problem:
            # Its kind only: what a mail server answers names the address. Nothing was kept: tried again next round.
            log.error("A reminder could not be sent: %s", type(problem).__name__)
    return sent


def address_of(person: Person) -> str:
    """Only an address that its owner has confirmed: another's mailbox must not hear of it."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary").first()
    return confirmed.email if confirmed else ""


@transaction.atomic
def remind(person: Person, address: str, now: dt.date) -> bool:
    """Whether a mail was sent. The person is held meanwhile, so that two workers send one."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    due = [(day, reminder) for reminder in queries.reminders_of(person) for day in coming(reminder, now)]
    known = set(Told.objects.filter(person=person).values_list("key", "day", "days"))
    new = [(day, reminder.days) for day, reminder in due if (day.key, day.day, reminder.days) not in known]
    if not new:
        return False
    rows = {(day.key, day.day, days): Told(person=person, key=day.key, day=day.day, days=days) for day, days in new}
    Told.objects.bulk_create(rows.values())
    write(person, address, min(day.day for day, _days in new))
    return True


def coming(reminder: Reminder, now: dt.date) -> list[Day]:
    until = now + dt.timedelta(days=reminder.days)
    asked: dict[str, Any] = {"agenda": reminder.agenda, "place": reminder.place, "since": now, "until": until}
    return [*queries.days(**asked), *queries.own_days(reminder.person, **asked)]


def write(person: Person, address: str, first: dt.date) -> None:
    with translation.override(person.language):
        day = date_format(first, "SHORT_DATE_FORMAT")
        body = _(
            "You asked to be reminded. The first day is %(day)s.\n\nSign in and look at the calendar: %(where)s\n\n"
            "To hear no more of it, take the reminder away there."
        ) % {"day": day, "where": where()}
        send_mail(str(_("A reminder")), body, None, [address])


def where() -> str:
    """The address of the calendar, as far as the platform knows its own name."""
    host = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "*"
    return reverse("calendar:overview") if host == "*" else f"https://{host}{reverse('calendar:overview')}"


def name_duties() -> None:
    name_duty("reminders", remind_all, every=HOUR)
