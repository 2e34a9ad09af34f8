"""Mails to those who asked: once for each day, to confirmed addresses, saying nothing to whoever looks on."""

import datetime as dt
from smtplib import SMTPRecipientsRefused

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from kurak.commitments.calendar import actions, queries, tasks
from kurak.ground.errors import Refused
from kurak.ground.languages.text import Text
from tests.factories.commitments import an_agenda
from tests.factories.people import a_person, signed_in

pytestmark = pytest.mark.django_db
NOW = queries.today()
SECRET = "Torture report"


@pytest.fixture
def agenda():
    return an_agenda("covenant", title=Text("en", SECRET), holds_until=NOW + dt.timedelta(days=10))


@pytest.fixture
def asked(agenda):
    """Somebody with a confirmed address who asked to be told thirty days before."""
    person = a_person(language="ru")
    EmailAddress.objects.create(user=person, email="aigul@example.org", verified=True, primary=True)
    actions.remind(person=person, days=30)
    return person


def test_a_mail_goes_out_once(asked, mailoutbox):
    assert (tasks.remind_all(), tasks.remind_all()) == (1, 0)
    assert [each.to for each in mailoutbox] == [["aigul@example.org"]]


def test_neither_subject_nor_text_says_what_it_is_about(asked, agenda, mailoutbox):
    tasks.remind_all()
    mail = mailoutbox[0]
    said = f"{mail.subject} {mail.body}".lower()
    assert SECRET.lower() not in said
    assert not [word for word in (agenda.code, "torture", "report", "commitment") if word in said]


def test_two_reminders_of_the_same_day_come_in_one_mail(asked, mailoutbox):
    actions.remind(person=asked, days=15)
    assert tasks.remind_all() == 1
    assert tasks.remind_all() == 0


def test_nearer_to_the_day_the_next_reminder_comes(asked, mailoutbox):
    actions.remind(person=asked, days=2)
    tasks.remind_all()
    assert tasks.remind_all(NOW + dt.timedelta(days=9)) == 1


def test_a_day_that_moved_is_told_again(asked, agenda, mailoutbox):
    tasks.remind_all()
    agenda.holds_until = NOW + dt.timedelta(days=20)
    agenda.save()
    assert tasks.remind_all() == 1


def test_what_is_past_or_far_off_is_not_told(asked, mailoutbox):
    assert tasks.remind_all(NOW + dt.timedelta(days=11)) == 0
    assert tasks.remind_all(NOW - dt.timedelta(days=40)) == 0


@pytest.mark.parametrize("verified", [False, None])
def test_an_address_that_nobody_confirmed_gets_nothing(agenda, verified, mailoutbox):
    person = a_person(email="other@example.org")
    if verified is not None:
        EmailAddress.objects.create(user=person, email="other@example.org", verified=verified, primary=True)
    actions.remind(person=person, days=30)
    assert tasks.remind_all() == 0


def test_a_mail_that_could_not_be_sent_is_tried_again(asked, monkeypatch, mailoutbox):
    def broken(*_args, **_more):
        raise OSError("no route")

    with monkeypatch.context() as patch:
        patch.setattr(tasks, "send_mail", broken)
        assert tasks.remind_all() == 0
    assert tasks.remind_all() == 1


def test_one_agenda_is_not_another(asked, mailoutbox):
    asked.reminders.all().delete()
    actions.remind(person=asked, days=30, agenda=an_agenda("other"))
    assert tasks.remind_all() == 0


def test_the_same_reminder_twice_is_one(asked):
    actions.remind(person=asked, days=30)
    assert asked.reminders.count() == 1


def test_nobody_hoards_reminders(asked):
    for days in range(1, actions.MOST_REMINDERS):
        actions.remind(person=asked, days=days)
    with pytest.raises(Refused):
        actions.remind(person=asked, days=300)


def test_the_page_keeps_a_reminder_and_says_when_no_mail_can_come(client, agenda):
    person = a_person()
    shown = signed_in(client, person).post(
        reverse("calendar:reminders"), {"days": "7", "agenda": "covenant"}, follow=True
    )
    assert person.reminders.get().days == 7
    assert "no confirmed e-mail address" in shown.content.decode()


def test_a_mail_that_was_turned_away_puts_no_address_into_the_log(asked, monkeypatch, caplog):
    def turned_away(*_args, **_named):
        raise SMTPRecipientsRefused({"aigul@example.org": (550, b"no such mailbox")})

    monkeypatch.setattr(tasks, "send_mail", turned_away)
    assert tasks.remind_all() == 0
    assert "SMTPRecipientsRefused" in caplog.text
    assert "aigul" not in caplog.text
