"""What can be done with an account: written, submitted, returned, approved, withdrawn, replaced. The only writes.

draft → pending → approved, or back with a remark. What is approved is never changed: the next one takes its place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.commitments.accounts import rules
from kurak.commitments.accounts.models import Account, Evidence, Grader
from kurak.commitments.accounts.scales.files import Scale, scales
from kurak.commitments.accounts.things import Thing
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Organisation, Person
from kurak.ground.safety import limits
from kurak.ground.safety.actions import record
from kurak.ground.trail.actions import lay
from kurak.ground.trail.models import Footing

Status = Account.Status
LONGEST = 20_000  # letters of a text


@dataclass(frozen=True, slots=True)
class Said:
    """What an account says. said_by: who, where they are not an organisation of the platform."""

    start: dt.date
    end: dt.date
    scale: str
    value: str = ""  # empty: no information
    confidence: str = Account.Confidence.MEDIUM
    text: Text | None = None
    said_by: str = ""


@transaction.atomic
def write(*, by: Person, about: Thing, grader: str, said: Said, organisation: Organisation | None = None) -> Account:
    """A new account in draft. Written twice by the same person while it is a draft, it is the same one, changed."""
    first_hand = _need_voice(by, about, grader, organisation, said)
    values = _values(grader, said)
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)  # two clicks, one account
    who = {"grader": grader, "organisation": organisation, "said_by": values.pop("said_by"), "written_by": by}
    same = Account.objects.select_for_update(of=("self",)).filter(
        **about.fields, **who, start=said.start, end=said.end, scale=said.scale, status=Status.DRAFT, replaces=None
    ).first()  # fmt: skip
    if same is not None:
        return _change(same, values)
    _need_no_second_answer(by, about, grader, said)
    limits.require(f"person:{by.pk}", "account")
    return Account.objects.create(**about.fields, **who, **values, first_hand=first_hand)


def _need_voice(by: Person, about: Thing, grader: str, organisation: Organisation | None, said: Said) -> bool:
    """Whether the party itself speaks; refuses who may neither speak nor report."""
    if grader == Grader.RESIDENTS and organisation is None and rules.is_known(by):
        return True
    if organisation is not None and rules.may_speak(by, grader, organisation, about.place):
        return True
    if grader != Grader.RESIDENTS and rules.may_report(by, about.place):
        if organisation is None and not said.said_by.strip():
            raise Refused("account.whose", _("Say whose account it is: the ministry, committee or author."))
        return False
    raise Forbidden(
        "account.not_yours",
        _("You cannot give this account. An authority speaks for its own place; others for their own organisation."),
    )


def _need_no_second_answer(by: Person, about: Thing, grader: str, said: Said) -> None:
    """One resident, one answer to one thing and period."""
    if grader != Grader.RESIDENTS:
        return
    others = Account.objects.filter(**about.fields, grader=grader, written_by=by, start__lte=said.end,
                                    end__gte=said.start).exclude(status=Status.WITHDRAWN)  # fmt: skip
    if others.exists():
        raise Refused("account.answered", _("You have answered this already. Withdraw that answer to give another."))


def _values(grader: str, said: Said) -> dict[str, Any]:
    scale = need_scale(grader, said.scale)
    value = said.value.strip()
    if not scale.takes(value):
        raise Refused("account.value", wrong_value(scale, value), value=value, scale=scale.code)
    if said.end < said.start:
        raise Refused("account.period", _("The period must end after it begins."))
    if said.confidence not in Account.Confidence.values:
        raise Refused("account.confidence", _("Choose low, medium or high confidence."))
    text = said.text if said.text and said.text.body.strip() else None
    if text and len(text.body) > LONGEST:
        raise Refused("account.long", _("The text is longer than %(most)d letters. Shorten it.") % {"most": LONGEST})
    if grader == Grader.RESIDENTS and text:
        raise Refused("account.resident_text", _("Residents answer by a step only: a text could tell who wrote it."))
    return {
        "start": said.start, "end": said.end, "scale": scale.code, "value": value, "ladder": scale.ladder(value),
        "confidence": said.confidence, "text": text, "said_by": " ".join(said.said_by.split())[:200],
    }  # fmt: skip


def need_scale(grader: str, code: str) -> Scale:
    scale = scales().get(code)
    if scale is None or grader not in scale.graders:
        raise Refused("account.scale", _("This scale is not for this kind of grader. Choose another."), scale=code)
    return scale


def wrong_value(scale: Scale, value: str) -> str:
    if scale.is_number:
        words = {"low": f"{scale.low:g}", "high": f"{scale.high:g}"}
        return _("Write a number from %(low)s to %(high)s, or leave it empty: no information.") % words
    steps = ", ".join(each.code for each in scale.steps)
    return _("“%(value)s” is no step of this scale. Choose one of: %(steps)s; empty means no information.") % {
        "value": value, "steps": steps,
    }  # fmt: skip


def hold(account: Account) -> Account:
    """The row, locked, as it is now."""
    held = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    for name in ("commitment", "provision", "place", "organisation"):
        if getattr(held, f"{name}_id") == getattr(account, f"{name}_id"):
            setattr(held, name, getattr(account, name))
    return held


def hold_open(account: Account, *, by: Person) -> Account:
    """For somebody who may still change it."""
    held = hold(account)
    if not rules.on_its_side(by, held):
        raise Forbidden("account.not_yours", _("This account is not yours to change."))
    if held.status not in rules.OPEN:
        raise Refused("account.closed", _("It was handed in. What is approved is never changed: write the next one."))
    return held


@transaction.atomic
def change(*, account: Account, by: Person, said: Said) -> Account:
    """Write a draft, or what was returned, anew."""
    held = hold_open(account, by=by)
    if not held.first_hand and held.organisation_id is None and not said.said_by.strip():
        raise Refused("account.whose", _("Say whose account it is: the ministry, committee or author."))
    return _change(held, _values(held.grader, said))


def _change(account: Account, values: dict[str, Any]) -> Account:
    for name, value in values.items():
        setattr(account, name, value)
    account.since = timezone.now()
    account.save(update_fields=[*values, "since"])
    return account


@transaction.atomic
def submit(*, account: Account, by: Person) -> Account:
    """Hand it in to be approved. What somebody else said stands on a published document, or it cannot be handed in."""
    held = hold_open(account, by=by)
    need_something(held)
    if not held.first_hand and not held.evidence.exclude(url="", sha256="").exists():
        raise Refused(
            "account.evidence",
            _("Add the published document where this was said: what others say is never written from memory."),
        )
    return _move(held, Status.PENDING, remark="")


def need_something(account: Account) -> None:
    if not account.value and account.text is None and account.grader == Grader.RESIDENTS:
        raise Refused("account.empty", _("Choose an answer first."))
    if not account.value and account.text is None:
        raise Refused("account.empty", _("Choose a step, or write what is known and what is not."))


@transaction.atomic
def send_back(*, account: Account, by: Person, remark: str) -> Account:
    """Back to who wrote it, with what should change."""
    held = _hold_pending(account, by)
    if not remark.strip():
        raise Refused("account.remark", _("Say what should change: otherwise nobody knows why it came back."))
    return _move(held, Status.RETURNED, remark=remark.strip()[:2000])


@transaction.atomic
def approve(*, account: Account, by: Person) -> Account:
    """Published by a second person; the one before steps back, and the trail is laid."""
    held = _hold_pending(account, by)
    _move(held, Status.APPROVED, approved_by=by, published_at=timezone.now(), remark="")
    _lay_trail(held, by)
    if held.grader != Grader.RESIDENTS:
        record(verb="account.approved", on=held, by=by)
    return held


def _hold_pending(account: Account, by: Person) -> Account:
    held = hold(account)
    if not rules.may_approve(by, held):
        raise Forbidden(
            "account.second_person", _("A second person approves: a coordinator of the place who did not write it.")
        )
    if held.status != Status.PENDING:
        raise Refused("account.not_pending", _("It does not wait for approval any more. Open it again to see why."))
    return held


def _lay_trail(account: Account, by: Person) -> None:
    pieces = list(account.evidence.select_related("measure"))
    lay(claim=account, on=pieces, relation=Footing.Relation.TAKEN_FROM, by=by)
    measures = [each.measure for each in pieces if each.measure is not None]
    lay(claim=account, on=measures, relation=Footing.Relation.TAKEN_FROM, by=by)


@transaction.atomic
def withdraw(*, account: Account, by: Person, reason: str) -> Account:
    """Take it back, at any time, with a reason: nothing of it is shown any more. Who answered it is still heard."""
    held = hold(account)
    if not rules.may_withdraw(by, held):
        raise Forbidden("account.not_yours", _("Only those whose account it is, and coordinators, can take it back."))
    if held.status == Status.WITHDRAWN:
        return held
    if not reason.strip():
        raise Refused("account.reason", _("Say why it is taken back."))
    if not rules.on_its_side(by, held):
        record(verb="account.withdrawn", on=held, by=by, reason=reason.strip()[:300])
    freed = {} if held.published_at else {"replaces": None}
    return _move(held, Status.WITHDRAWN, remark=reason.strip()[:2000], **freed)


@transaction.atomic
def write_next(*, account: Account, by: Person) -> Account:
    """A draft that will take the place of an approved account, with its words and its evidence. Asked for twice, it is
    the same draft."""
    held = hold(account)
    reports = not held.first_hand and rules.may_report(by, held.place)
    if not rules.on_its_side(by, held) and not reports:
        raise Forbidden("account.not_yours", _("This account is not yours to change."))
    if held.status != Status.APPROVED or held.grader == Grader.RESIDENTS:
        raise Refused("account.not_approved", _("Only an approved account is replaced. Change the draft itself."))
    there = Account.objects.filter(replaces=held).first()
    if there is not None:
        return there
    limits.require(f"person:{by.pk}", "account")
    kept = ("commitment", "provision", "place", "start", "end", "grader", "organisation", "said_by", "first_hand",
            "scale", "value", "ladder", "confidence", "text")  # fmt: skip
    made = Account.objects.create(**{name: getattr(held, name) for name in kept}, written_by=by, replaces=held)
    copied = ("title", "page", "url", "copy_url", "sha256", "name", "size", "kind", "measure", "public")
    Evidence.objects.bulk_create(
        Evidence(account=made, added_by=by, **{name: getattr(each, name) for name in copied})
        for each in held.evidence.select_related("measure")
    )
    return made


def _move(account: Account, status: str, **values: Any) -> Account:
    account.status, account.since = status, timezone.now()
    for name, value in values.items():
        setattr(account, name, value)
    account.save(update_fields=["status", "since", *values])
    return account
