"""Who may say, approve and answer what. Nobody approves what they wrote or what their own organisation says of itself,
but a second officer of an authority may release the authority's word: it is not for us to hold back."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from kurak.commitments.accounts.models import Account, Evidence, Grader, Question
from kurak.commitments.agendas.models import Agenda
from kurak.ground.people.models import Organisation
from kurak.ground.people.rules import Role, has_second_factor, holds
from kurak.ground.places.models import Place

Kind = Organisation.Kind
Status = Account.Status
# Which organisations say what with their own mouth.
SPEAKS = {
    Grader.STATE: (Kind.AUTHORITY,),
    Grader.CIVIL: (Kind.CIVIL, Kind.ENTERPRISE),
    Grader.BODY: (Kind.BODY,),
    Grader.EXPERT: (Kind.SCHOOL,),
}
OPEN = frozenset({Status.DRAFT, Status.RETURNED})  # may still be changed
JUDGED = frozenset({Status.PENDING, Status.RETURNED})  # before the second person


def is_known(person: Any) -> bool:
    return bool(getattr(person, "is_authenticated", False) and person.is_active)


def organisations_of(person: Any) -> QuerySet[Organisation]:
    if not is_known(person):
        return Organisation.objects.none()
    return Organisation.objects.filter(memberships__person=person).select_related("place").order_by("slug")


def is_member(person: Any, organisation: Organisation | None, *, officer: bool = False) -> bool:
    if organisation is None or not is_known(person):
        return False
    found = organisation.memberships.filter(person=person)
    return found.filter(officer=True).exists() if officer else found.exists()


def covers(organisation: Organisation, place: Place) -> bool:
    """Whether the place is the organisation's own or lies inside it: a ministry speaks for its whole country."""
    return place.ancestors(include_self=True).filter(pk=organisation.place_id).exists()


def may_speak(person: Any, grader: str, organisation: Organisation, place: Place) -> bool:
    """With the organisation's own mouth. An authority speaks for its place only; others may look anywhere."""
    if organisation.kind not in SPEAKS.get(Grader(grader), ()) or not is_member(person, organisation):
        return False
    return organisation.kind != Kind.AUTHORITY or covers(organisation, place)


def may_report(person: Any, place: Place) -> bool:
    """Enter what somebody else has published: staff of the place."""
    return holds(person, Role.ANALYST, place=place) and has_second_factor(person)


def may_coordinate(person: Any, place: Place) -> bool:
    return holds(person, Role.COORDINATOR, place=place) and has_second_factor(person)


def on_its_side(person: Any, account: Account) -> bool:
    """Wrote it, or belongs to the organisation that says it with its own mouth."""
    if not is_known(person):
        return False
    wrote = account.written_by_id == person.pk
    return wrote or (account.first_hand and is_member(person, account.organisation))


def may_change(person: Any, account: Account) -> bool:
    return account.status in OPEN and on_its_side(person, account)


def may_approve(person: Any, account: Account) -> bool:
    """A second person: a coordinator of the place, or another officer of the authority whose word it is."""
    if not is_known(person) or account.written_by_id == person.pk:
        return False
    ours = account.first_hand and is_member(person, account.organisation)
    if ours:
        authority = account.organisation is not None and account.organisation.kind == Kind.AUTHORITY
        return authority and is_member(person, account.organisation, officer=True)
    return may_judge(person, account.place)


def may_judge(person: Any, place: Place) -> bool:
    """Coordinators, but for those who hold a seat of an authority there: nobody decides what is said of their own."""
    return may_coordinate(person, place) and not answering(person, place)


def may_withdraw(person: Any, account: Account) -> bool:
    return on_its_side(person, account) or may_judge(person, account.place)


def has_part(person: Any, account: Account) -> bool:
    """What was taken back is its own side's alone, even where somebody else had approved it."""
    return on_its_side(person, account) or (account.status in JUDGED and may_approve(person, account))


def is_public(account: Account) -> bool:
    """Approved, of something that everybody may read, and more than one resident's answer: those are shown as a sum."""
    said = account.status == Status.APPROVED and account.grader != Grader.RESIDENTS
    return said and not in_draft(account)


def in_draft(row: Account | Question) -> bool:
    """What an account or a question is about stands in an agenda that is nobody's but its keepers'."""
    it = row.commitment or row.provision
    return it is not None and it.agenda.status == Agenda.Status.DRAFT


def may_see(person: Any, account: Account) -> bool:
    return is_public(account) or has_part(person, account)


def may_open(person: Any, evidence: Evidence) -> bool:
    """The file of a piece of evidence."""
    return (evidence.public and is_public(evidence.account)) or has_part(person, evidence.account)


def may_ask(person: Any, place: Place) -> bool:
    civil = organisations_of(person).filter(kind__in=[Kind.CIVIL, Kind.SCHOOL, Kind.ENTERPRISE])
    return civil.exists() or may_report(person, place)


def may_release(person: Any, question: Question) -> bool:
    """Publish a proposed question: a coordinator who did not propose it."""
    return may_judge(person, question.place) and question.asked_by_id != person.pk


def answering(person: Any, place: Place) -> list[Organisation]:
    """The authorities in whose name somebody may answer about a place."""
    seats = organisations_of(person).filter(kind=Kind.AUTHORITY)
    return [each for each in seats if covers(each, place)]


def may_reply(person: Any, organisation: Organisation, about: Account | Question) -> bool:
    """Authorities of the place; and the organisation whose account it is, which may answer the answer."""
    if organisation.kind == Kind.AUTHORITY:
        return is_member(person, organisation) and covers(organisation, about.place)
    own = organisation.pk == about.organisation_id
    return own and is_member(person, organisation)
