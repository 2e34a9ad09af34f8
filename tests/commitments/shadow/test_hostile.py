"""Shadow reports against those who should not read them, and against what is too much for the machine."""

import pytest

from kurak.commitments.agendas.models import Agenda
from kurak.commitments.shadow import actions, queries, views
from kurak.commitments.shadow.comparing import MOST_LINES, compared
from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.languages.text import Text
from kurak.ground.papers.paper import Heading
from tests.factories.papers import a_paper
from tests.factories.people import a_member_of_staff, a_membership, an_organisation
from tests.factories.shadow import PERIOD, a_coalition

pytestmark = pytest.mark.django_db


def an_official_who_coordinates(place):
    ministry = an_organisation("ministry", place=place)
    ministry.kind = "authority"
    ministry.save()
    official = a_member_of_staff("coordinator", place=place)
    a_membership(official, ministry)
    return official


def test_a_coordinator_with_a_seat_of_an_authority_reads_and_publishes_nothing():
    made = a_coalition()
    official = an_official_who_coordinates(made.place)
    with pytest.raises(Missing):
        queries.report_for(official, made.report.code)
    with pytest.raises(Forbidden):
        actions.freeze(report=made.report, by=official)


def test_no_report_is_opened_on_a_draft():
    made = a_coalition()
    Agenda.objects.filter(pk=made.agenda.pk).update(status="draft")
    with pytest.raises(Refused, match="draft"):
        actions.open_report(by=made.officer, code="x", title=Text("en", "X"), agenda=made.agenda, place=made.place,
                            lead=made.lead, **PERIOD)  # fmt: skip


def test_what_no_machine_can_write_is_not_frozen(monkeypatch):
    made = a_coalition()
    monkeypatch.setattr(actions, "HEAVIEST", 100)
    with pytest.raises(Refused, match="two hundred pages"):
        actions.freeze(report=made.report, by=made.officer)
    assert not made.report.editions.exists()


def test_a_file_is_written_once_however_often_it_is_asked_for(client, monkeypatch):
    made = a_coalition()
    actions.freeze(report=made.report, by=made.officer)
    written = []
    monkeypatch.setitem(views.WRITERS, "pdf", lambda paper: written.append(paper) or b"%PDF")
    for _each in range(3):
        assert client.get("/shadow-reports/assembly-2026/1/en.pdf").content == b"%PDF"
    assert len(written) == 1


def test_an_edition_taken_back_lies_in_no_cache(client, django_capture_on_commit_callbacks, monkeypatch):
    made = a_coalition()
    edition = actions.freeze(report=made.report, by=made.officer)
    forgotten = []
    monkeypatch.setattr(actions, "forget", forgotten.append)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(edition=edition, by=made.officer, reason="Somebody is in danger.")
    assert forgotten == [edition]
    assert client.get("/shadow-reports/assembly-2026/1/en.pdf").status_code == 404


def test_long_editions_are_compared_by_their_words():
    """In their order it would take hours: the same line thousands of times."""
    old = a_paper(blocks=(Heading("a"),) * MOST_LINES)
    new = a_paper(blocks=(*old.blocks, Heading("a"), Heading("b")))
    found = [(each.kind, each.text) for each in compared(old, new) if each.kind != "same"]
    assert found == [("new", "a"), ("new", "b")]
