"""The agendas that ship."""

import pytest
import yaml

from kurak.commitments import loading
from kurak.commitments.agendas.models import Agenda, Commitment, Crosswalk, Participation, Provision
from kurak.ground.loading import load_ground

pytestmark = pytest.mark.django_db
SMALL = {"kind": "programme", "level": "global", "place": "001", "title": "Small"}


@pytest.fixture(scope="module")
def shipped():
    return [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(loading.SHIPPED.glob("*.yaml"))]


def written(folder, name, **document):
    (folder / name).write_text(yaml.safe_dump(document), encoding="utf-8")


def test_everything_that_ships_is_brought_without_a_problem_and_only_once(client):
    load_ground()
    brought, problems = loading.load_agendas()
    assert not problems
    assert len(brought) == Agenda.objects.count() > 50
    assert loading.load_agendas() == ([], [])
    assert Provision.objects.filter(agenda__code="sdg", depth=1).count() == 169
    assert Provision.objects.filter(agenda__code="vision-2025", depth=0).count() == 9
    kept = Participation.objects.get(agenda__code="aarhus", place__code="KG")
    assert (kept.status, kept.consented_on.isoformat()) == ("party", "2001-05-01")
    assert Crosswalk.objects.filter(start__agenda__code="vision-2025", end__agenda__code="sdg").exists()
    assert Commitment.objects.get(agenda__code="ndc-uz", code="2035-unconditional").deadline.year == 2035
    page = client.get("/agendas/sdg/")
    assert page.status_code == 200
    assert len(page.content) < 100_000


def test_nothing_that_was_only_recalled_ships(shipped):
    text = str(shipped).lower()
    assert "recall" not in text
    labour = next(each["agendas"] for each in shipped if each.get("agendas", [{}])[0].get("code") == "ilo-c029")
    assert sum(len(each.get("participations", [])) for each in labour) == 10


def test_every_text_that_ships_is_in_english_and_russian(shipped):
    def texts(value):
        if isinstance(value, dict):
            if {"en", "ru"} & set(value):
                yield value
            for each in value.values():
                yield from texts(each)
        elif isinstance(value, list):
            for each in value:
                yield from texts(each)

    lacking = [text for text in texts(shipped) if not {"en", "ru"} <= set(text)]
    assert not lacking


def test_a_file_that_leads_to_a_later_one_is_linked_once_that_is_there(world, tmp_path):
    written(tmp_path, "a.yaml", code="a", provisions=[{"code": "1", "title": "x", "serves": ["b/1"]}], **SMALL)
    written(tmp_path, "b.yaml", code="b", provisions=[{"code": "1", "title": "y"}], **SMALL)
    brought, problems = loading.load_agendas(tmp_path)
    assert ([each.code for each in brought], problems) == (["b", "a"], [])
    assert str(Crosswalk.objects.get()) == "a 1 serves b 1"


def test_a_file_with_mistakes_keeps_nothing_else_out(world, tmp_path):
    written(tmp_path, "a.yaml", code="a", provisions=[{"code": "1", "title": "x", "serves": ["z/1"]}], **SMALL)
    written(tmp_path, "b.yaml", code="b", **{**SMALL, "kind": "wish"})
    written(tmp_path, "c.yaml", code="c", **SMALL)
    brought, problems = loading.load_agendas(tmp_path)
    assert [each.code for each in brought] == ["c", "a"]
    assert [each[:6] for each in problems] == ["b.yaml", "a.yaml"]
