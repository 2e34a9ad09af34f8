"""A budget as a table: CSV in any encoding or XLSX, whose columns somebody has named, to lines ready to be written.

What cannot be read in one way only is refused, with its line, its column, what stood there and what would be right."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from kurak.commitments.budgets.classes.files import function_of
from kurak.commitments.budgets.columns import MONTHS, MONTHS_OF, REQUIRED, guessed
from kurak.commitments.budgets.models import BudgetLine
from kurak.commitments.indicators.reading.cells import EITHER, NOTHING, PLAIN, THOUSANDS
from kurak.commitments.indicators.reading.tables import decoded, plain, separator_of, shown
from kurak.ground.errors import Refused
from kurak.ground.files import inspecting
from kurak.ground.languages.text import Text

MOST_LINES = 5000
MOST_COLUMNS = 80
SEARCHED = 20  # rows in which the header may stand
CODE = re.compile(r"[\w.\-]{1,40}")
LARGEST = Decimal(10) ** 17
SIDES = {
    "": "expenditure", "expenditure": "expenditure", "expense": "expenditure", "e": "expenditure",
    "расход": "expenditure", "расходы": "expenditure", "revenue": "revenue", "income": "revenue", "r": "revenue",
    "доход": "revenue", "доходы": "revenue",
}  # fmt: skip
SPECIALS = {
    "": "", "contingency": "contingency", "reserve": "contingency", "резерв": "contingency",
    "interest": "interest", "проценты": "interest",
}  # fmt: skip
TRANSLATED = (("title_en", "en"), ("title_ru", "ru"))


class Refusal(NamedTuple):
    line: int
    column: str
    value: str
    said: str


class BadLines(Refused):
    """Nothing of the file was taken."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("budget.lines", _("The file does not fit. Nothing was kept."), refused=len(refusals))
        self.refusals = list(refusals)


