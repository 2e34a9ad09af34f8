"""Rows of a table as the tree of an agenda, or as its commitments: one row a part, `parent` says inside which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from kurak.commitments.agendas import trees
from kurak.commitments.agendas.declared import Kind, kind_called
from kurak.ground.languages.declared import BY_CODE
from kurak.ground.places.models import Place
from kurak.instruments.definitions.problems import Path, Problem

PLAIN = ("code", "kind", "place", "holds_from", "holds_until")
OF_A_COMMITMENT = (
    "code", "level", "place", "owner", "owner_name", "starts", "deadline", "status", "status_since", "status_why",
    "source", "url",
)  # fmt: skip
FALSE = frozenset(("false", "no", "0", "нет"))
SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file with rows holds. rows: (line of the file, {column: cell as text})."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


@dataclass(slots=True)
class Mapped:
    """What became of a sheet, and the line that each place of the document came from."""

    document: dict[str, Any]
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems, each with its line."""
        return [replace(each, line=each.line or self._line(each.path)) for each in problems]

    def _line(self, path: Path) -> int:
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


def renamed(sheet: Sheet, columns: Mapping[str, str]) -> Sheet:
    """With the columns called as we call them. columns: {ours: theirs}."""
    theirs = {name: ours for ours, name in columns.items()}
    named = tuple(theirs.get(name, name) for name in sheet.columns)
    rows = tuple((line, {theirs.get(name, name): cell for name, cell in row.items()}) for line, row in sheet.rows)
    return Sheet(named, rows)


def lacking(sheet: Sheet, columns: Mapping[str, str], needed: Iterable[str]) -> list[Problem]:
    """Columns that were promised and are not there."""
    found = [
        Problem(("columns",), "column", _("the file has no column “%(name)s”") % {"name": theirs},
                _("Its columns are: %(known)s") % {"known": ", ".join(sheet.columns)}, line=1)
        for theirs in columns.values() if theirs not in sheet.columns
    ]  # fmt: skip
    named = renamed(sheet, columns).columns
    for ours in needed:
        if ours not in named and not any(
            each.startswith(f"{ours}_") and each[len(ours) + 1 :] in BY_CODE for each in named
        ):
            found.append(
                Problem(("columns",), "column", _("the file has no column “%(name)s”") % {"name": ours},
                        _("Say which it is: one of %(known)s") % {"known": ", ".join(sheet.columns)}, line=1)
            )  # fmt: skip
    return found


def tree_of(sheet: Sheet, kind: str, *, language: str = "en", group: str = "") -> Mapped:
    """Parts nested as `parent` says. group: a column whose every value becomes a part at the top, such as the country
    or the cycle of a review. Rows may stand in any order."""
    made = Mapped({"provisions": []})
    said, places = kind_called(kind), _places()
    nodes: dict[str, dict[str, Any]] = {}
    origin: dict[int, int] = {}
    hanging: list[tuple[int, str, dict[str, Any]]] = []
    for line, row in sheet.rows:
        node = _node(row, said, language, places)
        origin[id(node)] = line
        parent = row.get("parent", "").strip()
        if group and not parent:
            parent = _grouped(made, nodes, origin, row.get(group, "").strip() or "–", line, places, language)
        hanging.append((line, parent, node))
        if node["code"] in nodes:
            text = _("the code “%(code)s” is there twice") % {"code": node["code"]}
            made.problems.append(Problem(("code",), "twice", text, _("Give each part a code of its own"), line=line))
        nodes.setdefault(node["code"], node)
    for line, parent, node in hanging:
        holder = nodes.get(parent) if parent else made.document
        if holder is None or holder is node:
            text = _("there is no part “%(code)s” to stand in") % {"code": parent[:60]}
            made.problems.append(
                Problem(("parent",), "parent", text, _("Write a code of this file, or nothing"), line=line)
            )
            continue
        holder.setdefault("provisions", []).append(node)
    _in_circles(made, hanging, origin)
    if not made.problems:
        for each in trees.placed(made.document):
            made.lines[each.path] = origin[id(each.node)]
    return made


