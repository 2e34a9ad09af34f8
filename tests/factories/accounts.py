"""Accounts for tests: things to give one about, who says it, and an account as far along as a test needs."""

import datetime as dt
from dataclasses import dataclass
from itertools import count

from django.utils import timezone

from kurak.commitments.accounts import actions, evidencing
from kurak.commitments.accounts.actions import Said
from kurak.commitments.accounts.models import Account, Question
from kurak.commitments.accounts.scales.files import scales
from kurak.commitments.accounts.things import Thing, of_commitment, of_provision
from kurak.commitments.agendas.models import Agenda, Commitment, Level, Provision
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Organisation, Person
from kurak.ground.places.models import Place
from tests.factories.people import a_member_of_staff, a_membership, a_person, an_organisation
from tests.factories.places import a_place, a_small_world

_number = count(1)


def a_plan(code: str = "plan", *, place: Place | None = None, **fields) -> Agenda:
    defaults = {
        "kind": "ogp", "title": Text("en", "Open government plan"), "level": Level.NATIONAL, "status": "published",
        "place": place or a_place(),
    }  # fmt: skip
    return Agenda.objects.get_or_create(code=code, defaults={**defaults, **fields})[0]


def a_promise(code: str = "", *, agenda: Agenda | None = None, place: Place | None = None, **fields) -> Thing:
    """A commitment to give accounts of."""
    agenda = agenda or a_plan()
    made = Commitment.objects.create(
        agenda=agenda, code=code or str(next(_number)), level=Level.NATIONAL, place=place or agenda.place,
        status="promised", title=fields.pop("title", Text("en", "Publish the budget of every town")), **fields,
    )  # fmt: skip
    return of_commitment(made)


def an_article(code: str = "25", *, place: Place | None = None, binds: Place | None = None) -> Thing:
    """An article of a treaty, as it binds a place."""
    world = a_small_world()
    treaty = a_plan("covenant", place=world.world, kind="treaty", level=Level.GLOBAL, title=Text("en", "Covenant"))
    title = Text("en", f"Article {code}: taking part in public affairs")
    made = Provision.objects.get_or_create(agenda=treaty, code=code, defaults={"title": title, "kind": "article"})[0]
    if binds is not None:
        made.place = binds
        made.save()
    return of_provision(made, place or world.kyrgyzstan)


def said(value: str = "half", scale: str = "five-step", *, year: int = 2025, **about) -> Said:
    return Said(start=dt.date(year, 1, 1), end=dt.date(year, 12, 31), scale=scale, value=value, **about)


def words(body: str = "Half of the towns publish it.") -> Text:
    return Text("en", body)


def an_organisation_of(kind: str, *, place: Place | None = None, name: str = "") -> Organisation:
    made = an_organisation(place=place, name=name or {"authority": "Ministry of Finance"}.get(kind, "Clear Water"))
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
