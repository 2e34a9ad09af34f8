"""One row at a time: cells → values, with every odd cell kept and every bad one named."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import ClassVar

from django.utils.translation import gettext as _

from kurak.dialogue.conversations.exchange.layout import ABOUT, COLUMNS, MATTERS, guarded, unguarded
from kurak.dialogue.conversations.exchange.remainder import Sheet
from kurak.dialogue.conversations.exchange.tables import Table
from kurak.dialogue.conversations.exchange.times import LAST, UNKNOWN
from kurak.dialogue.conversations.exchange.zones import ZoneLearner

WHOLE = re.compile(r"[0-9]{1,15}")
HIGHEST = 2**31 - 1
LONGEST_TEXT = 20_000


class Cells:
    """The cells of the row that is being read."""

    VOTES: ClassVar[Mapping[str, int]] = {"-1": -1, "0": 0, "1": 1}
    FLAGS: ClassVar[Mapping[str, int]] = {"": 0, "0": 0, "1": 1}

    def __init__(self, table: Table, sheet: Sheet) -> None:
        self.table, self.sheet = table, sheet
        self.positions = {column: position for position, column in enumerate(table.columns)}
        known = {*COLUMNS[table.name], MATTERS, *ABOUT, *table.statement_columns}
        self.unknown = [(position, column) for column, position in self.positions.items() if column not in known]
        self.numbers: dict[str, int] = {}  # ids come again and again
        self.number, self.line, self.row = 0, 0, [""]

    def at(self, number: int, line: int, row: list[str]) -> None:
        self.number, self.line, self.row = number, line, row

    def bad(self, column: str, text: str, remedy: str) -> None:
        self.table.bad(self.line, column, text, remedy)

    def whole(self, column: str, *, optional: bool = False, highest: int = HIGHEST) -> int | None:
        """A whole number from 0 up."""
        position = self.positions.get(column)
        text = "" if position is None else self.row[position]
        if text in self.numbers:
            return self.numbers[text]
        if optional and not text:
            return None
        if not WHOLE.fullmatch(text) or int(text) > highest:
            self.bad(column, text, _("Write a whole number from 0 to %(highest)d.") % {"highest": highest})
            return None
        number = int(text)
        if text[0] == "0" and text != "0":
            self.sheet.note(self.number, column, text, str(number))
        elif highest == HIGHEST:
            self.numbers[text] = number
        return number

    def moment(self, zones: ZoneLearner) -> int:
        """Milliseconds, or UNKNOWN where the file does not say; the text beside it teaches the zones."""
        number = self.whole("timestamp", optional=True, highest=LAST)
        moment = UNKNOWN if number is None else number
        if zones.dated:
            zones.learn(self.number, moment, self.row[self.positions["datetime"]])
        return moment

    def once(self, column: str, seen: Collection[int]) -> int:
        """A number that no row before has."""
        number = self.whole(column)
        if number is not None and number in seen:
            self.bad(column, str(number), _("Two rows have this number. Every number may stand once."))
        return number or 0

    def one_of(self, column: str, meanings: Mapping[str, int]) -> int:
        position = self.positions.get(column)
        if position is None:
            return 0
        text = self.row[position]
        if text not in meanings:
            allowed = ", ".join(each for each in meanings if each)
            self.bad(column, text, _("Write one of: %(allowed)s.") % {"allowed": allowed})
            return 0
        if meanings is self.FLAGS and text != str(meanings[text]):
            self.sheet.note(self.number, column, text, str(meanings[text]))
        return meanings[text]

    def text(self, column: str, *, instead: str) -> str:
        """Words of a person, without the guard against formulas; something instead where there are none."""
        told = self.row[self.positions[column]]
        body = unguarded(told) or instead
        if len(body) > LONGEST_TEXT:
            self.bad(column, body, _("A statement has at most %(most)d characters.") % {"most": LONGEST_TEXT})
        self.sheet.note(self.number, column, told, guarded(body))
        return body

    def compare(self, column: str, said: str) -> None:
        """Keep the cell if the file says something else than the votes do."""
        position = self.positions.get(column)
        if position is not None:
            self.sheet.note(self.number, column, self.row[position], said)

    def keep_unknown(self) -> None:
        """Keep the cells of columns that we know nothing of."""
        for position, column in self.unknown:
            self.sheet.note(self.number, column, self.row[position], "")
