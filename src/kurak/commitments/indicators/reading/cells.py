"""What stands in a cell: a number as people write it, a time as statistics write it."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from functools import lru_cache
from typing import Literal, NamedTuple

Decimal = Literal[".", ","]
NOTHING = frozenset(
    ("", "-", "–", "—", "..", "...", "…", "n", "na", "n/a", "nan", "null", "none", ":", "x", "н/д", "нет")
)
THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f'](?=\d{3})")
PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
EITHER = re.compile(r"[+-]?\d{1,3}(,\d{3})+")  # 1,234: a thousand, or one and a bit
YEARS = (1900, 2100)


class Number(NamedTuple):
    """A value, with what it is not below and not above where it is cut off."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def censored(self) -> bool:
        return self.low is not None or self.high is not None


def is_nothing(text: str) -> bool:
    """A cell in which somebody wrote that there is no value.

    >>> is_nothing(".."), is_nothing("N"), is_nothing("0")
    (True, True, False)
    """
    return text.strip().lower() in NOTHING


def number_of(text: str, decimal: Decimal | None = None) -> Number | None:
    """The number, or None where it is none or can be read in two ways.

    decimal: the mark of the file where it is known; without it a comma before anything but three digits is one.

    >>> number_of("12,5").value, number_of("1 234.5").value, number_of("<2.5"), number_of(">95").low
    (12.5, 1234.5, Number(value=2.5, low=None, high=2.5), 95.0)
    >>> number_of("1,234"), number_of("1,234", ",").value, number_of("1,234", ".").value, number_of("many")
    (None, 1.234, 1234.0, None)
    """
    try:
        return _finite(float(text))
    except ValueError:
        pass
    said = THOUSANDS.sub("", text.strip()).replace("\u2212", "-").rstrip("%").strip()
    if said[:1] in "<>≤≥" and said[:1]:
        bound = number_of(said[1:].lstrip("= "), decimal)
        if bound is None or bound.censored:
            return None
        return bound._replace(high=bound.value) if said[0] in "<≤" else bound._replace(low=bound.value)
    if "," in said:
        if EITHER.fullmatch(said) and decimal is None:
            return None
        said = said.replace(",", "") if decimal == "." or "." in said else said.replace(",", ".")
    return _finite(float(said)) if PLAIN.fullmatch(said) else None


def _finite(value: float) -> Number | None:
    return Number(value) if math.isfinite(value) else None


@lru_cache(maxsize=4096)
def period_of(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day: of a year, half, quarter, month, day or several years; None where it is none of these.

    >>> [str(day) for day in period_of("2020-Q2")], period_of("2018-2020")[1].year, period_of("soon")
    (['2020-04-01', '2020-06-30'], 2020, None)
    """
    said = text.strip().removesuffix(".0")
    if found := re.fullmatch(r"(\d{4})(?:-A1)?", said):
        return _months(int(found[1]), 1, 12)
    if found := re.fullmatch(r"(\d{4})-?([QS])([1-4])", said):
        length = 3 if found[2] == "Q" else 6
        first = (int(found[3]) - 1) * length + 1
        return _months(int(found[1]), first, first + length - 1)
    if found := re.fullmatch(r"(\d{4})-?M?(\d{2})", said):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    if found := re.fullmatch(r"(\d{4})[-–/](\d{4})", said):
        start, end = _months(int(found[1]), 1, 12), _months(int(found[2]), 1, 12)
        return (start[0], end[1]) if start and end and start[0] < end[1] else None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}(T.*)?", said):
        try:
            day = dt.date.fromisoformat(said[:10])
        except ValueError:
            return None
        return day, day
    return None


def _months(year: int, first: int, last: int) -> tuple[dt.date, dt.date] | None:
    if not YEARS[0] <= year <= YEARS[1] or not 1 <= first <= last <= 12:
        return None
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
