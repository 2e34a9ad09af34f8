"""Reads a file of data for an edition: which layout it has, which of its units are places or organisations we know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from kurak.ground.languages.folding import fold
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place
from kurak.instruments.definitions.files import WORKBOOKS, Sheet, read_csv, read_workbook
from kurak.instruments.definitions.flattening import flat, is_node
from kurak.instruments.definitions.layouts import Layout, inputs_of, laid, layouts, names_of, twice
from kurak.instruments.definitions.problems import Misdeclared, Problem

UNITS = ("unit", "iso3", "iso2", "code", "country_text_id", "country_code", "country", "countries", "organisation")
PERIODS = ("period", "year", "time")
PLAIN = Layout(name="", unit="unit")  # columns are named as the edition names its criteria


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was read. published: {node: cells} of figures it carries beside the inputs, to compare with."""

    name: str
    sha256: str
    layout: str
    units: list[str]
    periods: list[str] | None
    columns: dict[str, list[Any]]
    notes: list[str] = field(default_factory=list)
    published: dict[str, list[Any]] = field(default_factory=dict)


def sheet_of(name: str, body: bytes) -> Sheet:
    """The table of a file that was sent. Raises Unreadable with line and column."""
    if PurePath(name).suffix.lower() in WORKBOOKS:
        return read_workbook(body, name)
    return read_csv(body, name)


def bring(document: Mapping[str, Any], name: str, body: bytes) -> Brought:
    """The file by the first layout of the edition that it fits, or by the columns of its criteria.

    Raises Misdeclared with what is missing or there twice."""
    sheet = sheet_of(name, body)
    layout = fitting(document, sheet)
    if doubled := twice(layout, [sheet]):
        raise Misdeclared([_doubled(*each) for each in doubled[:20]], name)
    found = laid(layout, [sheet])
    groups = [str(each) for each in document.get("groups") or ()]
    wanted = inputs_of(document, layout, nodes_of(document, layout, found.columns)).values()
    kept = {column: found.columns[column] for column in dict.fromkeys([*wanted, *groups]) if column in found.columns}
    published = {node: found.columns[called] for node, called in layout.published.items() if called in found.columns}
    notes = [*sheet.notes, *([f"{found.left_out} rows are not asked for"] if found.left_out else [])]
    if found.nameless:
        lines = ", ".join(str(line) for _, line in found.nameless[:20])
        notes.append(f"{len(found.nameless)} rows name no unit and were left out: line {lines}")
    return Brought(name, sha256(body).hexdigest(), layout.name, found.units, found.periods, kept, notes, published)


def layout_called(document: Mapping[str, Any], name: str) -> Layout:
    return next((each for each in layouts(document) if each.name == name), PLAIN)


def nodes_of(document: Mapping[str, Any], layout: Layout, names: Iterable[str]) -> list[str]:
    """The overall score, and every other node that can be computed from these columns."""
    every, there = flat(document), set(names)
    root = str(document["tree"]["code"])
    others = [code for code, item in every.items() if is_node(item) and code != root and code not in layout.columns]
    return [root, *(code for code in others if {*inputs_of(document, layout, [code]).values()} <= there)]


def _doubled(unit: str, line: int, _file: str, first: int) -> Problem:
    said = f"{unit} is there twice, first on line {first}"
    return Problem((), "data.twice", said, "Keep one row for each unit and period", line, 1)


def fitting(document: Mapping[str, Any], sheet: Sheet) -> Layout:
    """The first layout by which the file has all that the overall score needs."""
    root = str(document["tree"]["code"])
    for layout in layouts(document):
        names = names_of(layout, [sheet])
        if names is not None and {*inputs_of(document, layout, [root]).values()} <= names:
            return layout
    return plain(document, root, sheet)


def plain(document: Mapping[str, Any], root: str, sheet: Sheet) -> Layout:
    """One row a unit, columns named as the edition names them."""
    unit = next((each for each in UNITS if each in sheet.header), None)
    needed = inputs_of(document, PLAIN, [root])
    problems = []
    if unit is None:
        remedy = f"Name the column of the units one of: {', '.join(UNITS)}"
        problems.append(Problem((), "data.unit", "no column names the units", remedy, 1, 1))
    for code, column in [(code, column) for code, column in needed.items() if column not in sheet.header][:20]:
        said = f"there is no column {column!r} for {code}"
        problems.append(Problem((), "data.column", said, "Add it; its cells may be empty", 1, len(sheet.header)))
    if problems:
        raise Misdeclared(problems, sheet.name)
    period = next((each for each in PERIODS if each in sheet.header), None)
    return Layout(name="", unit=str(unit), period=period)


def places_of(units: Sequence[str]) -> dict[str, Place]:
    """{unit: place} of the units that are places we know, by code or by name in any language."""
    known: dict[str, Place] = {}
    for place in Place.objects.filter(kind__in=[Place.Kind.COUNTRY, Place.Kind.SUBDIVISION]).order_by("kind", "code"):
        words = [place.code, place.codes.get("iso3", ""), *place.names.values()]
        for word in filter(None, words):
            known.setdefault(fold(str(word)), place)
    return {unit: known[fold(unit)] for unit in units if fold(unit) in known}


def organisations_of(units: Sequence[str]) -> dict[str, Organisation]:
    """{unit: organisation} of the units that are organisations we know, by their short name."""
    found = {each.slug: each for each in Organisation.objects.filter(slug__in=set(units))}
    return {unit: found[unit] for unit in units if unit in found}
