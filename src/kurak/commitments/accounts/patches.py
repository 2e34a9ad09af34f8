"""An agenda's patchwork coloured by the gap between the state and civil society."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.commitments.accounts import queries
from kurak.commitments.accounts.summing import Gap
from kurak.commitments.agendas.models import Agenda, Commitment
from kurak.commitments.agendas.patches import Colouring, Patched, Shade, offer

NEAR = 0.25  # on the ladder: less is no difference that a reader need look at


def by_gap(agenda: Agenda, patched: Sequence[Patched]) -> dict[int, Shade]:
    """Where a provision has accounts in several places, the widest gap among them."""
    of_commitments = bool(patched) and isinstance(patched[0], Commitment)
    found: dict[int, Shade] = {}
    for row in queries.gaps(agenda=agenda):  # the widest first
        if (row.thing.commitment is not None) == of_commitments:
            found.setdefault(row.thing.it.pk, shade(row.gap))
    return found


def shade(gap: Gap) -> Shade:
    if gap.value is None:
        return Shade("waiting", _("Accounts that cannot be compared"), 4)
    if gap.flagged and gap.value > 0:
        return Shade("late", _("The state says far more than civil society found"), 0)
    if gap.flagged:
        return Shade("dropped", _("Civil society found far more than the state says"), 1)
    if abs(gap.value) >= NEAR:
        return Shade("moving", _("They differ"), 2)
    return Shade("done", _("They say about the same"), 3)


def has_accounts(agenda: Agenda, _patched: Sequence[Patched]) -> bool:
    return queries.published().filter(queries.about_agenda(agenda)).exists()


def offer_gaps() -> None:
    offer(Colouring("gap", _l("State and civil society"), by_gap, has_accounts))
