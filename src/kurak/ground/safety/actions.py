"""The only way an act of staff is written down."""

import hashlib
import json

from django.db import transaction

from kurak.ground.safety.models import Act


def subject_of(thing) -> str:
    return f"{thing._meta.model_name}:{thing.pk}"


def seal_of(before: str, act: Act) -> str:
    content = json.dumps([before, act.verb, act.subject, act.reason, act.details, act.at.isoformat()], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


@transaction.atomic
def record(*, verb: str, on, by, reason: str = "", **details) -> Act:
    """Append an act of staff to the chain."""
    last = Act.objects.select_for_update().order_by("-pk").values_list("seal", flat=True).first()
    act = Act(actor=by, verb=verb, subject=subject_of(on), reason=reason, details=details)
    act.seal = seal_of(last or "", act)
    act.save()
    return act
