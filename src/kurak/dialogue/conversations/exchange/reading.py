"""Files → what they say, checked. Nothing is written here; every problem is collected before anything is refused."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from kurak.dialogue.conversations.exchange import layout, tables
from kurak.dialogue.conversations.exchange.cells import Cells
from kurak.dialogue.conversations.exchange.layout import COMMENTS, KNOWN, MATRIX, SUMMARY, VOTES
from kurak.dialogue.conversations.exchange.problems import Problems
from kurak.dialogue.conversations.exchange.remainder import Sheet
from kurak.dialogue.conversations.exchange.tables import Table
from kurak.dialogue.conversations.exchange.times import UNKNOWN, Calendar
from kurak.dialogue.conversations.exchange.zones import ZoneLearner

COUNTS = ("n-comments", "n-votes", "n-agree", "n-disagree")


@dataclass(frozen=True, slots=True)
class Events:
    """Votes in the order of the file: ids, value, milliseconds or UNKNOWN, importance, whether last of a pair."""

    statement: NDArray[np.int64]
    person: NDArray[np.int64]
    value: NDArray[np.int8]
    at: NDArray[np.int64]
    matters: NDArray[np.bool_]
    latest: NDArray[np.bool_]
    row: NDArray[np.int64]  # of the file; another one only where a pair's events stood against the order of time

    def __len__(self) -> int:
        return len(self.value)


@dataclass(slots=True)
class StatementRow:
    number: int
    body: str
    at: int = UNKNOWN
    author: int | None = None
    status: int = 0


@dataclass(slots=True)
class PersonRow:
    number: int
    group: int | None = None
    excluded: bool = False
    about: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Folder:
    """What a folder says, in the order of its files."""

    name: str
    digest: str
    files: dict[str, str]
    left_aside: list[str]
    events: Events
    statements: dict[int, StatementRow] = field(default_factory=dict)
    people: dict[int, PersonRow] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    summary: dict[str, str] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)  # conversation.json
    texts: dict[str, Any] = field(default_factory=dict)  # statements.json
    columns: list[int] = field(default_factory=list)  # statements that participants-votes.csv has a column for
    counts: list[tuple[int, dict[str, str]]] = field(default_factory=list)  # and what it says of each person


def latest_of(person: NDArray[np.int64], statement: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which event is the last row of its person on its statement.

    >>> latest_of(np.array([1, 2, 1]), np.array([7, 7, 7])).tolist()
    [False, True, True]
    """
    order = np.lexsort((statement, person))  # stable: rows of a pair stay in their order
    last = np.ones(len(order), dtype=bool)
    last[:-1] = (np.diff(person[order]) != 0) | (np.diff(statement[order]) != 0)
    latest = np.zeros(len(order), dtype=bool)
    latest[order[last]] = True
    return latest


def in_time(person: NDArray[np.int64], statement: NDArray[np.int64], at: NDArray[np.int64]) -> NDArray[np.int64]:
    """A permutation of the rows that puts the events of every pair into the order of time and moves nothing else.

    >>> in_time(np.array([1, 2, 1]), np.array([7, 7, 7]), np.array([90, 50, 60])).tolist()
    [2, 1, 0]
    """
    rows = np.arange(len(at))
    if (at == UNKNOWN).any():
        return rows
    moved = rows.copy()
    moved[np.lexsort((rows, statement, person))] = np.lexsort((rows, at, statement, person))
    return moved


def events_of(
    statement: Sequence[int], person: Sequence[int], value: Sequence[int], at: Sequence[int], matters: Sequence[int]
) -> Events:
    about, who = np.asarray(statement, np.int64), np.asarray(person, np.int64)
    when = np.asarray(at, np.int64)
    moved = in_time(who, about, when)
    said, marked = np.asarray(value, np.int8)[moved], np.asarray(matters, bool)[moved]
    return Events(about, who, said, when[moved], marked, latest_of(who, about), moved)


def read_folder(folder: Path) -> Folder:
    """All files of the folder, or BadFiles with every problem."""
    problems = Problems()
    paths = {name: folder / name for name in KNOWN if (folder / name).is_file()}
    if not paths.keys() & {VOTES, COMMENTS, MATRIX}:
        wanted = _("The folder must hold votes.csv, comments.csv or participants-votes.csv.")
        problems.add(str(folder), None, "", "", wanted)
    problems.refuse()
    read = _start(folder, paths)
    _read_tables(read, paths, problems)
    read.about = _json(paths.get(layout.CONVERSATION), problems)
    read.texts = _json(paths.get(layout.STATEMENTS), problems)
    problems.refuse()
    return read


