"""Deadlines of shadow reports: in the calendar and the reminders of those who work on them, and of nobody else."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress

from kurak.commitments.calendar import actions, queries, tasks
from kurak.ground.languages.text import Text
from tests.factories.people import a_person, signed_in
from tests.factories.shadow import a_coalition

pytestmark = pytest.mark.django_db
SOON = queries.today() + dt.timedelta(days=9)


def test_they_stand_in_the_calendar_of_who_works_on_them(client):
    made = a_coalition(due=SOON)
    assert "Assembly in practice" in signed_in(client, made.officer).get("/calendar/").content.decode()
    assert "Assembly in practice" not in signed_in(client, a_person()).get("/calendar/").content.decode()


def test_strangers_and_calendars_of_machines_do_not_see_them(client):
    a_coalition(due=SOON)
    for path in ("/calendar/", "/calendar/due.ics"):
        assert "Assembly in practice" not in client.get(path).content.decode()


@pytest.mark.parametrize(("officer", "mails"), [(True, 1), (False, 0)])
def test_who_asked_is_reminded_of_them_without_their_name(officer, mails, mailoutbox):
    made = a_coalition(due=SOON)
    person = made.officer if officer else a_person()
    EmailAddress.objects.create(user=person, email="aigul@example.org", verified=True, primary=True)
    actions.remind(person=person, days=14)
    assert (tasks.remind_all(), tasks.remind_all()) == (mails, 0)
    assert not any("Assembly" in each.subject + each.body for each in mailoutbox)


def test_a_closed_report_has_no_deadline():
    made = a_coalition(due=SOON)
    assert [each.title for each in queries.own_days(made.officer)] == [Text("en", "Assembly in practice")]
    made.report.closed_at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    made.report.save()
    assert queries.own_days(made.officer) == []
