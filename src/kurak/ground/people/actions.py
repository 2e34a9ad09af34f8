"""What can be done about people: rights, organisations, the end of an account. The only writes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Grant, Membership, Organisation, Person
from kurak.ground.people.rules import has_second_factor, may_coordinate, may_grant
from kurak.ground.places.models import Place
from kurak.ground.safety import limits
from kurak.ground.safety.actions import record


@transaction.atomic
def grant(*, person: Person, role: str, place: Place, by: Person, reason: str = "") -> Grant:
    """Give a person a role at a place. Nobody gives one to themselves."""
    _check(person=person, role=role, place=place, by=by)
    given, new = Grant.objects.get_or_create(person=person, role=role, place=place, defaults={"granted_by": by})
    if new:
        record(verb="role.granted", on=person, by=by, reason=reason, role=str(role), place=place.code)
    return given


@transaction.atomic
def revoke(*, grant: Grant, by: Person, reason: str = "") -> None:
    """Take a role away. Nobody takes their own: a place would be left without a coordinator unseen."""
    _check(person=grant.person, role=grant.role, place=grant.place, by=by)
    record(verb="role.revoked", on=grant.person, by=by, reason=reason, role=str(grant.role), place=grant.place.code)
    grant.delete()


@transaction.atomic
def found(*, person: Person, place: Place) -> Grant:
    """The first coordinator of a place, given by whoever runs the machine (`kurak people`): by nobody else."""
    given, new = Grant.objects.get_or_create(person=person, role=Grant.Role.COORDINATOR, place=place)
    if new:
        record(
            verb="role.granted", on=person, by=None, reason="given on the machine", role="coordinator", place=place.code
        )
    return given


def _check(*, person: Person, role: str, place: Place, by: Person) -> None:
    if not may_grant(by, role, place) or not has_second_factor(by):
        raise Forbidden("role.not_yours", _("Only a coordinator of this place, or of one around it, may do this."))
    if person.pk == by.pk:
        raise Refused("role.own", _("Nobody gives or takes a role of their own. Ask another coordinator."))
    limits.require(f"person:{by.pk}", "grant")


@transaction.atomic
def add_organisation(
    *, slug: str, name: Text, place: Place, by: Person, website: str = "", kind: str = Organisation.Kind.CIVIL
) -> Organisation:
    """An authority that is added gets a seat: its members state and answer for its place, and decide nothing else."""
    if not may_coordinate(by, place):
        raise Forbidden("organisation.not_yours", _("Only a coordinator of this place may add organisations there."))
    if Organisation.objects.filter(slug=slug).exists():
        raise Refused("organisation.exists", _("There is an organisation of this address already."), slug=slug)
    organisation = Organisation.objects.create(slug=slug, name=name, place=place, website=website, kind=kind)
    record(verb="organisation.added", on=organisation, by=by, kind=str(kind))
    return organisation


@transaction.atomic
def add_member(*, organisation: Organisation, person: Person, by: Person, officer: bool = False) -> Membership:
    """Make a person a member, or change whether they may speak for the organisation."""
    _check_organisation(organisation, by)
    membership, _new = Membership.objects.update_or_create(
        organisation=organisation, person=person, defaults={"officer": officer}
    )
    record(verb="member.added", on=organisation, by=by, member=person.pk, officer=officer)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: Person) -> None:
    """Officers and coordinators remove members; everybody may leave."""
    if membership.person_id != by.pk:
        _check_organisation(membership.organisation, by)
    record(verb="member.removed", on=membership.organisation, by=by, member=membership.person_id)
    membership.delete()


def _check_organisation(organisation: Organisation, by: Person) -> None:
    officer = organisation.memberships.filter(person=by, officer=True).exists()
    if not officer and not may_coordinate(by, organisation.place):
        raise Forbidden("organisation.not_yours", _("Only officers of the organisation and coordinators may do this."))


@transaction.atomic
def choose_language(*, person: Person, language: str) -> None:
    person.language = language
    person.save(update_fields=["language"])


@transaction.atomic
def close_account(*, person: Person) -> None:
    """Delete the account with everything that names the person. What they did as staff stays, without their name."""
    sole = [each.place for each in person.grants.filter(role=Grant.Role.COORDINATOR) if not _others(each)]
    if sole:
        names = ", ".join(place.code for place in sole)
        raise Refused(
            "account.sole_coordinator",
            _("You are the only coordinator of %(places)s. Ask for another one first.") % {"places": names},
            places=[place.code for place in sole],
        )
    if person.grants.exists():
        record(verb="account.closed", on=person, by=None)
    person.delete()


def _others(own: Grant) -> bool:
    """Whether somebody else coordinates this place or one around it."""
    around = own.place.ancestors(include_self=True).values_list("pk", flat=True)
    return Grant.objects.filter(role=Grant.Role.COORDINATOR, place__in=list(around)).exclude(person=own.person).exists()


def person_called(username: str) -> Person:
    person: Any = Person.objects.filter(username=username).first()
    if person is None:
        raise Missing("person.missing", _("There is no account of this name. Names are case-sensitive."), name=username)
    return person
