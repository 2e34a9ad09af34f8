"""From rows of a file to statements about quantities: which series, which place, which part, which value."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kurak.commitments.indicators.areas import Areas
from kurak.commitments.indicators.declared import NUMBERED, unit_of
from kurak.commitments.indicators.reading.cells import Number, is_nothing, number_of, period_of
from kurak.commitments.indicators.reading.rows import Report, Row
from kurak.ground.measures.models import Measure, Quantity
from kurak.ground.measures.stating import Statement

AREA = "AREA"  # the part that an area is, where it is no place here
ESTIMATED = frozenset(("E", "M", "G", "ESTIMATED", "MODELLED", "GLOBAL", "APPROXIMATE"))
LONGEST = 60  # of a code
LONGEST_SLICE = 200
POWER = r"-?(1[0-2]|[0-9])"  # of ten


@dataclass
class Series:
    """What the rows of one code have in common."""

    code: str
    group: str
    unit: str
    fixed: dict[str, str] = field(default_factory=dict)
    parts: dict[str, set[str]] = field(default_factory=dict)


@dataclass
class Taken:
    """What a file comes to."""

    series: dict[str, Series]
    statements: dict[str, list[Statement]]  # {voice: ...}; "" for the one that the file was brought in with
    read: int
    repeated: int


def taken(
    rows: Sequence[Row], report: Report, *, around: Any, quality: str, method: str, made_from: str
) -> Taken:  # fmt: skip
    """Rows as statements; what cannot be one is refused in the report."""
    areas = Areas(around)
    prefix = around.code if around is not None else ""
    coded = [(row, code_of(row, prefix)) for row in rows]
    several = in_several_groups(coded)
    units = main_units([(row, told_apart(code, row, several)) for row, code in coded])
    series: dict[str, Series] = {}
    grouped: dict[str, list[Row]] = {}
    for row, code in coded:
        if not code:
            report.refuse(row.line, "series", row.series or row.group, _("No code of an indicator. Fill its column."))
            continue
        name = told_apart(code, row, several)
        unit = unit_of(row.unit) or units[name]
        whole = name if unit == units[name] else f"{name}--{slug(unit)}"[:LONGEST]
        series.setdefault(whole, Series(whole, row.group or row.series, unit))
        grouped.setdefault(whole, []).append(row)
    before = {each.code: each for each in Quantity.objects.filter(code__in=series).select_related("indicator")}
    maker = Maker(areas, report, quality, method, made_from)
    for code, its_rows in grouped.items():
        older = before.get(code)
        known = older.indicator.fixed if older is not None and hasattr(older, "indicator") else None
        series[code].fixed = dict(known) if known is not None else fixed_of(its_rows)
        for row in its_rows:
            maker.take(row, series[code])
    return Taken(series, maker.statements, len(rows), maker.repeated)


def code_of(row: Row, prefix: str) -> str:
    """The code of a series: its own, or the country's for a bare number of the framework.

    >>> code_of(Row(1, "SI_POV", "", "", "", {}), "KG"), code_of(Row(1, "1.2.1", "", "", "", {}), "KZ")
    ('SI_POV', 'KZ-1-2-1')
    """
    code = row.series or row.group
    if NUMBERED.fullmatch(code) and prefix:
        code = f"{prefix}-{code}"
    return slug(code)[:LONGEST]


def slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")


def in_several_groups(coded: Sequence[tuple[Row, str]]) -> set[str]:
    """National series that a file uses under several indicators with one code: each is a series of its own."""
    groups: dict[str, set[str]] = {}
    for row, code in coded:
        if row.group and row.series != row.group and code.startswith("_L_"):
            groups.setdefault(code, set()).add(row.group)
    return {code for code, its_groups in groups.items() if len(its_groups) > 1}


def told_apart(code: str, row: Row, several: set[str]) -> str:
    return f"{code}--{slug(row.group)}"[:LONGEST] if code in several else code


def main_units(coded: Sequence[tuple[Row, str]]) -> dict[str, str]:
    """The unit of each code: the one it was declared with, else the one most rows have."""
    counts: dict[str, Counter[str]] = {}
    for row, code in coded:
        counts.setdefault(code, Counter())[unit_of(row.unit)] += 1
    units = {code: max(its, key=lambda unit: (bool(unit), its[unit], unit)) for code, its in counts.items()}
    declared = Quantity.objects.filter(code__in=units).exclude(unit="").values_list("code", "unit")
    return {**units, **dict(declared)}


def fixed_of(rows: Sequence[Row]) -> dict[str, str]:
    """What all rows of a series say alike narrows none of them: under-five mortality is always of those under five."""
    first, *others = rows
    common = dict(first.parts)
    for row in others:
        for name in [name for name, value in common.items() if row.parts.get(name) != value]:
            del common[name]
        if not common:
            break
    return common if len(rows) > 1 else {}


class Maker:
    """Makes statements, once for each thing said."""

    def __init__(self, areas: Areas, report: Report, quality: str, method: str, made_from: str) -> None:
        self.areas, self.report = areas, report
        self.common = {"quality": quality, "made_from": made_from}
        self.method = method
        self.statements: dict[str, list[Statement]] = {}
        self.seen: dict[tuple[Any, ...], tuple[float, int]] = {}
        self.repeated = 0

    def take(self, row: Row, series: Series) -> None:
        value, period, (place, part) = self.value_of(row), period_of(row.time), self.areas.of(row.area)
        if value is None:
            return None
        if period is None:
            said = _("This is no period. Write a year (2024), a month (2024-05), a quarter (2024-Q2) or a day.")
            return self.report.refuse(row.line, "time", row.time, said)
        if place is None:
            said = _("No place has this code, and none was given for the whole file. Name the place of the file.")
            return self.report.refuse(row.line, "place", row.area, said)
        parts = {name: value for name, value in row.parts.items() if series.fixed.get(name) != value}
        if part:
            parts[AREA] = part
            note = _("%(area)s is no place here: kept as a part of %(place)s.")
            self.report.note(note % {"area": part, "place": place.code})
        key = (series.code, place.pk, period, tuple(sorted(parts.items())), voice_of(row))
        if self.is_twice(key, row, value):
            return None
        if any(mark in text for pair in parts.items() for text in pair for mark in ";="):
            said = _("The name of a part has a semicolon or an equals sign. Leave it out.")
            return self.report.refuse(row.line, "parts", str(parts), said)
        if sum(len(name) + len(word) + 2 for name, word in parts.items()) > LONGEST_SLICE:
            return self.report.refuse(row.line, "parts", str(parts), _("It is split in too many ways at once."))
        for name, word in parts.items():
            series.parts.setdefault(name, set()).add(word)
        said_so = self.statement(row, series, place, period, value, parts)
        self.statements.setdefault(voice_of(row), []).append(said_so)
        return None

    def value_of(self, row: Row) -> Number | None:
        if is_nothing(row.value):
            self.report.note(_("Rows without a value were passed over."))
            return None
        found = number_of(row.value, row.attributes.get("DECIMAL") or None)  # type: ignore[arg-type]
        if found is None:
            said = _("This is no number that can be read in one way only. Write 1234.5 or 1234,5 without other marks.")
            self.report.refuse(row.line, "value", row.value, said)
            return None
        power = row.attributes.get("UNIT_MULT") or "0"
        if not re.fullmatch(POWER, power):
            said = _("The unit is multiplied by a power of ten that is none. UNIT_MULT is a whole number up to 12.")
            self.report.refuse(row.line, "unit_mult", power, said)
            return None
        if int(power):
            factor = 10.0 ** int(power)
            scaled = [None if each is None else each * factor for each in found]
            if not all(math.isfinite(each) for each in scaled if each is not None):
                self.report.refuse(row.line, "unit_mult", power, _("Multiplied by its unit, the number is too large."))
                return None
            return Number(scaled[0] or 0.0, scaled[1], scaled[2])
        return found

    def is_twice(self, key: tuple[Any, ...], row: Row, value: Number) -> bool:
        """Said before in this file. The same value again is only counted; another value is refused."""
        before = self.seen.get(key)
        if before is None:
            self.seen[key] = (value.value, row.line)
            return False
        if before[0] == value.value:
            self.repeated += 1
        else:
            said = _("Line %(line)s gives another value for the same thing. Leave one of them out.")
            self.report.refuse(row.line, "twice", row.value, said % {"line": before[1]})
        return True

    def statement(
        self, row: Row, series: Series, place: Any, period: Any, value: Number, parts: Mapping[str, str]
    ) -> Statement:
        low, high = bounds_of(row, value)
        loose = value.censored or is_estimated(row)
        return Statement(
            series.code, place, period[0], period[1], value.value, parts, low, high,
            Measure.Label.APPROXIMATE if loose else Measure.Label.EXACT,
            self.common["quality"], count_of(row.attributes.get("N", "")), self.method_of(row), "",
            self.common["made_from"],
        )  # fmt: skip

    def method_of(self, row: Row) -> str:
        """How it comes here, with what the file marks as out of the ordinary."""
        marks = [f"{name} {row.attributes[name]}" for name in ("NATURE", "OBS_STATUS") if is_marked(row, name)]
        return f"{self.method} ({', '.join(marks)})"[:300] if marks else self.method


def voice_of(row: Row) -> str:
    """ "global" for what a global database reports inside a national file."""
    return "global" if row.attributes.get("REPORTING_TYPE") == "G" else ""


def is_estimated(row: Row) -> bool:
    words = [row.attributes.get(name, "") for name in ("NATURE", "OBS_STATUS", "LABEL")]
    return any(word.strip().upper() in ESTIMATED for word in words)


def is_marked(row: Row, name: str) -> bool:
    return row.attributes.get(name, "").strip().upper() not in ("", "A", "C", "NOTSPEC", "_Z")


def count_of(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def bounds_of(row: Row, value: Number) -> tuple[float | None, float | None]:
    """What it is not below and not above; bounds that do not hold the value are none."""
    if value.censored:
        return value.low, value.high
    low, high = (number_of(row.attributes.get(name, "")) for name in ("LOWER_BOUND", "UPPER_BOUND"))
    return (
        low.value if low is not None and low.value <= value.value else None,
        high.value if high is not None and high.value >= value.value else None,
    )
