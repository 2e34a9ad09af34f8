"""Kinds of agenda as declared.yaml has them: words for parts, statuses of commitments, facts of provisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kurak.ground.errors import Refused
from kurak.ground.languages.text import Text
from kurak.instruments.catalogue.texts import text_of

FILE = Path(__file__).parent / "declared.yaml"


@dataclass(frozen=True, slots=True)
class Word:
    """A code and what people call it."""

    code: str
    title: Text

    def __str__(self) -> str:
        return str(self.title.into(get_language() or "en"))


@dataclass(frozen=True, slots=True)
class Status(Word):
    """share: how much of the promise is kept, 0..1; None where the status does not say."""

    share: float | None = None
    closed: bool = False
    shade: str = "unknown"


@dataclass(frozen=True, slots=True)
class Fact(Word):
    """shades: how patches may be coloured by it: {value in small letters: (shade, words)}."""

    type: str = "string"
    shades: Mapping[str, tuple[str, Text]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind(Word):
    many: Text
    parts: tuple[Word, ...]
    statuses: tuple[Status, ...]
    facts: tuple[Fact, ...]
    joined: bool = False  # states sign and become parties

    @property
    def plural(self) -> str:
        return str(self.many.into(get_language() or "en"))

    def part(self, depth: int) -> Word:
        """What a part at this depth is called; below the last declared depth as the last."""
        return self.parts[min(depth, len(self.parts) - 1)]

    def part_called(self, code: str) -> Word:
        return next((each for each in self.parts if each.code == code), self.parts[-1])

    def status(self, code: str) -> Status:
        found = next((each for each in self.statuses if each.code == code), None)
        if found is None:
            raise Refused(
                "commitment.status",
                _("An agenda of this kind has no such status. It has: %(known)s.")
                % {"known": ", ".join(each.code for each in self.statuses)},
                asked=code,
            )
        return found

    @property
    def first_status(self) -> Status:
        return self.statuses[0]


@dataclass(frozen=True, slots=True)
class Group(Word):
    """People whose data are looked for. dimensions: what series call it."""

    dimensions: tuple[str, ...]


@cache
def kinds() -> dict[str, Kind]:
    declared = _declared()
    return {code: _kind(code, given, declared["ladders"]) for code, given in declared["kinds"].items()}


def kind_called(code: str) -> Kind:
    if code not in kinds():
        raise Refused(
            "agenda.kind",
            _("There is no such kind of agenda. There are: %(known)s.") % {"known": ", ".join(kinds())},
            asked=code,
        )
    return kinds()[code]


@cache
def groups() -> tuple[Group, ...]:
    return tuple(Group(each["code"], _text(each["title"]), tuple(each["dimensions"])) for each in _declared()["groups"])


@cache
def _declared() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def _kind(code: str, given: dict[str, Any], ladders: dict[str, Any]) -> Kind:
    return Kind(
        code, _text(given["title"]), _text(given["many"]),
        tuple(Word(each["code"], _text(each["title"])) for each in given["parts"]),
        tuple(Status(**{**each, "title": _text(each["title"])}) for each in ladders[given["statuses"]]),
        tuple(_fact(name, each) for name, each in given["facts"].items()),
        given.get("joined", False),
    )  # fmt: skip


def _fact(name: str, given: Mapping[str, Any]) -> Fact:
    shades = {value: (each["shade"], _text(each["title"])) for value, each in given.get("shades", {}).items()}
    return Fact(name, _text(given["title"]), given.get("type", "string"), shades)


def _text(given: Any) -> Text:
    text = text_of(given)
    assert text is not None  # noqa: S101 - our own file
    return text
