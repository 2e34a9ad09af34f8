"""Reads a whole document into a Declaration."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from kurak.engines.composite.declaration import KINDS, Child, Declaration, Factor, Leaf, Node
from kurak.engines.composite.declaring import parts
from kurak.engines.composite.declaring.keys import TOLD
from kurak.engines.composite.declaring.reading import SLUG, Path, Reading, shown
from kurak.engines.composite.problems import Undeclarable

FORMAT = 1
MOST_NODES = 5_000
DEEPEST = 30
CLASS_NAMES = frozenset({"score"})


def declare(document: Mapping[str, Any]) -> Declaration:
    """The declaration of a document. Raises Undeclarable with every problem and its place.

    >>> dam = {"code": "dam", "label": "exact", "format": 1, "edition": "2026",
    ...        "tree": {"code": "all", "children": [{"code": "a"}, {"code": "b", "weight": 3}]}}
    >>> declare(dam).nodes["all"].children
    (Child(code='a', weight=1.0), Child(code='b', weight=3.0))
    >>> try:
    ...     declare({**dam, "tree": {"code": "all", "children": [{"code": "a", "wieght": 2}]}})
    ... except Undeclarable as wrong:
    ...     print(wrong)
    tree.children.0.wieght: there is no key 'wieght' here. Did you mean 'weight'.
    """
    reading = Reading()
    try:
        found = _Document(reading, document).declaration()
    except _Hopeless:
        found = None
    if reading.problems or found is None:
        raise Undeclarable(reading.problems)
    return found


class _Hopeless(Exception):
    """Nothing can be said about the rest."""


class _Document:
    def __init__(self, read: Reading, document: Mapping[str, Any]) -> None:
        self.read = read
        self.document = read.mapping((), document, "document")
        self.leaves: dict[str, Leaf] = {}
        self.nodes: dict[str, Node] = {}
        self.places: dict[str, Path] = {}
        self.used: list[tuple[Path, str]] = []
        self.top: dict[str, dict[str, Any]] = {"defaults": {}, "answers": {}}

    def declaration(self) -> Declaration:
        read, given = self.read, self.document
        if not isinstance(given.get("tree"), Mapping):
            read.wrong(("tree",), "declaration.tree", "there is no tree", "Add tree: with a code and children")
            raise _Hopeless
        self._heading()
        root = self._branch(("tree",), given["tree"], 0)
        for place, each in enumerate(read.listed(("also",), given.get("also", []))):
            self._branch(("also", place), each, 0)
        for place, each in enumerate(read.listed(("inputs",), given.get("inputs", []))):
            self._leaf(("inputs", place), each)
        self._references()
        scale = read.mapping(("scale",), given.get("scale", {}), "scale")
        better = read.word(("scale", "better"), scale.get("better", "high"), ("high", "low"))
        ranked = {"better": better, **given.get("ranks", {})} if isinstance(given.get("ranks", {}), Mapping) else {}
        return Declaration(
            code=str(given.get("code", "")),
            edition=str(given.get("edition", "")),
            leaves=self.leaves,
            nodes=self._ordered(),
            root=root,
            classes=self.classes,
            ranks=parts.ranks(read, ("ranks",), ranked),
            groups=tuple(map(str, read.listed(("groups",), given.get("groups", [])))),
            tokens=self._tokens(),
            screen=self.top["defaults"].get("screen"),
            over=str(given.get("over", "each-period")),
            reference=given.get("reference"),
            factors=self._factors(),
            excluded=tuple(read.listed(("excluded",), given.get("excluded", []))),
            label=parts.label(read, ("label",), given.get("label")),  # type: ignore[arg-type]
            digits=read.whole(("scale", "digits"), scale["digits"], high=12) if "digits" in scale else None,
            half=read.word(("scale", "half"), scale.get("half", "up"), ("up", "even")),  # type: ignore[arg-type]
            low=read.number(("scale", "low"), scale["low"]) if "low" in scale else None,
            high=read.number(("scale", "high"), scale["high"]) if "high" in scale else None,
            better=better,  # type: ignore[arg-type]
            checksum=checksum(given),
        )

    def _heading(self) -> None:
        read, given = self.read, self.document
        if given.get("format") != FORMAT:
            read.wrong(("format",), "declaration.format", "the format is not named", f"Add format: {FORMAT}")
        if not (isinstance(given.get("code"), str) and SLUG.fullmatch(given["code"])):
            remedy = "Use up to 60 small Latin letters, digits and hyphens, beginning with a letter"
            read.wrong(("code",), "declaration.code", f"{shown(given.get('code'))} can't be the code", remedy)
        read.text(("edition",), given.get("edition"))
        self.top["answers"] = {
            name: parts.answer_scale(read, ("answers", name), each)
            for name, each in read.mapping(("answers",), given.get("answers", {})).items()
        }
        defaults = read.mapping(("defaults",), given.get("defaults", {}), "defaults")
        self.top["defaults"] = {
            name: read.choice(("defaults", name), defaults[name], methods)
            for name, methods in parts.STAGES.items()
            if name in defaults
        }
        self.top["defaults"]["screen"] = parts.screen(read, ("defaults", "screen"), defaults.get("screen"))
        self.classes = {
            name: parts.classes(read, ("classes", name), name, each)
            for name, each in read.mapping(("classes",), given.get("classes", {})).items()
        }

    def _tokens(self) -> dict[str, str]:
        there = self.read.mapping(("missing",), self.document.get("missing", {}))
        return {token: self.read.word(("missing", token), kind, KINDS) for token, kind in there.items()}

    def _factors(self) -> tuple[Factor, ...]:
        """The settings of each kind are checked where they are used (varying/factors)."""
        kept = []
        for place, each in enumerate(self.read.listed(("uncertainty",), self.document.get("uncertainty", []))):
            there = self.read.mapping(("uncertainty", place), each)
            kind = self.read.text(("uncertainty", place, "factor"), there.pop("factor", None))
            kept.append(Factor(kind, there))
        return tuple(kept)

    def _branch(self, path: Path, given: Any, depth: int) -> str:
        """A node or leaf and all below it; returns its code."""
        if not isinstance(given, Mapping):
            self.read.wrong(
                path, "declaration.mapping", f"{shown(given)} is not a mapping", "Write keys and values here"
            )
            return ""
        if depth > DEEPEST or len(self.places) > MOST_NODES:
            self.read.wrong(path, "declaration.large", "the tree is too deep or too large", "Split the instrument")
            raise _Hopeless
        if "use" in given:
            self.read.mapping(path, given, "use")
            code = self.read.code((*path, "use"), given["use"])
            self.used.append(((*path, "use"), code))
            return code
        if "children" not in given and "formula" not in given:
            return self._leaf(path, given)
        node = parts.node(self.read, path, given, self._children(path, given, depth))
        self._new(path, node.code)
        self.nodes[node.code] = node
        return node.code

    def _children(self, path: Path, given: Mapping[str, Any], depth: int) -> tuple[Child, ...]:
        if "formula" in given:
            if "children" in given:
                remedy = "Keep the children or the formula; the formula may name codes declared elsewhere"
                self.read.wrong(path, "declaration.both", "the node has children and a formula", remedy)
            return ()
        below = (*path, "children")
        kept = []
        for place, each in enumerate(self.read.listed(below, given["children"])):
            code = self._branch((*below, place), each, depth + 1)
            weight = each.get("weight", 1) if isinstance(each, Mapping) else 1
            kept.append(Child(code, self.read.number((*below, place, "weight"), weight, low=0)))
        if not kept:
            self.read.wrong(below, "declaration.childless", "the node has no children", "Add children, or a formula")
        elif not any(child.weight for child in kept):
            self.read.wrong(below, "declaration.weights", "all weights are 0", "Give at least one child a weight")
        if len({child.code for child in kept}) < len(kept):
            self.read.wrong(below, "declaration.twice", "a child is there twice", "Keep it once and raise its weight")
        return tuple(kept)

    def _leaf(self, path: Path, given: Any) -> str:
        leaf = parts.leaf(self.read, path, given, self.top)
        self._new(path, leaf.code)
        self.leaves[leaf.code] = leaf
        return leaf.code

    def _new(self, path: Path, code: str) -> None:
        if code and code in self.places:
            first = ".".join(map(str, self.places[code]))
            remedy = f"Give it a code of its own, or write {{use: {code}}} where the first at {first} is meant"
            self.read.wrong((*path, "code"), "declaration.twice", f"the code {code!r} is there twice", remedy)
        self.places.setdefault(code, path)

    def _references(self) -> None:
        """Everything that is named must be there."""
        known = {*self.leaves, *self.nodes}
        for path, code in self.used:
            if code and code not in known:
                self.read.unknown((*path, code), "declaration.code-unknown", f"nothing has the code {code!r}", known)
        for leaf in self.leaves.values():
            self._there((*self.places[leaf.code], "denominator"), leaf.denominator, set(self.leaves))
            self._there((*self.places[leaf.code], "classes"), leaf.classes, set(self.classes))
        for node in self.nodes.values():
            path = self.places[node.code]
            self._there((*path, "classes"), node.classes, set(self.classes))
            for code in (*(node.needs - {child.code for child in node.children}), *node.missing.required):
                self._there(path, code, known)
        for scheme in self.classes.values():
            for place, each in enumerate(scheme.of):
                for name in (*(each.needs.names if each.needs else ()), *(each.when.names if each.when else ())):
                    self._there(("classes", scheme.code, "of", place), name, known | CLASS_NAMES)

    def _there(self, path: Path, code: str | None, known: set[str]) -> None:
        if code and code not in known:
            self.read.unknown((*path, code), "declaration.code-unknown", f"nothing has the code {code!r}", known)

    def _ordered(self) -> dict[str, Node]:
        """Children and what formulas need come first."""
        needs = {code: node.needs & self.nodes.keys() for code, node in self.nodes.items()}
        try:
            return {code: self.nodes[code] for code in TopologicalSorter(needs).static_order()}
        except CycleError as circle:
            codes = " -> ".join(circle.args[1])
            said = f"these codes need one another: {codes}"
            self.read.wrong(self.places[circle.args[1][0]], "declaration.circle", said, "Break the circle")
            raise _Hopeless from None


def checksum(document: Mapping[str, Any]) -> str:
    """SHA-256 of what is computed: words for people may change without it, anything else may not."""
    kept = {key: _computed(key, each) for key, each in document.items() if key not in TOLD["document"]}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


# Which told keys may stand at which place; "one scheme" is what lies under a name of `classes`.
_PLACES = {
    "tree": "leaf", "also": "leaf", "inputs": "leaf", "children": "leaf",
    "one scheme": "scheme", "of": "class", "then": "adjustment", "label": "label", "ranks": "ranks",
}  # fmt: skip


def _computed(place: str, given: Any) -> Any:
    """The same without what is told, numbers in one form."""
    if isinstance(given, list | tuple):
        return [_computed(place, each) for each in given]
    if isinstance(given, Mapping):
        told = TOLD.get(_PLACES.get(place, ""), frozenset())
        inside = {"classes": "one scheme"}.get(place)
        return {str(key): _computed(inside or str(key), each) for key, each in given.items() if key not in told}
    if isinstance(given, bool) or given is None or isinstance(given, str):
        return given
    return float(given) if isinstance(given, int | float) else str(given)
