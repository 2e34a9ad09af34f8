"""What is wrong with a declaration or a table: where, what, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """path: the keys and positions that lead to the place in the document (("tree", "children", 0, "weight")), or the
    unit and column in a table. code: stable, for programs and translations. said and remedy: English sentences."""

    path: tuple[str | int, ...]
    code: str
    said: str
    remedy: str

    def __str__(self) -> str:
        where = ".".join(map(str, self.path)) or "the document"
        return f"{where}: {self.said}. {self.remedy}."


class Wrong(ValueError):
    """Something given to the engine is wrong; `problems` lists all that was found, not just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class Undeclarable(Wrong):
    """The document declares no instrument."""


class Unusable(Wrong):
    """The table can't be scored with the declaration."""
