"""What is known of series before any value: titles, the framework's codes, which way is better, and targets."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kurak.ground.languages.text import Text
from kurak.ground.measures.models import Quantity

DATA = Path(__file__).parent / "data"
ANALYSTS = "Kurak's analysts"  # who set it, in the data files
FRAMEWORK = re.compile(r"(\d{1,2})\.[0-9a-z]{1,2}\.\d{1,2}")  # 1.2.1, 17.18.1, 3.b.1
NUMBERED = re.compile(r"\d{1,2}\.[0-9a-z]{1,2}\.\d{1,2}(\.[0-9a-z]+)*")  # national ones too: 1.2.1.1
SHARES = ("Proportion", "Percentage", "Share", "Prevalence")
PERCENT = ("PT", "PERCENT")
UNITS = {
    "PERCENT": "PT", "PERCENTAGE": "PT", "%": "PT", "PC": "PT", "PERSONS": "PERSON", "PEOPLE": "PERSON",
    "INDEX": "IX", "TONNES": "T", "CU_USD": "USD",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aim:
    """A target of the framework, for every country: a value, or a share of the country's own value of 2015."""

    value: float
    of_base: bool
    year: int
    kind: str
    units: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the data files say of one series or indicator."""

    title: Text
    codes: tuple[str, ...] = ()
    direction: str = Quantity.Direction.NEITHER
    parity: bool = False
    aim: Aim | None = None
    national: bool = False

    @property
    def goal(self) -> int | None:
        return int(self.codes[0].split(".")[0]) if self.codes else None


def known(series: str, group: str = "") -> Known | None:
    """Of a series code, else of the number the file files it under; None where neither is known.

    >>> known("SH_DYN_MORT").codes, known("SH_DYN_MORT").aim.value, known("KZ-3-2-1", "3.2.1").direction
    (('3.2.1',), 25.0, 'down')
    """
    if (found := _series().get(series)) is not None:
        return found
    numbered = framework_code(group)
    if numbered is None:
        return None
    above = _framework()[numbered]
    exact = group == numbered and not series.startswith("_L_")
    return above if exact else Known(_told_apart(above.title, series), above.codes, national=True)


def framework_code(number: str) -> str | None:
    """The indicator of the global framework in a number: 1.2.1 of 1.2.1.1.

    >>> framework_code("1.2.1.1"), framework_code("99.9.9"), framework_code("water")
    ('1.2.1', None, None)
    """
    found = FRAMEWORK.match(number)
    return found[0] if found and found[0] in _framework() else None


def _told_apart(title: Text, series: str) -> Text:
    """A national series whose own name was not published, by its indicator's."""
    marked = {code: (f"{body} ({series})", made) for code, (body, made) in title.translations.items()}
    return Text(title.language, f"{title.body} ({series})", marked)


def unit_of(word: str) -> str:
    """
    >>> unit_of("percent"), unit_of("per_1000_pop"), unit_of("тыс. сомов")
    ('PT', 'PER_1000_POP', 'тыс. сомов')
    """
    said = word.strip()
    code = said.upper() if said.isascii() else said
    return UNITS.get(code, code)[:40]


def limits_of(title: str, unit: str) -> tuple[float | None, float | None]:
    """0 and 100 where it is a share of a whole in per cent, by its title; 0 for what is counted."""
    if unit in PERCENT and title.startswith(SHARES):
        return 0.0, 100.0
    return (0.0, None) if unit.startswith(("PER_", "NUMBER", "PERSON")) else (None, None)


def is_growth(title: str) -> bool:
    """Whether the values are rates of change themselves, of which no growth rate is taken.

    >>> is_growth("Annual growth rate of real GDP per capita"), is_growth("Unemployment rate")
    (True, False)
    """
    said = title.lower()
    return any(word in said for word in ("growth rate", "change rate", "percentage change", "annual change"))


@cache
def _framework() -> dict[str, Known]:
    return {row["indicator"]: _of_framework(row) for row in _rows("framework.csv")}


def _of_framework(row: dict[str, str]) -> Known:
    aim = None
    if row["target"]:
        number, _space, of_base = row["target"].partition(" ")
        units = tuple(row["units"].split())
        aim = Aim(float(number), bool(of_base), int(row["year"]), row["kind"], units, row["basis"])
    title = _text(row["title_en"], row["title_ru"])
    direction = row["direction"] or Quantity.Direction.NEITHER
    return Known(title, (row["indicator"],), direction, bool(row["parity"]), aim)


@cache
def _series() -> dict[str, Known]:
    return {row["series"]: _of_series(row) for row in _rows("series.csv") if row["name_en"]}


def _of_series(row: dict[str, str]) -> Known:
    numbers = row["indicators"].split()
    national = row["series"].startswith("_L_")
    codes = tuple(dict.fromkeys(code for number in numbers if (code := framework_code(number))))
    above = _framework().get(codes[0]) if codes else None
    own = _text(row["name_en"], row["name_ru"])
    if national or above is None:
        return Known(own, codes, row["direction"] or Quantity.Direction.NEITHER, national=national)
    return Known(own, codes, row["direction"] or above.direction, above.parity, above.aim)


def _text(english: str, russian: str) -> Text:
    return Text("en", english, {"ru": (russian, "human")} if russian else {})


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
