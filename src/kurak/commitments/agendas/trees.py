"""The tree of an agenda as its document has it: nested mappings with a code each. Nothing here touches a database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kurak.ground.errors import Missing, Refused

type Node = dict[str, Any]
RELATIONS = {"serves": "serves", "rests_on": "rests-on", "localises": "localises", "same": "same"}
PARENT = "parent"  # what a part stands in
UNTOUCHED = ("provisions",)  # of a node: what is not its own


@dataclass(frozen=True, slots=True)
class Placed:
    """A node where it stands. path: its place in the document, as problems name it."""

    node: Node
    parent: str
    depth: int
    position: int
    path: tuple[str | int, ...]

    @property
    def code(self) -> str:
        return str(self.node.get("code", ""))


FATHOMED = 50  # levels; checking.DEEPEST is less


def placed(document: Mapping[str, Any]) -> list[Placed]:
    """Every node, depth first. What is deeper than any tree may be is left out: it is refused, and no stack is deep
    enough for it."""
    found: list[Placed] = []
    left: list[tuple[Node, str, int, tuple[str | int, ...]]] = []

    def put(nodes: Any, parent: str, depth: int, path: tuple[str | int, ...]) -> None:
        rows = [(node, parent, depth, (*path, "provisions", number)) for number, node in enumerate(nodes or [])]
        left.extend(reversed(rows))

    put(document.get("provisions"), "", 0, ())
    while left:
        node, parent, depth, here = left.pop()
        found.append(Placed(node, parent, depth, len(found), here))
        if depth < FATHOMED:
            put(node.get("provisions"), str(node.get("code", "")), depth + 1, here)
    return found


def sha256_of(tree: Mapping[str, Any]) -> str:
    """Of what the tree says, whatever the order of its keys."""
    said = json.dumps({"provisions": tree.get("provisions") or []}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def leads(node: Node) -> Iterator[dict[str, Any]]:
    """Where a node leads: {relation, to: "agenda/code", note, source, verified}."""
    for key, relation in RELATIONS.items():
        for given in _listed(node.get(key)):
            told = given if isinstance(given, Mapping) else {"to": given}
            yield {"note": "", "source": "", "verified": True, **told, "relation": relation, "to": str(told.get("to"))}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def target_of(lead: str) -> tuple[str, str]:
    """
    >>> target_of("sdg/16.7")
    ('sdg', '16.7')
    """
    agenda, _slash, code = lead.partition("/")
    return agenda, code


# Changes: each gives a new document and leaves the old one alone.


def added(document: Mapping[str, Any], node: Node, *, under: str = "") -> Node:
    made = deepcopy(dict(document))
    if any(each.code == node.get("code") for each in placed(made)):
        raise Refused("provision.code_taken", _("This code is there already: choose another."), asked=node.get("code"))
    _children(made, under).append(dict(node))
    return made


def changed(document: Mapping[str, Any], code: str, change: Callable[[Node], None]) -> Node:
    made = deepcopy(dict(document))
    change(node_called(made, code))
    return made


def moved(document: Mapping[str, Any], code: str, *, under: str) -> Node:
    """To the end of another parent's parts; to the top where under is empty."""
    made = deepcopy(dict(document))
    inside = {each.code for each in placed({"provisions": [node_called(made, code)]})}
    if under in inside:
        raise Refused("provision.inside_itself", _("A part cannot stand inside itself. Choose another place."))
    node = _taken(made, code)
    _children(made, under).append(node)
    return made


def stepped(document: Mapping[str, Any], code: str, by: int) -> Node:
    """One place up (-1) or down (+1) among its neighbours."""
    made = deepcopy(dict(document))
    siblings, at = _where(made, code)
    to = max(0, min(len(siblings) - 1, at + by))
    siblings.insert(to, siblings.pop(at))
    return made


def removed(document: Mapping[str, Any], code: str) -> Node:
    """Without the part and what is inside it. What was published of it stays as ended."""
    made = deepcopy(dict(document))
    _taken(made, code)
    return made


def node_called(document: Mapping[str, Any], code: str) -> Node:
    siblings, at = _where(document, code)
    return siblings[at]


def _where(document: Mapping[str, Any], code: str) -> tuple[list[Node], int]:
    def look(nodes: list[Node]) -> tuple[list[Node], int] | None:
        for at, node in enumerate(nodes):
            if str(node.get("code")) == code:
                return nodes, at
            if inside := look(node.get("provisions") or []):
                return inside
        return None

    found = look(document.get("provisions") or [])
    if found is None:
        raise Missing(
            "provision.missing", _("There is no such part in this agenda. Its page shows them all."), asked=code
        )
    return found


def _taken(made: Node, code: str) -> Node:
    siblings, at = _where(made, code)
    return siblings.pop(at)


def _children(made: Node, under: str) -> list[Node]:
    holder = node_called(made, under) if under else made
    if not isinstance(holder.get("provisions"), list):
        holder["provisions"] = []
    return holder["provisions"]


# Comparing


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of a part, before and after; both are values of the document."""

    what: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Line:
    """One line of two trees side by side. was, now: the node, or nothing where it is not there."""

    code: str
    depth: int
    was: Node | None
    now: Node | None
    changes: tuple[Change, ...] = ()

    @property
    def kind(self) -> str:
        if self.was is None:
            return "added"
        if self.now is None:
            return "removed"
        if {change.what for change in self.changes} == {PARENT}:
            return "moved"
        return "changed" if self.changes else "same"


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Line]:
    """Two trees line by line, in the order of the newer; what went stands behind the part it stood behind."""
    was = {each.code: each for each in placed(before)}
    now = {each.code: each for each in placed(after)}
    lines = [_line(code, was.get(code), each) for code, each in now.items()]
    gone = [each for code, each in was.items() if code not in now]
    order = list(was)
    for each in gone:
        behind = next(
            (code for code in reversed(order[: order.index(each.code)]) if _at(lines, code) is not None), None
        )
        at = _at(lines, behind) if behind else None
        lines.insert(0 if at is None else at + 1, Line(each.code, each.depth, each.node, None))
    return lines


def _at(lines: list[Line], code: str | None) -> int | None:
    return next((at for at, line in enumerate(lines) if line.code == code), None)


def _line(code: str, was: Placed | None, now: Placed) -> Line:
    if was is None:
        return Line(code, now.depth, None, now.node)
    keys = sorted({*was.node, *now.node} - set(UNTOUCHED) - {"code"})
    changes = tuple(
        Change(key, was.node.get(key), now.node.get(key)) for key in keys if was.node.get(key) != now.node.get(key)
    )
    if was.parent != now.parent:
        changes = (*changes, Change(PARENT, was.parent, now.parent))
    return Line(code, now.depth, was.node, now.node, changes)
