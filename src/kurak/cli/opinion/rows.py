"""Rows that cannot be read are named, every one: file, line, column, value, and what would be right."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kurak.cli.opinion.screening import Source
from kurak.cli.problems import Problem

SHOWN = 20
LARGEST_ID = 2**63 - 1
VOTES = ("-1", "0", "1")
WHOLE = re.compile(r"0|[1-9][0-9]{0,18}")
LIMIT = 10_000_000  # characters of one field: a statement is shorter, a forgotten quote longer


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that was not understood, and why."""

    file: str
    line: int
    column: str
    value: str
    remedy: str

    def __str__(self) -> str:
        value = self.value if len(self.value) <= 40 else self.value[:37] + "..."
        return f"  {self.file}, line {self.line}, column {self.column}: {value!r}: {self.remedy}"


@dataclass(slots=True)
class Rejected:
    """All bad rows of a run, in the order in which they were met."""

    rows: list[Bad] = field(default_factory=list)

    def add(self, path: Path, line: int, column: str, value: str, remedy: str) -> None:
        self.rows.append(Bad(path.name, line, column, value, remedy))

    def refuse(self) -> None:
        """Stop here if there is any."""
        if not self.rows:
            return
        many = len(self.rows)
        shown = [str(row) for row in self.rows[:SHOWN]] + ([f"  ... and {many - SHOWN} more"] if many > SHOWN else [])
        files = ", ".join(dict.fromkeys(row.file for row in self.rows))
        said = f"{many} bad row{'s' if many > 1 else ''} in {files}; nothing was written"
        remedy = "correct them, or use --skip-bad-rows: they are then left out and listed in rejected.csv"
        raise Problem("opinion.bad-rows", said, remedy, shown)


def read(source: Source, rejected: Rejected, seen: Iterable[str] = ()) -> Iterator[tuple[int, list[str]]]:
    """(line, fields) of every row that has as many fields as the header; blank lines are no rows.

    A field may contain line breaks, so the line is the one on which the row ends.
    """
    csv.field_size_limit(LIMIT)
    with source.path.open(encoding="utf-8-sig", newline="") as text:
        rows = csv.reader(text, strict=True)
        next(rows)
        try:
            for row in rows:
                if len(row) == len(source.header):
                    yield rows.line_num, row
                elif row:
                    remedy = f"the row has {len(row)} fields, the header {len(source.header)}: add or quote a comma"
                    rejected.add(source.path, rows.line_num, "all", ",".join(row), remedy)
        except csv.Error as error:
            said = f"{source.path}, line {rows.line_num}: {error}"
            raise Problem("opinion.broken-quotes", said, "close the quotation mark; double it inside a text") from error


def whole(value: str) -> int | None:
    """A whole number as ids and times are written, or None."""
    if not WHOLE.fullmatch(value):
        return None
    number = int(value)
    return number if number <= LARGEST_ID else None


def whole_remedy(value: str) -> str:
    if not value.strip():
        return "it is blank; a whole number is needed"
    if value.isdigit() and not value.startswith("0"):
        return f"the number is too large; the largest is {LARGEST_ID}"
    return "a whole number is needed, written with digits only, without spaces, signs or leading zeros"


def vote_remedy(value: str) -> str:
    if value.strip() in (*VOTES, "+1") and value not in VOTES:
        return f"write {int(value)} without spaces or plus sign"
    return "a vote is 1, 0 or -1; remove the row if there was no vote" if not value.strip() else "a vote is 1, 0 or -1"
