"""The only way a trail is laid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kurak.ground.errors import Refused
from kurak.ground.people.models import Person
from kurak.ground.trail.kinds import Reference, reference
from kurak.ground.trail.models import Footing
from kurak.ground.trail.queries import reachable


@transaction.atomic
def lay(*, claim: Any, on: Iterable[Any], relation: str, by: Person | None, note: str = "") -> int:
    """Say that the claim stands on these things. Saying it twice is the same as saying it once.

    claim, on: things of registered kinds, or their References. Returns how many footings were given.
    """
    top, grounds = reference(claim), [reference(ground) for ground in on]
    _no_circle(top, grounds)
    Footing.objects.bulk_create(
        [
            Footing(
                claim_kind=top.kind,
                claim_key=top.key,
                ground_kind=ground.kind,
                ground_key=ground.key,
                relation=relation,
                note=note,
                laid_by=by,
            )
            for ground in grounds
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    return len(grounds)


def _no_circle(claim: Reference, grounds: list[Reference]) -> None:
    if grounds and claim in reachable(grounds):
        raise Refused(
            "trail.circle",
            _("This would make a claim stand on itself. Look at what the ground stands on."),
            claim=f"{claim.kind}:{claim.key}",
        )


@transaction.atomic
def lift(*, claim: Any, on: Iterable[Any], relation: str) -> int:
    """Take footings away that hold no longer, such as a link that its editor has removed. Returns how many."""
    top, gone = reference(claim), 0
    for ground in map(reference, on):
        ends = {"ground_kind": ground.kind, "ground_key": ground.key, "relation": relation}
        gone += Footing.objects.filter(claim_kind=top.kind, claim_key=top.key, **ends).delete()[0]
    return gone
