"""The only writes of commitments and of the steps towards them. Every change stays in the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.commitments.agendas import rules
from kurak.commitments.agendas.bringing.actions import found_ends, words
from kurak.commitments.agendas.checking import CODE, RESERVED, day_of
from kurak.commitments.agendas.declared import kind_called
from kurak.commitments.agendas.models import Agenda, Commitment, Provision, Step
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Organisation, Person
from kurak.ground.places.models import Place
from kurak.ground.safety.actions import record
from kurak.ground.trail.actions import lay, lift
from kurak.ground.trail.models import Footing
from kurak.instruments.catalogue.texts import text_of

ANSWERS = Footing.Relation.ANSWERS
FIELDS = (
    "title", "text", "level", "place", "owner", "owner_name", "starts", "deadline", "status", "status_since",
    "status_why", "source", "url", "verified",
)  # fmt: skip
OF_A_STEP = ("title", "owner_name", "starts", "due", "done_on", "dropped", "note")


@transaction.atomic
def add_commitment(
    *,
    by: Person | None,
    agenda: Agenda,
    code: str,
    title: Text,
    place: Place | None = None,
    provisions: Iterable[Provision] = (),
    partners: Iterable[Organisation] = (),
    **said: Any,
) -> Commitment:
    """A commitment to an agenda. said: the other fields of the model. by: None for the platform itself."""
    place = place or agenda.place
    if by is not None and not rules.may_commit(by, agenda, place, said.get("owner")):
        raise Forbidden("commitment.not_here", _("You may not add commitments at this place."))
    if not CODE.fullmatch(code) or code.lower() in RESERVED:
        raise Refused(
            "commitment.code", _("Write letters, digits, points and hyphens, at most 60, such as C-1."), asked=code[:70]
        )
    if agenda.commitments.filter(code=code).exists():
        raise Refused("commitment.code_taken", _("This code is there already: choose another."), asked=code)
    made = Commitment(agenda=agenda, code=code, place=place, level=said.pop("level", None) or agenda.level, title=title)
    said.setdefault("status", kind_called(agenda.kind).first_status.code)
    _describe(made, said)
    made._history_user = by  # type: ignore[attr-defined]
    made.save()
    _join(made, list(provisions), list(partners), by=by)
    record(verb="commitment.added", on=made, by=by, agenda=agenda.code, code=code)
    return made


@transaction.atomic
def change_commitment(
    *,
    by: Person | None,
    commitment: Commitment,
    seen: str = "",
    reason: str = "",
    provisions: Iterable[Provision] | None = None,
    partners: Iterable[Organisation] | None = None,
    **said: Any,
) -> Commitment:
    """Change what is given and leave the rest. seen: `mark_of` the commitment when it was shown; what others have saved
    since then is not written over. A status that changes says since when and, once it is closed, why."""
    held = _hold(commitment, by=by)
    if seen and seen != mark_of(held):
        raise Refused(
            "commitment.changed",
            _("Somebody saved this while you were writing. Open it again beside this page, and join the two."),
        )
    place = said.get("place")
    if by is not None and place is not None and place != held.place and not rules.may_commit(by, held.agenda, place):
        raise Forbidden("commitment.not_here", _("You may not add commitments at this place."))
    if said.get("status", held.status) != held.status and not said.get("status_since"):
        said["status_since"] = timezone.now().date()
    changed = sorted(name for name, value in said.items() if getattr(held, name) != value)
    _describe(held, said)
    held._history_user = by  # type: ignore[attr-defined]
    held._change_reason = reason[:100]  # type: ignore[attr-defined]
    held.save()
    _join(held, None if provisions is None else list(provisions), None if partners is None else list(partners), by=by)
    record(verb="commitment.changed", on=held, by=by, reason=reason, changed=changed)
    return held


@transaction.atomic
def withdraw_commitment(*, by: Person, commitment: Commitment, reason: str) -> Commitment:
    """Out of the lists; its page stays, with the reason."""
    held = _hold(commitment, by=by)
    if not reason.strip():
        raise Refused("commitment.reason", _("Say why it is withdrawn: whoever follows it will ask."))
    held.withdrawn, held.status_why = True, reason.strip()[:500]
    held._history_user = by  # type: ignore[attr-defined]
    held.save()
    record(verb="commitment.withdrawn", on=held, by=by, reason=reason)
    return held


@transaction.atomic
def add_step(*, by: Person | None, commitments: Iterable[Commitment], title: Text, **said: Any) -> Step:
    """A step of the roadmap. It may serve several commitments, each of which the person may change."""
    served = list(commitments)
    if not served:
        raise Refused("step.serves", _("Say which commitment the step serves."))
    for each in served:
        _hold(each, by=by)
    made = Step(title=title)
    _describe_step(made, said)
    made._history_user = by  # type: ignore[attr-defined]
    made.save()
    made.commitments.set(served)
    record(verb="step.added", on=made, by=by, commitments=[str(each) for each in served])
    return made


@transaction.atomic
def change_step(
    *, by: Person | None, step: Step, seen: str = "", commitments: Iterable[Commitment] | None = None, **said: Any
) -> Step:
    """Change what is given and leave the rest: done, dropped, moved to another day, serving other commitments."""
    now = list(step.commitments.select_related("agenda__place", "place", "owner"))
    if by is not None and not any(rules.may_edit(by, each) for each in now):
        raise Forbidden("step.not_yours", _("Only who may change one of its commitments changes a step."))
    held = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if seen and seen != mark_of_step(held):
        raise Refused(
            "step.changed",
            _("Somebody saved this while you were writing. Open it again beside this page, and join the two."),
        )
    _describe_step(held, said)
    held._history_user = by  # type: ignore[attr-defined]
    held.save()
    if commitments is not None:
        served = list(commitments)
        if not served:
            raise Refused("step.serves", _("Say which commitment the step serves."))
        for each in set(served) - set(now):
            _hold(each, by=by)
        held.commitments.set(served)
    record(verb="step.changed", on=held, by=by, changed=sorted(said))
    return held


def mark_of(commitment: Commitment) -> str:
    """Changes whenever the commitment is saved."""
    last = commitment.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return str(last or "")


def mark_of_step(step: Step) -> str:
    last = step.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return str(last or "")


def bring_commitments(
    *, agenda: Agenda, given: list[Mapping[str, Any]], by: Person | None, strict: bool = True
) -> list[str]:
    """Commitments of a document that was checked: new ones added, others changed where they say something else. Returns
    the provisions of other agendas that are not here; refused where strict."""
    here = {row.code: row for row in agenda.commitments.select_related("agenda__place", "place", "owner")}
    missing: list[str] = []
    for each in given:
        refs = [ref if "/" in str(ref) else f"{agenda.code}/{ref}" for ref in map(str, each.get("provisions") or [])]
        ends = found_ends(set(refs))
        lost = [f"{each['code']} → {ref}" for ref in refs if ref not in ends]
        if lost and strict:
            raise Refused(
                "commitment.leads_nowhere",
                _("These links lead to nothing that is on the platform: %(missing)s. Mend or remove them.")
                % {"missing": ", ".join(lost[:5])},
                missing=lost,
            )
        missing += lost
        found = [ends[ref] for ref in refs if ref in ends]
        commitment = _brought(agenda, each, here.get(str(each["code"])), found, by=by)
        _bring_steps(commitment, list(each.get("steps") or []), by=by)
    return missing


def _brought(
    agenda: Agenda,
    given: Mapping[str, Any],
    there: Commitment | None,
    provisions: list[Provision],
    *,
    by: Person | None,
) -> Commitment:
    said: dict[str, Any] = {
        "title": text_of(given["title"]), "text": text_of(given.get("text")),
        **{name: day_of(given.get(name)) for name in ("starts", "deadline", "status_since")},
        **{name: str(given.get(name) or "") for name in ("owner_name", "status_why", "source", "url")},
        "verified": given.get("verified", True) is not False,
    }  # fmt: skip
    if given.get("place"):
        said["place"] = Place.objects.get(code=str(given["place"]))
    if given.get("owner"):
        said["owner"] = organisation_called(str(given["owner"]))
    said |= {name: given[name] for name in ("status", "level") if given.get(name)}
    partners = [organisation_called(str(slug)) for slug in given.get("partners") or []]
    if there is None:
        return add_commitment(
            by=by, agenda=agenda, code=str(given["code"]), provisions=provisions, partners=partners, **said
        )
    differs = {name: value for name, value in said.items() if getattr(there, name) != value}
    linked = set(there.provisions.values_list("pk", flat=True)) != {each.pk for each in provisions}
    if differs or linked:
        return change_commitment(by=by, commitment=there, provisions=provisions, partners=partners, **differs)
    return there


def _bring_steps(commitment: Commitment, given: list[Mapping[str, Any]], *, by: Person | None) -> None:
    """A step that is called the same is the same."""
    there = {step.title.body: step for step in commitment.steps.all()}
    for each in given:
        title = text_of(each["title"])
        assert title is not None  # noqa: S101 - checked before
        said: dict[str, Any] = {name: day_of(each.get(name)) for name in ("starts", "due", "done_on")}
        said |= {name: str(each.get(name) or "") for name in ("owner_name", "note")}
        said["dropped"] = bool(each.get("dropped"))
        step = there.get(title.body)
        if step is None:
            add_step(by=by, commitments=[commitment], title=title, **said)
        elif differs := {name: value for name, value in said.items() if getattr(step, name) != value}:
            change_step(by=by, step=step, **differs)


def organisation_called(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise Refused(
            "commitment.organisation",
            _("There is no organisation “%(slug)s” here. Write its name as owner_name instead.") % {"slug": slug},
            asked=slug,
        )
    return found


def _describe(commitment: Commitment, said: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in said:
            setattr(commitment, name, said[name])
    kind_called(commitment.agenda.kind).status(commitment.status)
    if commitment.starts and commitment.deadline and commitment.starts > commitment.deadline:
        raise Refused("commitment.order", _("It ends before it begins. Exchange the two days."))
    commitment.folded = words(
        commitment.title, commitment.text, also=f"{commitment.code} {commitment.owner_name} {commitment.agenda.code}"
    )


def _describe_step(step: Step, said: Mapping[str, Any]) -> None:
    for name in OF_A_STEP:
        if name in said:
            setattr(step, name, said[name])
    if step.starts and step.due and step.starts > step.due:
        raise Refused("step.order", _("It ends before it begins. Exchange the two days."))


def _join(
    commitment: Commitment, provisions: list[Provision] | None, partners: list[Organisation] | None, *, by: Any
) -> None:
    """Links to provisions and partners. The trail: a commitment answers the provisions that it is made to."""
    if provisions is not None:
        before = {each.pk: each for each in commitment.provisions.all()}
        if set(before) != {each.pk for each in provisions}:
            commitment.provisions.set(provisions)
        lay(claim=commitment, on=provisions, relation=ANSWERS, by=by)
        kept = {each.pk for each in provisions}
        lift(claim=commitment, on=[each for pk, each in before.items() if pk not in kept], relation=ANSWERS)
    if partners is not None and set(commitment.partners.all()) != set(partners):
        commitment.partners.set(partners)


def _hold(commitment: Commitment, *, by: Person | None) -> Commitment:
    if by is not None and not rules.may_edit(by, commitment):
        raise Forbidden(
            "commitment.not_yours",
            _("Only analysts and coordinators of its place, and officers of its owner, change this commitment."),
        )
    held = Commitment.objects.select_for_update(of=("self",)).select_related("agenda__place", "place", "owner")
    return held.get(pk=commitment.pk)
