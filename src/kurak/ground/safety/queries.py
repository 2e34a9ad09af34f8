"""What can be asked about the acts of staff."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from kurak.ground.safety.actions import STAFF, seal_of
from kurak.ground.safety.models import Act, Chain
from kurak.ground.safety.sealing import mark_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain holds; if not, the first act that does not fit, or None when acts are missing at the end."""

    whole: bool
    acts: int
    broken_at: int | None = None


def verify_chain() -> Verdict:
    """Reckons every seal again, in order. Finds an act that was changed, taken out, put in or cut off at the end."""
    before, acts = "", 0
    for act in Act.objects.order_by("pk").iterator(chunk_size=2000):
        forged = act.actor_id is not None and act.mark != mark_of("actor", act.actor_id)
        if forged or act.seal != seal_of(before, act):
            return Verdict(False, acts, act.pk)
        before, acts = act.seal, acts + 1
    end = Chain.objects.filter(name=STAFF).first()
    complete = (end.seal, end.length) == (before, acts) if end else acts == 0
    return Verdict(complete, acts)


def acts(*, verb: str = "", subject: str = "", actor: str = "") -> QuerySet[Act]:
    """Newest first, filtered by the beginning of a verb or subject and by the name of an account."""
    found = Act.objects.select_related("actor").order_by("-pk")
    if verb:
        found = found.filter(verb__startswith=verb)
    if subject:
        found = found.filter(subject__startswith=subject)
    return found.filter(actor__username=actor) if actor else found
