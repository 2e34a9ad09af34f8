"""kurak indicators: bring files of observations in, see what is here, give series out."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kurak.cli.problems import Problem

if TYPE_CHECKING:
    from kurak.commitments.indicators.models import Batch
    from kurak.ground.people.models import Person

KINDS = ("official", "global", "civil")
FORMS = ("csv", "hxl", "sdmx-csv", "sdmx-ml", "progress", "package")
SHOWN = 20  # refused rows that the screen shows
FOUND = 1  # done, but something was refused


def main(words: list[str]) -> int:
    chosen = parser().parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
    import django

    django.setup()
    from kurak.cli.conversations import need_tables
    from kurak.ground.errors import Refused

    need_tables()
    try:
        return int(chosen.run(chosen))
    except Refused as refused:
        told = ", ".join(f"{name}: {value}" for name, value in refused.data.items())
        raise Problem(refused.code, f"{refused} {told}".strip(), "see kurak indicators --help") from refused


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kurak indicators", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    add_import(verbs.add_parser("import", help="take the observations of a file in: SDMX-ML, SDMX-CSV, CSV, XLSX"))
    listing = verbs.add_parser("list", help="name the indicators of this platform")
    listing.add_argument("--place", default="", metavar="CODE", help="only those with figures of the place")
    listing.add_argument("--words", default="", help="only those with these words")
    listing.set_defaults(run=list_them)
    add_export(verbs.add_parser("export", help="write the series of an indicator, or of a place"))
    renewing = verbs.add_parser("renew", help="judge every series anew, after the engine or the targets changed")
    renewing.set_defaults(run=renew_all)
    return parser


def add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="SDMX-ML 2.0 or 2.1, SDMX-CSV, CSV or XLSX")
    parser.add_argument("--place", default="", metavar="CODE", help="place of rows that name none, such as KG")
    parser.add_argument("--source", default="", metavar="CODE", help="code of the source (else: the file's name)")
    parser.add_argument("--title", default="", help="title of the source (else: its code)")
    parser.add_argument("--kind", choices=KINDS, default="official", help="whose word it is (%(default)s)")
    parser.add_argument("--url", default="", help="where it was read")
    parser.add_argument("--licence", default="", help="SPDX name of its licence, such as CC-BY-4.0")
    parser.add_argument("--copy", action="store_true", help="the file is a copy, not the source's own")
    parser.add_argument("--as", dest="person", default="", metavar="NAME", help="account of an analyst of the place")
    parser.set_defaults(run=import_it)


def add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--indicator", default="", metavar="CODE", help="only this one; see: kurak indicators list")
    parser.add_argument("--place", default="", metavar="CODE", help="only figures of the place and inside it")
    parser.add_argument("--form", choices=FORMS, default="csv", help="%(choices)s (%(default)s)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to (else: to the screen); a folder for package")
    parser.set_defaults(run=export_it)


def import_it(chosen: argparse.Namespace) -> int:
    from kurak.commitments.indicators.actions import Origin, bring_file
    from kurak.commitments.indicators.reading.files import read_file
    from kurak.ground.places.queries import place_called

    code = chosen.source or chosen.file.stem
    batch = bring_file(
        data=read_file(chosen.file),
        file=chosen.file.name,
        origin=Origin(code, chosen.title or code, chosen.kind, chosen.url, chosen.licence),
        by=person_called(chosen.person),
        place=place_called(chosen.place) if chosen.place else None,
        copied=chosen.copy,
    )
    report(batch)
    return FOUND if batch.refused else 0


def person_called(name: str) -> Person | None:
    from kurak.ground.people.actions import person_called

    return person_called(name) if name else None


def report(batch: Batch) -> None:
    print(f"{batch.file}: {batch.form}, SHA-256 {batch.sha256}")
    counts = {
        "rows read": batch.read, "new": batch.new, "in place of others": batch.superseding,
        "unchanged": batch.unchanged, "said twice": batch.repeated, "refused": batch.refused,
    }  # fmt: skip
    print(", ".join(f"{number:,} {name}" for name, number in counts.items()))
    for sentence, many in batch.notes[:SHOWN]:
        print(f"  note: {sentence} ({many:,})")
    for line, code, value, sentence in batch.problems[:SHOWN]:
        print(f"  line {line}: {code} {value!r}: {sentence}")
    if batch.refused > SHOWN:
        print(f"  ... and {batch.refused - SHOWN:,} more; the report is at /indicators/batches/{batch.pk}/")


def list_them(chosen: argparse.Namespace) -> int:
    from kurak.commitments.indicators import queries
    from kurak.ground.places.queries import place_called

    place = place_called(chosen.place) if chosen.place else None
    for each in queries.found(words=chosen.words, place=place):
        print(f"{each.code:<28} {each.quantity.unit:<24} {each.title.into('en')}")
    return 0


def renew_all(chosen: argparse.Namespace) -> int:
    from kurak.commitments.indicators.actions import renew_everything

    print(f"{renew_everything():,} series judged.")
    return 0


def export_it(chosen: argparse.Namespace) -> int:
    from kurak.commitments.indicators import exporting, queries
    from kurak.ground.places.queries import place_called

    place = place_called(chosen.place) if chosen.place else None
    rows = queries.measures_of(chosen.indicator, place)
    if chosen.form == "package":
        if chosen.out is None or chosen.out.exists():
            raise Problem("export.folder", "a data package is a new folder", "name one that is not there by --out")
        exporting.write_package(rows, chosen.out)
        return 0
    if chosen.out is None:
        for block in exporting.written(rows, chosen.form):
            sys.stdout.buffer.write(block)
        return 0
    with chosen.out.open("wb") as file:
        file.writelines(exporting.written(rows, chosen.form))
    return 0
