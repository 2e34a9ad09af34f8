"""From the sheets of a workbook back to a document, with the cell of everything, so that a mistake can be shown where
it stands. All problems are told at once; nothing is kept of a workbook that has any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from kurak.ground.languages.declared import BY_CODE
from kurak.instruments.catalogue.workbooks import layout
from kurak.instruments.catalogue.workbooks.cells import Unreadable, as_text, decoded, is_empty
from kurak.instruments.catalogue.workbooks.layout import CONTINUED, MORE, SHEETS, Sheet
from kurak.instruments.catalogue.workbooks.opening import Opened, column_letters

type Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Where in the workbook, what is wrong there, and what would be right. cell is empty for a whole sheet."""

    sheet: str
    cell: str
    said: str
    remedy: str

    @property
    def where(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    def __str__(self) -> str:
        return f"{self.where}: {self.said}. {self.remedy}."


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its cells by the name of their column."""

    sheet: Sheet
    number: int  # counted from 1, the header is 1
    cells: dict[str, Any]
    columns: dict[str, int]

    def cell(self, column: str = "") -> str:
        return (
            f"{column_letters(self.columns[column])}{self.number}" if column in self.columns else f"row {self.number}"
        )


@dataclass(slots=True)
class Read:
    """document: as far as it could be put together. places {path: (sheet, cell)}."""

    document: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def at(self, path: Path) -> tuple[str, str]:
        """The cell of a path, or of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (layout.INSTRUMENT, ""))


def read_workbook(opened: Opened) -> Read:
    """The document of a workbook, and everything that is wrong with its cells."""
    return _Reading(opened).whole()


