"""What a file says and our tables do not. An import compares every cell with what an export would write, and keeps the
difference; so an export gives the file back whatever was odd about it."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, dataclass, field
from typing import Any

from kurak.dialogue.conversations.exchange import layout
from kurak.dialogue.conversations.exchange.tables import Form
from kurak.dialogue.conversations.exchange.times import UTC, Run

BODY = "comment-body"
COUNTED = frozenset({"agrees", "disagrees", "n-comments", "n-votes", "n-agree", "n-disagree"})


@dataclass(slots=True)
class Sheet:
    """One file: its columns, its zones, and the cells that differ from what we would write ({column: {row: text}})."""

    columns: list[str]
    form: Form = field(default_factory=Form)
    zones: list[Run] = field(default_factory=lambda: list(UTC))
    cells: dict[str, dict[int, str]] = field(default_factory=dict)
    absent: list[int] = field(default_factory=list)  # numbers that our tables have and the file has not
    digest: str = ""

    def note(self, row: int, column: str, text: str, said: str) -> None:
        """Keep the file's text where we would write something else."""
        if text != said:
            self.cells.setdefault(column, {})[row] = text

    def laid(self, row: int, said: dict[str, str], *, untouched: bool = True, safe: bool = True) -> list[str]:
        """The cells of a row in the file's order. Counts and votes are taken from the file only while nothing has
        happened since the import. safe: a formula that the source left bare is guarded, and of a statement whose words
        are not told nothing is given back that may repeat them."""
        keep = layout.made_safe if safe else str
        withheld = safe and said.get(BODY) == ""
        return [
            keep(self.cells[column][row])
            if row in self.cells.get(column, ())
            and (untouched or not counted(column))
            and not (withheld and wordy(column))
            else said.get(column, "")
            for column in self.columns
        ]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Sheet:
        cells = {column: {int(row): text for row, text in rows.items()} for column, rows in kept["cells"].items()}
        zones = [(start, zone, offset) for start, zone, offset in kept["zones"]]
        return cls(kept["columns"], Form(**kept["form"]), zones, cells, kept["absent"], kept["digest"])


def counted(column: str) -> bool:
    """Whether a column follows from the votes."""
    return column in COUNTED or column.isdecimal()


def wordy(column: str) -> bool:
    """Whether a column of statements may hold their words: the body, and columns that only the source knows."""
    return column == BODY or column not in layout.COLUMNS[layout.COMMENTS]


def packed(sheets: dict[str, Sheet]) -> bytes:
    content = {name: sheet.as_json() for name, sheet in sheets.items()}
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode())


def unpacked(content: bytes | memoryview) -> dict[str, Sheet]:
    return {name: Sheet.from_json(kept) for name, kept in json.loads(zlib.decompress(bytes(content))).items()}
