"""The only writes of budgets: a file comes in whole or not at all, a budget is published, a line is linked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.commitments.agendas.models import Commitment
from kurak.commitments.budgets import rules
from kurak.commitments.budgets.columns import guessed
from kurak.commitments.budgets.models import Budget, BudgetFile, BudgetLine, ColumnMapping, Spending
from kurak.commitments.budgets.publishing import source_of, state_of
from kurak.commitments.budgets.reading import BadLines, Draft, Reading, Refusal, Sheet, last_month, read, sheet_of
from kurak.ground.errors import Refused
from kurak.ground.files import cleaning, inspecting, storing
from kurak.ground.people.models import Person
from kurak.ground.places.models import Place
from kurak.ground.safety import releases
from kurak.ground.safety.actions import record
from kurak.ground.trail.actions import lay, lay_alike
from kurak.ground.trail.models import Footing


@dataclass(frozen=True, slots=True)
class About:
    """Whose budget a file holds."""

    place: Place
    year: int
    currency: str
    source: str
    url: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    budget: Budget
    new: int
    changed: int
    unchanged: int
    gone: int


@transaction.atomic
def send(*, data: bytes, name: str, about: About, by: Person) -> BudgetFile:
    """Keep a file until somebody says what its columns are. Refused at once where it is no table."""
    rules.need_bringer(by, about.place)
    _need_right(about)
    sheet_of(data)
    body, sha256 = _kept(data)
    transaction.on_commit(lambda: storing.keep(body))
    told = {"currency": about.currency, "source": about.source, "url": about.url}
    same: dict[str, Any] = {"place": about.place, "year": about.year, "sha256": sha256, "sent_by": by}
    return BudgetFile.objects.update_or_create(**same, defaults={"about": told, "name": _called(name)})[0]


def _kept(data: bytes) -> tuple[bytes, str]:
    """A workbook without who saved it; a text as it is."""
    body = cleaning.cleaned(data, inspecting.kind_of(data)) if data.startswith(b"PK\x03\x04") else data
    return body, storing.keep(body)


def _called(name: str) -> str:
    return " ".join(name.replace("\\", "/").rsplit("/", 1)[-1].split())[:200] or "budget"


@transaction.atomic
def drop(*, file: BudgetFile, by: Person) -> None:
    rules.need_bringer(by, file.place)
    sha256 = file.sha256
    file.delete()
    transaction.on_commit(lambda: storing.drop_unused([sha256]))


@transaction.atomic
def take(*, file: BudgetFile, columns: Mapping[str, int], reading: Reading, by: Person) -> Brought:
    """Bring a file in that was sent before, and remember its columns."""
    with storing.open_file(file.sha256) as opened:
        data = opened.read()
    about = About(file.place, file.year, **file.about)
    brought = bring(data=data, name=file.name, about=about, columns=columns, reading=reading, by=by)
    drop(file=file, by=by)
    return brought


def remembered(place: Place, sheet: Sheet) -> tuple[dict[str, int], Reading, bool]:
    """(columns, reading, whether somebody named them before): what was said last time, else guesses."""
    before = ColumnMapping.objects.filter(place=place, signature=sheet.signature).first()
    if before is None:
        return guessed(sheet.header), Reading(), False
    return dict(before.columns), Reading(**before.reading), True


@transaction.atomic
def bring(
    *, data: bytes, name: str, about: About, columns: Mapping[str, int] | None = None, reading: Reading | None = None,
    by: Person | None,
) -> Brought:  # fmt: skip
    """Write the lines of a file: all of them, or none. The same file twice changes nothing.

    columns, reading: as remembered or guessed if not given. by: an analyst of the place; None: the platform itself.
    """
    if by is not None:
        rules.need_bringer(by, about.place)
    _need_right(about)
    sheet = sheet_of(data)
    known, last, _before = remembered(about.place, sheet)
    columns, reading = columns or known, reading or last
    drafts = read(sheet, columns, reading)
    places, commitments = _found(drafts, about, sheet, columns)
    budget = _budget(about, by)
    brought = _write(budget, drafts, places, commitments)
    budget.month = last_month(drafts, reading)
    budget.file, budget.sha256 = _called(name), hashlib.sha256(data).hexdigest()
    budget.save()
    ColumnMapping.objects.update_or_create(
        place=about.place, signature=sheet.signature,
        defaults={"columns": dict(columns), "reading": reading.as_json(), "at": timezone.now()},
    )  # fmt: skip
    _lay(budget, by)
    if brought.new or brought.changed or brought.gone:
        record(verb="budget.brought", on=budget, by=by, new=brought.new, changed=brought.changed, gone=brought.gone)
    if budget.status == Budget.Status.PUBLISHED:
        state_of(budget, by)
    return brought


def _need_right(about: About) -> None:
    if not 1990 <= about.year <= 2100:
        raise Refused("budget.year", _("Write the year of the budget with four digits."))
    if not (len(about.currency) == 3 and about.currency.isascii() and about.currency.isupper()):
        raise Refused("budget.currency", _("Write the currency with three capital letters, such as KGS."))
    if not about.source.strip():
        raise Refused("budget.source", _("Say which document this is: others must be able to find it."))


def _found(
    drafts: Iterable[Draft], about: About, sheet: Sheet, columns: Mapping[str, int]
) -> tuple[dict[str, Place], dict[str, Commitment]]:
    """Places and commitments that lines name; what is not here is refused with its line."""
    rows = list(drafts)
    inside = about.place.descendants(include_self=True)
    places = {each.code: each for each in inside.filter(code__in={row.place for row in rows if row.place})}
    wanted = {each for row in rows for each in row.commitments}
    commitments = commitments_called(wanted)
    refusals = []
    for row in rows:
        if row.place and row.place not in places:
            told = _("There is no such place inside the place of the budget.")
            refusals.append(Refusal(row.line, sheet.header[columns["place"]], row.place, told))
        for each in row.commitments:
            if each not in commitments:
                told = _("There is no such commitment. Write the code of its agenda, a slash and its code.")
                refusals.append(Refusal(row.line, sheet.header[columns["commitments"]], each[:120], told))
    if refusals:
        raise BadLines(refusals)
    return places, commitments


def commitments_called(names: Iterable[str]) -> dict[str, Commitment]:
    """{"agenda/code": the commitment}, of those that everybody may read."""
    from kurak.commitments.agendas.queries import commitments

    found = {}
    for name in names:
        agenda, _slash, code = name.partition("/")
        if one := commitments().filter(agenda__code=agenda, code=code).first():
            found[name] = one
    return found


def _budget(about: About, by: Person | None) -> Budget:
    told = {"currency": about.currency, "source": about.source[:300], "url": about.url, "invented": about.invented}
    Place.objects.select_for_update().get(pk=about.place.pk)  # two files at once, one after the other
    budget, new = Budget.objects.get_or_create(place=about.place, year=about.year, defaults=told | {"brought_by": by})
    if not new:
        for name, value in told.items():
            setattr(budget, name, value)
    return budget


def _write(
    budget: Budget, drafts: Sequence[Draft], places: Mapping[str, Place], commitments: Mapping[str, Commitment]
) -> Brought:
    before = {line.code: line for line in budget.lines.prefetch_related("spending", "commitments")}
    codes = {draft.code for draft in drafts}
    gone = [line for code, line in before.items() if code not in codes]
    if kept := [line.code for line in gone if line.answers.exists()]:
        told = _("Residents have answered on lines that are not in this file: %(codes)s. Keep them, with a plan of 0.")
        raise Refused("budget.answered", told % {"codes": ", ".join(kept[:10])}, codes=", ".join(kept))
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    for position, draft in enumerate(drafts):
        counts[_write_line(budget, before.get(draft.code), draft, position, places, commitments)] += 1
    for line in gone:
        releases.forget(f"budget-line:{line.pk}")  # numbers of rows come again
    BudgetLine.objects.filter(pk__in=[line.pk for line in gone]).delete()
    return Brought(budget, gone=len(gone), **counts)


def _write_line(
    budget: Budget, line: BudgetLine | None, draft: Draft, position: int, places: Mapping[str, Place],
    commitments: Mapping[str, Commitment],
) -> str:  # fmt: skip
    wanted = {**draft.fields, "title": draft.title, "position": position, "place": places.get(draft.place)}
    if wanted["executed"] is None and draft.spending:
        wanted["executed"] = draft.spending[max(draft.spending)]
    links = {commitments[name].pk for name in draft.commitments}
    if line is None:
        line = BudgetLine.objects.create(budget=budget, code=draft.code, **wanted)
        done = "new"
    else:
        spent = {each.month: each.amount for each in line.spending.all()}
        linked = {each.pk for each in line.commitments.all()}
        same = all(getattr(line, name) == value for name, value in wanted.items())
        if same and spent == draft.spending and links <= linked:
            return "unchanged"
        for name, value in wanted.items():
            setattr(line, name, value)
        line.save()
        line.spending.all().delete()
        done = "changed"
    Spending.objects.bulk_create(
        Spending(line=line, month=month, amount=amount) for month, amount in draft.spending.items()
    )
    line.commitments.add(*links)
    return done


def _lay(budget: Budget, by: Person | None) -> None:
    lay(claim=budget, on=[source_of(budget)], relation=Footing.Relation.TAKEN_FROM, by=by)
    lay_alike(claims=budget.lines.all(), on=budget, relation=Footing.Relation.TAKEN_FROM, by=by)


@transaction.atomic
def link(*, line: BudgetLine, commitments: Iterable[str], by: Person) -> BudgetLine:
    """Say which commitments the line pays for, "agenda/code" each; those not named are no longer linked."""
    rules.need_bringer(by, line.budget.place)
    names = list(dict.fromkeys(commitments))
    found = commitments_called(names)
    if missing := [name for name in names if name not in found]:
        told = _("There is no such commitment: %(names)s. Write the code of its agenda, a slash and its code.")
        raise Refused("budget.commitment", told % {"names": ", ".join(missing)[:200]})
    line.commitments.set(found.values())
    record(verb="budget.linked", on=line, by=by, commitments=names)
    return line
