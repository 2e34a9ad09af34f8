"""A definition with some of its nodes given: data often hold the scores of categories, not the answers below them.

The tree is laid out flat, what is given becomes a leaf with a column, and what nobody asks for is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kurak.instruments.definitions.walking import items

ALL = "all_that_is_asked_for"
_NAME = re.compile(r"[A-Za-z_]\w*")
_OF_LEAVES = frozenset(["code", "column", "weight", "title", "about", "classes", "unit", "checked", "source"])
_LEFT_OUT = frozenset(["tree", "also", "inputs", "uncertainty", "excluded", "example", "verify", "assessing"])


def flat(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every leaf and node by code; children are named by `use`."""
    found: dict[str, dict[str, Any]] = {}
    for _, item in items(document):
        if "code" not in item:
            continue
        one = {key: each for key, each in item.items() if key != "weight"}
        if isinstance(item.get("children"), list):
            one["children"] = [_used(child) for child in item["children"] if isinstance(child, Mapping)]
        found[str(item["code"])] = one
    return found


def _used(child: Mapping[str, Any]) -> dict[str, Any]:
    code = child.get("use", child.get("code"))
    return {"use": code, "weight": child["weight"]} if "weight" in child else {"use": code}


def is_node(item: Mapping[str, Any]) -> bool:
    return "children" in item or "formula" in item


def needs(item: Mapping[str, Any], classes: Mapping[str, Any], known: Iterable[str]) -> set[str]:
    """The codes that must be known before this one: children, and what its formulas name."""
    codes = {str(child["use"]) for child in item.get("children", [])} if "children" in item else set()
    formulas = [item.get("formula"), item.get("denominator")]
    for each in item.get("then") or []:
        formulas += [value for key, value in each.items() if key not in ("code", "title", "about")]
    for each in (classes.get(str(item.get("classes"))) or {}).get("of") or []:
        formulas += [each.get("needs"), each.get("when")]
    named = {name for formula in formulas if formula is not None for name in _NAME.findall(str(formula))}
    return codes | (named & set(known))


def below(document: Mapping[str, Any], given: Iterable[str] = ()) -> dict[str, set[str]]:
    """{code: all codes that it stands on}; nothing is below what is given."""
    every, classes, stop = flat(document), document.get("classes") or {}, set(given)
    found: dict[str, set[str]] = {}

    def under(code: str) -> set[str]:
        if code not in found:
            found[code] = set()
            direct = set() if code in stop else needs(every[code], classes, every) - {code}
            found[code] = direct.union(*(under(each) for each in direct)) if direct else set()
        return found[code]

    for code in every:
        under(code)
    return found


def given(
    document: Mapping[str, Any], columns: Mapping[str, str], wanted: Iterable[str], ready: Iterable[str] = ()
) -> dict[str, Any]:
    """The document whose scores are those wanted, made from the columns given.

    columns: {code: column}; a node that is given becomes a leaf. ready: leaves whose column holds the normalised value
    already. What is needed for nothing that is wanted is left out, with its columns."""
    every, asked = flat(document), list(wanted)
    for code, column in columns.items():
        item = every[code]
        done = is_node(item) or code in set(ready)
        every[code] = {**({k: v for k, v in item.items() if k in _OF_LEAVES} if done else item), "column": column}
    reach = below({**document, "tree": None, "also": [*every.values()], "inputs": []})
    kept = {*asked}.union(*(reach[code] for code in asked))
    nodes = [item for code, item in every.items() if code in kept and is_node(item)]
    leaves = [item for code, item in every.items() if code in kept and not is_node(item)]
    rest = {key: value for key, value in document.items() if key not in _LEFT_OUT}
    root = (document.get("tree") or {}).get("code")
    first = root if root in asked else asked[0]
    if (len(asked) == 1 or first == root) and is_node(every[first]):
        tree: dict[str, Any] = every[first]
        nodes = [item for item in nodes if item is not tree]
    else:
        tree = {"code": ALL, "combine": "max", "children": [{"use": code} for code in asked]}
    used = {str(item["classes"]) for item in [tree, *nodes, *leaves] if "classes" in item}
    schemes = {name: each for name, each in (document.get("classes") or {}).items() if name in used}
    return {**rest, "classes": schemes, "tree": tree, "also": nodes, "inputs": leaves}
