"""A shadow report with something to say: a provision with two accounts that differ, their evidence and a question."""

from datetime import date
from types import SimpleNamespace

from django.utils import timezone

from kurak.commitments.accounts.models import Account, Evidence, Question
from kurak.commitments.shadow import actions
from kurak.ground.languages.text import Text
from tests.factories.commitments import a_provision, an_agenda
from tests.factories.people import a_membership, a_person, an_organisation
from tests.factories.places import a_place

PERIOD = {"start": date(2024, 1, 1), "end": date(2026, 6, 30)}


def an_account(provision, grader="civil-society", value="none", ladder=0.0, *, text="", status="approved", **fields):
    told = {
        "place": a_place(), "start": date(2025, 1, 1), "end": date(2025, 12, 31), "scale": "upr-info", "value": value,
        "ladder": ladder, "status": status, "said_by": "Somebody", "text": Text("en", text) if text else None,
        "published_at": timezone.now() if status == "approved" else None,
    } | fields  # fmt: skip
    return Account.objects.create(provision=provision, grader=grader, **told)


def a_coalition(code: str = "assembly-2026", **fields) -> SimpleNamespace:
    """An officer of the leading organisation, who has signed; a treaty with one article that two have spoken of."""
    place = a_place()
    lead = an_organisation(f"free-steppe-{code}", place=place, name="Free Steppe")
    officer = a_person(f"officer-{code}")
    a_membership(officer, lead, officer=True)
    agenda = an_agenda(f"treaty-{code}", kind="treaty", place=a_place("001", kind="world"))
    article = a_provision(agenda, "21", title="Peaceful assembly", kind="article")
    state = an_account(article, "state", "full", 1.0, said_by="Ministry of Justice", text="All assemblies are free.")
    civil = an_account(article, text="Nine of ten requests were refused.\n\nSome organisers were fined.")
    Evidence.objects.create(account=civil, title="Court records", page="12", url="https://example.org/records")
    Question.objects.create(
        provision=article, place=place, text=Text("en", "How many were refused?"), published_at=timezone.now()
    )
    report = actions.open_report(
        by=officer, code=code, title=Text("en", "Assembly in practice"), agenda=agenda, place=place, lead=lead,
        provisions=[article], **{**PERIOD, **fields},
    )  # fmt: skip
    actions.sign(report=report, by=officer, organisation=lead)
    return SimpleNamespace(
        report=report, officer=officer, lead=lead, agenda=agenda, article=article, state=state, civil=civil, place=place
    )
