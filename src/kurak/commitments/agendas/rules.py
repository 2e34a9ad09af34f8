"""Who may see and change agendas and commitments. What ships with the platform is changed by its files only;
commitments may be made to it all the same."""

from __future__ import annotations

from typing import Any

import rules

from kurak.commitments.agendas.models import Agenda, Commitment, Provision
from kurak.ground.people.models import Membership, Organisation
from kurak.ground.people.rules import Role, holds
from kurak.ground.places.models import Place


def may_keep(person: Any, place: Place | None = None) -> bool:
    """Analysts and coordinators, at the place; without a place: anywhere."""
    return holds(person, Role.ANALYST, place=place)


def speaks_for(person: Any, organisation: Organisation | None) -> bool:
    """Officers of the organisation."""
    if organisation is None or not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    return Membership.objects.filter(person=person, organisation=organisation, officer=True).exists()


def may_edit(person: Any, thing: Agenda | Provision | Commitment) -> bool:
    """An agenda: analysts and coordinators of its place, officers of its owner; never one that ships. A commitment: the
    same of the commitment. A provision: whoever may edit its agenda."""
    if isinstance(thing, Commitment):
        return may_keep(person, thing.place) or speaks_for(person, thing.owner) or may_edit(person, thing.agenda)
    agenda = thing.agenda if isinstance(thing, Provision) else thing
    return not agenda.shipped and (may_keep(person, agenda.place) or speaks_for(person, agenda.owner))


def may_commit(person: Any, agenda: Agenda, place: Place, owner: Organisation | None = None) -> bool:
    """Whether the person may add a commitment to the agenda, at the place."""
    return may_keep(person, place) or speaks_for(person, owner) or may_edit(person, agenda)


def may_link(person: Any, start: Provision, end: Provision) -> bool:
    """Whoever may edit one of the two; between agendas that ship, analysts of the place of the first."""
    return may_edit(person, start) or may_edit(person, end) or may_keep(person, start.agenda.place)


def may_see(person: Any, thing: Agenda | Provision | Commitment) -> bool:
    """What is published is for everybody, retired or not; a draft for those who may edit it."""
    agenda = thing if isinstance(thing, Agenda) else thing.agenda
    return agenda.status != Agenda.Status.DRAFT or may_edit(person, agenda)


rules.add_perm("commitments.keep", rules.predicate(lambda person: may_keep(person)))
