"""The `kurak` command. It finds the module of a noun in one table and hands the other words to it.

Modules are imported only when their noun is used: `kurak opinion` needs no Django and starts without it.
A module has `main(words: list[str]) -> int`, which returns the exit code: 0 done, 1 done but something was found,
2 wrong use or wrong input.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from kurak import __version__
from kurak.cli.problems import WRONG_USE, Problem

NOUNS = {
    "serve": ("kurak.cli.serve", "serve the platform on this machine"),
    "worker": ("kurak.cli.worker", "keep pictures fresh and do the tasks that wait"),
    "opinion": ("kurak.cli.opinion", "compute the picture of a conversation from its votes, without the platform"),
    "index": ("kurak.cli.index", "score indexes and verify published ones, without the platform"),
    "indicators": ("kurak.cli.indicators", "bring figures of indicators in, list them, give them out"),
    "progress": ("kurak.cli.progress", "judge series by five methods of progress, without the platform"),
    "conversations": ("kurak.cli.conversations", "import, export and list conversations"),
    "agendas": ("kurak.cli.agendas", "import, export and list agendas and commitments"),
    "budgets": ("kurak.cli.budgets", "bring budgets of places in, list them"),
    "ground": ("kurak.cli.ground", "load places, themes and languages"),
    "sample": ("kurak.cli.sample", "load the sample region"),
    "people": ("kurak.cli.people", "name the first coordinator of a place; list who holds which role"),
    "record": ("kurak.cli.record", "verify the record of what staff did"),
    "messages": ("kurak.cli.messages", "collect and compile the strings of the interface"),
    "docs": ("kurak.cli.docs", "write the generated pages of the documentation"),
}


def main(words: list[str] | None = None) -> int:
    given = sys.argv[1:] if words is None else words
    if not given or given[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if given else WRONG_USE
    if given[0] in ("-V", "--version", "version"):
        print(f"kurak {__version__}")
        return 0
    return guarded(given[0], given[1:])


def usage() -> str:
    there = {noun: said for noun, (module, said) in NOUNS.items() if find_spec(module)}
    lines = [f"  {noun:<14} {said}" for noun, said in there.items()]
    return "\n".join(["usage: kurak NOUN ...", "", *lines, "", "kurak NOUN --help says more about one of them."])


def guarded(noun: str, words: list[str]) -> int:
    """Run a noun; what a person can solve is said without a traceback."""
    try:
        return command(noun)(words) or 0
    except Problem as problem:
        print(problem, file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        print("kurak: interrupted; nothing half-written was left behind.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read our output stopped reading
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        if type(problem).__name__ != "ImproperlyConfigured":  # Django's; by name, so that Django need not be there
            raise
        print(f"kurak: {problem}", file=sys.stderr)
        return WRONG_USE


def command(noun: str) -> Callable[[list[str]], int]:
    if noun not in NOUNS or not find_spec(NOUNS[noun][0]):
        raise Problem("cli.unknown-noun", f"there is no {noun!r} here", "kurak --help lists what there is")
    main_of_noun: Callable[[list[str]], int] = import_module(NOUNS[noun][0]).main
    return main_of_noun


if __name__ == "__main__":
    sys.exit(main())