def _start(folder: Path, paths: dict[str, Path]) -> Folder:
    files = {name: tables.digest_of(path) for name, path in paths.items()}
    digest = hashlib.sha256("".join(f"{name} {files[name]}\n" for name in sorted(files)).encode()).hexdigest()
    left = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name not in KNOWN)
    return Folder(folder.resolve().name, digest, files, left, events_of([], [], [], [], []))


def _read_tables(read: Folder, paths: dict[str, Path], problems: Problems) -> None:
    opened = {
        name: table
        for name in (VOTES, COMMENTS, MATRIX, layout.PARTICIPANTS, SUMMARY)
        if name in paths and (table := tables.opened(paths[name], problems))
    }
    for name, table in opened.items():
        if name != SUMMARY:
            read.sheets[name] = Sheet(table.columns, table.form, digest=read.files[name])
    if VOTES in opened:
        read.events = read_votes(opened[VOTES], read.sheets[VOTES])
    if MATRIX in opened:
        read_matrix(read, opened[MATRIX], has_votes=VOTES in paths)
    if COMMENTS in opened:
        read_comments(read, opened[COMMENTS])
    if layout.PARTICIPANTS in opened:
        read_participants(read, opened[layout.PARTICIPANTS])
    if SUMMARY in opened:
        read_summary(read, opened[SUMMARY])
    _complete(read)


def read_summary(read: Folder, table: Table) -> None:
    """Keys and values. The file has no header: its first line is a key and a value like the others."""
    rows = [table.columns, *(row for _line, row in table.rows())]
    read.summary = {row[0]: row[1] for row in rows if len(row) > 1}
    cells: dict[str, dict[int, str]] = {str(position): {} for position in range(len(table.columns))}
    for number, row in enumerate(rows):
        for position, text in enumerate(row):
            cells[str(position)][number] = text
    read.sheets[SUMMARY] = Sheet(list(cells), table.form, cells=cells, digest=read.files[SUMMARY])


def _json(path: Path | None, problems: Problems) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        content = json.loads(path.read_bytes())
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        problems.add(path.name, getattr(error, "lineno", 1), "", str(error), _("Write valid JSON in UTF-8."))
        return {}
    if not isinstance(content, dict):
        problems.add(path.name, 1, "", str(content), _("The file must hold one JSON object."))
        return {}
    return content


def read_votes(table: Table, sheet: Sheet) -> Events:
    """Every vote event."""
    cells, zones = Cells(table, sheet), ZoneLearner(sheet)
    statement, person, value, at, matters = array("q"), array("q"), array("b"), array("q"), array("b")
    for number, (line, row) in enumerate(table.rows()):
        cells.at(number, line, row)
        at.append(cells.moment(zones))
        statement.append(cells.whole("comment-id") or 0)
        person.append(cells.whole("voter-id") or 0)
        value.append(cells.one_of("vote", cells.VOTES))
        matters.append(cells.one_of(layout.MATTERS, cells.FLAGS))
        cells.keep_unknown()
    zones.finish()
    events = events_of(statement, person, value, at, matters)
    _keep_moved(events, sheet, value, at, matters)
    return events


def _keep_moved(events: Events, sheet: Sheet, value: Sequence[int], at: Sequence[int], matters: Sequence[int]) -> None:
    """Keep what the file says where a pair's later event stands before its earlier one."""
    calendar = Calendar(sheet.zones)
    for row in np.flatnonzero(events.row != np.arange(len(events))).tolist():
        told = {"timestamp": str(at[row]), "vote": str(value[row]), layout.MATTERS: str(matters[row])}
        for column, text in {**told, "datetime": calendar.write(at[row])}.items():
            if column in sheet.columns:
                sheet.cells.setdefault(column, {}).setdefault(row, text)


