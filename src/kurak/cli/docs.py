"""kurak docs: the reference pages that are made from the code, so that they cannot say something else."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from unittest.mock import patch

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"
MADE = "<!-- Made by `kurak docs`. Change the code, not this page. -->"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kurak docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; say which pages are stale")
    check = parser.parse_args(words).check
    stale = [name for name, text in pages() if not is_written(name, text)]
    for name, text in pages():
        if name in stale and not check:
            REFERENCE.mkdir(parents=True, exist_ok=True)
            (REFERENCE / name).write_text(text, encoding="utf-8")
    print(
        "\n".join(f"{'stale' if check else 'written'}: docs/reference/{name}" for name in stale)
        or "All pages are fresh."
    )
    return int(check and bool(stale))


def is_written(name: str, text: str) -> bool:
    path = REFERENCE / name
    return path.exists() and path.read_text(encoding="utf-8") == text


def pages() -> Iterator[tuple[str, str]]:
    """(name, text) of every generated page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
    import django
    from django.utils import translation

    django.setup()
    makers: dict[str, Callable[[], list[str]]] = {
        "settings": settings, "commands": commands, "api": api, "fields": fields, "retention": retention,
        "limits": limits,
    }  # fmt: skip
    with translation.override("en"):
        for name, make in makers.items():
            yield f"{name}.md", "\n".join([MADE, "", *make(), ""])


def table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> list[str]:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return ["| " + " | ".join(cell(each) for each in line) + " |" for line in lines]


def cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def settings() -> list[str]:
    from django.conf import settings as ours

    said = "All settings come from the environment; none is needed to try Kurak on one machine."
    rows = [(f"`{each.name}`", f"`{each.default}`" if each.default else "", each.help) for each in ours.ENVIRONMENT]
    return ["# Settings", "", said, "", *table(("name", "default", "what it does"), rows)]


def commands() -> list[str]:
    from kurak.cli.main import NOUNS, command

    lines = ["# Commands", "", "`kurak NOUN --help` says the same on the command line."]
    for noun, (_module, said) in sorted(NOUNS.items()):
        if noun_is_there(noun):
            lines += ["", f"## kurak {noun}", "", f"{said[0].upper()}{said[1:]}."]
            lines += described(parser_of(command(noun)), f"kurak {noun}")
    return lines


def noun_is_there(noun: str) -> bool:
    from importlib.util import find_spec

    from kurak.cli.main import NOUNS

    return find_spec(NOUNS[noun][0]) is not None


class _Parser(BaseException):
    """Carries the parser out of a command that was about to read its words."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self.parser = parser


def parser_of(run: Callable[[list[str]], int]) -> argparse.ArgumentParser:
    def stop(parser: argparse.ArgumentParser, *_args: object, **_named: object) -> None:
        raise _Parser(parser)

    with patch.object(argparse.ArgumentParser, "parse_args", stop):
        try:
            run([])
        except _Parser as found:
            return found.parser
    raise RuntimeError("This command reads its words without argparse.")


def described(parser: argparse.ArgumentParser, name: str) -> list[str]:
    lines: list[str] = []
    rows: list[tuple[object, ...]] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb, inner in action.choices.items():
                helps = {each.dest: each.help or "" for each in action._choices_actions}
                lines += ["", f"### {name} {verb}", "", helps.get(verb, "")]
                lines += described(inner, f"{name} {verb}")
        elif not isinstance(action, argparse._HelpAction):
            rows.append((f"`{', '.join(action.option_strings) or action.metavar or action.dest}`", help_of(action)))
    return [*(["", *table(("argument", "what it does"), rows)] if rows else []), *lines]


def help_of(action: argparse.Action) -> str:
    said = (action.help or "").replace("%(default)s", str(action.default)).replace("%%", "%")
    among = f" One of: {', '.join(map(str, action.choices))}." if action.choices else ""
    return f"{said}{among}"


def api() -> list[str]:
    from django.test import Client

    described_by = Client().get("/api/v1/openapi.json").json()
    rows = [
        (method.upper(), f"`{path}`", what.get("summary", ""), (what.get("description") or "").split("\n")[0])
        for path, methods in sorted(described_by["paths"].items())
        for method, what in methods.items()
    ]
    said = "The full description is OpenAPI, at `/api/v1/openapi.json`. Failures are problem+json (RFC 9457)."
    return ["# API", "", said, "", *table(("method", "path", "what", "more"), rows)]


def fields() -> list[str]:
    from kurak.ground.safety.classes import models, sorted_fields, why

    lines = ["# Every stored field", "", "What a copy of the database would show, table by table.", ""]
    lines += [
        "**public**: may be shown to everybody. **private**: for staff who need it or its owner; counts only through"
    ]
    lines += ["the guard. **secret**: opens something, or names somebody who was promised not to be named."]
    for model in sorted(models(), key=lambda model: model._meta.db_table):
        sorted_by = sorted_fields(model)
        lines += ["", f"## {model._meta.db_table}", ""]
        lines += [f"{why(model)}", ""] if why(model) else []
        for how in ("public", "private", "secret"):
            names = [f"`{name}`" for name, its in sorted_by.items() if its == how]
            lines += [f"- {how}: {', '.join(names)}"] if names else []
    return lines


def retention() -> list[str]:
    from kurak.ground.safety.retention import classes

    said = "How long what is kept, and what happens then. The worker applies this table every hour."
    rows = [
        (each.name, each.what, "as long as the platform" if each.days is None else each.days, each.then)
        for each in classes()
    ]
    return ["# Retention", "", said, "", *table(("class", "what it is", "days kept", "then"), rows)]


def limits() -> list[str]:
    from kurak.ground.safety.limits import LIMITS

    said = "Limits count people, never network addresses: per participant of a conversation, or per account."
    rows = [(name, each.times, each.seconds, each.why) for name, each in sorted(LIMITS.items())]
    return ["# Limits", "", said, "", *table(("limit", "times", "within seconds", "why"), rows)]
