"""YAML → plain values and the line of each. Stricter than YAML: no anchors, no tags, no key twice.

Words mean what they mean in YAML 1.2: only true and false are truth values, so yes and no are words; a date stays a
text, keys are always texts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from kurak.instruments.definitions.problems import Misdeclared, Path, Problem

LARGEST = 1_000_000  # bytes of a file
DEEPEST = 40  # nested brackets
MOST = 60_000  # values in a file

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events, about ten times as fast
_TABBED = re.compile(r" *\t")
_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WORDS: Mapping[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(slots=True)
class Written:
    """document: the values. lines: (line, column) of each, from 1. problems: what was wrong with the text itself."""

    document: Any = None
    lines: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def at(self, path: Path) -> tuple[int, int]:
        """Where a path is written; of the nearest thing around it when it is not written itself."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, (1, 1))


def written(text: str, name: str = "") -> Written:
    """Read a text, all or nothing: what is not YAML at all raises Misdeclared.

    >>> read = written("answers: {yes: 1, no: 0}")
    >>> read.document, read.at(("answers", "no"))
    ({'answers': {'yes': 1, 'no': 0}}, (1, 19))
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        said = f"the file is larger than {LARGEST // 1_000_000} MB"
        raise Misdeclared([Problem((), "too-large", said, "Leave texts that nobody reads out", 1, 1)], name)
    found = Written()
    for line, each in enumerate(text.split("\n"), start=1):
        if odd := _UNPRINTABLE.search(each):
            said = f"the file cannot be read: there is the control character {odd.group()!r}"
            problem = Problem((), "not-yaml", said, "Save it as plain text in UTF-8", line, odd.start() + 1)
            raise Misdeclared([problem], name)
    try:
        _Composer(yaml.parse(text, Loader=_LOADER), found).whole()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark and _TABBED.match("".join(text.split("\n")[mark.line : mark.line + 1])):
            said, remedy = "the file cannot be read: a tab indents this line", "Indent with spaces"
            problem = Problem((), "not-yaml", said, remedy, mark.line + 1, mark.column + 1)
            raise Misdeclared([problem], name) from None
        raise Misdeclared([_unreadable(error.problem or "this is not YAML", mark)], name) from None
    except (yaml.YAMLError, ValueError) as error:
        raise Misdeclared([_unreadable(str(error).splitlines()[0], None)], name) from None
    except _Stopped as stop:
        raise Misdeclared([*found.problems, stop.problem], name) from None
    return found


def _unreadable(said: str, mark: Any) -> Problem:
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    remedy = "Look at the indentation, colons, brackets and quotation marks here and on the line before"
    return Problem((), "not-yaml", f"the file cannot be read: {said}", remedy, line, column)


class _Stopped(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Composer:
    """Builds values out of YAML's events, so that nothing can grow beyond what is written."""

    def __init__(self, events: Iterator[Any], found: Written) -> None:
        self.events, self.found, self.values = events, found, 0

    def whole(self) -> None:
        started = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if started:
                    self._stop((), event, "two-documents", "a second document begins", "Put one instrument in a file")
                started = True
                self.found.document = self._value((), next(self.events), 0)

    def _value(self, path: Path, event: Any, depth: int) -> Any:
        self.found.lines.setdefault(path, _place(event))
        self.values += 1
        if self.values > MOST or depth > DEEPEST:
            self._stop(path, event, "too-deep", "there is too much inside this file", "Make a smaller instrument")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._stop(path, event, "anchor", "anchors (&) and aliases (*) are not read", "Write it out; quote * and &")
        if getattr(event, "tag", None):
            self._stop(path, event, "tag", f"the tag {event.tag} is not read", "Leave it out; quote a leading !")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return event.value if event.style in ("'", '"', "|", ">") else self._plain(path, event)

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._stop(path, event, "key", "a key must be a word", "Quote it, or write `key: value`")
            key, line = event.value, _place(event)
            if key in made:
                first = self.found.lines[(*path, key)][0]
                said = f"{key!r} is written twice; the first time on line {first}"
                self._add(path, event, "twice", said, "Keep one of them")
            self.found.lines.setdefault((*path, key), line)
            made[key] = self._value((*path, key), next(self.events), depth + 1)
        return made

    def _sequence(self, path: Path, depth: int) -> list[Any]:
        made: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            made.append(self._value((*path, len(made)), event, depth + 1))
        return made

    def _plain(self, path: Path, event: Any) -> Any:
        text = event.value
        if text in _WORDS:
            return _WORDS[text]
        if _WHOLE.fullmatch(text):
            return int(text)
        if not _NUMBER.fullmatch(text):
            return text
        number = float(text)
        if not math.isfinite(number):
            self._add(path, event, "number", f"{text} is too large for a number", "Write a smaller one")
        return number

    def _add(self, path: Path, event: Any, code: str, said: str, remedy: str) -> None:
        self.found.problems.append(Problem(path, code, said, remedy, *_place(event)))

    def _stop(self, path: Path, event: Any, code: str, said: str, remedy: str) -> None:
        raise _Stopped(Problem(path, code, said, remedy, *_place(event)))


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
