"""What everybody reads."""

import pytest

from kurak.commitments.agendas.actions import bring_agenda
from tests.factories.commitments import a_commitment, a_document, an_agenda

pytestmark = pytest.mark.django_db


@pytest.fixture
def agenda(world):
    return bring_agenda(document=a_document())[0]


def test_the_list_has_the_agenda_with_how_much_is_in_it(client, agenda):
    page = client.get("/agendas/").content.decode()
    assert "Water plan" in page
    assert "4 parts" in page
    assert "1 commitment" in page
    assert "Water plan" not in client.get("/agendas/?kind=treaty").content.decode()


def test_a_patch_says_its_status_in_words_too(client, agenda):
    page = client.get("/agendas/water-plan/").content.decode()
    assert 'class="patch shade shade--moving"' in page
    assert "Dig ten wells: Under way" in page


def test_a_commitment_and_a_part_lead_to_each_other(client, agenda):
    assert "/agendas/water-plan/commitments/C1/" in client.get("/agendas/water-plan/1.1/").content.decode()
    assert "/agendas/water-plan/1.1/" in client.get("/agendas/water-plan/commitments/C1/").content.decode()


def test_a_draft_is_not_there_for_strangers(client, world):
    draft = an_agenda("secret-plan", status="draft")
    a_commitment(draft, "C1")
    for path in ("/agendas/secret-plan/", "/agendas/secret-plan/commitments/C1/"):
        assert client.get(path).status_code == 404
    assert "Secret" not in client.get("/agendas/").content.decode()


def test_a_large_agenda_is_drawn_as_lines_and_its_parts_as_patches_a_page_at_a_time(client, world, monkeypatch):
    monkeypatch.setattr("kurak.commitments.agendas.patches.MOST_PATCHES", 3)
    monkeypatch.setattr("kurak.commitments.agendas.showing.MOST_INSIDE", 2)
    few = [{"code": f"{top}.{n}", "title": f"Part {n}"} for top in (1, 2) for n in range(3)]
    tree = [{"code": str(top), "title": f"Top {top}", "provisions": few[3 * top - 3 : 3 * top]} for top in (1, 2)]
    bring_agenda(document=a_document("large", provisions=tree, commitments=None))
    page = client.get("/agendas/large/").content.decode()
    assert (page.count('<svg class="strip"'), page.count('class="patch ')) == (2, 0)
    page = client.get("/agendas/large/1/").content.decode()
    assert page.count('class="patch ') == 3
    assert "Part 2" not in client.get("/agendas/large/1/?page=1").content.decode().split('id="inside"')[1]


def test_recommendations_are_coloured_by_what_the_state_answered(client, world):
    tree = [{"code": str(n), "title": "x", "about": {"response": said}} for n, said in enumerate(["Accepted", "Noted"])]
    bring_agenda(document=a_document("upr", kind="recommendations", provisions=tree, commitments=None))
    page = client.get("/agendas/upr/").content.decode()
    assert "Accepted: <strong" in page
    assert "shade--done" in page
    assert "Accepted: <strong" not in client.get("/agendas/upr/?by=uptake").content.decode()


def test_home_shows_what_is_due_next_and_open(client, world):
    agenda = an_agenda("plan")
    a_commitment(agenda, "C1", title="Soon and open", deadline="2999-01-01")
    a_commitment(agenda, "C2", title="Soon and done", deadline="2999-01-01", status="done")
    a_commitment(agenda, "C3", title="Long past", deadline="2001-01-01")
    a_commitment(an_agenda("secret", status="draft"), "C4", title="In a draft", deadline="2999-01-01")
    page = client.get("/").content.decode()
    assert [word in page for word in ("Soon and open", "Soon and done", "Long past", "In a draft")] == [
        True, False, False, False
    ]  # fmt: skip