def read_comments(read: Folder, table: Table) -> None:
    """Statements, each once, in the order of the file; their counts are compared with the votes."""
    sheet = read.sheets[COMMENTS]
    cells, zones = Cells(table, sheet), ZoneLearner(sheet)
    agrees = Counter(read.events.statement[read.events.value == 1].tolist())
    disagrees = Counter(read.events.statement[read.events.value == -1].tolist())
    for number, (line, row) in enumerate(table.rows()):
        cells.at(number, line, row)
        key = cells.once("comment-id", read.statements)
        read.statements[key] = StatementRow(
            number=key,
            at=cells.moment(zones),
            author=cells.whole("author-id", optional=True),
            status=cells.one_of("moderated", cells.VOTES),
            body=cells.text("comment-body", instead=f"#{key}"),
        )
        cells.compare("agrees", str(agrees[key]))
        cells.compare("disagrees", str(disagrees[key]))
        cells.keep_unknown()
    zones.finish()


def read_matrix(read: Folder, table: Table, *, has_votes: bool) -> None:
    """People in the order of the file, with the group that was published. Where there are no events the matrix is the
    votes, and nobody knows when they were cast."""
    cells, said = Cells(table, read.sheets[MATRIX]), rows_of_matrix(read.events)
    columns = [(table.columns.index(name), number) for name, number in table.statement_columns.items()]
    read.columns = [number for _position, number in columns]
    found: list[tuple[int, int, int]] = []
    for number, (line, row) in enumerate(table.rows()):
        cells.at(number, line, row)
        key = cells.once("participant", read.people)
        read.people[key] = PersonRow(key, cells.whole("group-id", optional=True))
        if has_votes:
            mine = said.get(key, {})
            for position, statement in columns:
                if row[position] != mine.get(statement, ""):
                    cells.compare(table.columns[position], mine.get(statement, ""))
        else:
            cast = [(statement, table.columns[position]) for position, statement in columns if row[position]]
            found += [(statement, key, cells.one_of(column, cells.VOTES)) for statement, column in cast]
        read.counts.append(
            (key, {column: row[table.columns.index(column)] for column in COUNTS if column in table.columns})
        )
        cells.keep_unknown()
    if not has_votes:
        statements, people, values = zip(*found, strict=True) if found else ((), (), ())
        read.events = events_of(statements, people, values, [UNKNOWN] * len(values), [0] * len(values))


def rows_of_matrix(events: Events) -> dict[int, dict[int, str]]:
    """{person: {statement: latest vote, as text}}."""
    rows: dict[int, dict[int, str]] = {}
    kept = events.latest
    cells = zip(events.person[kept].tolist(), events.statement[kept].tolist(), events.value[kept].tolist(), strict=True)
    for person, statement, value in cells:
        rows.setdefault(person, {})[statement] = str(value)
    return rows


def compare_counts(read: Folder) -> None:
    """Keep those counts of participants-votes.csv that votes and statements do not explain."""
    events = read.events
    people, value = events.person[events.latest], events.value[events.latest]
    said = {
        "n-comments": Counter(statement.author for statement in read.statements.values()),
        "n-votes": Counter(people.tolist()),
        "n-agree": Counter(people[value == 1].tolist()),
        "n-disagree": Counter(people[value == -1].tolist()),
    }
    for number, (key, told) in enumerate(read.counts):
        for column, text in told.items():
            read.sheets[MATRIX].note(number, column, text, str(said[column][key]))


def read_participants(read: Folder, table: Table) -> None:
    """Our own file: who was left out of the picture, and answers that were given with consent."""
    cells = Cells(table, read.sheets[layout.PARTICIPANTS])
    seen: set[int] = set()
    for number, (line, row) in enumerate(table.rows()):
        cells.at(number, line, row)
        key = cells.once("participant", seen)
        seen.add(key)
        person = read.people.setdefault(key, PersonRow(key))
        person.excluded = bool(cells.one_of("excluded", cells.FLAGS))
        person.about = {name: row[table.columns.index(name)][:20] for name in layout.ABOUT if name in table.columns}


def _complete(read: Folder) -> None:
    """People and statements that only other files know; where a file leaves some out, that is written down."""
    for number in sorted({*np.unique(read.events.statement).tolist(), *read.columns} - read.statements.keys()):
        read.statements[number] = StatementRow(number, f"#{number}")
        if COMMENTS in read.sheets:
            read.sheets[COMMENTS].absent.append(number)
    if MATRIX in read.sheets:
        in_matrix = {key for key, _counts in read.counts}
        everybody = {*np.unique(read.events.person).tolist(), *read.people}
        read.sheets[MATRIX].absent = sorted(everybody - in_matrix)
        compare_counts(read)
    for number in np.unique(read.events.person).tolist():
        read.people.setdefault(number, PersonRow(number))
