"""kurak conversations: bring conversations in as files, give them out as files, list them."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from kurak.cli.problems import Problem

LAYOUTS = ("opendata", "package")


def main(words: list[str]) -> int:
    chosen = parser().parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
    import django

    django.setup()
    from kurak.ground.errors import Refused

    need_tables()
    try:
        return int(chosen.run(chosen))
    except Refused as refused:
        raise Problem(refused.code, str(refused), remedy_of(refused)) from refused


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kurak conversations", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    add_import(verbs.add_parser("import", help="store a folder of files as a closed conversation"))
    add_export(verbs.add_parser("export", help="write a conversation as a folder of files"))
    listing = verbs.add_parser("list", help="name the conversations of this platform")
    listing.set_defaults(run=list_them)
    return parser


def add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="with votes.csv, comments.csv, participants-votes.csv"
    )
    parser.add_argument("--slug", default="", help="its name in addresses (else: the folder's name)")
    parser.add_argument("--place", default="", help="code of the place it is about (else: the world)")
    parser.add_argument("--language", default="", help="language of the statements, such as ru (else: not told)")
    parser.add_argument("--question", default="", help="what was asked (else: the topic of summary.csv)")
    parser.add_argument("--theme", action="append", default=[], help="code of a theme; may be given several times")
    parser.add_argument("--licence", default="", help="SPDX name of the licence, such as CC-BY-4.0 (else: unknown)")
    parser.add_argument("--attribution", default="", help="the words by which the source wants to be named")
    parser.add_argument("--source", default="", help="address of the source")
    parser.set_defaults(run=import_it)


def add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("slug", metavar="SLUG", help="its name in addresses; see: kurak conversations list")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write; must be new or empty")
    parser.add_argument("--layout", choices=LAYOUTS, default="opendata", help="opendata (default) or a data package")
    parser.add_argument(
        "--exact", action="store_true", help="for the archive, not for the public: moments instead of days, every text"
    )
    parser.set_defaults(run=export_it)


def need_tables() -> None:
    """A database that is there and is up to date."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    remedy = "start the platform once (make run), or run: python manage.py migrate"
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as problem:
        raise Problem("cli.no-database", f"the database does not answer: {problem}", remedy) from problem
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Problem("cli.database-not-ready", "the database has no tables yet, or old ones", remedy)


def remedy_of(refused: Exception) -> str:
    from kurak.dialogue.conversations.exchange.problems import BadFiles

    if isinstance(refused, BadFiles):
        return "mend the lines above and import again; nothing was written"
    return "see kurak conversations --help, and kurak conversations list"


def import_it(chosen: argparse.Namespace) -> int:
    from kurak.dialogue.conversations.exchange.actions import import_folder

    done = import_folder(
        folder=chosen.folder, slug=chosen.slug, place=chosen.place, language=chosen.language, question=chosen.question,
        themes=chosen.theme, licence=chosen.licence, attribution=chosen.attribution, source=chosen.source,
    )  # fmt: skip
    if not done.new:
        print(f"These very files were imported before, as {done.conversation.slug}. Nothing was changed.")
        return 0
    counts = f"{done.people:,} people, {done.statements:,} statements, {done.votes:,} votes"
    print(f"Imported {done.conversation.slug}: {counts}.\nPage: /conversations/{done.conversation.slug}/")
    if done.left_aside:
        print(f"Not read: {', '.join(done.left_aside)}")
    return 0


def export_it(chosen: argparse.Namespace) -> int:
    """Into a folder beside first: what stands under the wanted name is whole."""
    from kurak.dialogue.conversations.exchange.actions import recorded_export
    from kurak.dialogue.conversations.exchange.package import write_package
    from kurak.dialogue.conversations.exchange.writing import write_folder
    from kurak.dialogue.conversations.models import Conversation

    conversation = Conversation.objects.filter(slug=chosen.slug).first()
    if conversation is None:
        raise Problem("conversation.unknown", f"there is no conversation {chosen.slug!r}", "kurak conversations list")
    out: Path = chosen.out
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Problem("export.not-empty", f"{out} is there already and not empty", "name a new folder by --out")
    out.absolute().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.absolute().parent, prefix=".export-") as half:
        whole = Path(half) / "whole"
        whole.mkdir()
        write = write_package if chosen.layout == "package" else write_folder
        with recorded_export(conversation=conversation, exact=chosen.exact):
            write(conversation, whole, exact=chosen.exact)
        if out.exists():
            out.rmdir()
        shutil.move(whole, out)
    print(f"Wrote {len(list(out.iterdir()))} files to {out}")
    return 0


def list_them(_chosen: argparse.Namespace) -> int:
    from django.db.models import Count

    from kurak.dialogue.conversations.models import Conversation

    rows = Conversation.objects.annotate(cast=Count("votes")).order_by("slug")
    for row in rows:
        print(f"{row.slug:<40} {row.phase:<7} {row.cast:>10,} votes  {row.question}")
    if not rows:
        print("There are no conversations yet.", file=sys.stderr)
    return 0
