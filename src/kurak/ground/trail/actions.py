"""The only way a trail is laid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
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


@transaction.atomic
def lay_alike(*, claims: QuerySet[Any], on: Any, relation: str, by: Person | None) -> None:
    """Say that each of many new claims stands on one thing, in one question to the database.

    claims: a filtered query of things that nothing stands on yet, so that no circle can come of it.
    """
    ground = reference(on)
    said = {
        "claim_kind": Value(reference(claims.model()).kind, CharField()),
        "claim_key": Cast(F("pk"), CharField()),
        "ground_kind": Value(ground.kind, CharField()),
        "ground_key": Value(ground.key, CharField()),
        "relation": Value(str(relation), CharField()),
        "note": Value("", CharField()),
        "laid_by": Value(by.pk if by is not None else None, BigIntegerField()),
        "laid_at": Value(timezone.now(), DateTimeField()),
    }
    asked, values = claims.order_by().values_list(*said.values()).query.sql_with_params()
    columns = {field.name: field.column for field in Footing._meta.concrete_fields}
    names = ", ".join(connection.ops.quote_name(columns[name] or name) for name in said)
    table = connection.ops.quote_name(Footing._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) {asked} ON CONFLICT DO NOTHING",
            values,
        )


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
