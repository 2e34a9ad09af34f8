"""Votes from a file: the event list `votes.csv` or the matrix `participants-votes.csv` of the openData layout."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.cli.opinion.progress import Progress
from kurak.cli.opinion.rows import VOTES, WHOLE, Rejected, read, vote_remedy, whole, whole_remedy
from kurak.cli.opinion.screening import Source, demanded, screened
from kurak.cli.problems import Problem

PARTICIPANT, STATEMENT, VALUE, TIME = "voter-id", "comment-id", "vote", "timestamp"
LARGE = 4_000_000  # bytes from which the fast reader is worth its start
SHORT = re.compile(r"0|[1-9][0-9]{0,17}").fullmatch  # surely fits into 64 bits
ABOUT_PEOPLE = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """participant, statement: (e,) int64    value: (e,) int8    time: (e,) int64 or None    rows: all of the file"""

    source: Source
    layout: str
    participant: NDArray[np.int64]
    statement: NDArray[np.int64]
    value: NDArray[np.int8]
    time: NDArray[np.int64] | None
    rows: int


def read_votes(path: Path, rejected: Rejected, progress: Progress) -> Events:
    """Every vote of a file; rows that cannot be read go to `rejected`."""
    with progress.step(f"screening {path.name}"):
        source = screened(path)
    if is_matrix(source):
        return _matrix(source, rejected, progress)
    demanded(source, STATEMENT, PARTICIPANT, VALUE)
    if source.size >= LARGE:
        with progress.step(f"reading {path.name}"):
            if events := _at_once(source):
                return events
    return _row_by_row(source, rejected, progress)


def is_matrix(source: Source) -> bool:
    """participants-votes.csv is known by its header: a person a row, a statement a column."""
    return "participant" in source.header and VALUE not in source.header


def turned(events: Events) -> Events:
    """The same with the sign of Polis's database (-1 = agree) turned to ours."""
    return Events(
        events.source, events.layout, events.participant, events.statement, -events.value, events.time, events.rows
    )  # fmt: skip


def _at_once(source: Source) -> Events | None:
    """The whole file by a fast reader, but only if every cell is exactly what it should be; otherwise None."""
    import duckdb

    try:
        found: dict[str, Any] = duckdb.connect().execute(_query(source), [str(source.path)]).fetchnumpy()
    except duckdb.Error:
        return None  # the exact reader will say what and where
    if any(np.ma.is_masked(column) for column in found.values()):
        return None
    p, s, v = (np.asarray(found[name]) for name in ("p", "s", "v"))
    return Events(source, "events", p, s, v, np.asarray(found["t"]) if "t" in found else None, len(p))


def _query(source: Source) -> str:
    """Columns go by their place, so that no name of a stranger's file stands in the query."""
    places = {name: f"c{i}" for i, name in enumerate(source.header)}
    columns = ", ".join(f"'{place}': 'VARCHAR'" for place in places.values())
    wanted = {"p": PARTICIPANT, "s": STATEMENT, "t": TIME}
    numbers = [
        f"case when regexp_full_match({places[name]}, '{WHOLE.pattern}') and length({places[name]}) < 19 "
        f"then cast({places[name]} as bigint) end as {short}"
        for short, name in wanted.items()
        if name in places
    ]
    cases = " ".join(f"when '{vote}' then ({vote})::tinyint" for vote in VOTES)
    return f"""
        select {", ".join(numbers)}, case {places[VALUE]} {cases} end as v
        from read_csv(?, columns={{{columns}}}, header=true, auto_detect=false, delim=',', quote='"', escape='"',
                      strict_mode=true, null_padding=false, ignore_errors=false)"""  # noqa: S608 - constants only


def _row_by_row(source: Source, rejected: Rejected, progress: Progress) -> Events:
    """The exact reader: slower, but it knows the line and the column of everything."""
    timed = TIME in source.header
    names = (PARTICIPANT, STATEMENT, *((TIME,) if timed else ()))
    at, value_at = [source.header.index(name) for name in names], source.header.index(VALUE)
    kept, values = [array("q") for _ in names], array("b")
    rows, bad_before = 0, len(rejected.rows)
    for line, row in progress.through(read(source, rejected), f"checking {source.path.name}"):
        rows += 1
        numbers, value = [row[i] for i in at], row[value_at]
        if (value in VOTES and all(map(SHORT, numbers))) or _sound(source, rejected, line, names, numbers, value):
            for column, number in zip(kept, numbers, strict=True):
                column.append(int(number))
            values.append(int(value))
    rows += sum(bad.column == "all" for bad in rejected.rows[bad_before:])
    p, s, *t = (np.array(column) for column in kept)
    return Events(source, "events", p, s, np.array(values), t[0] if timed else None, rows)


def _sound(
    source: Source, rejected: Rejected, line: int, names: Sequence[str], numbers: Sequence[str], value: str
) -> bool:
    """Whether a row is right; its first mistake is named."""
    for name, number in zip(names, numbers, strict=True):
        if whole(number) is None:
            rejected.add(source.path, line, f"{source.header.index(name) + 1} ({name})", number, whole_remedy(number))
            return False
    if value not in VOTES:
        rejected.add(source.path, line, f"{source.header.index(VALUE) + 1} ({VALUE})", value, vote_remedy(value))
        return False
    return True


def _matrix(source: Source, rejected: Rejected, progress: Progress) -> Events:
    """One row a person: the columns whose names are whole numbers are statements, an empty cell was not seen."""
    columns = [(i, whole(name)) for i, name in enumerate(source.header) if name not in ABOUT_PEOPLE]
    unknown = [source.header[i] for i, number in columns if number is None and source.header[i] != "xid"]
    if unknown or len(columns) == 0:
        said = f"{source.path}, line 1: the column {unknown[0]!r} is no statement number" if unknown else ""
        said = said or f"{source.path}, line 1: there is no statement column"
        raise Problem("opinion.missing-column", said, "every column after n-disagree is named by a statement's number")
    cells = [(i, number) for i, number in columns if number is not None]
    kept = array("q"), array("q"), array("b")
    person_at = source.header.index("participant")
    for line, row in progress.through(read(source, rejected), f"reading {source.path.name}"):
        person = whole(row[person_at])
        if person is None:
            rejected.add(
                source.path, line, f"{person_at + 1} (participant)", row[person_at], whole_remedy(row[person_at])
            )
            continue
        for i, statement in cells:
            value = row[i]
            if not value:
                continue
            if value not in VOTES:
                rejected.add(source.path, line, f"{i + 1} ({source.header[i]})", value, vote_remedy(value))
                continue
            for column, number in zip(kept, (person, statement, int(value)), strict=True):
                column.append(number)
    p, s, v = (np.array(column) for column in kept)
    return Events(source, "matrix", p, s, v, None, len(p))