class _Reading:
    def __init__(self, opened: Opened) -> None:
        self.found = Read()
        sheets = {name.strip().casefold(): rows for name, rows in opened.rows.items()}
        self.lines = {sheet.name: list(self._lines(sheet, sheets.get(sheet.name))) for sheet in SHEETS}

    def whole(self) -> Read:
        self._instrument()
        self._criteria()
        self._answers()
        self._classes()
        self._items(layout.SOURCES)
        self._items(layout.NOTES)
        return self.found

    # Lines of a sheet

    def _lines(self, sheet: Sheet, rows: list[list[Any]] | None) -> Iterator[Line]:
        if rows is None:
            if sheet.name in (layout.INSTRUMENT, layout.CRITERIA):
                self._wrong(sheet, "", f"there is no sheet {sheet.name!r}", "Begin with a workbook of the catalogue")
            return
        header = [as_text(cell).strip().casefold() for cell in (rows[0] if rows else [])]
        columns = {name: place for place, name in enumerate(header, start=1) if name}
        self._known(sheet, columns)
        for number, row in enumerate(rows[1:], start=2):
            cells = {name: row[place - 1] for name, place in columns.items() if not is_empty(row[place - 1])}
            if cells:
                yield Line(sheet, number, cells, columns)

    def _known(self, sheet: Sheet, columns: dict[str, int]) -> None:
        known = {*sheet.header([*BY_CODE]), *(BY_CODE if sheet.name == layout.INSTRUMENT else ())}
        for name, place in columns.items():
            if name not in known:
                close = get_close_matches(name, known, n=1)
                remedy = f"Did you mean {close[0]!r}" if close else f"Use these: {', '.join(sheet.columns)}"
                self._wrong(sheet, f"{column_letters(place)}1", f"there is no column {name[:60]!r}", remedy)

    # The sheets

    def _instrument(self) -> None:
        document, pieces = self.found.document, self._joined()
        for key, (line, value) in pieces.items():
            texts = {code: as_text(line.cells[code]) for code in BY_CODE if code in line.cells}
            if texts and value is not None:
                self._wrong(line.sheet, line.cell("value"), f"{key!r} has a value and texts", "Keep one of the two")
            if texts:
                read: Any = texts
            elif value is None:
                continue  # an empty cell says nothing
            elif key in layout.NAMES and isinstance(value, str):
                read = value.strip()
            else:
                read = self._decoded(line, "value", value)
            self._put(document, key, read, line)

    def _joined(self) -> dict[str, tuple[Line, Any]]:
        """The value of each key, put together where it was too long for one cell."""
        joined: dict[str, tuple[Line, Any]] = {}
        last = ""
        for line in self.lines[layout.INSTRUMENT]:
            key = as_text(line.cells.get("key", "")).strip()
            if key.endswith(f" {CONTINUED}") and key.removesuffix(CONTINUED).strip() == last:
                first, value = joined[last]
                joined[last] = (first, f"{value}{line.cells.get('value', '')}")
                continue
            if not key:
                self._wrong(line.sheet, line.cell(), "the row has no key", "Write one in the column `key`, or clear it")
            elif key in joined:
                self._wrong(line.sheet, line.cell("key"), f"{key!r} is there twice", "Keep one of the rows")
            else:
                joined[key] = (line, line.cells.get("value"))
                last = key
        return joined

    def _put(self, document: dict[str, Any], key: str, value: Any, line: Line) -> None:
        outer, _dot, inner = key.partition(".")
        place = (line.sheet.name, line.cell("value"))
        if not inner or outer not in layout.FLAT:
            document[key] = value
            self.found.places[(key,)] = place
            return
        within = document.setdefault(outer, {})
        if not isinstance(within, dict):
            self._wrong(line.sheet, line.cell("key"), f"{outer!r} has a value of its own", f"Clear the row {outer!r}")
            return
        within[inner] = value
        self.found.places.setdefault((outer,), place)
        self.found.places[(outer, inner)] = place

    def _criteria(self) -> None:
        """Rows in the order of reading: a criterion stands below its parent."""
        self.by_code: dict[str, tuple[dict[str, Any], Path]] = {}
        for line in self.lines[layout.CRITERIA]:
            given, inner = self._given(line, skip=("among", "parent"))
            path = self._hung(line, given)
            if path is None:
                continue
            self.found.places[path] = (line.sheet.name, line.cell("code"))
            self.found.places |= {(*path, *below): cell for below, cell in inner.items()}
            if "code" in given:
                self.by_code.setdefault(str(given["code"]), (given, path))

    def _hung(self, line: Line, given: dict[str, Any]) -> Path | None:
        """Put a criterion where it belongs; None where that cannot be said."""
        document, parent = self.found.document, as_text(line.cells.get("parent", "")).strip()
        among = as_text(line.cells.get("among", "")).strip() or "tree"
        if parent:
            if parent not in self.by_code:
                remedy = "Put the row of the parent above this one, and write its code as there"
                self._wrong(line.sheet, line.cell("parent"), f"no row above has the code {parent!r}", remedy)
                return None
            above, path = self.by_code[parent]
            children = above.setdefault("children", [])
            children.append(given)
            return (*path, "children", len(children) - 1)
        if among == "tree":
            if "tree" in document:
                remedy = "Name its parent, or write `also` or `inputs` in the column `among`"
                self._wrong(line.sheet, line.cell("parent"), "only the first criterion has no parent", remedy)
                return None
            document["tree"] = given
            return ("tree",)
        if among not in ("also", "inputs"):
            self._wrong(line.sheet, line.cell("among"), f"{among[:40]!r} is no part", "Write tree, also or inputs")
            return None
        document.setdefault(among, []).append(given)
        return (among, len(document[among]) - 1)

    def _answers(self) -> None:
        for line in self.lines[layout.ANSWERS]:
            scale, criterion = (as_text(line.cells.get(name, "")).strip() for name in ("scale", "criterion"))
            if "answer" not in line.cells:
                self._wrong(
                    line.sheet, line.cell("answer"), "the row has no answer", "Write the answer, or clear the row"
                )
            elif bool(scale) == bool(criterion):
                remedy = "Name a scale, or the criterion that the answer belongs to"
                self._wrong(
                    line.sheet, line.cell("scale"), "the row names both a scale and a criterion, or none", remedy
                )
            elif scale:
                self._answer_of_scale(line, scale)
            elif criterion not in self.by_code:
                remedy = "Write the code as on the sheet `criteria`"
                self._wrong(line.sheet, line.cell("criterion"), f"there is no criterion {criterion[:60]!r}", remedy)
            else:
                self._answer_of_criterion(line, *self.by_code[criterion])

    def _answer_of_scale(self, line: Line, scale: str) -> None:
        answers = self.found.document.setdefault("answers", {})
        if isinstance(answers, dict):
            self._answer(line, answers.setdefault(scale, {}), ("answers", scale))
        text, told = self._texts(line, "text"), self.found.document.setdefault("wording", {})
        if text is not None and isinstance(told, dict):
            word = as_text(line.cells["answer"])
            told.setdefault(scale, {})[word] = text
            self.found.places[("wording", scale, word)] = (line.sheet.name, line.cell("answer"))
        if not told:
            del self.found.document["wording"]

    def _answer_of_criterion(self, line: Line, given: dict[str, Any], path: Path) -> None:
        word, text = as_text(line.cells["answer"]), self._texts(line, "text")
        if "counts" in line.cells:
            own = given.setdefault("answers", {})
            if isinstance(own, dict):
                self._answer(line, own, (*path, "answers"))
            else:
                said = f"the criterion has the scale {own!r} already"
                self._wrong(line.sheet, line.cell("counts"), said, "Clear this cell, or the scale on `criteria`")
        if text is not None:
            given.setdefault("anchors", {})[word] = text
            self.found.places[(*path, "anchors", word)] = (line.sheet.name, line.cell("answer"))

    def _answer(self, line: Line, answers: dict[str, Any], path: Path) -> None:
        word = as_text(line.cells["answer"])
        if word in answers:
            self._wrong(line.sheet, line.cell("answer"), f"the answer {word!r} is there twice", "Keep one of the rows")
        answers[word] = self._decoded(line, "counts", line.cells.get("counts"))
        self.found.places[(*path, word)] = (line.sheet.name, line.cell("counts"))
        self.found.places.setdefault(path, (line.sheet.name, line.cell("answer")))

    def _classes(self) -> None:
        for line in self.lines[layout.CLASSES]:
            name = as_text(line.cells.get("scheme", "")).strip()
            given, inner = self._given(line, skip=("scheme",))
            if not name:
                self._wrong(line.sheet, line.cell("scheme"), "the row names no scheme", "Write the name of its scheme")
                continue
            schemes = self.found.document.setdefault("classes", {})
            scheme = schemes.setdefault(name, {}) if isinstance(schemes, dict) else {}
            path: Path = ("classes", name)
            if "code" in given:
                of = scheme.setdefault("of", [])
                of.append(given)
                path = (*path, "of", len(of) - 1)
            else:
                scheme |= given
            self.found.places[path] = (line.sheet.name, line.cell("code"))
            self.found.places |= {(*path, *below): cell for below, cell in inner.items()}

    def _items(self, name: str) -> None:
        for line in self.lines[name]:
            given, inner = self._given(line)
            items = self.found.document.setdefault(name, [])
            if isinstance(items, list):
                items.append(given)
                path: Path = (name, len(items) - 1)
                self.found.places[path] = (line.sheet.name, line.cell())
                self.found.places |= {(*path, *below): cell for below, cell in inner.items()}

    # A row as a mapping

    def _given(self, line: Line, skip: tuple[str, ...] = ()) -> tuple[dict[str, Any], dict[Path, tuple[str, str]]]:
        """The mapping of a row, and the cell of each of its keys."""
        given: dict[str, Any] = {}
        cells: dict[Path, tuple[str, str]] = {}
        for column in line.sheet.columns:
            if column in line.cells and column not in (*skip, MORE):
                cell = line.cells[column]
                name = column in line.sheet.names
                given[column] = as_text(cell).strip() if name else self._decoded(line, column, cell)
                cells[(column,)] = (line.sheet.name, line.cell(column))
        for key in line.sheet.texts:
            text = self._texts(line, key)
            if text is not None:
                given[key] = text
                cells[(key,)] = (line.sheet.name, line.cell(next(iter(self._text_columns(line, key)))))
        more = self._decoded(line, MORE, line.cells.get(MORE))
        if isinstance(more, dict):
            given |= more
            cells |= {(key,): (line.sheet.name, line.cell(MORE)) for key in more}
        elif more is not None:
            self._wrong(line.sheet, line.cell(MORE), "this is not {key: value}", "Write such as {error: 0.5}")
        return given, cells

    def _text_columns(self, line: Line, key: str) -> Iterator[str]:
        return (column for column in (key, *(f"{key} {code}" for code in BY_CODE)) if column in line.cells)

    def _texts(self, line: Line, key: str) -> Any:
        """{language: text}, or the bare text of the column without a language."""
        texts = {code: as_text(line.cells[f"{key} {code}"]) for code in BY_CODE if f"{key} {code}" in line.cells}
        if texts and key in line.cells:
            said = f"there is a {key!r} with and without a language"
            self._wrong(line.sheet, line.cell(key), said, "Move it to the column of its language")
        return texts or (as_text(line.cells[key]) if key in line.cells else None)

    def _decoded(self, line: Line, column: str, cell: Any) -> Any:
        try:
            return decoded(cell)
        except Unreadable:
            said = f"{as_text(cell)[:60]!r} cannot be read"
            self._wrong(line.sheet, line.cell(column), said, "Write lists as [1, 2], and settings as {by: minmax}")
            return None

    def _wrong(self, sheet: Sheet, cell: str, said: str, remedy: str) -> None:
        self.found.problems.append(Problem(sheet.name, cell, said, remedy))
