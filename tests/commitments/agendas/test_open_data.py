"""Tables and API: what is public of agendas, and nothing of drafts."""

import csv

import pytest

from kurak.commitments.agendas.actions import bring_agenda
from kurak.commitments.agendas.models import Commitment
from kurak.commitments.agendas.promising.actions import change_commitment
from kurak.commitments.agendas.tables import TABLES
from tests.factories.commitments import TREE, a_commitment, a_crosswalk, a_document, a_provision, a_step, an_agenda

pytestmark = pytest.mark.django_db
PARTY = {"place": "KG", "status": "party", "consented_on": "2001-05-01"}


@pytest.fixture
def agenda(world):
    return bring_agenda(document=a_document(participations=[PARTY]))[0]


def rows(client, code) -> list[dict[str, str]]:
    text = b"".join(client.get(f"/data/{code}.csv").streaming_content).decode()
    return list(csv.DictReader(text.splitlines()))


def test_every_table_has_its_rows_and_none_of_a_draft(client, agenda):
    draft = an_agenda("secret", status="draft", tree=TREE)
    a_step(a_commitment(draft))
    a_crosswalk(draft.provisions.first(), agenda.provisions.first())
    a_crosswalk(a_provision(an_agenda("other")), agenda.provisions.first())
    many = {table.code: len(rows(client, table.code)) for table in TABLES}
    assert many == {
        "agendas": 2, "provisions": 5, "commitments": 1, "steps": 1, "crosswalks": 1, "participations": 1
    }  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_a_row_has_a_cell_for_every_column(agenda, table):
    assert all(len(row) == len(table.columns) for row in table.rows())


def test_the_version_of_commitments_changes_with_them(agenda):
    table = next(each for each in TABLES if each.code == "commitments")
    before = table.version()
    change_commitment(by=None, commitment=Commitment.objects.get(), status="done")
    assert table.version() != before


def test_the_api_gives_the_agenda_its_versions_and_commitments(client, agenda):
    base = "/api/v1/agendas"
    assert [each["code"] for each in client.get(f"{base}?place=KG").json()["items"]] == ["water-plan"]
    told = client.get(f"{base}/water-plan").json()
    assert (told["versions"][0]["number"], len(told["document"]["provisions"])) == (1, 2)
    assert client.get(f"{base}/water-plan/versions/1").json()["provisions"][1]["code"] == "2"
    promised = client.get(f"{base}/water-plan/commitments").json()["items"]
    assert [(each["code"], each["share"]) for each in promised] == [("C1", 0.5)]
    one = client.get(f"{base}/water-plan/commitments/C1").json()
    assert (one["provisions"][0]["code"], one["steps"][0]["done_on"]) == ("1.1", "2026-03-20")


def test_the_api_knows_no_drafts(client, world):
    an_agenda("secret", status="draft")
    assert client.get("/api/v1/agendas/secret").status_code == 404
    assert client.get("/api/v1/agendas").json()["items"] == []


def test_the_matrix_of_conventions_has_who_is_bound_since_when(client, agenda):
    page = client.get("/agendas/treaties/").content.decode()
    assert "Party </span>2001" in page
    assert "nothing that was verified" in page


@pytest.mark.parametrize("form", ["yaml", "json", "csv", "xlsx", "xml"])
def test_an_agenda_is_downloaded_as_it_stands_and_as_it_stood(client, agenda, form):
    for path in (f"/agendas/water-plan/agenda.{form}", f"/agendas/water-plan/versions/1/agenda.{form}"):
        answer = client.get(path)
        assert (answer.status_code, len(answer.content) > 100) == (200, True)
