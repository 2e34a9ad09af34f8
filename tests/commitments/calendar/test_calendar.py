"""What is due: entered days, last days and deadlines in one list, and in people's own calendars."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from icalendar import Calendar

from kurak.commitments.calendar import actions, queries
from kurak.commitments.calendar.actions import What
from kurak.commitments.calendar.models import Due
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.text import Text
from tests.factories.commitments import a_commitment, an_agenda
from tests.factories.people import a_member_of_staff, a_person, signed_in

pytestmark = pytest.mark.django_db
TODAY = queries.today()
SOON = TODAY + dt.timedelta(days=20)


def what(title: str = "Shadow report to the Committee", **about) -> What:
    return What(**{"kind": "shadow-report", "day": SOON, "title": Text("en", title), **about})


@pytest.fixture
def analyst(world):
    return a_member_of_staff("analyst", place=world.kyrgyzstan)


@pytest.fixture
def due(world, analyst):
    return actions.enter(
        agenda=an_agenda("covenant", place=world.world), place=world.kyrgyzstan, what=what(), by=analyst
    )


def keys(**asked) -> list[str]:
    return [each.key.partition(":")[0] for each in queries.days(**asked)]


def test_deadlines_and_last_days_are_in_the_calendar_by_themselves(due):
    plan = an_agenda("plan", holds_until=SOON + dt.timedelta(days=2))
    a_commitment(plan, deadline=SOON + dt.timedelta(days=1))
    assert keys() == ["due", "commitment", "agenda"]


def test_what_is_not_published_or_was_taken_back_is_not(due, analyst):
    an_agenda("draft", status="draft", holds_until=SOON)
    a_commitment(an_agenda("plan"), deadline=SOON, withdrawn=True)
    actions.withdraw(due=due, by=analyst)
    assert keys() == []


def test_a_place_has_what_is_due_inside_and_around_it(due, world):
    an_agenda("world", place=world.world, holds_until=SOON)
    assert keys(place=world.chuy) == ["agenda", "due"]
    assert keys(place=world.kazakhstan) == ["agenda"]


def test_days_are_asked_for_by_agenda_and_between_two_days(due):
    an_agenda("plan", holds_until=SOON)
    assert keys(agenda=due.agenda) == ["due"]
    assert keys(since=SOON + dt.timedelta(days=1)) == []
    assert keys(until=SOON) == ["agenda", "due"]


def test_the_same_day_entered_twice_is_one(due, analyst):
    assert actions.enter(agenda=due.agenda, place=due.place, what=what(), by=analyst) == due


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"title": " "}, "due.title"), ({"kind": "party"}, "due.kind"), ({"verified": True}, "due.source")],
)
def test_what_does_not_fit_is_refused(due, analyst, changed, code):
    with pytest.raises(Refused) as refusal:
        actions.move(due=due, what=what(**changed), by=analyst)
    assert refusal.value.code == code


def test_staff_of_another_place_change_nothing(due, world):
    with pytest.raises(Forbidden):
        actions.move(due=due, what=what(), by=a_member_of_staff("analyst", place=world.kazakhstan))


def test_where_only_the_month_is_known_its_last_day_stands_for_it(due, analyst):
    moved = actions.move(due=due, what=what(day=dt.date(2028, 2, 1), exact="month"), by=analyst)
    assert moved.day == dt.date(2028, 2, 29)


def test_calendars_take_it_along_under_a_number_that_stays(client, due, analyst):
    def entry():
        calendar = Calendar.from_ical(client.get(f"{reverse('calendar:ics')}?agenda=covenant").content)
        return calendar.walk("VEVENT")[0]

    before = entry()
    actions.move(due=due, what=what(day=SOON + dt.timedelta(days=3), exact="day"), by=analyst)
    after = entry()
    assert (before["uid"], after["dtstart"].dt) == (after["uid"], SOON + dt.timedelta(days=3))
    assert "not verified" in after["summary"]


def test_it_is_a_table_too(client, due):
    rows = json.loads(b"".join(client.get(reverse("download", args=["calendar", "json"]))))
    assert [(row["kind"], row["day"], row["verified"]) for row in rows] == [("shadow-report", SOON.isoformat(), False)]


def test_the_page_says_what_is_approximate_and_not_verified(client, due, analyst):
    actions.move(due=due, what=what(exact="year"), by=analyst)
    shown = client.get(reverse("calendar:overview")).content.decode()
    assert "Shadow report to the Committee" in shown
    assert "approximate" in shown
    assert "not verified" in shown


def test_an_analyst_enters_moves_and_takes_back_a_day(client, world, analyst):
    agenda = an_agenda("covenant", place=world.world)
    given = {"agenda": agenda.code, "place": "KG", "kind": "session", "day": SOON.isoformat(), "exact": "day",
             "title": "Review of the state", "language": "en", "url": "https://example.org/session",
             "verified": "on"}  # fmt: skip
    signed_in(client, analyst).post(reverse("calendar_desk:due"), given)
    made = Due.objects.get()
    assert made.verified
    client.post(reverse("calendar_desk:change", args=[made.pk]), {**given, "title": "Review of Kyrgyzstan"})
    made.refresh_from_db()
    assert str(made.title) == "Review of Kyrgyzstan"
    client.post(reverse("calendar_desk:withdraw", args=[made.pk]))
    assert queries.days() == []


def test_a_place_one_does_not_keep_cannot_be_chosen(client, world, analyst):
    agenda = an_agenda("covenant", place=world.world)
    given = {"agenda": agenda.code, "place": "KZ", "kind": "session", "day": "2027-01-01", "exact": "day",
             "title": "Review", "language": "en"}  # fmt: skip
    signed_in(client, analyst).post(reverse("calendar_desk:due"), given)
    assert not Due.objects.exists()


def test_reminders_are_nobody_else_s(client, due):
    mine = actions.remind(person=a_person(), days=30)
    signed_in(client, a_person()).post(reverse("calendar:forget", args=[mine.pk]))
    mine.refresh_from_db()
    signed_in(client, mine.person).post(reverse("calendar:forget", args=[mine.pk]))
    assert not mine.person.reminders.exists()
