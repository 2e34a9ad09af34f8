"""The sample region after `kurak sample load`: loaded once for all tests of this file, which change nothing."""

import pytest
from django.db import transaction
from django.test import override_settings

from kurak.cli import sample
from kurak.commitments.accounts import queries
from kurak.dialogue.conversations.models import Conversation, Participant, Statement, Vote
from kurak.dialogue.conversations.moderation.models import Decision
from kurak.dialogue.conversations.moderation.queries import near_duplicates
from kurak.ground.people.models import Grant, Organisation, Person

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """(what load says, the home folder)."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock(), override_settings(HOME=home), transaction.atomic():
        yield sample.load(), home
        transaction.set_rollback(True)


def everything() -> list[int]:
    kinds = (Conversation, Participant, Statement, Vote, Organisation, Person, Grant, Decision)
    return [kind.objects.count() for kind in kinds]


def test_two_open_conversations_at_the_region(loaded, db):
    found = Conversation.objects.filter(phase="open", place__code="central-asia")
    assert {each.participants.count() for each in found} == {420, 260}
    assert all(each.organisation and each.themes.count() == 2 for each in found)


def test_pages_say_that_participants_are_simulated(loaded, db, client):
    for page in ("", "picture/"):
        shown = client.get(f"/conversations/water-air-and-warmth/{page}")
        assert "participants are simulated" in shown.content.decode()


def test_loading_twice_is_loading_once(loaded, db):
    before = everything()
    assert sample.load() == loaded[0]
    assert everything() == before


def test_the_coordinator_can_sign_in_with_what_is_told(loaded, db):
    told, home = loaded
    assert Person.objects.get(username="coordinator").check_password(told.rsplit(" ", 1)[1])
    assert (home / sample.KEPT_IN).stat().st_mode & 0o077 == 0


def test_moderators_have_decided_on_some_statements_and_others_wait(loaded, db):
    verbs = Decision.objects.values_list("conversation__slug", "statement__number", "verb")
    assert ("water-air-and-warmth", 45, "rejected") in verbs
    assert ("schools-youth-and-local-budget", 44, "merged") in verbs
    assert Statement.objects.filter(status=Statement.Status.WAITING).count() == 3


def test_a_moderator_finds_two_statements_that_say_the_same(loaded, db):
    schools = Conversation.objects.get(slug="schools-youth-and-local-budget")
    assert {(pair.stays.number, pair.goes.number) for pair in near_duplicates(schools)} == {(4, 45)}


def test_invented_plans_may_be_changed_by_the_samples_staff_and_say_that_they_are_invented(loaded, db, client):
    from kurak.commitments.agendas.models import Agenda
    from kurak.commitments.agendas.rules import may_edit

    found = Agenda.objects.filter(code__startswith="sample-")
    assert {each.kind for each in found} == {"programme", "ogp", "eiti"}
    assert all(may_edit(Person.objects.get(username="analyst"), each) for each in found)
    assert all("nvented" in client.get(f"/agendas/{each.code}/").content.decode() for each in found)


def test_an_invented_state_and_an_organisation_differ_and_a_report_is_made_of_it(loaded, db, client):
    gaps = {row.thing.code: row.gap.value for row in queries.gaps()}
    assert gaps == pytest.approx({"1.1": 0.67, "2.1": 0.0, "3.1": 1.0})
    page = client.get("/shadow-reports/sample-open-government-2026/").content.decode()
    assert "Twenty-eight were answered within ten days" in page
