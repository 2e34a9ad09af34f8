"""Two editions line by line, and what they make of the same data."""

import pytest
from django.utils import timezone

from kurak.instruments.catalogue.comparing import comparison
from kurak.instruments.catalogue.method import Method
from kurak.instruments.definitions.analysis import from_document
from kurak.instruments.results.models import DataSet
from tests.factories.catalogue import a_document, an_edition, an_instrument
from tests.factories.measures import a_source


def between(before: dict, after: dict):
    return comparison(Method(from_document(before)), Method(from_document(after)))


def with_tree(change) -> dict:
    document = a_document()
    change(document["tree"]["children"])
    return document


def test_the_same_document_has_no_changes():
    assert between(a_document(), a_document()).is_same


def test_criteria_that_came_and_went_are_named():
    found = between(a_document(), with_tree(lambda children: children.__setitem__(0, {"code": "fence"})) | {"classes": {
        "bands": {"of": [{"code": "poor"}]}}, "example": None})  # fmt: skip
    assert [code for code, _title in found.added] == ["fence"]
    assert [code for code, _title in found.removed] == ["care"]


def test_a_changed_weight_changes_the_weight_of_everything_beside_and_below():
    found = between(a_document(), with_tree(lambda children: children[0].update(weight=1)))
    changes = {each.code: (each.changes[0].before, each.changes[0].after) for each in found.changed}
    assert changes["care"] == ("75", "50")
    assert changes["clean"] == ("12.5", "25")


def test_a_changed_method_is_shown_as_it_is_written():
    normalise = {"by": "goalposts", "low": 0, "high": 60}
    found = between(a_document(), with_tree(lambda children: children[1]["children"][1].update(normalise=normalise)))
    (change,) = found.changed[0].changes
    assert (change.before, change.after) == ("{by: goalposts, low: 0, high: 40}", "{by: goalposts, low: 0, high: 60}")


def test_other_words_are_told_apart_from_another_method():
    found = between(a_document(), with_tree(lambda children: children[0].update(title={"en": "Upkeep"})))
    assert [each.is_wording for each in found.changed[0].changes] == [True]


def test_a_border_that_changes_sides_is_a_change():
    classes = a_document()["classes"]
    classes["bands"]["of"][2] = {"code": "good", "from": 75, "needs": "care >= 50", "title": {"en": "Good"}}
    (change,) = between(a_document(), a_document(classes=classes)).whole
    assert "more than 75" in change.before
    assert "75 and more" in change.after


@pytest.mark.django_db
def test_the_page_shows_what_difference_it_makes_on_the_same_data(client):
    wells = an_instrument("wells")
    first = an_edition(wells)
    heavier = with_tree(lambda children: children[0].update(weight=1)) | {"code": "wells", "edition": "2027"}
    second = an_edition(
        wells, **{key: each for key, each in heavier.items() if key not in ("code", "example")}, example=None
    )
    DataSet.objects.create(
        edition=first, source=a_source(), name="villages.csv", units=["Aral", "Balykchy"], sha256="1",
        columns={"care": ["all", "none"], "clean": [0, 100], "depth": [40, 0]}, brought_at=timezone.now(),
    )  # fmt: skip
    told = client.get(f"/instruments/wells/compare/?before={first.pk}&after={second.pk}").content.decode()
    assert "villages.csv" in told
    assert "Aral" in told
    assert "75" in told


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["", "?before=1", "?before=x&after=y", "?before=1&after=1"])
def test_the_page_asks_for_two_editions(client, asked):
    an_edition(an_instrument("wells"))
    assert "Choose two different editions." in client.get(f"/instruments/wells/compare/{asked}").content.decode()


def test_how_exact_and_part_of_what_are_said_in_words_for_readers():
    def moved(children):
        children[1]["children"].append(children.pop(0))

    label = {"is": "proxy", "why": {"en": "Ours", "ru": "Наше"}}
    found = between(a_document(label={"is": "exact"}), with_tree(moved) | {"label": label})
    said = {(each.what, each.before, each.after, each.is_plain) for each in found.whole}
    parts = {(each.what, each.before, each.after) for one in found.changed for each in one.changes if each.is_plain}
    assert ("How exact", "Exact", "Proxy", True) in said
    assert ("Part of", "Wells", "Water") in parts


def test_another_reason_for_being_as_exact_is_another_wording():
    label = {"is": "exact", "why": {"en": "Ours"}}
    (change,) = between(a_document(label={"is": "exact"}), a_document(label=label)).whole
    assert (change.what, change.is_wording) == ("How exact", True)
