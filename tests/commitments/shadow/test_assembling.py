"""What gets into a report."""

from datetime import date

import pytest

from kurak.commitments.shadow.assembling import assembled, languages_of, sha256_of
from tests.factories.commitments import a_commitment
from tests.factories.places import a_place
from tests.factories.shadow import a_coalition, an_account

pytestmark = pytest.mark.django_db


def findings(made) -> list:
    return assembled(made.report)["sections"][1]["findings"]


def test_accounts_stand_in_order_with_their_evidence_and_the_gap():
    made = a_coalition()
    finding = findings(made)[0]
    assert [each["grader"] for each in finding["accounts"]] == ["state", "civil-society"]
    assert finding["accounts"][1]["evidence"] == [
        {"title": "Court records", "page": "12", "url": "https://example.org/records"}
    ]
    assert finding["gap"] == 1.0
    assert finding["questions"][0]["text"]["body"] == "How many were refused?"


@pytest.mark.parametrize("status", ["draft", "pending", "returned", "withdrawn"])
def test_what_is_not_approved_stays_out(status):
    made = a_coalition()
    an_account(made.article, "expert", "partial", 0.5, status=status)
    assert [each["grader"] for each in findings(made)[0]["accounts"]] == ["state", "civil-society"]


def test_what_was_said_of_another_period_or_place_stays_out():
    made = a_coalition()
    an_account(made.article, "expert", "partial", 0.5, start=date(2019, 1, 1), end=date(2019, 12, 31))
    an_account(made.article, "expert", "partial", 0.5, place=a_place("KZ"))
    assert len(findings(made)[0]["accounts"]) == 2


def test_commitments_made_to_the_part_come_after_it():
    made = a_coalition()
    promise = a_commitment(made.agenda, to=(made.article,), place=made.place, title="A law on assemblies")
    an_account(None, "state", "partial", 0.5, commitment=promise)
    assert [each["word"] for each in findings(made)] == ["provision", "commitment"]


def test_names_are_printed_of_those_who_signed():
    made = a_coalition()
    made.report.coalition.create(organisation=made.report.lead.__class__.objects.create(
        slug="silent", name=made.lead.name, place=made.place))  # fmt: skip
    assert [each["slug"] for each in assembled(made.report)["signed"]] == [made.lead.slug]


def test_assembled_on_another_day_it_is_the_same():
    document = assembled(a_coalition().report)
    assert sha256_of(document) == sha256_of({**document, "assembled_on": "2031-01-01"})
    assert sha256_of(document) != sha256_of({**document, "addressee": "Committee"})


def test_languages_are_those_in_which_somebody_wrote():
    assert languages_of(assembled(a_coalition().report)) >= {"en", "ru"}  # Russian by the names of the scale
