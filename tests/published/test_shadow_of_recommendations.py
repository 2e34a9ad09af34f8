"""Real recommendations of the Universal Periodic Review, three kinds of account on ten of them, and a shadow report
that ends as DOCX and PDF in three scripts. The data lie beside the project; without them: skipped."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from kurak.commitments.accounts.models import Evidence
from kurak.commitments.agendas.exchange.actions import import_agenda
from kurak.commitments.shadow import actions
from kurak.commitments.shadow.papering import paper_of
from kurak.ground.languages.text import Text
from kurak.ground.loading import load_ground
from kurak.ground.papers.pdf import pdf
from kurak.ground.papers.word import word
from kurak.ground.places.models import Place
from tests.factories.people import a_membership, a_person, an_organisation
from tests.factories.shadow import an_account
from tests.published.test_recommendations import COLUMNS, DATA, HEAD, pytestmark  # noqa: F401

FOUND = (
    Text("en", "Of ten promised shelters three were opened.")
    .with_translation("ru", "Из десяти обещанных убежищ открыты три.", "human")
    .with_translation("prs", "از ده سرپناه وعده‌شده سه باز شد.", "human")
)


@pytest.fixture
def edition():
    """Frozen, over ten recommendations to Kyrgyzstan."""
    load_ground()
    here = Place.objects.get(code="KG")
    content = (DATA / "human_rights/upr_recommendations_7countries_2008_2014.csv").read_bytes()
    head = HEAD | {
        "code": "upr",
        "title": {"en": "Universal Periodic Review", "ru": "Универсальный периодический обзор"},
    }
    agenda = import_agenda(content=content, head=head, by=None, name="upr.csv", columns=COLUMNS, group="iso3")
    ten = list(agenda.provisions.filter(depth=1, place=here)[:10])
    for each in ten:
        told = {"place": here, "start": date(2024, 1, 1), "end": date(2025, 12, 31)}
        an_account(each, "state", "full", 1.0, said_by="Ministry of Justice", **told)
        civil = an_account(each, "civil-society", "partial", 0.5, **told)
        civil.text = FOUND
        civil.save()
        an_account(each, "treaty-body", "B", None, scale="hrc", said_by="Human Rights Committee", **told)
        Evidence.objects.create(account=civil, title="Visits to shelters", page="3", url="https://example.org/visits")
    lead, officer = an_organisation(place=here), a_person()
    a_membership(officer, lead, officer=True)
    report = actions.open_report(
        by=officer, code="upr-kg", title=Text("en", "Shelters").with_translation("ru", "Убежища", "human"),
        agenda=agenda, place=here, start=date(2023, 1, 1), end=date(2026, 1, 1), lead=lead, provisions=ten,
    )  # fmt: skip
    actions.sign(report=report, by=officer, organisation=lead)
    return actions.freeze(report=report, by=officer)


WORDS = {"en": "Of ten promised shelters", "ru": "Из десяти обещанных убежищ", "prs": "از ده سرپناه"}


def test_the_report_has_ten_findings_with_three_voices_each_in_three_scripts(edition):
    for language, words in WORDS.items():
        paper = paper_of(edition.document, language, edition="1")
        texts = [each.text for each in Document(BytesIO(word(paper))).paragraphs]
        assert sum(each.startswith(words) for each in texts) == 10
        rows = [row for table in Document(BytesIO(word(paper))).tables for row in table.rows[1:]]
        assert len(rows) == 30
        assert pdf(paper).startswith(b"%PDF")


def test_the_gap_of_each_is_half_the_ladder(edition):
    gaps = [finding["gap"] for section in edition.document["sections"] for finding in section.get("findings", ())]
    assert gaps == [0.5] * 10