def _in_circles(made: Mapped, hanging: list[tuple[int, str, dict[str, Any]]], origin: dict[int, int]) -> None:
    """Parts that stand in each other and nowhere else are reached from no top."""
    if made.problems:
        return
    reached = {id(each.node) for each in trees.placed(made.document)}
    for line, parent, node in hanging:
        if id(node) not in reached:
            text = _("“%(code)s” stands inside itself, by way of “%(parent)s”") % {
                "code": node["code"],
                "parent": parent,
            }
            made.problems.append(Problem(("parent",), "circle", text, _("Let one of them stand at the top"), line=line))


def _grouped(
    made: Mapped, nodes: dict[str, Any], origin: dict[int, int], value: str, line: int, places: dict[str, Place],
    language: str,
) -> str:  # fmt: skip
    place = places.get(value.lower())
    code = place.code if place else "".join(each if each.isalnum() else "-" for each in value)[:60]
    if code not in nodes:
        title = {each: place.name(each) for each in ("en", "ru")} if place else {language: value}
        node: dict[str, Any] = {"code": code, "title": title, "provisions": []}
        if place:
            node["place"] = place.code
        nodes[code] = node
        origin[id(node)] = line
        made.document["provisions"].append(node)
    return code


def _places() -> dict[str, Place]:
    """By every code that files use, in small letters."""
    found: dict[str, Place] = {}
    for place in Place.objects.all():
        for code in (place.code, *(str(each) for each in place.codes.values())):
            found.setdefault(code.lower(), place)
    return found


def _node(row: Mapping[str, str], kind: Kind, language: str, places: Mapping[str, Place]) -> dict[str, Any]:
    node: dict[str, Any] = {name: row[name].strip() for name in PLAIN if row.get(name, "").strip()}
    node["code"] = node.get("code", "")
    if place := places.get(node.get("place", "").lower()):
        node["place"] = place.code
    for name in ("title", "text"):
        if text := text_in(row, name, language):
            node[name] = text
    about = {
        fact.code: _fact(value, fact.type)
        for fact in kind.facts
        if (value := (row.get(f"about_{fact.code}") or row.get(fact.code) or "").strip())
    }
    if about:
        node["about"] = about
    for key in trees.RELATIONS:
        if leads := row.get(key, "").replace(SEPARATOR, " ").split():
            node[key] = leads
    if row.get("verified", "").strip().lower() in FALSE:
        node["verified"] = False
    return node


def _fact(value: str, kind: str) -> Any:
    return value.lower() not in FALSE if kind == "boolean" else value


def text_in(row: Mapping[str, str], name: str, language: str) -> dict[str, str]:
    """{language: body} of title, title_en, title_ru, ...: the column without a language is in the file's own."""
    found = {code: row[f"{name}_{code}"].strip() for code in BY_CODE if row.get(f"{name}_{code}", "").strip()}
    if plain := row.get(name, "").strip():
        found.setdefault(language, plain)
    return found


def commitments_of(sheet: Sheet, *, language: str = "en") -> Mapped:
    """Commitments, one a row; provisions: codes with spaces or semicolons between them."""
    made, places = Mapped({"commitments": []}), _places()
    for line, row in sheet.rows:
        given: dict[str, Any] = {name: row[name].strip() for name in OF_A_COMMITMENT if row.get(name, "").strip()}
        if place := places.get(given.get("place", "").lower()):
            given["place"] = place.code
        for name in ("title", "text"):
            if text := text_in(row, name, language):
                given[name] = text
        for name in ("provisions", "partners"):
            if codes := row.get(name, "").replace(SEPARATOR, " ").split():
                given[name] = codes
        if row.get("verified", "").strip().lower() in FALSE:
            given["verified"] = False
        made.lines["commitments", len(made.document["commitments"])] = line
        made.document["commitments"].append(given)
    return made
