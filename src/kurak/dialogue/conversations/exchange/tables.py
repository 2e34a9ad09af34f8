"""A CSV file as rows with line numbers, and all that is needed to write the same bytes again."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

from kurak.dialogue.conversations.exchange.layout import MATRIX, REQUIRED
from kurak.dialogue.conversations.exchange.problems import Problems

BLOCK = 1 << 20
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BOM = b"\xef\xbb\xbf"
SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class Form:
    """How the bytes of a file are laid: what a spreadsheet would not show."""

    newline: str = "\n"
    separator: str = ","
    all_quoted: bool = False
    bom: bool = False
    ends_with_newline: bool = True

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def written(self, rows: Iterable[list[str]]) -> Iterator[bytes]:
        """The rows as bytes of a file, block by block."""
        held = _Held()
        quoting: Literal[0, 1] = csv.QUOTE_ALL if self.all_quoted else csv.QUOTE_MINIMAL
        writer = csv.writer(held, delimiter=self.separator, lineterminator=self.newline, quoting=quoting)
        between = "\ufeff" if self.bom else ""
        for row in rows:
            writer.writerow(row)
            if held.size > BLOCK:
                yield (between + held.taken().removesuffix(self.newline)).encode()
                between = self.newline  # waits for the next row: the last one may end without
        if held.size:
            yield (between + held.taken().removesuffix(self.newline)).encode()
            between = self.newline
        if self.ends_with_newline:
            yield between.encode()


class _Held:
    """Where csv writes until a block is full."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0

    def write(self, text: str) -> int:
        self.parts.append(text)
        self.size += len(text)
        return len(text)

    def taken(self) -> str:
        text = "".join(self.parts)
        self.parts, self.size = [], 0
        return text


@dataclass(slots=True)
class Table:
    """An opened file: its header is read, its rows are yet to come."""

    name: str
    path: Path
    columns: list[str]
    form: Form
    problems: Problems

    def position(self, column: str) -> int | None:
        return self.columns.index(column) if column in self.columns else None

    @property
    def statement_columns(self) -> dict[str, int]:
        """Of participants-votes.csv: the columns named by a statement's number."""
        if self.name != MATRIX:
            return {}
        return {name: int(name) for name in self.columns if name.isdecimal() and name == str(int(name))}

    def bad(self, line: int | None, column: str, value: str, remedy: str) -> None:
        self.problems.add(self.name, line, column, value, remedy)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of every row below the header; rows of another length are named and left out."""
        width, start = len(self.columns), 1
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=self.form.separator, strict=True)
            try:
                for row in reader:
                    line, start = start, reader.line_num + 1
                    if line == 1 or not row:
                        continue
                    if len(row) == width:
                        yield line, row
                    else:
                        self.bad(line, "", str(row), _cells_remedy(len(row), width))
            except csv.Error as error:
                self.bad(start, "", str(error), _("Close every quotation mark; write a mark inside a text twice."))


def _cells_remedy(found: int, wanted: int) -> str:
    return _("This row has %(found)d cells, the header has %(wanted)d. Put texts with commas into quotation marks.") % {
        "found": found,
        "wanted": wanted,
    }


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def opened(path: Path, problems: Problems) -> Table | None:
    """The table at the path, or None with the problem named."""
    name = path.name
    if not _is_text(path, name, problems):
        return None
    with path.open("rb") as file:
        first = file.readline()
    if not first.strip(BOM).strip():
        problems.add(name, 1, "", "", _("The file is empty. Its first line must name the columns."))
        return None
    form = _form_of(path, first)
    columns = next(csv.reader([first.decode("utf-8-sig").rstrip("\r\n")], delimiter=form.separator))
    return Table(name, path, columns, form, problems) if _header_is_good(name, columns, problems) else None


def _is_text(path: Path, name: str, problems: Problems) -> bool:
    """UTF-8 without NUL, looked through line by line so that the line can be named."""
    with path.open("rb") as file:
        for line, raw in enumerate(file, start=1):
            if line == 1 and raw[:2] in UTF_16:
                remedy = _("The file is UTF-16. Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”).")
                problems.add(name, 1, "", raw[:12].hex(" "), remedy)
                return False
            if b"\0" in raw:
                problems.add(name, line, "", "NUL", _("Take out the NUL character, or save the file as UTF-8."))
                return False
            if not _decodes(raw):
                remedy = _("The file is not UTF-8. Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”).")
                problems.add(name, line, "", raw[:60].decode("utf-8", "backslashreplace").strip(), remedy)
                return False
    return True


def _decodes(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _form_of(path: Path, first: bytes) -> Form:
    with path.open("rb") as file:
        file.seek(-1, 2)
        last = file.read(1)
    text = first.removeprefix(BOM).decode()
    separator = max(SEPARATORS, key=text.count) if "," not in text else ","
    return Form(
        newline="\r\n" if first.endswith(b"\r\n") else "\n",
        separator=separator,
        all_quoted=text.startswith('"') and text.rstrip("\r\n").endswith('"'),
        bom=first.startswith(BOM),
        ends_with_newline=last in b"\r\n",
    )


def _header_is_good(name: str, columns: list[str], problems: Problems) -> bool:
    missing = [column for column in REQUIRED.get(name, ()) if column not in columns]
    for column in missing:
        near = get_close_matches(column, columns, n=1)
        remedy = _("Name the column “%(column)s”.") % {"column": column}
        problems.add(name, 1, column, near[0] if near else ",".join(columns), remedy)
    twice = [column for column, count in Counter(columns).items() if count > 1 and name in REQUIRED]
    for column in twice:
        problems.add(name, 1, column, column, _("Every column needs a name of its own."))
    return not missing and not twice
