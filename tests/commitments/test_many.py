"""Pages over thousands of rows: they ask the database no more often for more of them, and show some at a time."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kurak.commitments.accounts.models import Account
from kurak.commitments.agendas.models import Agenda
from kurak.commitments.agendas.queries import counted
from kurak.commitments.overviews.queries import region
from tests.factories.accounts import a_promise
from tests.factories.commitments import a_commitment, a_provision, an_agenda
from tests.factories.places import a_small_world

pytestmark = pytest.mark.django_db


def many_accounts(thing, many: int = 45) -> None:
    Account.objects.bulk_create(
        Account(
            **thing.fields, grader="civil-society", scale="five-step", value="half", ladder=0.5, status="approved",
            said_by=f"Voice {each}", start=date(2025, 1, 1), end=date(2025, 12, 31), published_at=timezone.now(),
        )
        for each in range(many)
    )  # fmt: skip


def test_parts_and_commitments_are_counted_apart():
    agenda = an_agenda()
    for _each in range(3):
        a_commitment(agenda)
    for code in ("a", "b"):
        a_provision(agenda, code)
    found = counted(Agenda.objects.filter(pk=agenda.pk)).get()
    assert (found.parts, found.promised) == (agenda.provisions.count(), 3)
    assert "JOIN" not in str(counted(Agenda.objects.all()).query)  # joined, it is parts times commitments


def test_the_region_asks_as_often_for_many_as_for_few(django_assert_max_num_queries):
    world = a_small_world()
    for place in (world.kyrgyzstan, world.kazakhstan, world.chuy):
        many_accounts(a_promise(place=place), 3)
    with django_assert_max_num_queries(4 + 2 * len(region())):  # its places, once a country
        found = {each.place.code: each for each in region()}
    assert found["KG"].tally.n == 2  # with what was promised inside it


def test_the_calendar_shows_some_days_at_a_time(client):
    agenda = an_agenda()
    for each in range(70):
        a_commitment(agenda, deadline=timezone.now().date() + timedelta(days=each + 1))
    first, second = (client.get(reverse("calendar:overview"), {"page": page}).content for page in (1, 2))
    assert (first.count(b'class="day"'), second.count(b'class="day"')) == (60, 10)


@pytest.mark.parametrize(("page", "many"), [("1", 20), ("3", 5), ("99", 0), ("x", 20), ("٣", 20)])
def test_many_voices_are_summed_all_and_shown_some_at_a_time(client, page, many):
    thing = a_promise()
    many_accounts(thing)
    shown = client.get(thing.url, {"page": page}).content.decode()
    assert sum(f"Voice {each}<" in shown for each in range(45)) == many
    assert "the middle of 45 accounts" in shown
