"""Words of the command → a table of series in, verdicts out."""

from __future__ import annotations

import argparse
import math
from datetime import UTC, datetime
from pathlib import Path

from kurak.cli.progress.reading import KINDS_OF_TARGET, Given, limits_of, read
from kurak.cli.progress.reporting import Reported, json_of, lines_of
from kurak.engines.progress import METHODS, judge_many, project_many

SAYS = """Are series on the way to their targets? Five methods answer side by side: each with its own word, the years it
looked at and its inputs, or with the reason why it cannot judge; where they contradict one another is printed. Then how
likely the target is met, with an interval.

SERIES is a CSV file or a workbook, long (columns series, year, value) or wide (a column series, and one for each year).
More columns say more of a series: unit, direction (up or down), target, target_year, baseline_year, limit (0..100 for a
share), kind (level, parity, growth), worst, target_kind. The options below hold where the table says nothing.
Exit: 0 done, 2 wrong use or a file that cannot be read."""


def parser() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(
        prog="kurak progress", description=SAYS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("file", type=Path, metavar="SERIES", help="CSV or workbook")
    words.add_argument(
        "--method", action="append", choices=list(METHODS), metavar="METHOD",
        help=f"judge by this method only; may be repeated ({', '.join(METHODS)})",
    )  # fmt: skip
    words.add_argument(
        "--series", action="append", metavar="COLUMN",
        help="column that names the series (series); repeated where several together tell series apart",
    )  # fmt: skip
    words.add_argument("--sheet", metavar="NAME", help="sheet of a workbook (the first)")
    words.add_argument("--target", type=_number, metavar="VALUE", help="to be reached, in the unit of the series")
    words.add_argument("--target-year", type=_year, default=2030, metavar="YEAR", help="by when (2030)")
    words.add_argument("--baseline-year", type=_year, default=2015, metavar="YEAR", help="counted from (2015)")
    words.add_argument("--direction", choices=("up", "down"), default="up", help="up where more is better (up)")
    words.add_argument(
        "--limit", type=_limits, metavar="LOW..HIGH", help="natural limits, as 0..100 of a share; one end may be empty"
    )
    words.add_argument(
        "--target-kind", choices=KINDS_OF_TARGET, default="given", help="who set the targets (given)"
    )  # fmt: skip
    words.add_argument("--now", type=_year, metavar="YEAR", help="judge as in this year (the present one)")
    words.add_argument("--level", type=_level, default=80, metavar="PERCENT", help="of the interval (80)")
    words.add_argument(
        "--as-published", action="store_true",
        help="the formulas as published, also where we would not judge: a growth rate from zero, a target lost again",
    )  # fmt: skip
    words.add_argument("--json", action="store_true", help="print everything as JSON, the inputs of each verdict too")
    return words


def _number(text: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise argparse.ArgumentTypeError("a number is needed")
    return number


def _year(text: str) -> int:
    if not text.isdigit() or not 1000 <= int(text) <= 3000:
        raise argparse.ArgumentTypeError("a year is needed")
    return int(text)


def _level(text: str) -> float:
    number = _number(text)
    if not 1 <= number <= 99.9:
        raise argparse.ArgumentTypeError("a number from 1 to 99.9 is needed")
    return number / 100


def _limits(text: str) -> tuple[float | None, float | None]:
    found = limits_of(text)
    if found is None:
        raise argparse.ArgumentTypeError("LOW..HIGH is needed, as 0..100 or 0..")
    return found


def main(words: list[str] | None = None) -> int:
    chosen = parser().parse_args(words)
    given = read(chosen)
    now = chosen.now or datetime.now(UTC).year
    reported = report(given, chosen, now)
    print(json_of(reported) if chosen.json else "\n".join(lines_of(reported)))
    return 0


def report(given: Given, chosen: argparse.Namespace, now: int) -> Reported:
    methods = list(dict.fromkeys(chosen.method or METHODS))
    level = chosen.level if chosen.level < 1 else chosen.level / 100
    return Reported(
        given,
        judge_many(given.many, given.targets, methods=methods, now=now, careful=not chosen.as_published),
        project_many(given.many, given.targets, level=level, now=now),
        now,
        methods,
        as_published=chosen.as_published,
    )
