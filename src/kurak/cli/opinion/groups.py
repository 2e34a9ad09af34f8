"""A grouping from a file, which replaces ours: a column for the person and one for the group."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kurak.cli.opinion.progress import Progress
from kurak.cli.opinion.rows import Rejected, read, whole, whole_remedy
from kurak.cli.opinion.screening import Source, screened
from kurak.cli.problems import Problem

PEOPLE, GROUPS = ("participant", "voter-id", "participant-id"), ("group", "group-id")


@dataclass(frozen=True, slots=True)
class Given:
    """group: name of the group by participant, without those of no group    names: in the order of our numbers"""

    source: Source
    group: dict[int, str]
    names: tuple[str, ...]

    def numbers(self, participants: NDArray[np.generic]) -> NDArray[np.int64]:
        """(n,) group number of each participant, -1 without a group."""
        number = {name: i for i, name in enumerate(self.names)}
        return np.array([number.get(self.group.get(p, ""), -1) for p in participants.tolist()], np.int64)


def read_groups(path: Path | None, rejected: Rejected, progress: Progress) -> Given | None:
    if path is None:
        return None
    source = screened(path)
    person_at, group_at = _place(source, PEOPLE), _place(source, GROUPS)
    group: dict[int, str] = {}
    for line, row in progress.through(read(source, rejected), f"reading {path.name}"):
        person, name = whole(row[person_at]), row[group_at].strip()
        if person is None:
            remedy = whole_remedy(row[person_at])
            rejected.add(path, line, f"{person_at + 1} ({source.header[person_at]})", row[person_at], remedy)
        elif group.get(person, name) != name:
            remedy = f"participant {person} was in group {group[person]!r} before"
            rejected.add(path, line, f"{group_at + 1} ({source.header[group_at]})", row[group_at], remedy)
        else:
            group[person] = name
    grouped = {person: name for person, name in group.items() if name not in ("", "-1")}
    if not grouped and not rejected.rows:
        said = f"{path}: nobody has a group in column {source.header[group_at]!r}"
        raise Problem("opinion.no-groups", said, "leave --groups out, and groups will be found")
    return Given(source, grouped, tuple(sorted(set(grouped.values()), key=_by_number)))


def _by_number(name: str) -> tuple[int, int, str]:
    """Numbers in their order, then names in theirs."""
    number = whole(name)
    return (1, 0, name) if number is None else (0, number, name)


def _place(source: Source, names: tuple[str, ...]) -> int:
    for name in names:
        if name in source.header:
            return source.header.index(name)
    said = f"{source.path}, line 1: no column {names[0]!r}; the columns are: {', '.join(source.header[:12])}"
    raise Problem("opinion.missing-column", said, "a table with the columns participant and group is needed")
