"""The criteria of a document as a tree: who stands where, under whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

BRANCHES = ("tree", "also", "inputs")

type Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One node, leaf or use in a document. given: its mapping, as written; parent: the code above it; among: which of
    the three branches it hangs on."""

    path: Path
    given: Mapping[str, Any]
    parent: str | None
    among: str

    @property
    def code(self) -> str:
        return str(self.given.get("use") or self.given.get("code") or "")

    @property
    def is_use(self) -> bool:
        return "use" in self.given

    @property
    def is_node(self) -> bool:
        return "children" in self.given or "formula" in self.given

    @property
    def depth(self) -> int:
        return self.path.count("children")


def places(document: Mapping[str, Any]) -> Iterator[Place]:
    """Every place of a document, parents before children, in the order of reading. What is no mapping is passed over.

    >>> dam = {"tree": {"code": "all", "children": [{"code": "a"}, {"use": "b"}]}, "inputs": [{"code": "b"}]}
    >>> [(each.code, each.parent, each.among) for each in places(dam)]
    [('all', None, 'tree'), ('a', 'all', 'tree'), ('b', 'all', 'tree'), ('b', None, 'inputs')]
    """
    for among in BRANCHES:
        given = document.get(among)
        starts = (
            [((among,), given)] if among == "tree" else [((among, i), each) for i, each in enumerate(listed(given))]
        )
        for path, each in starts:
            yield from _below(path, each, None, among)


def _below(path: Path, given: Any, parent: str | None, among: str) -> Iterator[Place]:
    if not isinstance(given, Mapping):
        return
    here = Place(path, given, parent, among)
    yield here
    for at, child in enumerate(listed(given.get("children"))):
        yield from _below((*path, "children", at), child, here.code, among)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def declared(document: Mapping[str, Any]) -> dict[str, Place]:
    """Where each code is declared; the first place where one is declared twice."""
    found: dict[str, Place] = {}
    for each in places(document):
        if not each.is_use:
            found.setdefault(each.code, each)
    return found


def at(document: Any, path: Path) -> Any:
    """What stands at a path; None where nothing does.

    >>> at({"tree": {"children": [{"code": "a"}]}}, ("tree", "children", 0, "code"))
    'a'
    """
    for step in path:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
    return document
