"""kurak budgets: bring budgets of places in from a table, and list them."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kurak.cli.problems import Problem

if TYPE_CHECKING:
    from kurak.commitments.budgets.reading import Refusal

SHOWN = 20  # refused cells that the screen shows


def main(words: list[str]) -> int:
    chosen = parser().parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
    import django

    django.setup()
    from kurak.cli.conversations import need_tables
    from kurak.commitments.budgets.reading import BadLines
    from kurak.ground.errors import Refused

    need_tables()
    try:
        return int(chosen.run(chosen))
    except BadLines as refused:
        raise Problem(refused.code, f"{refused}\n{told(refused.refusals)}", "mend these lines of the file") from refused
    except Refused as refused:
        raise Problem(refused.code, str(refused), "see kurak budgets import --help") from refused


def told(refusals: list[Refusal]) -> str:
    lines = [f"  line {each.line}, {each.column} {each.value!r}: {each.said}" for each in refusals[:SHOWN]]
    if len(refusals) > SHOWN:
        lines.append(f"  ... and {len(refusals) - SHOWN} more")
    return "\n".join(lines)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kurak budgets", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    add_import(verbs.add_parser("import", help="take the lines of a CSV or XLSX file in, all of them or none"))
    listing = verbs.add_parser("list", help="name the published budgets")
    listing.set_defaults(run=list_them)
    return parser


def add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX with a line for each item")
    parser.add_argument("--place", required=True, metavar="CODE", help="whose budget it is, such as KG-C")
    parser.add_argument("--year", required=True, type=int, help="of the budget")
    parser.add_argument("--currency", default="", metavar="CODE", help="ISO 4217, such as KGS (needed the first time)")
    parser.add_argument("--source", default="", help="the document, as others find it (else: the file's name)")
    parser.add_argument("--url", default="", help="where it was published")
    parser.add_argument("--column", action="append", default=[], metavar="OURS=THEIRS",
                        help="a column of the file, such as approved=План; else as remembered or guessed")  # fmt: skip
    parser.add_argument("--unit", type=int, choices=(1, 1000, 1_000_000), help="amounts are written in (else: 1)")
    parser.add_argument("--months", choices=("sum", "each"), help="months hold the sum since January, or each alone")
    parser.add_argument("--month", type=int, choices=range(1, 13), metavar="1-12", help="“executed” goes until its end")
    parser.add_argument("--language", default="", metavar="CODE", help="of the lines' titles (else: en)")
    parser.add_argument("--publish", action="store_true", help="show it to everybody at once")
    parser.add_argument("--as", dest="person", default="", metavar="NAME", help="account of an analyst of the place")
    parser.set_defaults(run=import_it)


def import_it(chosen: argparse.Namespace) -> int:
    from kurak.commitments.budgets.actions import About, bring, remembered
    from kurak.commitments.budgets.models import Budget
    from kurak.commitments.budgets.publishing import publish
    from kurak.commitments.budgets.reading import Reading, sheet_of
    from kurak.ground.people.actions import person_called
    from kurak.ground.places.queries import place_called

    place, data = place_called(chosen.place), content_of(chosen.file)
    by = person_called(chosen.person) if chosen.person else None
    before = Budget.objects.filter(place=place, year=chosen.year).first()
    about = About(
        place, chosen.year, chosen.currency or (before.currency if before else ""),
        chosen.source or (before.source if before else chosen.file.stem), chosen.url or (before.url if before else ""),
        before.invented if before else False,
    )  # fmt: skip
    sheet = sheet_of(data)
    columns, reading, _known = remembered(place, sheet)
    columns |= columns_of(chosen.column, sheet.header)
    said = {name: getattr(chosen, name) for name in ("unit", "months", "month", "language") if getattr(chosen, name)}
    reading = Reading(**{**reading.as_json(), **said})
    brought = bring(data=data, name=chosen.file.name, about=about, columns=columns, reading=reading, by=by)
    if chosen.publish:
        publish(budget=brought.budget, by=by)
    print(f"{chosen.file.name}: {brought.new} lines new, {brought.changed} changed, {brought.unchanged} unchanged, "
          f"{brought.gone} gone; see /budgets/{place.code}/{chosen.year}/")  # fmt: skip
    return 0


def columns_of(given: list[str], header: tuple[str, ...]) -> dict[str, int]:
    from kurak.commitments.budgets.columns import FIELDS

    found: dict[str, int] = {}
    for pair in given:
        ours, _equals, theirs = pair.partition("=")
        if ours not in FIELDS or theirs not in header:
            raise Problem(
                "budgets.column", f"{pair!r} names no column",
                f"write OURS=THEIRS; ours: {', '.join(FIELDS)}; theirs: {', '.join(filter(None, header))}",
            )  # fmt: skip
        found[ours] = header.index(theirs)
    return found


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Problem(
            "budgets.file", f"{path} cannot be read: {problem.strerror}", "name a file that is there"
        ) from problem


def list_them(_chosen: argparse.Namespace) -> int:
    from kurak.commitments.budgets.queries import published, with_lines

    rows: Any = with_lines(published()).order_by("place__code", "year")
    for each in rows:
        print(f"{each.place.code:<12} {each.year} {each.currency} {each.many:>5} lines  until month {each.month}")
    return 0
