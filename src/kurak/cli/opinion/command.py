"""Words of the command → files in, files out."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from kurak.cli.opinion.drawing import drawn
from kurak.cli.opinion.folder import checked, whole_folder
from kurak.cli.opinion.groups import read_groups
from kurak.cli.opinion.inspecting import inspected
from kurak.cli.opinion.progress import Progress
from kurak.cli.opinion.results import results_of
from kurak.cli.opinion.rows import Rejected
from kurak.cli.opinion.statements import read_statements
from kurak.cli.opinion.summary import summary_of, told
from kurak.cli.opinion.svg import svg_of
from kurak.cli.opinion.tables import write_flags, write_rejected, write_tables
from kurak.cli.opinion.votes import read_votes, turned
from kurak.cli.problems import Problem

SAYS = """Compute the picture of a conversation: who thinks alike, what unites, what divides.

VOTES is votes.csv (timestamp, comment-id, voter-id, vote; one row a vote, the latest counts) or
participants-votes.csv (one row a person) of the openData layout. +1 = agree, 0 = pass, -1 = disagree."""


def parser() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(
        prog="kurak opinion", description=SAYS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("votes", type=Path, metavar="VOTES", help="votes.csv or participants-votes.csv")
    words.add_argument("--statements", type=Path, metavar="FILE", help="comments.csv: texts, and what is moderated out")
    words.add_argument("--groups", type=Path, metavar="FILE", help="participant and group: replaces our grouping")
    words.add_argument("--mode", choices=("kurak", "polis"), default="kurak", help="how groups are found")
    words.add_argument(
        "--sign", choices=("agree", "polis"), default="agree", help="agree: 1 = agree; polis: -1 = agree"
    )
    words.add_argument("--flags", action="store_true", help="flag unlikely voting: flags.csv, results without it")
    words.add_argument("--out", type=Path, default=Path("picture"), metavar="DIR", help="where to write (picture)")
    words.add_argument("--replace", action="store_true", help="replace an earlier picture in DIR")
    words.add_argument("--skip-bad-rows", action="store_true", help="leave bad rows out and list them in rejected.csv")
    words.add_argument("--json", action="store_true", help="print summary.json instead of a few lines")
    return words


def main(words: list[str] | None = None) -> int:
    chosen = parser().parse_args(words)
    checked(chosen.out, replace=chosen.replace)
    progress = Progress(steps=6)
    try:
        summary = run(chosen, progress)
    finally:
        progress.close()
    print(json.dumps(summary, ensure_ascii=False, indent=1) if chosen.json else told(summary, f"{chosen.out}/"))
    return 0


def run(chosen: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    rejected = Rejected()
    events = read_votes(chosen.votes, rejected, progress)
    statements = read_statements(chosen.statements, rejected, progress)
    given = read_groups(chosen.groups, rejected, progress)
    if not chosen.skip_bad_rows:
        rejected.refuse()
    if not len(events.value):
        raise Problem("opinion.no-votes", f"{chosen.votes} has no votes", "give a file with at least one vote")
    if chosen.sign == "polis":
        events = turned(events)
    with progress.step("drawing the picture"):
        drawing = drawn(chosen.mode, events, statements, given)
    with progress.step("computing what unites and divides"):
        results = results_of(drawing)
    sources = [x.source for x in (events, statements, given) if x is not None and x.source is not None]
    parameters = {"mode": chosen.mode, "sign_of_input": chosen.sign, "skip_bad_rows": chosen.skip_bad_rows}
    summary = summary_of(drawing, results, events, statements, sources, parameters, len(rejected.rows))
    flags = None
    if chosen.flags:
        with progress.step("comparing with and without flagged people"):
            flags, summary["integrity"] = inspected(chosen.mode, drawing, events)
    with progress.step("writing"), whole_folder(chosen.out) as folder:
        write_tables(folder, drawing, results, statements)
        (folder / "picture.svg").write_text(svg_of(drawing), encoding="utf-8")
        text = json.dumps(summary, ensure_ascii=False, indent=1, allow_nan=False)
        (folder / "summary.json").write_text(text + "\n", encoding="utf-8")
        if flags is not None:
            write_flags(folder, drawing, flags)
        if rejected.rows:
            write_rejected(folder, rejected.rows)
            print(f"kurak: {len(rejected.rows)} bad rows were left out: rejected.csv lists them", file=sys.stderr)
    return summary
