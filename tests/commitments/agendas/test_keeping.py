"""Agendas and commitments kept in the browser, without scripts."""

import pytest

from kurak.commitments.agendas import actions
from kurak.commitments.agendas.models import Agenda, Commitment, Step
from kurak.commitments.agendas.promising import actions as promising
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.text import Text
from kurak.ground.people.rules import Role
from tests.factories.commitments import TREE, a_commitment, a_step, a_version, an_agenda
from tests.factories.people import a_member_of_staff, a_membership, a_person, an_organisation, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(world):
    return a_member_of_staff(Role.ANALYST, place=world.kyrgyzstan)


@pytest.fixture
def desk(client, analyst):
    return signed_in(client, analyst)


@pytest.fixture
def plan(world):
    return an_agenda("plan", place=world.kyrgyzstan, tree=TREE)


def told(answer) -> str:
    return answer.content.decode()


def test_an_agenda_is_begun_filled_and_published(desk, world):
    begun = {"title": "Water plan", "code": "wells", "kind": "programme", "level": "national"}
    desk.post("/desk/agendas/new/", begun | {"place": world.kyrgyzstan.pk})
    desk.post("/desk/agendas/wells/tree/", {"add": "1", "code": "1", "title": "Wells"})
    desk.post("/desk/agendas/wells/tree/", {"add": "1", "code": "1.1", "title": "Ten wells", "under": "1"})
    assert desk.get("/agendas/").content.count(b"/agendas/wells/") == 0
    desk.post("/desk/agendas/wells/check/", {"label": "2026", "dated": "2026-01-01"})
    agenda = Agenda.objects.get(code="wells")
    assert (agenda.status, [row.code for row in agenda.provisions.all()]) == ("published", ["1", "1.1"])


def test_the_next_version_is_compared_before_and_after_it_is_published(desk, plan):
    desk.post("/desk/agendas/plan/draft/")
    desk.post("/desk/agendas/plan/tree/", {"remove": "1.2"})
    part = {"title_en": "Three wells", "title_ru": "", "under": "1", "verified": "on", "serves": ""}
    desk.post("/desk/agendas/plan/tree/1.1/", part)
    page = told(desk.get("/desk/agendas/plan/check/"))
    assert "Three wells" in page
    assert "line--removed" in page
    assert "Say what changed" in told(desk.post("/desk/agendas/plan/check/", {"note": ""}))
    desk.post("/desk/agendas/plan/check/", {"note": "Money for three only"})
    page = told(desk.get("/agendas/plan/compare/"))
    assert "A well in every village" in page
    assert "Money for three only" in page
    assert plan.provisions.get(code="1.2").ended
    assert desk.get("/agendas/plan/versions/1/").status_code == 200


def test_what_another_has_saved_meanwhile_is_not_written_over(desk, plan, analyst):
    draft = actions.begin_version(by=analyst, agenda=plan)
    seen = draft.sha256
    actions.save_version(by=analyst, version=draft, tree={"provisions": [{"code": "9", "title": "Other"}]})
    answer = desk.post("/desk/agendas/plan/tree/", {"add": "1", "code": "8", "title": "Mine", "seen": seen})
    assert "Somebody saved this" in told(answer)
    draft.refresh_from_db()
    assert [each["code"] for each in draft.document["provisions"]] == ["9"]


def test_a_heading_that_another_has_saved_meanwhile_is_not_written_over(plan, analyst):
    seen = actions.mark_of(plan)
    actions.describe_agenda(by=analyst, agenda=plan, source="Gazette 1")
    with pytest.raises(Refused) as refused:
        actions.describe_agenda(by=analyst, agenda=plan, source="Gazette 2", seen=seen)
    assert refused.value.code == "agenda.changed"


def test_what_leads_nowhere_is_not_published(plan, analyst):
    draft = actions.begin_version(by=analyst, agenda=plan)
    tree = {"provisions": [{"code": "1", "title": "x", "serves": ["none/1"]}]}
    actions.save_version(by=analyst, version=draft, tree=tree)
    with pytest.raises(Refused) as refused:
        actions.publish_version(by=analyst, version=draft, note="Linked")
    assert refused.value.code == "provision.leads_nowhere"
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_draft_that_changes_nothing_is_not_published(plan, analyst):
    with pytest.raises(Refused) as refused:
        actions.publish_version(by=analyst, version=actions.begin_version(by=analyst, agenda=plan), note="x")
    assert refused.value.code == "version.same"


def test_an_agenda_of_another_place_and_one_that_ships_are_not_there_at_the_desk(desk, world):
    an_agenda("far", place=world.kazakhstan)
    an_agenda("ours", place=world.kyrgyzstan, shipped=True)
    assert [desk.get(f"/desk/agendas/{code}/").status_code for code in ("far", "ours")] == [404, 404]


def test_with_the_last_draft_an_agenda_that_was_never_published_goes(world, analyst):
    agenda = an_agenda("plan", place=world.kyrgyzstan, status="draft")
    agenda.versions.all().delete()
    actions.discard_version(by=analyst, version=a_version(agenda, TREE, status="draft"))
    assert not Agenda.objects.exists()


