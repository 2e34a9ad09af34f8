"""kurak agendas: bring agendas and commitments in as files, give them out as files, list them."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from kurak.cli.problems import Problem

FORMS = ("yaml", "json", "csv", "xlsx", "xml")
OWN = ("code", "kind", "level", "place", "adopted", "holds_from", "holds_until", "source", "url", "licence")


def main(words: list[str]) -> int:
    chosen = parser().parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
    import django

    django.setup()
    from kurak.commitments.agendas.checking import Unfit
    from kurak.ground.errors import Refused

    try:
        return int(chosen.run(chosen))
    except Unfit as unfit:
        name = getattr(chosen, "file", None) or "the document"
        lines = [f"  {name}, line {each.line}: {each.said}. {each.remedy}." for each in unfit.problems[:50]]
        said = f"{name} has {len(unfit.problems)} mistakes, and nothing of it was kept"
        raise Problem(unfit.code, said, "mend what is listed, and import the file again", lines) from unfit
    except Refused as refused:
        raise Problem(refused.code, str(refused), "see above") from refused


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kurak agendas", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    add_import(verbs.add_parser("import", help="bring in an agenda (YAML, JSON, CSV, XLSX, SDMX) or its commitments"))
    add_export(verbs.add_parser("export", help="write an agenda as a file"))
    verbs.add_parser("list", help="name the agendas of this platform").set_defaults(run=list_them)
    verbs.add_parser("load", help="bring in what comes with the platform; may be run again").set_defaults(run=load)
    return parser


def add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="YAML, JSON, CSV, XLSX or an SDMX structure message")
    parser.add_argument("--code", default="", help="its name in addresses (else: as the file says, or the file's name)")
    parser.add_argument("--kind", default="", help="treaty, recommendations, programme, ...: agendas/declared.yaml")
    parser.add_argument("--title", default="", help="what it is called")
    parser.add_argument("--level", default="", help="global, regional, national or local")
    parser.add_argument("--place", default="", help="code of the place it is for, such as KG (else: the world)")
    for name in ("adopted", "holds-from", "holds-until"):
        parser.add_argument(f"--{name}", default="", metavar="DAY", help="a day, such as 2026-03-31")
    for name in ("source", "url", "licence"):
        parser.add_argument(f"--{name}", default="", help="where it was read")
    parser.add_argument("--language", default="en", help="of columns without a language (else: en)")
    parser.add_argument(
        "--column", action="append", default=[], metavar="OURS=THEIRS",
        help="what a column of the file is to us: code=rec_id, title=text, place=iso3; may be given several times",
    )  # fmt: skip
    parser.add_argument("--group", default="", metavar="COLUMN", help="whose every value becomes a part at the top")
    parser.add_argument("--codelist", default="", help="which codelist of an SDMX structure is the agenda")
    parser.add_argument("--commitments-of", default="", metavar="CODE", help="rows are commitments to this agenda")
    parser.set_defaults(run=import_it)


def add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="its name in addresses; see: kurak agendas list")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="ends with .yaml, .json, .csv, .xlsx, .xml"
    )
    parser.set_defaults(run=export_it)


def import_it(chosen: argparse.Namespace) -> int:
    from kurak.commitments.agendas.exchange.actions import import_agenda, import_commitments
    from kurak.commitments.agendas.queries import agenda_called

    content, columns = content_of(chosen.file), columns_of(chosen.column)
    if chosen.commitments_of:
        agenda = agenda_called(chosen.commitments_of)
        about: dict[str, Any] = {"columns": columns, "language": chosen.language}
        many = import_commitments(content=content, agenda=agenda, by=None, **about)
        print(f"Brought {many:,} commitments to {agenda.code}")
        return 0
    how = {"columns": columns, "group": chosen.group, "language": chosen.language, "codelist": chosen.codelist}
    agenda = import_agenda(content=content, head=head_of(chosen), by=None, name=chosen.file.name, **how)
    parts, promised = agenda.provisions.filter(ended=False).count(), agenda.commitments.count()
    print(f"Brought {agenda.code}: {parts:,} parts, {promised:,} commitments; see /agendas/{agenda.code}/")
    return 0


def head_of(chosen: argparse.Namespace) -> dict[str, Any]:
    """What was said on the command line. A table needs all of it; YAML and JSON files say it themselves."""
    said = {name: getattr(chosen, name) for name in OWN if getattr(chosen, name)}
    if chosen.title:
        said["title"] = {chosen.language: chosen.title}
    if chosen.file.suffix.lower() in (".yaml", ".yml", ".json"):
        return said
    lacking = [f"--{name}" for name in ("kind", "title", "level") if not said.get(name)]
    if lacking:
        raise Problem(
            "agendas.head",
            f"a table does not say what agenda it is: {', '.join(lacking)} missing",
            "add them to the command",
        )
    return {"code": chosen.file.stem.lower().replace("_", "-")[:60], "place": "world", **said}


def columns_of(given: list[str]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    if odd := [ours for ours, equals, theirs in pairs if not (ours and equals and theirs)]:
        raise Problem("agendas.column", f"{odd[0]!r} says no column", "write such as: --column title=text")
    return {ours: theirs for ours, _equals, theirs in pairs}


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Problem(
            "agendas.file", f"{path} cannot be read: {problem.strerror}", "name a file that is there"
        ) from problem


def export_it(chosen: argparse.Namespace) -> int:
    from kurak.commitments.agendas.exchange.writing import written
    from kurak.commitments.agendas.queries import agenda_called

    form = chosen.out.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise Problem(
            "agendas.form", f"{chosen.out} ends with no form that is known", f"end it with .{', .'.join(FORMS)}"
        )
    chosen.out.write_bytes(written(agenda_called(chosen.code), form))
    print(f"Wrote {chosen.out}")
    return 0


def list_them(_chosen: argparse.Namespace) -> int:
    from kurak.commitments.agendas.queries import counted, published

    rows: Any = counted(published())
    for each in rows:
        print(f"{each.code:<40} {each.kind:<16} {each.parts:>6,} parts {each.promised:>6,} commitments  {each.title}")
    return 0


def load(_chosen: argparse.Namespace) -> int:
    from kurak.cli.ground import load_agendas

    return load_agendas()
