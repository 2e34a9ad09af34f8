"""Answers from a file that was brought back: our workbook, or what ODK and Kobo export (CSV or XLSX)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kurak.ground.errors import Refused
from kurak.ground.files.inspecting import LARGEST
from kurak.instruments.assessments.answering import NOTHING, Given, mark, plain_digits, plain_text, plain_word, wrong
from kurak.instruments.assessments.exchange.layout import ABOUT, COLUMNS, HEAD, belongs_to, known_word, word_of
from kurak.instruments.assessments.exchange.problems import BadWorkbook, Problem, one
from kurak.instruments.assessments.exchange.xlsform import LEVEL, LINK, NOTE, OWN
from kurak.instruments.assessments.models import Sheet
from kurak.instruments.assessments.questions import Criterion, Questionnaire
from kurak.instruments.catalogue.workbooks.opening import opened

MOST_ROWS = 5000

type Rows = list[list[str]]


@dataclass(slots=True)
class Brought:
    """answers: those that say something new. seen: marks of what was there when the file was made. places: where each
    stands in the file, for messages."""

    answers: dict[str, Given] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, int, str]] = field(default_factory=dict)


def read(data: bytes, sheet: Sheet) -> Brought:
    """What a file says. Raises BadWorkbook with every problem."""
    criteria = Questionnaire(sheet.assessment.edition, short=sheet.assessment.short).criteria
    sheets = sheets_of(data)
    for name, rows in sheets.items():
        if rows and tuple(rows[0][: len(COLUMNS)]) == COLUMNS:
            need_ours(about_of(sheets), sheet)
            return Reading(name, criteria).workbook(rows)
    for name, rows in sheets.items():
        if rows and any(plain_head(head) == f"{OWN}edition" for head in rows[0]):
            return Reading(name, criteria).form(rows, sheet)
    raise one(_("This is neither a workbook of answers nor an export of our form. Take the file from this page anew."))


def sheets_of(data: bytes) -> dict[str, Rows]:
    """{sheet: rows of texts} of a workbook; a CSV is one sheet."""
    if data[:2] == b"PK":
        return workbook_sheets(data)
    if len(data) > LARGEST:
        raise one(_("This file is larger than any form of ours."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise one(_("This file is not text in UTF-8. Save it as CSV UTF-8.")) from problem
    head = text.partition("\n")[0]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count)))
    except csv.Error as problem:
        raise one(_("This file is no CSV. Export it again.")) from problem
    return {"": modest(rows)}


def workbook_sheets(data: bytes) -> dict[str, Rows]:
    """Opened as carefully as any workbook of a stranger; what a cell computed counts, not how."""
    try:
        found = opened(data, formulas=True).rows
    except Refused as refusal:
        raise one(str(refusal)) from refusal
    return {name: modest([[text_of(cell) for cell in row] for row in rows]) for name, rows in found.items()}


def modest(rows: Rows) -> Rows:
    if len(rows) > MOST_ROWS:
        raise one(_("This file has more rows than any form of ours."))
    return rows


def text_of(cell: Any) -> str:
    """A cell as it was meant: 2, not 2.0.

    >>> text_of(2.0), text_of(0.25), text_of(True), text_of(None)
    ('2', '0.25', 'yes', '')
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return "" if cell is None else str(cell).strip()


def about_of(sheets: Mapping[str, Rows]) -> dict[str, str]:
    for rows in sheets.values():
        if rows and rows[0] and rows[0][0] == ABOUT:
            return {row[0]: row[1] for row in rows[1:] if len(row) > 1}
    return {}


def need_ours(said: Mapping[str, str], sheet: Sheet) -> None:
    """Refuses a file of another edition, or of another assessment."""
    own = belongs_to(sheet)
    if said.get("edition") != own["edition"]:
        raise one(_("This file belongs to another edition of the instrument. Take the file from this page anew."))
    if said.get("sheet") != own["sheet"]:
        raise one(_("This file belongs to another assessment, or to another reviewer."))


def plain_head(head: str) -> str:
    """The name of a question without the groups before it: `part_trust/rules` is `rules`."""
    return head.rsplit("/", 1)[-1].strip()


class Reading:
    def __init__(self, name: str, criteria: Mapping[str, Criterion]) -> None:
        self.name, self.criteria = name, criteria
        self.brought, self.problems = Brought(), list[Problem]()

    def workbook(self, rows: Rows) -> Brought:
        for number, row in self._filled(rows):
            cells = dict(zip(COLUMNS, [*row, *[""] * len(COLUMNS)], strict=False))
            criterion = self.criteria.get(cells["code"])
            if criterion is None:
                self._wrong(number, "code", cells["code"], _("The first column was changed. Leave it as it was."))
            elif cells["code"] in self.brought.places:
                self._wrong(number, "code", cells["code"], _("This question stands here twice. Delete one row."))
            else:
                self._take(
                    number, criterion, cells["answer"], cells["note"], cells["level"], cells["link"], cells["before"]
                )
        return self._done()

    def _filled(self, rows: Rows) -> Iterator[tuple[int, list[str]]]:
        for number, row in enumerate(rows[HEAD:], start=HEAD + 1):
            if any(row):
                yield number, row

    def form(self, rows: Rows, sheet: Sheet) -> Brought:
        heads = [plain_head(head) for head in rows[0]]
        mine = [
            (number, dict(zip(heads, row, strict=False)))
            for number, row in enumerate(rows[1:], start=2)
            if any(row) and dict(zip(heads, row, strict=False)).get(f"{OWN}sheet") in ("", None, str(sheet.pk))
        ]
        if len(mine) != 1:
            said = _("There are %(count)d rows of this assessment. Leave exactly one, the newest.") % {
                "count": len(mine)
            }
            raise one(said, sheet=self.name)
        number, cells = mine[0]
        need_ours({name: cells.get(f"{OWN}{name}", "") for name in belongs_to(sheet)}, sheet)
        for code, criterion in self.criteria.items():
            answer, note = cells.get(code, ""), cells.get(code + NOTE, "")
            if answer or note:
                level, link = cells.get(code + LEVEL, ""), cells.get(code + LINK, "")
                self._take(number, criterion, answer, note, level, link, mark(NOTHING))
        return self._done()

    def _take(
        self, number: int, criterion: Criterion, answer: str, note: str, level: str, link: str, before: str
    ) -> None:
        code = criterion.code
        self.brought.places[code] = (self.name, number, answer)
        word = plain_word(criterion, known_word(criterion, plain_digits(answer)) if criterion.options else answer)
        step = plain_digits(word_of(level)) or "0"
        given = Given(word, plain_text(note), int(step) if step in {"0", "1", "2", "3"} else -1)
        if mark(given) != before:
            if problem := wrong(criterion, given):
                self._wrong(
                    number, "level" if given.level < 0 else "answer", level if given.level < 0 else answer, problem
                )
            self.brought.answers[code] = given
            self.brought.seen[code] = before
        if link:
            self.brought.links[code] = plain_text(link)

    def _wrong(self, number: int, column: str, value: str, remedy: str) -> None:
        self.problems.append(Problem(self.name, number, column, value[:80], remedy))

    def _done(self) -> Brought:
        if self.problems:
            raise BadWorkbook(self.problems)
        return self.brought
