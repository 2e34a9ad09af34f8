"""An agenda becomes rows, from its document and version by version."""

from copy import deepcopy

import pytest

from kurak.commitments.agendas.actions import bring_agenda
from kurak.commitments.agendas.checking import Unfit
from kurak.commitments.agendas.models import Agenda, Commitment, Crosswalk, Provision, Step
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.rules import Role
from kurak.ground.trail.queries import stands_on, walk_down
from tests.factories.commitments import a_document
from tests.factories.people import a_member_of_staff

pytestmark = pytest.mark.django_db


def brought(**changed):
    return bring_agenda(document=a_document(**changed))[0]


def test_a_document_becomes_a_tree_a_commitment_and_its_steps(world):
    agenda = brought()
    rows = {row.code: row for row in agenda.provisions.all()}
    assert list(rows) == ["1", "1.1", "1.2", "2"]
    assert (rows["1.1"].parent, rows["1.1"].kind, rows["1"].kind) == (rows["1"], "objective", "direction")
    commitment = agenda.commitments.get()
    assert (commitment.status, [each.code for each in commitment.provisions.all()]) == ("under-way", ["1.1"])
    assert commitment.steps.get().done_on.isoformat() == "2026-03-20"


def test_bringing_the_same_twice_is_bringing_it_once(world):
    agenda, again = brought(), brought()
    assert agenda == again
    assert (agenda.versions.count(), Provision.objects.count(), Step.objects.count()) == (1, 4, 1)
    assert Commitment.history.filter(code="C1").count() == 2  # made, then linked to its provision: nothing since


def test_a_changed_tree_is_the_next_version_and_keeps_the_rows_by_their_code(world):
    before = brought().provisions.get(code="1.1")
    document = deepcopy(a_document())
    del document["provisions"][0]["provisions"][1]
    document["provisions"][0]["provisions"][0]["title"] = {"en": "Two wells in every village"}
    agenda, _missing = bring_agenda(document=document)
    after = agenda.provisions.get(code="1.1")
    assert (after.pk, str(after.title)) == (before.pk, "Two wells in every village")
    assert agenda.provisions.get(code="1.2").ended
    assert list(agenda.versions.values_list("number", flat=True)) == [2, 1]


def test_a_link_to_another_agenda_is_made_and_taken_back_with_its_footing(world):
    brought(code="goals")
    tree = [{"code": "a", "title": "Wells", "localises": ["goals/1.1"]}]
    local = brought(code="local", provisions=tree, commitments=None)
    start = local.provisions.get()
    assert [str(each.end) for each in Crosswalk.objects.filter(start=start)] == ["goals 1.1"]
    assert [each.ground_kind for each in stands_on(start)] == ["agenda", "provision"]
    brought(code="local", provisions=[{"code": "a", "title": "Wells"}], commitments=None)
    assert not Crosswalk.objects.exists()
    assert [each.ground_kind for each in stands_on(start)] == ["agenda"]


def test_a_link_to_nothing_is_refused_and_nothing_is_kept(world):
    tree = [{"code": "a", "title": "Wells", "serves": ["goals/9"]}]
    with pytest.raises(Refused) as refused:
        brought(provisions=tree, commitments=None)
    assert refused.value.code == "provision.leads_nowhere"
    bring_agenda(document=a_document(provisions=tree, commitments=None), strict=False)
    assert Agenda.objects.get().provisions.count() == 1


@pytest.mark.parametrize(
    ("changed", "where", "code"),
    [
        ({"kind": "wish"}, ("kind",), "kind"),
        ({"title": ""}, ("title",), "text"),
        ({"adopted": "31.12.2026"}, ("adopted",), "date"),
        ({"holds_until": "2020-01-01"}, ("holds_until",), "order"),
        ({"colour": "red"}, ("colour",), "unknown-key"),
        ({"provisions": [{"code": "a/b", "title": "x"}]}, ("provisions", 0, "code"), "code"),
        ({"provisions": [{"code": "commitments", "title": "x"}]}, ("provisions", 0, "code"), "code"),
        ({"provisions": [{"code": "a", "title": "x"}] * 2}, ("provisions", 1, "code"), "twice"),
        ({"provisions": [{"code": "a", "title": "x", "place": "XX"}]}, ("provisions", 0, "place"), "place"),
        ({"provisions": ["a"]}, ("provisions", 0), "shape"),
        ({"commitments": [{"code": "c", "title": "x", "status": "odd"}]}, ("commitments", 0, "status"), "status"),
        ({"participations": [{"place": "KG", "status": "odd"}]}, ("participations", 0, "status"), "status"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_nothing_is_kept(world, changed, where, code):
    with pytest.raises(Unfit) as unfit:
        brought(**{"commitments": None, **changed})
    assert (where, code) in [(each.path, each.code) for each in unfit.value.problems]
    assert not Agenda.objects.exists()


def test_only_who_keeps_agendas_at_the_place_may_bring_one(world):
    elsewhere = a_member_of_staff(Role.ANALYST, place=world.kazakhstan)
    with pytest.raises(Forbidden):
        bring_agenda(document=a_document(), by=elsewhere)
    here = a_member_of_staff(Role.ANALYST, place=world.kyrgyzstan)
    assert bring_agenda(document=a_document(), by=here)[0].status == "published"


def test_what_ships_is_not_written_over_by_an_import(world):
    bring_agenda(document=a_document(), shipped=True)
    with pytest.raises(Refused) as refused:
        bring_agenda(document=a_document(), by=a_member_of_staff(Role.ANALYST, place=world.kyrgyzstan))
    assert refused.value.code == "agenda.code_taken"


def test_the_trail_leads_from_a_commitment_to_its_part_its_agenda_and_the_source(world):
    step = walk_down(brought().commitments.get())
    way = []
    while step.steps:
        step = step.steps[0]
        way.append(step.reference.kind)
    assert way == ["provision", "agenda", "source"]
