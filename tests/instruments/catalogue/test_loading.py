"""The definitions that come with the platform are brought into the catalogue, and only what is new."""

import pytest

from kurak.ground.errors import Refused
from kurak.ground.trail.queries import stands_on
from kurak.instruments import loading
from kurak.instruments.catalogue.actions import bring
from kurak.instruments.catalogue.models import Edition, Instrument
from kurak.instruments.catalogue.yaml_writing import as_yaml
from kurak.instruments.definitions.analysis import read, shipped
from tests.factories.catalogue import a_document, an_instrument

pytestmark = pytest.mark.django_db


def defined(**changed):
    return read(as_yaml(a_document(**changed)), "wells-2026.yaml")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Files of definitions, read in the place of those that come with the platform."""

    def files():
        return [("wells", "2026", path) for path in sorted(tmp_path.glob("*.yaml"))]

    monkeypatch.setattr(loading, "shipped", files)
    return tmp_path


def test_every_shipped_definition_is_brought():
    brought, problems = loading.load_instruments()
    assert not problems
    assert {(each.instrument.code, each.edition) for each in brought} == {(code, its) for code, its, _ in shipped()}
    assert all(each.status == Edition.Status.PUBLISHED and each.instrument.shipped for each in brought)


def test_loading_twice_is_loading_once(folder):
    (folder / "a.yaml").write_text(as_yaml(a_document()))
    assert len(loading.load_instruments()[0]) == 1
    assert loading.load_instruments() == ([], [])


def test_a_corrected_file_becomes_a_new_revision_and_the_old_one_stays():
    first = bring(definition=defined())
    second = bring(definition=defined(about={"en": "Other words."}))
    assert (first.revision, second.revision) == (1, 2)
    first.refresh_from_db()
    assert first.document["about"] == {"en": "How well a village looks after its wells."}
    assert ("method", str(first.pk)) in {(each.ground_kind, each.ground_key) for each in stands_on(second)}


def test_a_file_that_only_got_a_comment_is_no_new_revision(folder):
    path = folder / "a.yaml"
    path.write_text(as_yaml(a_document()))
    loading.load_instruments()
    path.write_text("# A comment\n" + as_yaml(a_document()))
    assert loading.load_instruments() == ([], [])
    assert Edition.objects.get().text.startswith("# A comment")


def test_a_file_with_a_mistake_is_told_and_keeps_nothing_else_out(folder):
    (folder / "a.yaml").write_text(as_yaml(a_document()).replace("direction: down", "direction: sideways"))
    (folder / "b.yaml").write_text(as_yaml(a_document("springs")))
    brought, problems = loading.load_instruments()
    assert [each.instrument.code for each in brought] == ["springs"]
    assert "a.yaml" in problems[0]
    assert "sideways" in problems[0]


def test_a_code_that_was_taken_here_is_not_taken_over(world):
    an_instrument("wells", place=world.kyrgyzstan)
    with pytest.raises(Refused, match="built here"):
        bring(definition=defined())
    assert not Instrument.objects.get(code="wells").shipped


def test_an_edition_stands_on_its_sources():
    edition = bring(definition=defined())
    assert [each.relation for each in stands_on(edition)] == ["taken_from"]
