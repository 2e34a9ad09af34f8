"""The only way an act of staff is written down."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.functional import Promise

from kurak.ground.safety.models import Act, Chain
from kurak.ground.safety.sealing import mark_of

STAFF = "staff"  # the name of the one chain there is


def subject_of(thing: Any) -> str:
    return f"{thing._meta.model_name}:{thing.pk}"


def seal_of(before: str, act: Act) -> str:
    """SHA-256 over the seal before and everything in the act but the actor, who may be erased; the mark stays."""
    content = [before, act.mark, act.verb, act.subject, act.reason, act.details, act.at.isoformat()]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def record(*, verb: str, on: Any, by: Any, reason: str = "", **details: Any) -> Act:
    """Append an act of staff to the chain. `on` is a row of any model; `by` a person, or None for the platform."""
    Chain.objects.get_or_create(name=STAFF)
    end = Chain.objects.select_for_update().get(name=STAFF)
    act = Act(actor=by, verb=verb, subject=subject_of(on), reason=str(reason), details=plain(details))
    act.mark = mark_of("actor", by.pk) if by is not None else ""
    act.seal = end.seal = seal_of(end.seal, act)
    act.save()
    end.length += 1
    end.save()
    return act


def record_read(*, on: Any, by: Any, reason: str = "", **details: Any) -> Act:
    """Write down that somebody read what only few may read."""
    return record(verb="record.read", on=on, by=by, reason=reason, **details)


def plain(details: dict[str, Any]) -> dict[str, Any]:
    """As the database will give it back: sealed now, it must be equal when it is verified."""
    return json.loads(json.dumps(details, cls=_Encoder))


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return str(o) if isinstance(o, Promise) else super().default(o)
