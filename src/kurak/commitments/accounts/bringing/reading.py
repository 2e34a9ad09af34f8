"""A table of accounts → what each line says, or why not. Every refusal names its line, column, value and remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from kurak.commitments.accounts.actions import Said, wrong_value
from kurak.commitments.accounts.evidencing import need_link
from kurak.commitments.accounts.models import Account, Grader
from kurak.commitments.accounts.scales.files import scales
from kurak.commitments.accounts.things import Thing, of_commitment, of_provision
from kurak.commitments.agendas.models import Agenda, Commitment, Provision
from kurak.ground.errors import Refused
from kurak.ground.languages.declared import BY_CODE
from kurak.ground.languages.text import Text
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.instruments.definitions.files import WORKBOOKS, Sheet, read_csv, read_workbook

NEEDED = ("agenda", "code", "grader", "scale")
COLUMNS = (
    "agenda", "about", "code", "place", "year", "start", "end", "grader", "organisation", "said_by", "scale", "value",
    "confidence", "text", "language", "url", "page", "copy_url", "title",
)  # fmt: skip
MOST = 5000  # lines of one file
EARLIEST, LATEST = 1945, 2100


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong in a cell. column is its name; empty: the whole line."""

    line: int
    column: str
    value: str
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """One account, ready to be written."""

    line: int
    about: Thing
    grader: str
    organisation: Organisation | None
    said: Said
    evidence: Mapping[str, str]


@dataclass(slots=True)
class Read:
    lines: list[Line] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(name: str, body: bytes) -> Read:
    """All lines of a CSV or a workbook. Raises Misdeclared where it is no table at all."""
    sheet = read_workbook(body, name) if PurePath(name).suffix.lower() in WORKBOOKS else read_csv(body, name)
    found = Read(notes=list(sheet.notes))
    header = [each.strip().lower() for each in sheet.header]
    first = sheet.lines[0] - 1 if sheet.lines else 1
    for column in [each for each in NEEDED if each not in header]:
        found.refusals.append(Refusal(first, column, "", _("There is no such column. Add it.")))
    for column in [each for each in header if each and each not in COLUMNS]:
        known = ", ".join(COLUMNS)
        found.refusals.append(Refusal(first, column, "", _("This column is not known. Use: %s.") % known))
    if len(sheet.rows) > MOST:
        found.refusals.append(Refusal(first, "", "", _("More than %(most)d lines. Split the file.") % {"most": MOST}))
    if not found.refusals:
        _each_line(sheet, header, found)
    return found


def _each_line(sheet: Sheet, header: list[str], found: Read) -> None:
    reader = _Reader()
    met: dict[tuple[Any, ...], int] = {}
    for number, row in zip(sheet.lines, sheet.rows, strict=True):
        cells = {name: _plain(cell) for name, cell in zip(header, row, strict=True) if name}
        line = reader.line(number, cells, found.refusals)
        if line is None:
            continue
        who = line.organisation.pk if line.organisation else line.said.said_by
        key = (line.about.key, line.grader, who, line.said.start, line.said.end, line.said.scale)
        if key in met:
            said = _("The same party, thing, period and scale stand on line %(line)d already.") % {"line": met[key]}
            found.refusals.append(Refusal(number, "code", cells.get("code", ""), said))
            continue
        met[key] = number
        found.lines.append(line)


