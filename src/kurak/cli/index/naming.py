"""Columns that are called a little otherwise than a layout calls them: read all the same, and it is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kurak.instruments.definitions.files import Sheet
from kurak.instruments.definitions.layouts import Layout, inputs_of

UNITS = ("unit", "iso3", "code", "country_code", "country_text_id", "country", "organisation", "name", "place")
PERIODS = ("period", "year", "edition")


def renamed(
    document: Mapping[str, Any], layout: Layout, sheets: Sequence[Sheet], unit: str | None, period: str | None
) -> tuple[Layout, list[Sheet]]:
    """The files with the names of the layout; unit and period: columns that were named for it."""
    wanted = {layout.unit, *filter(None, [layout.period]), *layout.published.values(), *layout.rank.values()}
    wanted |= {*layout.classes.values(), *layout.where, *inputs_of(document, layout, layout.nodes).values()}
    found = [_spelled(sheet, wanted) for sheet in sheets]
    found = [_called(sheet, layout.unit, (unit,) if unit else UNITS) for sheet in found]
    if layout.period is not None:
        found = [_called(sheet, layout.period, (period,) if period else PERIODS) for sheet in found]
        if period is None and not any(layout.period in sheet.header for sheet in found):
            layout = replace(layout, period=None)  # one year only
    elif when := period or _period_of(layout, found):
        layout = replace(layout, period=when)
    return layout, found


def alike(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Several files with the names that the first has for units and periods, so that they can be joined."""
    found = list(sheets)
    for names in (UNITS, PERIODS):
        first = next((name for name in found[0].header if name.casefold() in names), None)
        if first is not None:
            found = [found[0], *(_called(sheet, first, names) for sheet in found[1:])]
    return found


def _spelled(sheet: Sheet, wanted: set[str]) -> Sheet:
    """Capital letters and spaces around make no other column."""
    lower = {name.casefold(): name for name in wanted if name not in sheet.header}
    for name in [name for name in sheet.header if name and name not in wanted]:
        if name.casefold() in lower:
            sheet = _as(sheet, name, lower.pop(name.casefold()))
    return sheet


def _called(sheet: Sheet, wanted: str, names: Sequence[str]) -> Sheet:
    if len(names) > 1 and wanted in sheet.header:
        return sheet
    there = {name.casefold(): name for name in sheet.header}
    name = next((there[each.casefold()] for each in names if each.casefold() in there), None)
    return sheet if name is None or name == wanted else _as(sheet, name, wanted)


def _as(sheet: Sheet, name: str, wanted: str) -> Sheet:
    header = [wanted if each == name else "" if each == wanted else each for each in sheet.header]
    return replace(sheet, header=header, notes=[*sheet.notes, f"the column {name!r} was read as {wanted!r}"])


def _period_of(layout: Layout, sheets: Sequence[Sheet]) -> str | None:
    """Where the layout knows no period, the column of one, if units are there more than once."""
    for sheet in sheets:
        long = layout.item is not None and layout.item in sheet.header
        if layout.unit in sheet.header and not long:
            units = [each for each in sheet.column(layout.unit) if each is not None]
            if len(set(map(str, units))) < len(units):
                return next((each for each in PERIODS if each in sheet.header), None)
    return None
