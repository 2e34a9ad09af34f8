"""The page of the record of acts."""

import csv

import pytest

from kurak.ground.people.rules import Role
from kurak.ground.safety.actions import record
from kurak.ground.safety.models import Act
from kurak.ground.safety.queries import acts
from tests.factories.people import a_member_of_staff, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(world):
    person = a_member_of_staff(Role.COORDINATOR, place=world.kyrgyzstan)
    record(verb="role.granted", on=person, by=person, reason="=SUM(A1)")
    record(verb="statement.rejected", on=world.chuy, by=person, reason="spam")
    return person


def test_the_page_shows_what_was_done_and_that_the_record_is_whole(client, coordinator):
    page = signed_in(client, coordinator).get("/desk/audit/").content.decode()
    assert "statement.rejected" in page
    assert "notice--good" in page


def test_the_page_finds_by_verb(client, coordinator):
    page = signed_in(client, coordinator).get("/desk/audit/?verb=role").content.decode()
    assert ("role.granted" in page, "statement.rejected" in page) == (True, False)


def test_a_broken_record_is_said_loudly(client, coordinator, django_db_blocker):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE ground_act SET reason = 'x'")
    assert "notice--bad" in signed_in(client, coordinator).get("/desk/audit/").content.decode()
    assert Act.objects.count() == 2


def test_the_download_is_itself_recorded_and_no_formula(client, coordinator):
    answer = signed_in(client, coordinator).post("/desk/audit/export/", {"verb": "role"})
    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    assert [row["reason"] for row in rows] == ["'=SUM(A1)"]
    assert acts(verb="acts.exported").get().details == {"wanted": {"verb": "role"}}


def test_a_moderator_does_not_read_the_record(client, world):
    moderator = a_member_of_staff(Role.MODERATOR, place=world.region)
    assert signed_in(client, moderator).get("/desk/audit/").status_code == 403