@dataclass(frozen=True, slots=True)
class Sheet:
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]  # with their numbers in the file
    decimal: str  # "," where the separator says that commas are decimal marks

    @property
    def signature(self) -> str:
        return hashlib.sha256("\x1f".join(" ".join(each.lower().split()) for each in self.header).encode()).hexdigest()

    def examples(self, column: int) -> list[str]:
        found = [cells[column] for _line, cells in self.rows if column < len(cells) and cells[column]]
        return found[:3]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the amounts are written. unit: 1000 where they stand in thousands; months: "sum" since January, or "each"
    month alone; month: until whose end the column of the executed amounts goes."""

    unit: int = 1
    months: str = "sum"
    month: int = 12
    language: str = "en"

    def as_json(self) -> dict[str, Any]:
        return {"unit": self.unit, "months": self.months, "month": self.month, "language": self.language}


@dataclass(slots=True)
class Draft:
    """A line before it is written."""

    line: int
    code: str
    title: Text
    fields: dict[str, Any] = field(default_factory=dict)
    place: str = ""
    commitments: list[str] = field(default_factory=list)
    spending: dict[int, Decimal] = field(default_factory=dict)


def sheet_of(data: bytes) -> Sheet:
    """The first table of the file."""
    if len(data) > inspecting.LARGEST:
        most = inspecting.LARGEST // 1_000_000
        raise Refused("budget.large", _("This file is larger than %(most)d MB. Send it in parts.") % {"most": most})
    rows, decimal = _workbook(data) if data.startswith(b"PK\x03\x04") else _text(data)
    filled = [(line, cells) for line, cells in rows if any(cells)]
    at = _header_at(filled)
    if at is None:
        raise Refused("budget.header", _("No row of this file names its columns. It needs a code, a title and a plan."))
    header = tuple(filled[at][1][:MOST_COLUMNS])
    body = tuple((line, tuple(cells[:MOST_COLUMNS])) for line, cells in filled[at + 1 :])
    if len(body) > MOST_LINES:
        raise Refused("budget.many", _("A budget may have at most %(most)d lines.") % {"most": MOST_LINES})
    return Sheet(header, body, decimal)


def _text(data: bytes) -> tuple[list[tuple[int, list[str]]], str]:
    if b"\x00" in data[:2000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("budget.kind", _("This is neither CSV nor XLSX. Save it as one of them."))
    text = decoded(data)
    separator = max(map(separator_of, text.splitlines()[:SEARCHED]), key=text.count, default=",")
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [(table.line_num, [plain(cell) for cell in cells]) for cells in table]
    except csv.Error as problem:
        raise Refused("budget.broken", _("This CSV file cannot be read to its end.")) from problem
    return rows, "," if separator in ";\t" else ""


def _workbook(data: bytes) -> tuple[list[tuple[int, list[str]]], str]:
    from python_calamine import CalamineError, CalamineWorkbook

    if inspecting.kind_of(data).code != "xlsx":
        raise Refused("budget.kind", _("This is neither CSV nor XLSX. Save it as one of them."))
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as problem:
        raise Refused("budget.broken", _("This workbook cannot be opened. Save it again as XLSX.")) from problem
    return [(at, [shown(cell) for cell in row]) for at, row in enumerate(rows, 1)], ""


def _header_at(rows: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """The row whose cells we know most of; where we know none, the first one with three words."""
    known = [(len(guessed(cells)), -at) for at, (_line, cells) in enumerate(rows[:SEARCHED])]
    if known and max(known)[0] >= 2:
        return -max(known)[1]
    wordy = (at for at, (_line, cells) in enumerate(rows[:SEARCHED]) if sum(map(_is_word, cells)) >= 3)
    return next(wordy, None)


def _is_word(cell: str) -> bool:
    return any(letter.isalpha() for letter in cell)


def amount_of(text: str, decimal: str = "") -> Decimal | None:
    """The amount, or None where it is none or can be read in two ways.

    >>> amount_of("1 234 567,50"), amount_of("1,234.5"), amount_of("1,234"), amount_of("1,234", ",")
    (Decimal('1234567.50'), Decimal('1234.5'), None, Decimal('1.234'))
    """
    said = THOUSANDS.sub("", text.strip()).replace("\u2212", "-")
    if "," in said:
        if EITHER.fullmatch(said) and (not decimal or said.count(",") > 1):
            return None
        said = said.replace(",", "") if "." in said else said.replace(",", ".")
    if not PLAIN.fullmatch(said):
        return None
    try:
        found = Decimal(said)
    except InvalidOperation:
        return None
    return found if abs(found) < LARGEST else None


def read(sheet: Sheet, columns: Mapping[str, int], reading: Reading) -> list[Draft]:
    """The lines of the table, or BadLines with everything that is wrong."""
    missing = [each for each in REQUIRED if each not in columns]
    if missing or any(not 0 <= at < len(sheet.header) for at in columns.values()):
        raise Refused("budget.columns", _("Say which columns are the code, the title and the approved plan."))
    if len(set(columns.values())) < len(columns):
        raise Refused("budget.columns_twice", _("One column can be one thing only. Two things have the same column."))
    reader = Reader(sheet, columns, reading)
    drafts = [each for line, cells in sheet.rows if (each := reader.take(line, cells)) is not None]
    if reader.refusals:
        raise BadLines(reader.refusals)
    if not drafts:
        raise Refused("budget.empty", _("There is no line below the names of the columns."))
    return drafts


class Reader:
    """Reads line after line and gathers what is wrong."""

    def __init__(self, sheet: Sheet, columns: Mapping[str, int], reading: Reading) -> None:
        self.sheet, self.columns, self.reading = sheet, columns, reading
        self.refusals: list[Refusal] = []
        self.seen: dict[str, int] = {}

    def take(self, line: int, cells: Sequence[str]) -> Draft | None:
        said = {name: cells[at].strip() if at < len(cells) else "" for name, at in self.columns.items()}
        if not said["code"] and not any(_filled(said.get(name, "")) for name in ("title", "approved", "executed")):
            return None
        before = len(self.refusals)
        draft = Draft(line, self._code(line, said["code"]), self._title(line, said), place=said.get("place", ""))
        draft.fields = {
            "side": self._word(line, "side", said, SIDES, _("Write expenditure or revenue.")),
            "special": self._word(line, "special", said, SPECIALS, _("Write contingency, interest, or nothing.")),
            "functional": self._function(line, said.get("functional", "")),
            "economic": said.get("economic", "")[:20], "office": " ".join(said.get("office", "").split())[:160],
            **{name: self._amount(line, name, said.get(name, "")) for name in ("approved", "adjusted", "executed")},
        }  # fmt: skip
        if draft.fields["economic"].startswith("24") and not draft.fields["special"]:
            draft.fields["special"] = BudgetLine.Special.INTEREST
        draft.commitments = [each.strip() for each in re.split(r"[;,\s]+", said.get("commitments", "")) if each.strip()]
        draft.spending = self._months(line, said)
        return draft if len(self.refusals) == before else None

    def refuse(self, line: int, name: str, value: str, said: str) -> None:
        self.refusals.append(Refusal(line, self.sheet.header[self.columns[name]] or name, value[:120], said))

    def _code(self, line: int, code: str) -> str:
        if not CODE.fullmatch(code):
            self.refuse(line, "code", code, _("A code has 1 to 40 letters, digits, dots and hyphens."))
        elif code in self.seen:
            told = _("Line %(line)d has this code too. Give each line its own.") % {"line": self.seen[code]}
            self.refuse(line, "code", code, told)
        self.seen.setdefault(code, line)
        return code

    def _title(self, line: int, said: Mapping[str, str]) -> Text:
        title = " ".join(said["title"].split())[:300]
        if not title:
            self.refuse(line, "title", "", _("Say what the money is for."))
        others = {code: (said[name], "human") for name, code in TRANSLATED
                  if said.get(name) and code != self.reading.language}  # fmt: skip
        return Text(self.reading.language, title, others)  # type: ignore[arg-type]

    def _word(self, line: int, name: str, said: Mapping[str, str], known: Mapping[str, str], told: str) -> str:
        word = said.get(name, "").lower()
        if word not in known:
            self.refuse(line, name, word, told)
        return known.get(word, "")

    def _function(self, line: int, said: str) -> str:
        found = function_of(said)
        if found is None:
            self.refuse(line, "functional", said, _("COFOG has no such function. Write a code such as 09 or 09.1."))
        return found or ""

    def _amount(self, line: int, name: str, said: str) -> Decimal | None:
        """In whole units of the currency. An empty cell is nothing known, not zero; only the plan must be there."""
        if not _filled(said):
            if name == "approved":
                self.refuse(line, name, said, _("The approved plan is missing. Write 0 where nothing was planned."))
            return None
        found = amount_of(said, self.sheet.decimal)
        if found is None:
            told = _("This is no number that can be read in one way only. Write 1234.5 or 1234,5 without other marks.")
            self.refuse(line, name, said, told)
            return None
        if found < 0 and name in ("approved", "adjusted"):
            self.refuse(line, name, said, _("A plan cannot be below zero."))
            return None
        return (found * self.reading.unit).quantize(Decimal("0.01"))

    def _months(self, line: int, said: Mapping[str, str]) -> dict[int, Decimal]:
        found: dict[int, Decimal] = {}
        total = Decimal(0)
        for name in MONTHS:
            amount = self._amount(line, name, said.get(name, ""))
            if amount is None:
                continue
            month = MONTHS_OF[name]
            if self.reading.months == "each" and month > 1 and month - 1 not in found:
                self.refuse(line, name, said[name], _("The month before is empty. Write 0 where nothing was spent."))
                break
            total = total + amount if self.reading.months == "each" else amount
            found[month] = total
        return found


def _filled(cell: str) -> bool:
    return cell.strip().lower() not in NOTHING


def last_month(drafts: Iterable[Draft], reading: Reading) -> int:
    """Until the end of which month the file says what was spent; 0 where it does not."""
    rows = list(drafts)
    if any(each.fields["executed"] is not None for each in rows):
        return reading.month
    return max((month for each in rows for month in each.spending), default=0)
