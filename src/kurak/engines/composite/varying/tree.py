"""The nodes of a declaration by their place: what is meant by `of` and `levels` in a factor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kurak.engines.composite.declaration import Declaration, Node
from kurak.engines.composite.declaring.reading import Path, Reading
from kurak.engines.composite.formula import Formula


def nodes_below(declaration: Declaration, codes: Iterable[str]) -> list[str]:
    """The nodes that these nodes are made from directly, as children or in a formula."""
    needed = [name for code in codes for name in _in_order(declaration.nodes[code])]
    return [code for code in dict.fromkeys(needed) if code in declaration.nodes]


def formulas(declaration: Declaration) -> list[Formula]:
    """Those of nodes, of adjustments and of classes."""
    nodes = [node.formula for node in declaration.nodes.values()]
    rules = [each for node in declaration.nodes.values() for rule in node.then for each in (rule.amount, rule.when)]
    classes = [rule for each in declaration.classes.values() for one in each.of for rule in (one.needs, one.when)]
    return [each for each in (*nodes, *rules, *classes) if each is not None]


def _in_order(node: Node) -> list[str]:
    children = [child.code for child in node.children]
    return [*children, *sorted(node.needs - {*children})]


class Tree:
    """level of each node under the root: the root 1, the nodes below it 2, and so on; the least of several."""

    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration
        self.level: dict[str, int] = {}
        front, depth = [declaration.root], 1
        while front:
            self.level.update({code: depth for code in front if code not in self.level})
            front = [code for code in nodes_below(declaration, front) if code not in self.level]
            depth += 1
        self.parents: dict[str, tuple[str, ...]] = {}
        for node in declaration.nodes.values():
            for child in node.children:
                self.parents[child.code] = (*self.parents.get(child.code, ()), node.code)
        self.named = frozenset(name for formula in formulas(declaration) for name in formula.names)

    def nodes(self, read: Reading, path: Path, settings: Mapping[str, Any]) -> tuple[str, ...]:
        """The nodes that `of` names, or those of `levels`, or all under the root, with two children or more."""
        nodes = self.declaration.nodes
        if "of" not in settings:
            there = settings.get("levels")
            wanted = None if there is None else read.listed((*path, "levels"), there)
            among = [code for code in self.level if len(nodes[code].children) > 1]
            found = [code for code in among if wanted is None or self.level[code] in wanted]
            if not found:
                said = "no node there has two children" if wanted is None else f"no node with two children at {wanted}"
                read.wrong((*path, "levels"), "factor.levels", said, "Level 1 is the root; or name nodes with `of`")
            return tuple(found)
        found = []
        for place, code in enumerate(read.listed((*path, "of"), settings["of"])):
            if code not in nodes:
                read.unknown((*path, "of", place, str(code)), "factor.of", f"there is no node {code!r}", nodes)
            elif len(nodes[code].children) < 2:
                remedy = "Name a node that combines several children"
                read.wrong((*path, "of", place), "factor.of", f"{code!r} does not combine several children", remedy)
            else:
                found.append(str(code))
        return tuple(dict.fromkeys(found))

    def leaves(self, read: Reading, path: Path, settings: Mapping[str, Any]) -> tuple[str, ...] | None:
        """The leaves that `of` names, by themselves or by a node above them; None where there is no `of`."""
        if "of" not in settings:
            return None
        declaration, found = self.declaration, list[str]()
        for place, code in enumerate(read.listed((*path, "of"), settings["of"])):
            if code in declaration.leaves or code in declaration.nodes:
                found += declaration.leaves_under(str(code))
            else:
                known = declaration.codes
                read.unknown((*path, "of", place, str(code)), "factor.of", f"nothing has the code {code!r}", known)
        return tuple(dict.fromkeys(found))
