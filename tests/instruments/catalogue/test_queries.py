"""Finding instruments and their editions."""

import pytest

from kurak.ground.errors import Missing
from kurak.instruments.catalogue import queries
from kurak.instruments.catalogue.models import Edition
from tests.factories.catalogue import an_edition, an_instrument

pytestmark = pytest.mark.django_db
DRAFT, RETIRED = Edition.Status.DRAFT, Edition.Status.RETIRED


def codes(**asked) -> list[str]:
    return sorted(each.instrument.code for each in queries.found(**asked))


def test_a_document_keeps_the_order_of_its_keys():
    edition = an_edition(answers={"care": {"none": 0, "some": 50, "all": 100, "na": "not-applicable", "b": 1, "a": 2}})
    edition.refresh_from_db()
    assert list(edition.document["answers"]["care"]) == ["none", "some", "all", "na", "b", "a"]


def test_a_draft_is_found_by_nobody():
    an_edition(an_instrument("wells"), status=DRAFT)
    assert codes() == []
    with pytest.raises(Missing):
        queries.instrument_called("wells")


def test_instruments_are_found_by_kind_units_label_and_words():
    an_edition(an_instrument("wells"))
    an_edition(an_instrument("rivers", kind="index", units="country"), label="proxy")
    assert codes() == ["rivers", "wells"]
    assert codes(kind="index") == codes(units="country") == codes(label="proxy") == ["rivers"]
    assert codes(words="колодцы") == ["rivers", "wells"]
    assert codes(words="glaciers") == []


def test_an_instrument_is_shown_by_its_newest_edition_in_force():
    wells = an_instrument("wells")
    an_edition(wells, edition="2024", dated="2024-01-01")
    newest = an_edition(wells, edition="2025", dated="2025-01-01")
    an_edition(wells, edition="2026", dated="2026-01-01", status=RETIRED)
    an_edition(wells, edition="2027", dated="2027-01-01", status=DRAFT)
    assert queries.newest_of(wells) == newest
    assert [each.edition for each in queries.editions_of(wells)] == ["2026", "2025", "2024"]


def test_an_edition_is_given_in_its_newest_revision_unless_another_is_asked_for():
    wells = an_instrument("wells")
    first, second = an_edition(wells), an_edition(wells, revision=2)
    assert queries.edition_called("wells", "2026") == second
    assert queries.edition_called("wells", "2026", 1) == first
    assert queries.newer_than(first) == second
    assert queries.newer_than(second) is None


def test_an_edition_that_is_not_there_is_said_to_be_missing():
    an_edition(an_instrument("wells"))
    with pytest.raises(Missing, match="no such edition"):
        queries.edition_called("wells", "1999")
