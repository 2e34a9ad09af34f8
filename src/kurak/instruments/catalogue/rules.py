"""Who may see, build and publish instruments. Those that come with the platform are changed by their files only."""

from __future__ import annotations

from typing import Any

import rules

from kurak.ground.people.rules import Role, holds
from kurak.ground.places.models import Place
from kurak.instruments.catalogue.models import Edition, Instrument


def may_build(person: Any, place: Place | None = None) -> bool:
    """Analysts and coordinators, at the place; without a place: anywhere."""
    return holds(person, Role.ANALYST, place=place)


def may_change(person: Any, instrument: Instrument) -> bool:
    return not instrument.shipped and instrument.place is not None and may_build(person, instrument.place)


def may_see(person: Any, edition: Edition) -> bool:
    """What was published is for everybody, retired or not; a draft for those who may change it."""
    return edition.status != Edition.Status.DRAFT or may_change(person, edition.instrument)


rules.add_perm("instruments.build", rules.predicate(lambda person: may_build(person)))