def test_who_is_bound_is_kept_country_by_country(desk, world):
    treaty = an_agenda("water-pact", place=world.kyrgyzstan, kind="treaty")
    said = {"KG-status": "party", "KG-consent": "accession", "KG-consented_on": "2001-05-01", "KG-verified": "on"}
    assert "Choose one, or empty" in told(desk.post("/desk/agendas/water-pact/parties/", said | {"KZ-source": "x"}))
    desk.post("/desk/agendas/water-pact/parties/", said)
    kept = treaty.participations.get()
    assert (kept.place.code, kept.status, kept.consented_on.year) == ("KG", "party", 2001)
    assert "1 May 2001" in told(desk.get("/agendas/water-pact/"))


# Commitments and steps


def sent(**changed):
    said = {"code": "C1", "title_en": "Dig", "title_ru": "", "level": "national", "status": "planned", "verified": "on"}
    return said | changed


def test_a_commitment_is_made_with_a_step_and_both_are_on_its_page(desk, plan):
    place = plan.place_id
    desk.post("/agendas/plan/commitments/new/", sent(place=place, provisions="1.1", deadline="2027-01-01"))
    commitment = Commitment.objects.get()
    step = {"title_en": "Ask the villages", "due": "2026-06-01", "commitments": [commitment.pk]}
    desk.post("/agendas/plan/commitments/C1/steps/new/", step)
    page = told(desk.get("/agendas/plan/commitments/C1/"))
    assert "Ask the villages" in page
    assert "roadmap-bar" in page
    assert [each.code for each in commitment.provisions.all()] == ["1.1"]


def test_a_part_that_is_not_there_is_said_in_the_form(desk, plan):
    answer = desk.post("/agendas/plan/commitments/new/", sent(place=plan.place_id, provisions="7 sdg/16.7"))
    assert "There is no such part: plan/7, sdg/16.7" in told(answer)


def test_a_change_is_in_the_history_line_by_line(desk, plan):
    desk.post("/agendas/plan/commitments/new/", sent(place=plan.place_id))
    changed = sent(place=plan.place_id, status="done", status_why="All ten are dug", reason="Report of May")
    desk.post("/agendas/plan/commitments/C1/change/", changed)
    page = told(desk.get("/agendas/plan/commitments/C1/history/"))
    assert "<del>planned</del>" in page
    assert "All ten are dug" in page
    assert "Report of May" in page


def test_a_change_on_an_old_page_is_refused_and_said(desk, plan, analyst):
    commitment = promising.add_commitment(by=analyst, agenda=plan, code="C1", title=Text("en", "Dig"))
    seen = promising.mark_of(commitment)
    promising.change_commitment(by=analyst, commitment=commitment, status="under-way")
    answer = desk.post("/agendas/plan/commitments/C1/change/", sent(place=plan.place_id, status="done", seen=seen))
    assert "Somebody saved this" in told(answer)
    commitment.refresh_from_db()
    assert commitment.status == "under-way"


def test_an_officer_of_the_owner_changes_what_it_promised_and_a_member_does_not(client, plan):
    owner = an_organisation(place=plan.place)
    a_commitment(plan, "C1", owner=owner)
    officer, member = a_person(), a_person()
    a_membership(officer, owner, officer=True)
    a_membership(member, owner)
    assert signed_in(client, officer).get("/agendas/plan/commitments/C1/change/").status_code == 200
    assert signed_in(client, member).get("/agendas/plan/commitments/C1/change/").status_code == 403


def test_a_step_may_serve_several_commitments_and_each_of_them_must_be_ones_own(plan, analyst, world):
    here, far = a_commitment(plan), a_commitment(an_agenda(place=world.kazakhstan))
    step = promising.add_step(by=analyst, commitments=[here, a_commitment(plan)], title=Text("en", "Ask"))
    assert step.commitments.count() == 2
    with pytest.raises(Forbidden):
        promising.change_step(by=analyst, step=step, commitments=[here, far])
    with pytest.raises(Forbidden):
        promising.add_step(by=analyst, commitments=[far], title=Text("en", "Ask"))


def test_a_step_that_is_changed_keeps_commitments_of_other_agendas(desk, plan, world):
    here, there = a_commitment(plan, "C1"), a_commitment(an_agenda(place=world.kyrgyzstan))
    step = a_step(here, there, title="Ask")
    changed = {"title_en": "Ask", "done_on": "2026-05-01", "commitments": [here.pk]}
    desk.post(f"/agendas/plan/commitments/C1/steps/{step.pk}/", changed)
    assert Step.objects.get().done_on.isoformat() == "2026-05-01"
    assert set(step.commitments.all()) == {here, there}


def test_a_withdrawn_commitment_leaves_the_lists_and_keeps_its_page(desk, plan):
    a_commitment(plan, "C1", title="Dig")
    desk.post("/agendas/plan/commitments/C1/withdraw/", {"reason": "No money"})
    assert "Dig" not in told(desk.get("/agendas/plan/"))
    assert "No money" in told(desk.get("/agendas/plan/commitments/C1/"))


def test_a_table_of_commitments_is_read_at_the_desk_or_told_by_line(desk, plan, tmp_path):
    file = tmp_path / "c.csv"
    file.write_text("code,title,status\nC1,Dig,done\nC2,,done\n")
    with file.open("rb") as body:
        answer = desk.post("/desk/agendas/plan/", {"file": body})
    assert "a text is missing" in told(answer)
    assert not Commitment.objects.exists()
