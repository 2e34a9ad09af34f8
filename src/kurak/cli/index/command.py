"""Words of the command → definitions and files in, scores and verdicts out."""

from __future__ import annotations

import argparse
import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kurak.cli.index.finding import definition_of, laid_out, layout_of
from kurak.cli.index.listing import listed, shown
from kurak.cli.index.reporting import json_of, lines_of
from kurak.cli.index.rising import path
from kurak.cli.index.scoring import scored
from kurak.cli.index.studying import study
from kurak.cli.index.tables import sheets_of, unusable
from kurak.cli.index.verifying import Verified, verified
from kurak.cli.problems import Problem
from kurak.engines.composite.problems import Unusable
from kurak.instruments.definitions.analysis import Definition, read_file, shipped
from kurak.instruments.definitions.files import Sheet
from kurak.instruments.definitions.layouts import Laid

SAYS = """Indexes as dated files: what there is, how it is computed, scores from data, and whether a published index
follows from its components.

ID is a code (hfi), a code and an edition (hfi-2020), or a file of your own (my-index.yaml).
Exit: 0 done or held, 1 the published index did not hold, 2 wrong use or a file that cannot be read."""


def parser() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(
        prog="kurak index", description=SAYS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = words.add_subparsers(dest="verb", required=True, metavar="VERB")
    every = verbs.add_parser("list", help="all indexes and other instruments that come with the platform")
    every.add_argument("--json", action="store_true", help="print JSON")
    one = verbs.add_parser("show", help="the method of one: what is computed, from what, with which source")
    one.add_argument("id", metavar="ID", help="code, code-edition or file")
    one.add_argument("--json", action="store_true", help="print the whole document as JSON")
    one.add_argument("--language", default="en", metavar="CODE", help="language of the texts (en)")
    _score(verbs.add_parser("score", help="compute scores, ranks and classes from a table"))
    _study(verbs.add_parser("study", help="what drives the order, do the parts go together, what each is worth"))
    _path(verbs.add_parser("path", help="the least change that lifts a unit into the next class"))
    _verify(verbs.add_parser("verify", help="recompute a published index and compare"))
    return words


def _data(words: argparse.ArgumentParser) -> None:
    words.add_argument("id", metavar="ID", help="code, code-edition or file")
    words.add_argument("data", type=Path, nargs="+", metavar="DATA", help="CSV or workbook; several are joined")
    words.add_argument("--unit", metavar="COLUMN", help="column that names the unit (iso3, country, unit, …)")
    words.add_argument("--period", metavar="COLUMN", help="column that names the period (year, period)")
    words.add_argument("--sheet", metavar="NAME", help="sheet of a workbook (the first)")


def _path(words: argparse.ArgumentParser) -> None:
    _data(words)
    words.add_argument("--of", required=True, metavar="UNIT", help="the unit, as the data name it")
    words.add_argument("--in", dest="period_of", metavar="PERIOD", help="where the data have several")
    words.add_argument("--json", action="store_true", help="print everything as JSON")


def _study(words: argparse.ArgumentParser) -> None:
    _data(words)
    words.add_argument("--n", type=_power, default=1024, metavar="N", help="size of the design, a power of two (1024)")
    words.add_argument("--seed", type=_whole, default=0, metavar="S", help="of the design (0)")
    words.add_argument("--json", action="store_true", help="print everything as JSON")


def _score(words: argparse.ArgumentParser) -> None:
    _data(words)
    words.add_argument("--draws", type=_whole, default=0, metavar="N", help="vary what may vary N times (0)")
    words.add_argument("--seed", type=_whole, default=1, metavar="S", help="of the draws (1)")
    words.add_argument("--out", type=Path, metavar="DIR", help="where to write tables; else the scores are printed")
    words.add_argument("--replace", action="store_true", help="replace earlier scores in DIR")
    words.add_argument("--json", action="store_true", help="print result.json")


def _verify(words: argparse.ArgumentParser) -> None:
    words.add_argument("id", metavar="ID", help="code, code-edition or file")
    words.add_argument(
        "published", type=Path, nargs="+", metavar="PUBLISHED", help="CSV or workbook; several are joined"
    )
    words.add_argument("--layout", metavar="NAME", help="how the file is read (found by itself)")
    words.add_argument("--unit", metavar="COLUMN", help="column that names the unit, if it is not the layout's")
    words.add_argument("--period", metavar="COLUMN", help="column that names the period, if it is not the layout's")
    words.add_argument("--sheet", metavar="NAME", help="sheet of a workbook (the first)")
    words.add_argument("--json", action="store_true", help="print everything, every row that is off, as JSON")


def _whole(text: str) -> int:
    if not text.isdigit() or int(text) > 10_000_000:
        raise argparse.ArgumentTypeError("a whole number up to 10,000,000 is needed")
    return int(text)


def _power(text: str) -> int:
    number = _whole(text)
    if number < 2 or number & (number - 1):
        raise argparse.ArgumentTypeError("a power of two is needed, such as 1024")
    return number


def main(words: list[str] | None = None) -> int:
    chosen = parser().parse_args(words)
    match chosen.verb:
        case "list":
            print(listed(as_json=chosen.json))
            return 0
        case "show":
            print(shown(definition_of(chosen.id), chosen.language, as_json=chosen.json))
            return 0
        case "score":
            return scored(chosen)
        case "path":
            return path(chosen)
        case "study":
            return study(chosen)
    return verify(chosen)


def verify(chosen: argparse.Namespace) -> int:
    definition, read = definition_of(chosen.id), sheets_of(chosen.published, chosen.sheet)
    found, sheets, given = held_to(definition, read, chosen)
    others = [] if found.held else holding(definition, read, chosen)
    if chosen.json:
        sums = {path.name: sha256(path.read_bytes()).hexdigest() for path in chosen.published}
        told = json_of(found, sheets, given.left_out, sums) | {"holds_with": others}
        print(json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        print("\n".join(lines_of(found, sheets, given.left_out)))
        if others:
            print(f"It holds with another edition of the method: {', '.join(others)}.")
    return 0 if found.held else 1


def held_to(
    definition: Definition, sheets: list[Sheet], chosen: argparse.Namespace
) -> tuple[Verified, list[Sheet], Laid]:
    """The files, held to one edition of a method."""
    layout, sheets = layout_of(definition, sheets, chosen.layout, chosen.unit, chosen.period)
    given = laid_out(layout, sheets)
    try:
        return verified(definition, layout, given), sheets, given
    except Unusable as wrong:
        raise unusable(wrong, given) from None


def holding(definition: Definition, sheets: list[Sheet], chosen: argparse.Namespace) -> list[str]:
    """Other editions that the files do hold with: an index is often held to the newest though it is older."""
    found = []
    for code, edition, file in shipped():
        if code == definition.code and edition != definition.edition:
            with suppress(Problem):
                if held_to(read_file(file), sheets, chosen)[0].held:
                    found.append(f"{code}-{edition}")
    return found
