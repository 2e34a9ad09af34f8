"""Figures that organisations of civil society offer: pending, returned with a remark, or approved. Only an approved one
becomes a measure, under a source of the organisation's own, beside the official figure and never instead of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.commitments.indicators import rules
from kurak.commitments.indicators.analysis import renew
from kurak.commitments.indicators.models import Indicator, Observation, Provider, Voice
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.measures.actions import cite, state, year
from kurak.ground.people.models import Organisation, Person
from kurak.ground.places.models import Place
from kurak.ground.safety.actions import record

Status = Observation.Status
FIRST_YEAR = 1990


@transaction.atomic
def offer(
    *, indicator: Indicator, place: Place, organisation: Organisation, by: Person, **said: Any
) -> Observation:  # fmt: skip
    """Offer a value for approval. said: year, value, low, high, n, how, evidence."""
    if not rules.may_offer(by, organisation):
        raise Forbidden("observation.not_yours", _("Only officers of an organisation offer figures in its name."))
    _checked(indicator, said)
    found = Observation.objects.create(
        indicator=indicator, place=place, organisation=organisation, status=Status.PENDING, offered_by=by, **said
    )
    record(verb="observation.offered", on=found, by=by)
    return found


@transaction.atomic
def offer_again(*, observation: Observation, by: Person, **said: Any) -> Observation:
    """Mend a returned one and offer it anew."""
    found = _locked(observation)
    if not rules.may_offer(by, found.organisation):
        raise Forbidden("observation.not_yours", _("Only officers of an organisation offer figures in its name."))
    if found.status != Status.RETURNED:
        raise Refused("observation.not_returned", _("Only what was returned can be changed."))
    _checked(found.indicator, said)
    for name, value in said.items():
        setattr(found, name, value)
    found.status, found.offered_by, found.offered_at = Status.PENDING, by, timezone.now()
    found.save()
    record(verb="observation.offered", on=found, by=by)
    return found


@transaction.atomic
def give_back(*, observation: Observation, remark: str, by: Person) -> Observation:
    """Return it with what should be mended."""
    found = _to_decide(observation, by)
    if not remark.strip():
        raise Refused("observation.remark", _("Say what should be mended."))
    found.remark = remark.strip()[:500]
    return _decided(found, Status.RETURNED, by, "observation.returned")


@transaction.atomic
def approve(*, observation: Observation, by: Person) -> Observation:
    """Let it count: it becomes a measure that the approving analyst states."""
    found = _to_decide(observation, by)
    organisation = found.organisation
    name = str(organisation.name)
    source = cite(code=f"civil-{organisation.slug}"[:60], title=name, licence="CC-BY-4.0")
    Provider.objects.update_or_create(
        source=source, defaults={"kind": Voice.CIVIL, "organisation": organisation, "place": organisation.place}
    )
    found.measure = state(
        quantity=found.indicator.quantity.code, place=found.place, period=year(found.year), value=found.value,
        source=source, by=by, low=found.low, high=found.high, n=found.n,
        method=f"{found.how} {found.evidence}".strip()[:300],
    )  # fmt: skip
    _decided(found, Status.APPROVED, by, "observation.approved")
    renew({found.indicator.quantity_id: found.indicator})
    return found


def _checked(indicator: Indicator, said: dict[str, Any]) -> None:
    value = said["value"]
    if not FIRST_YEAR <= said["year"] <= timezone.now().year:
        raise Refused("observation.year", _("Give a year from 1990 to this one."), year=said["year"])
    below = indicator.least is not None and value < indicator.least
    if below or (indicator.most is not None and value > indicator.most):
        raise Refused("observation.limits", _("This value cannot be: it lies outside the natural limits."), value=value)
    low, high = said.get("low"), said.get("high")
    if (low is not None and low > value) or (high is not None and high < value):
        raise Refused("observation.interval", _("The value lies between the lowest and the highest."))
    if not said.get("how", "").strip():
        raise Refused("observation.how", _("Say how the figure was found: whoever reads it will ask."))


def _locked(observation: Observation) -> Observation:
    rows = Observation.objects.select_for_update(of=("self",))
    return rows.select_related("indicator__quantity", "place", "organisation__place").get(pk=observation.pk)


def _to_decide(observation: Observation, by: Person) -> Observation:
    found = _locked(observation)
    if not rules.may_decide(by, found):
        raise Forbidden("observation.not_here", _("Analysts of the place decide about figures, never about their own."))
    if found.status != Status.PENDING:
        raise Refused("observation.decided", _("This has been decided before."))
    return found


def _decided(found: Observation, status: str, by: Person, verb: str) -> Observation:
    found.status, found.decided_by, found.decided_at = status, by, timezone.now()
    found.save()
    record(verb=verb, on=found, by=by, reason=found.remark if status == Status.RETURNED else "")
    return found
