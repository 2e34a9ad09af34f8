"""A table as people bring it → series and targets; what cannot be read, with file, line and column."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kurak.cli.index.tables import refused
from kurak.cli.problems import Problem
from kurak.engines.progress import Series, Target, Unusable, series
from kurak.engines.progress.series import KINDS, SETTERS
from kurak.instruments.definitions.files import Sheet, Unreadable, read_sheet

type Limits = tuple[float | None, float | None]

KINDS_OF_TARGET = SETTERS
SHOWN = 20
DIRECTIONS = {"up": 1, "more": 1, "higher": 1, "1": 1, "+1": 1, "down": -1, "less": -1, "lower": -1, "-1": -1}
NAMES = ("series", "indicator", "name", "code")
YEARS = ("year", "period", "time_period")
VALUES = ("value", "obs_value")
_YEAR = re.compile(r"[12][0-9]{3}")
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
_LIMITS = re.compile(r"\s*(-?[0-9.,]*[0-9])?\s*\.\.\s*(-?[0-9][0-9.,]*)?\s*")


@dataclass(frozen=True, slots=True)
class Given:
    """What the file holds: series and the target of each, and notes on how it was read."""

    file: str
    many: list[Series]
    targets: list[Target]
    notes: list[str]


@dataclass(slots=True)
class Gathered:
    """One series while it is read. values: {year: (value, line, column)}. said: {column: (text, line, column)}.
    first: its first line."""

    values: dict[int, tuple[float, int, int]] = field(default_factory=dict)
    said: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    first: int = 0


def read(chosen: argparse.Namespace) -> Given:
    """The series of the file named, with what the options add. Raises Problem."""
    try:
        sheet = read_sheet(chosen.file, chosen.sheet)
    except Unreadable as wrong:
        raise refused("progress.unreadable", wrong.name, wrong) from None
    wrongs = Wrongs(sheet)
    gathered = _gathered(sheet, chosen.series, wrongs)
    many, targets = [], []
    for name, one in gathered.items():
        made = _made(name, one, chosen, wrongs)
        if made is not None:
            many.append(made[0])
            targets.append(made[1])
    wrongs.stop()
    if not many:
        raise Problem("progress.empty", f"{sheet.name} has no row with a series", "give rows below the header")
    return Given(sheet.name, many, targets, [*sheet.notes, *_doubts(many)])


class Wrongs:
    """Everything that is wrong with a file, said at once."""

    def __init__(self, sheet: Sheet) -> None:
        self.name, self.lines = sheet.name, list[str]()

    def add(self, line: int, column: int, said: str, remedy: str) -> None:
        self.lines.append(f"  {self.name}, line {line}, column {column}: {said}. {remedy}.")

    def stop(self) -> None:
        if not self.lines:
            return
        many = len(self.lines)
        more = [f"  ... and {many - SHOWN} more"] if many > SHOWN else []
        said = f"{many} problem{'s' if many > 1 else ''} in {self.name}; nothing was judged"
        raise Problem("progress.bad-cells", said, "mend the places listed above", [*self.lines[:SHOWN], *more])


def _gathered(sheet: Sheet, named: list[str] | None, wrongs: Wrongs) -> dict[str, Gathered]:
    lower = {name.casefold(): name for name in reversed(sheet.header) if name}
    names = _name_columns(sheet, lower, named)
    year, value = (next((lower[each] for each in usual if each in lower), None) for usual in (YEARS, VALUES))
    wide = [each for each in sheet.header if _YEAR.fullmatch(each)]
    if (year is None or value is None) and not wide:
        raise Problem(
            "progress.columns",
            f"{sheet.name}, line 1: there are neither columns year and value nor one column for each year",
            "name them in the header: series,year,value or series,2015,2016,…",
            [f"  the header has: {', '.join(each for each in sheet.header if each)}"],
        )
    pairs = [(year, value)] if year is not None and value is not None else [(each, each) for each in wide]
    found: dict[str, Gathered] = {}
    for row, cells in enumerate(sheet.rows):
        line = sheet.lines[row]
        cell = dict(zip(sheet.header, cells, strict=True))
        label = " / ".join(str(cell[name]).strip() for name in names if cell[name] is not None)
        if not label:
            wrongs.add(line, sheet.at(row, names[0])[1], "the series has no name", "Write its name or code")
            continue
        one = found.setdefault(label, Gathered(first=line))
        _said(one, cell, lower, sheet, row, wrongs)
        for at, number in pairs:
            _point(one, sheet, row, (at if at == number else cell[at], at), (cell[number], number), wrongs)
    return found


def _name_columns(sheet: Sheet, lower: Mapping[str, str], named: list[str] | None) -> list[str]:
    there = ", ".join(filter(None, sheet.header))
    for each in named or ():
        if each not in sheet.header:
            raise Problem("progress.columns", f"{sheet.name} has no column {each!r}", f"the header has: {there}")
    found = named or [lower[each] for each in NAMES if each in lower][:1]
    if not found:
        remedy = f"name a column series, or give one with --series; the header has: {there}"
        raise Problem("progress.columns", f"{sheet.name}, line 1: no column names the series", remedy)
    return found


ABOUT = ("unit", "direction", "target", "target_year", "baseline_year", "limit", "kind", "worst", "target_kind")


def _said(
    one: Gathered, cell: Mapping[str, Any], lower: Mapping[str, str], sheet: Sheet, row: int, wrongs: Wrongs
) -> None:
    """What a row says of its series beside the value; two rows may not say two things."""
    for about in ABOUT:
        if about not in lower or cell[lower[about]] is None:
            continue
        line, column = sheet.at(row, lower[about])
        text = str(cell[lower[about]]).strip()
        before = one.said.setdefault(about, (text, line, column))
        if before[0] != text:
            said = f"the {about} is {text!r}, on line {before[1]} it is {before[0]!r}"
            wrongs.add(line, column, said, "Write the same in every row of a series, or leave the others empty")


def _point(
    one: Gathered, sheet: Sheet, row: int, year: tuple[Any, str], value: tuple[Any, str], wrongs: Wrongs
) -> None:
    (line, year_column), value_column = sheet.at(row, year[1]), sheet.at(row, value[1])[1]
    at = number_of(year[0])
    if at is None or at != int(at) or not 1000 <= at <= 3000:
        said = "the year is missing" if year[0] is None else f"{year[0]!r} is no year"
        wrongs.add(line, year_column, said, "Write a year, as 2015")
        return
    if value[0] is None:
        return
    number = number_of(value[0])
    if number is None:
        remedy = "Write a plain number; leave the cell empty where there is none"
        wrongs.add(line, value_column, f"{value[0]!r} is no number", remedy)
        return
    if int(at) in one.values:
        said = f"the year {int(at)} is on line {one.values[int(at)][1]} already"
        remedy = "Keep one value for each series and year, or name what tells series apart with --series, repeated"
        wrongs.add(line, year_column, said, remedy)
        return
    one.values[int(at)] = (number, line, value_column)


def number_of(cell: Any) -> float | None:
    """A cell as a finite number, or None."""
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else None
    text = str(cell or "").strip()
    number = float(text) if _NUMBER.fullmatch(text) else math.inf
    return number if math.isfinite(number) else None


def limits_of(text: str) -> Limits | None:
    """LOW..HIGH, either of them empty; None where it is none.

    >>> limits_of("0..100"), limits_of("0.."), limits_of("a")
    ((0.0, 100.0), (0.0, None), None)
    """
    found = _LIMITS.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    ends = [None if each is None else number_of(each.replace(",", ".")) for each in found.groups()]
    if any(end is None and each is not None for end, each in zip(ends, found.groups(), strict=True)):
        return None
    low, high = ends
    return None if low is not None and high is not None and low >= high else (low, high)


def _made(name: str, one: Gathered, chosen: argparse.Namespace, wrongs: Wrongs) -> tuple[Series, Target] | None:
    known = len(wrongs.lines)
    ask = _asking(one, wrongs)
    direction = ask("direction", DIRECTIONS.get, "write up where more is better, down where less is")
    limits = ask("limit", limits_of, "write LOW..HIGH, as 0..100 for a share or 0.. for what cannot be negative")
    kind = ask("kind", lambda text: text if text in KINDS else None, f"write one of {', '.join(KINDS)}")
    setter = ask("target_kind", lambda text: text if text in SETTERS else None, f"write one of {', '.join(SETTERS)}")
    goal, by, since, worst = (
        ask(about, number_of, "write a plain number") for about in ("target", "target_year", "baseline_year", "worst")
    )
    if len(wrongs.lines) > known:
        return None
    fallback = 1 if chosen.direction == "up" else -1
    limits = limits or chosen.limit or (None, None)
    _outside(one, limits, wrongs)
    if len(wrongs.lines) > known:
        return None
    try:
        target = Target(
            chosen.target if goal is None else goal, by or chosen.target_year, since or chosen.baseline_year,
            kind=setter or chosen.target_kind, worst=worst,
        )  # fmt: skip
        unit = one.said.get("unit", ("", 0, 0))[0]
        years = sorted(one.values)
        made = series(
            years, [one.values[year][0] for year in years], direction=direction or fallback, unit=unit, limits=limits,
            kind=kind or "level", name=name,
        )  # fmt: skip
    except Unusable as wrong:
        for each in wrong.problems:
            wrongs.add(one.first, 1, f"{name}: {each.said}", each.remedy)
        return None
    return made, target


def _asking(one: Gathered, wrongs: Wrongs) -> Callable[..., Any]:
    """ask(column, reader, remedy): what a series says in a column, None where it says nothing or nothing readable."""

    def ask(about: str, reader: Callable[[str], Any], remedy: str) -> Any:
        if about not in one.said:
            return None
        text, line, column = one.said[about]
        found = reader(text.casefold() if about != "unit" else text)
        if found is None:
            wrongs.add(line, column, f"{text!r} is no {about}", remedy[0].upper() + remedy[1:])
        return found

    return ask


def _outside(one: Gathered, limits: Limits, wrongs: Wrongs) -> None:
    low, high = (bound if bound is not None else sign * math.inf for bound, sign in zip(limits, (-1, 1), strict=True))
    for value, line, column in one.values.values():
        if not low <= value <= high:
            said = f"the value {value:g} is outside the natural limits {low:g} to {high:g}"
            wrongs.add(line, column, said, "Mend the value or the limit")


def _doubts(many: list[Series]) -> Iterator[str]:
    loose = [
        each.name for each in many if each.unit.casefold() in ("%", "percent", "pt") and each.limits == (None, None)
    ]
    if loose:
        shown = ", ".join(loose[:3]) + (f" and {len(loose) - 3} more" if len(loose) > 3 else "")
        yield f"in percent, but without limits: {shown}; say limit 0..100 for the share of a whole"
