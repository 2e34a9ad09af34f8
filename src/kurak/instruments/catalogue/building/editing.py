"""Changes of a document: each takes one and gives another, the first stays as it was."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kurak.ground.errors import Missing, Refused
from kurak.instruments.catalogue.tree import Path, Place, at, declared, places

type Document = dict[str, Any]

FORMULAS = frozenset(("formula", "subtract", "multiply", "cap", "floor", "set", "when", "needs"))
NAMING = frozenset(("use", "denominator"))  # keys whose value is a code


def place_of(document: Mapping[str, Any], code: str) -> Place:
    found = declared(document).get(code)
    if found is None:
        raise Missing("criterion.missing", _("There is no such criterion in this draft any more."), asked=code)
    return found


def changed(document: Mapping[str, Any], code: str, given: Mapping[str, Any]) -> Document:
    """The criterion says this from now on; its children stay."""
    made, path = copy.deepcopy(dict(document)), place_of(document, code).path
    here = at(made, path)
    children = here.get("children")
    here.clear()
    here.update(given)
    if children or (children is not None and "formula" not in given):
        here["children"] = children
    return made


def added(document: Mapping[str, Any], given: Mapping[str, Any], *, under: str = "", among: str = "inputs") -> Document:
    """A criterion more: the last child of `under`, or the last of `also` or `inputs`."""
    made = copy.deepcopy(dict(document))
    if str(given.get("code")) in declared(document):
        raise Refused("criterion.twice", _("Another criterion has this code: choose another."), asked=given.get("code"))
    if under:
        here = at(made, place_of(document, under).path)
        here.setdefault("children", []).append(dict(given))
    else:
        made.setdefault(among, []).append(dict(given))
    return made


def removed(document: Mapping[str, Any], code: str) -> Document:
    """Without the criterion, everything below it, and the places where it was used."""
    if place_of(document, code).path == ("tree",):
        raise Refused("criterion.root", _("The first criterion stays: it is the overall score."))
    made = copy.deepcopy(dict(document))
    gone = [place_of(document, code), *(each for each in places(document) if each.is_use and each.code == code)]
    for each in sorted(gone, key=lambda place: place.path, reverse=True):
        taken_out(made, each.path)
    for branch in ("also", "inputs"):
        if made.get(branch) == []:
            del made[branch]
    return made


def taken_out(document: Document, path: Path) -> Any:
    return at(document, path[:-1]).pop(path[-1])


def stepped(document: Mapping[str, Any], code: str, by: int) -> Document:
    """One place up (-1) or down (+1) among the criteria beside it; at the end it stays."""
    made, path = copy.deepcopy(dict(document)), place_of(document, code).path
    if path == ("tree",):
        return made
    beside, here = at(made, path[:-1]), int(path[-1])
    there = here + by
    if 0 <= there < len(beside):
        beside[here], beside[there] = beside[there], beside[here]
    return made


def moved(document: Mapping[str, Any], code: str, under: str) -> Document:
    """The criterion, with everything below it, becomes the last child of another."""
    place, above = place_of(document, code), place_of(document, under)
    if place.parent == under:
        return copy.deepcopy(dict(document))
    if above.path[: len(place.path)] == place.path:
        raise Refused("criterion.circle", _("A criterion cannot become a part of itself. Choose another parent."))
    made = copy.deepcopy(dict(document))
    target = at(made, above.path)
    given = taken_out(made, place.path)
    target.setdefault("children", []).append(given)
    return made


def renamed(document: Mapping[str, Any], code: str, named: str) -> Document:
    """Another code, here and wherever the criterion is used: in formulas, in conditions, in the example."""
    if named in declared(document):
        raise Refused("criterion.twice", _("Another criterion has this code: choose another."), asked=named)
    place = place_of(document, code)
    made = _renamed(document, code, named)
    at(made, place.path)["code"] = named
    example = made.get("example")
    for part in ("values", "expect"):
        if isinstance(example, dict) and isinstance(example.get(part), dict):
            example[part] = {named if key == code else key: each for key, each in example[part].items()}
    return made


def _renamed(value: Any, code: str, named: str, key: str = "") -> Any:
    word = re.compile(rf"\b{re.escape(code)}\b")
    if isinstance(value, Mapping):
        return {name: _renamed(each, code, named, str(name)) for name, each in value.items()}
    if isinstance(value, list):
        return [named if key == "required" and each == code else _renamed(each, code, named, key) for each in value]
    if isinstance(value, str) and key in FORMULAS:
        return word.sub(named, value)
    return named if key in NAMING and value == code else value


def put(document: Mapping[str, Any], key: str, value: Any) -> Document:
    """A part of the document anew; without a value it goes."""
    made = copy.deepcopy(dict(document))
    if value in (None, "", [], {}):
        made.pop(key, None)
    else:
        made[key] = value
    return made


type Change = Callable[[Mapping[str, Any]], Document]


def used(document: Mapping[str, Any], code: str, under: str) -> Document:
    """A criterion that is declared elsewhere is a part of this one too."""
    place_of(document, code)
    made = copy.deepcopy(dict(document))
    at(made, place_of(document, under).path).setdefault("children", []).append({"use": code})
    return made


def unused(document: Mapping[str, Any], path: str) -> Document:
    """Without one use of a criterion, named by its path such as `tree.children.2`; the criterion itself stays."""
    for each in places(document):
        if each.is_use and ".".join(map(str, each.path)) == path:
            made = copy.deepcopy(dict(document))
            taken_out(made, each.path)
            return made
    raise Missing("criterion.missing", _("There is no such criterion in this draft any more."), asked=path)
