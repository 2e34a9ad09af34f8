"""Who may bring figures in, and who may approve them: analysts and coordinators of the place."""

from __future__ import annotations

from typing import Any

import rules

from kurak.commitments.indicators.models import Observation
from kurak.ground.people.models import Membership, Organisation
from kurak.ground.people.rules import Role, holds
from kurak.ground.places.models import Place


def may_bring(person: Any, place: Place | None = None) -> bool:
    return holds(person, Role.ANALYST, place=place)


def may_offer(person: Any, organisation: Organisation) -> bool:
    """Its officers speak for an organisation. Authorities have official figures and offer none as civil society."""
    if organisation.kind == Organisation.Kind.AUTHORITY:
        return False
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return False
    return Membership.objects.filter(person=person, organisation=organisation, officer=True).exists()


def may_decide(person: Any, observation: Observation) -> bool:
    """An analyst of the place, never who offered it."""
    return person.pk != observation.offered_by_id and may_bring(person, observation.place)


rules.add_perm("indicators.bring", rules.predicate(lambda person: may_bring(person)))
