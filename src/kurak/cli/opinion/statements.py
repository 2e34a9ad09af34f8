"""Statements from `comments.csv`: their text, and which are moderated out. Text may contain line breaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kurak.cli.opinion.progress import Progress
from kurak.cli.opinion.rows import Rejected, read, whole, whole_remedy
from kurak.cli.opinion.screening import Source, demanded, screened

ID, MODERATED, TEXT, META = "comment-id", "moderated", "comment-body", "is-meta"


@dataclass(frozen=True, slots=True)
class Statements:
    """text: by statement    moderated_out, meta: statement numbers    source: None where no file was given"""

    source: Source | None = None
    text: dict[int, str] = field(default_factory=dict)
    moderated_out: frozenset[int] = frozenset()
    meta: frozenset[int] = frozenset()


def read_statements(path: Path | None, rejected: Rejected, progress: Progress) -> Statements:
    if path is None:
        return Statements()
    source = screened(path)
    demanded(source, ID)
    at = {name: source.header.index(name) for name in (MODERATED, TEXT, META) if name in source.header}
    text: dict[int, str] = {}
    out, meta = set(), set()
    for line, row in progress.through(read(source, rejected), f"reading {path.name}"):
        number = _number(source, rejected, line, row, text)
        if number is None or not _moderation_is_known(source, rejected, line, row, at):
            continue
        text[number] = row[at[TEXT]] if TEXT in at else ""
        if MODERATED in at and row[at[MODERATED]] == "-1":
            out.add(number)
        if META in at and row[at[META]].lower() in ("1", "t", "true"):
            meta.add(number)
    return Statements(source, text, frozenset(out), frozenset(meta))


def _number(source: Source, rejected: Rejected, line: int, row: list[str], text: dict[int, str]) -> int | None:
    column = source.header.index(ID)
    number = whole(row[column])
    if number is None:
        rejected.add(source.path, line, f"{column + 1} ({ID})", row[column], whole_remedy(row[column]))
    elif number in text:
        rejected.add(source.path, line, f"{column + 1} ({ID})", row[column], "this statement was there before")
        return None
    return number


def _moderation_is_known(source: Source, rejected: Rejected, line: int, row: list[str], at: dict[str, int]) -> bool:
    if MODERATED not in at or row[at[MODERATED]] in ("-1", "0", "1", ""):
        return True
    remedy = "moderated is 1 (accepted), 0 (not moderated) or -1 (rejected)"
    rejected.add(source.path, line, f"{at[MODERATED] + 1} ({MODERATED})", row[at[MODERATED]], remedy)
    return False
