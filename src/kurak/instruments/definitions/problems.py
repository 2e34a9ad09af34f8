"""What is wrong in a definition: where in the file, what, and what would be right. All of it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

type Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """path leads to the place in the document; line and column count from 1, and are 0 where there is no text.
    code: stable, for programs and translations. said and remedy: English sentences without their full stop."""

    path: Path
    code: str
    said: str
    remedy: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column}" if self.line else dotted(self.path)
        return f"{where}: {self.said}. {self.remedy}."


class Misdeclared(ValueError):
    """A definition that cannot be used. `problems`: all of them, in the order of the file."""

    def __init__(self, problems: Iterable[Problem], name: str = "") -> None:
        self.problems = tuple(sorted(problems, key=lambda each: (each.line, each.column)))
        self.name = name
        super().__init__("\n".join(f"{name}, {each}" if name else str(each) for each in self.problems))


def dotted(path: Path) -> str:
    """The path as people write it: ("tree", "children", 0) is tree.children[0].

    >>> dotted(("tree", "children", 0, "weight"))
    'tree.children[0].weight'
    """
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".") or "the document"
