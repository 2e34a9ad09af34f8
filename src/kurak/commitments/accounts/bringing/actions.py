"""Accounts from a table, all of them or none: handed in at once, and approved by a second person like any other."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from kurak.commitments.accounts import rules
from kurak.commitments.accounts.bringing.reading import Line, Read, Refusal
from kurak.commitments.accounts.models import Account, Evidence
from kurak.commitments.accounts.scales.files import scales
from kurak.ground.errors import Refused
from kurak.ground.people.models import Person
from kurak.ground.safety.actions import record

Status = Account.Status


class BadLines(Refused):
    """Lines that do not fit. Nothing was kept; `refusals` has all of them."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__("accounts.lines", _("The file does not fit. Nothing was kept."))
        self.refusals = sorted(refusals, key=lambda each: (each.line, each.column))


@dataclass(frozen=True, slots=True)
class Brought:
    new: int
    known: int  # there already, with the same value


@transaction.atomic
def bring(*, found: Read, by: Person) -> Brought:
    """Writes every line as a pending account that was read in a published document. Twice is the same as once."""
    refusals = list(found.refusals)
    known = 0
    made: list[tuple[Account, Line]] = []
    places: dict[int, bool] = {}
    for line in found.lines:
        place = line.about.place
        if not places.setdefault(place.pk, rules.may_report(by, place)):
            said = _("You are not on the staff of this place.")
            refusals.append(Refusal(line.line, "place", place.code, said))
            continue
        refusal, there = _checked(line)
        refusals += refusal
        known += there
        if not refusal and not there:
            made.append((_account(line, by), line))
    if refusals:
        raise BadLines(refusals)
    accounts = Account.objects.bulk_create([account for account, _line in made])
    Evidence.objects.bulk_create(
        Evidence(account=account, added_by=by, **_piece(line))
        for account, (_same, line) in zip(accounts, made, strict=True)
    )
    if accounts:
        record(verb="accounts.brought", on=accounts[0], by=by, many=len(accounts))
    return Brought(len(accounts), known)


def _checked(line: Line) -> tuple[list[Refusal], bool]:
    """What else speaks against the line, and whether it is here already."""
    same = Account.objects.filter(
        **line.about.fields, grader=line.grader, organisation=line.organisation, said_by=line.said.said_by[:200],
        start=line.said.start, end=line.said.end, scale=line.said.scale, first_hand=False,
    ).exclude(status=Status.WITHDRAWN).exclude(replaced_by__published_at__isnull=False)  # fmt: skip
    there = same.first()
    if there is None:
        return [], False
    if there.value == line.said.value:
        return [], True
    said = _("Account %(number)d says otherwise for the same period. Replace it on its own page.")
    return [Refusal(line.line, "value", line.said.value, said % {"number": there.pk})], False


def _account(line: Line, by: Person) -> Account:
    said = line.said
    return Account(
        **line.about.fields, grader=line.grader, organisation=line.organisation, said_by=said.said_by[:200],
        start=said.start, end=said.end, scale=said.scale, value=said.value,
        ladder=scales()[said.scale].ladder(said.value), confidence=said.confidence, text=said.text,
        status=Status.PENDING, written_by=by, first_hand=False,
    )  # fmt: skip


def _piece(line: Line) -> dict[str, str]:
    piece = line.evidence
    return {"url": piece["url"], "copy_url": piece["copy_url"], "page": piece["page"][:60],
            "title": (piece["title"] or piece["url"])[:300]}  # fmt: skip
