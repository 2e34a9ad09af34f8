"""Accounts for tests: things to give one about, who says it, and an account as far along as a test needs."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from kurak.commitments.accounts import actions, evidencing
from kurak.commitments.accounts.actions import Said
from kurak.commitments.accounts.models import Account, Question
from kurak.commitments.accounts.scales.files import scales
from kurak.commitments.accounts.things import Thing, of_commitment, of_provision
from kurak.commitments.agendas.models import Agenda
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Organisation, Person
from kurak.ground.places.models import Place
from tests.factories.commitments import a_commitment, a_provision, an_agenda
from tests.factories.people import a_member_of_staff, a_membership, a_person, an_organisation
from tests.factories.places import a_small_world


def a_promise(code: str = "", *, agenda: Agenda | None = None, place: Place | None = None, **fields) -> Thing:
    """A commitment to give accounts of."""
    agenda = agenda or Agenda.objects.filter(code="plan").first() or an_agenda("plan")
    title = fields.pop("title", "Publish the budget of every town")
    return of_commitment(a_commitment(agenda, code, place=place, title=title, **fields))


def an_article(code: str = "25", *, place: Place | None = None, binds: Place | None = None) -> Thing:
    """An article of a treaty, as it binds a place."""
    world = a_small_world()
    treaty = Agenda.objects.filter(code="covenant").first()
    treaty = treaty or an_agenda("covenant", place=world.world, kind="treaty", level="global")
    made = treaty.provisions.filter(code=code).first()
    made = made or a_provision(treaty, code, title=f"Article {code}: taking part in public affairs", kind="article")
    made.place = binds
    made.save()
    return of_provision(made, place or world.kyrgyzstan)


def said(value: str = "half", scale: str = "five-step", *, year: int = 2025, **about) -> Said:
    return Said(start=dt.date(year, 1, 1), end=dt.date(year, 12, 31), scale=scale, value=value, **about)


def words(body: str = "Half of the towns publish it.") -> Text:
    return Text("en", body)


def an_organisation_of(kind: str, *, slug: str = "", place: Place | None = None, name: str = "") -> Organisation:
    made = an_organisation(
        slug, place=place, name=name or {"authority": "Ministry of Finance"}.get(kind, "Clear Water")
    )
    made.kind = kind
    made.save(update_fields=["kind"])
    return made


@dataclass
class Round:
    """Everybody who takes part in the accounts of one thing."""

    about: Thing
    ministry: Organisation
    civil: Organisation
    official: Person  # of the ministry
    member: Person  # of the civil organisation
    analyst: Person
    coordinator: Person

    def state(self, value: str = "done", **how) -> Account:
        return actions.write(by=self.official, about=self.about, grader="state", said=said(value, **how),
                             organisation=self.ministry)  # fmt: skip

    def says(self, value: str = "begun", **how) -> Account:
        return actions.write(by=self.member, about=self.about, grader="civil-society", said=said(value, **how),
                             organisation=self.civil)  # fmt: skip

    def body(self, value: str = "C", **how) -> Account:
        """Read by staff in a published document."""
        made = actions.write(by=self.analyst, about=self.about, grader="treaty-body",
                             said=said(value, "hrc", said_by="Human Rights Committee", **how))  # fmt: skip
        evidencing.add_link(account=made, by=self.analyst, url="https://example.org/ccpr", page="para. 12")
        return made

    def approved(self, account: Account) -> Account:
        if account.status != Account.Status.PENDING:
            account = actions.submit(account=account, by=account.written_by)
        return actions.approve(account=account, by=self.coordinator)


def a_round(about: Thing | None = None) -> Round:
    world = a_small_world()
    about = about or a_promise(place=world.kyrgyzstan)
    ministry = an_organisation_of("authority", place=world.kyrgyzstan)
    civil = an_organisation_of("civil-society", place=world.chuy)
    official, member = (a_membership(a_person(), each).person for each in (ministry, civil))
    analyst, coordinator = (a_member_of_staff(role, place=world.kyrgyzstan) for role in ("analyst", "coordinator"))
    return Round(about, ministry, civil, official, member, analyst, coordinator)


def an_account(
    about: Thing | None = None, value: str = "half", *, grader: str = "civil-society", scale: str = "five-step",
    year: int = 2025, status: str = Account.Status.APPROVED, **fields,
) -> Account:  # fmt: skip
    """Written row by row; of nobody in particular."""
    about = about or a_promise()
    return Account.objects.create(
        **about.fields, grader=grader, scale=scale, value=value, ladder=scales()[scale].ladder(value),
        start=dt.date(year, 1, 1), end=dt.date(year, 12, 31), status=status, first_hand=fields.pop("first_hand", True),
        published_at=timezone.now() if status == Account.Status.APPROVED else None, **fields,
    )  # fmt: skip


def a_question(about: Thing | None = None, body: str = "Which towns do not publish it?", **fields) -> Question:
    about = about or a_promise()
    fields.setdefault("published_at", timezone.now())
    return Question.objects.create(**about.fields, text=Text("en", body), **fields)