def _plain(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


class _Wrong(Exception):
    def __init__(self, column: str, said: str) -> None:
        self.column, self.said = column, said


class _Reader:
    """Looks up agendas, places and organisations once."""

    def __init__(self) -> None:
        self.things: dict[tuple[str, str, str], Any] = {}
        self.agendas = {each.code: each for each in _published()}
        self.places = {each.code.lower(): each for each in Place.objects.all()}
        self.organisations = {each.slug: each for each in Organisation.objects.select_related("place")}

    def line(self, number: int, cells: dict[str, str], refusals: list[Refusal]) -> Line | None:
        """The line; None where something in it is wrong, all of which is told."""
        before = len(refusals)

        def told[Value](part: Callable[[dict[str, str]], Value]) -> Value | None:
            try:
                return part(cells)
            except _Wrong as wrong:
                refusals.append(Refusal(number, wrong.column, cells.get(wrong.column, ""), wrong.said))
                return None

        about, period = told(self.about), told(_period)
        grader, organisation = told(_grader), told(self.organisation)
        value = told(_value)
        confidence, text = told(_confidence), told(_text)
        evidence = told(_evidence)
        if len(refusals) > before or about is None or period is None or grader is None:
            return None
        said = Said(
            start=period[0], end=period[1], scale=cells["scale"], value=value or "", confidence=confidence or "medium",
            text=text, said_by=cells.get("said_by", ""),
        )  # fmt: skip
        return Line(number, about, grader, organisation, said, evidence or {})

    def about(self, cells: dict[str, str]) -> Thing:
        agenda = self.agendas.get(cells["agenda"])
        if agenda is None:
            raise _Wrong("agenda", _("There is no agenda of this code. Its page's address shows it."))
        word = cells.get("about") or "provision"
        if word not in {"commitment", "provision"}:
            raise _Wrong("about", _("Write commitment or provision."))
        it = self._it(agenda, word, cells["code"])
        if isinstance(it, Commitment):
            return of_commitment(it)
        return self._in_place(it, cells.get("place", ""))

    def _it(self, agenda: Agenda, word: str, code: str) -> Commitment | Provision:
        if (agenda.code, word, "") not in self.things:
            rows: Any = agenda.commitments if word == "commitment" else agenda.provisions
            of_agenda = {each.code: each for each in rows.select_related("place", "agenda__place")}
            self.things[(agenda.code, word, "")] = of_agenda
        found = self.things[(agenda.code, word, "")].get(code)
        if found is None:
            raise _Wrong("code", _("The agenda has no %(word)s of this code.") % {"word": word})
        return found

    def _in_place(self, provision: Provision, code: str) -> Thing:
        place = self.places.get(code.lower()) if code else provision.place or provision.agenda.place
        if place is None:
            raise _Wrong("place", _("There is no place of this code. Countries have two letters, such as KG."))
        key = (str(provision.pk), "at", place.code)
        try:
            if key not in self.things:
                self.things[key] = of_provision(provision, place)
        except Refused as refusal:
            raise _Wrong("place", str(refusal)) from refusal
        return self.things[key]

    def organisation(self, cells: dict[str, str]) -> Organisation | None:
        slug = cells.get("organisation", "")
        if not slug:
            if not cells.get("said_by"):
                raise _Wrong("said_by", _("Say whose account it is: in said_by, or in organisation."))
            return None
        if slug not in self.organisations:
            raise _Wrong("organisation", _("There is no organisation of this address. Write its name in said_by."))
        return self.organisations[slug]


def _published() -> Iterator[Agenda]:
    yield from Agenda.objects.exclude(status=Agenda.Status.DRAFT).select_related("place")


def _period(cells: dict[str, str]) -> tuple[dt.date, dt.date]:
    if year := cells.get("year", ""):
        if not (year.isascii() and year.isdecimal() and EARLIEST <= int(year) <= LATEST):
            raise _Wrong("year", _("Write a year, such as 2025."))
        return dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
    start, end = _day(cells, "start"), _day(cells, "end")
    if end < start:
        raise _Wrong("end", _("The period must end after it begins."))
    return start, end


def _day(cells: dict[str, str], name: str) -> dt.date:
    try:
        return dt.date.fromisoformat(cells.get(name, "")[:10])
    except ValueError as problem:
        raise _Wrong(name, _("Write a day as 2025-12-31, or give the year.")) from problem


def _grader(cells: dict[str, str]) -> str:
    grader = cells["grader"]
    if grader not in Grader.values or grader == Grader.RESIDENTS:
        others = ", ".join(each for each in Grader.values if each != Grader.RESIDENTS)
        raise _Wrong("grader", _("Write one of: %s.") % others)
    return grader


def _value(cells: dict[str, str]) -> str:
    scale = scales().get(cells["scale"])
    if scale is None or cells["grader"] not in scale.graders:
        fitting = ", ".join(code for code, each in scales().items() if cells["grader"] in each.graders)
        raise _Wrong("scale", _("No scale of this code is for this grader. Use one of: %s.") % (fitting or "–"))
    value = cells.get("value", "")
    if not scale.takes(value):
        raise _Wrong("value", wrong_value(scale, value))
    if not value and not cells.get("text"):
        raise _Wrong("value", _("Give a value or a text: a line must say something."))
    return value


def _confidence(cells: dict[str, str]) -> str:
    confidence = cells.get("confidence") or Account.Confidence.MEDIUM.value
    if confidence not in Account.Confidence.values:
        raise _Wrong("confidence", _("Write low, medium or high."))
    return confidence


def _text(cells: dict[str, str]) -> Text | None:
    language = cells.get("language") or "en"
    if language not in BY_CODE:
        raise _Wrong("language", _("Write one of: %s.") % ", ".join(BY_CODE))
    return Text(language, cells["text"]) if cells.get("text") else None


def _evidence(cells: dict[str, str]) -> dict[str, str]:
    if not cells.get("url"):
        raise _Wrong("url", _("Give the address of the published document: what others say is never from memory."))
    for name in ("url", "copy_url"):
        try:
            if cells.get(name):
                need_link(cells[name])
        except Refused as refusal:
            raise _Wrong(name, str(refusal)) from refusal
    return {name: cells.get(name, "") for name in ("url", "page", "copy_url", "title")}
