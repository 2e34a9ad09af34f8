"""Reads the values of a document, and gathers what is wrong instead of stopping at the first mistake."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from kurak.engines.composite.declaring.keys import allowed
from kurak.engines.composite.formula import FUNCTIONS, MORE_FUNCTIONS, Formula, FormulaError
from kurak.engines.composite.methods import REQUIRED, Choice, Method, Setting
from kurak.engines.composite.problems import Problem
from kurak.engines.composite.table import LARGEST

type Path = tuple[str | int, ...]

CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
SLUG = re.compile(r"[a-z][a-z0-9-]{0,59}")
RESERVED = frozenset({"score", "and", "or", "not", "if", "else", "True", "False", "None", *FUNCTIONS, *MORE_FUNCTIONS})


class Reading:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, path: Path, code: str, said: str, remedy: str) -> None:
        self.problems.append(Problem(path, code, said, remedy))

    def mapping(self, path: Path, value: Any, place: str | None = None) -> dict[str, Any]:
        """The value as a mapping with known keys; empty where it is none."""
        if not isinstance(value, Mapping):
            self.wrong(path, "declaration.mapping", f"{shown(value)} is not a mapping", "Write keys and values here")
            return {}
        if place:
            for key in value:
                if key not in allowed(place):
                    self.unknown((*path, str(key)), "declaration.key", f"there is no key {key!r} here", allowed(place))
        return {str(key): each for key, each in value.items()}

    def unknown(self, path: Path, code: str, said: str, known: Iterable[str]) -> None:
        names = sorted(known)
        close = get_close_matches(str(path[-1]), names, n=1)
        remedy = f"Did you mean {close[0]!r}?" if close else f"Use one of: {', '.join(names)}"
        self.wrong(path, code, said, remedy.rstrip("?."))

    def listed(self, path: Path, value: Any) -> list[Any]:
        if isinstance(value, list | tuple):
            return list(value)
        self.wrong(path, "declaration.list", f"{shown(value)} is not a list", "Write a list here")
        return []

    def number(
        self, path: Path, value: Any, *, low: float = -math.inf, high: float = math.inf, instead: float = 0.0
    ) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
            remedy = f"Write a number from {-LARGEST:g} to {LARGEST:g} here" if beyond(value) else "Write a number here"
            self.wrong(path, "declaration.number", f"{shown(value)} is not a number", remedy)
            return instead
        if not low <= value <= high:
            between = f"between {low:g} and {high:g}" if high < math.inf else f"at least {low:g}"
            self.wrong(path, "declaration.range", f"{value:g} is out of range", f"Write a number {between}")
            return instead
        return float(value)

    def whole(self, path: Path, value: Any, *, low: int = 0, high: int = 10**9) -> int:
        found = self.number(path, value, low=low, high=high, instead=low)
        if found != int(found):
            self.wrong(path, "declaration.whole", f"{found:g} is not a whole number", "Write a whole number here")
        return int(found)

    def word(self, path: Path, value: Any, among: Iterable[str]) -> str:
        choices = list(among)
        if value in choices:
            return str(value)
        self.wrong(
            path, "declaration.word", f"{shown(value)} is not among the choices", f"Use one of: {', '.join(choices)}"
        )
        return choices[0]

    def text(self, path: Path, value: Any) -> str:
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self.wrong(path, "declaration.text", f"{shown(value)} is not a word", "Write a word here")
        return ""

    def flag(self, path: Path, value: Any) -> bool:
        if not isinstance(value, bool):
            self.wrong(path, "declaration.flag", f"{shown(value)} is neither true nor false", "Write true or false")
        return value is True

    def pair(self, path: Path, value: Any) -> tuple[float, float] | None:
        two = self.listed(path, value)
        if len(two) != 2:
            if two or isinstance(value, list | tuple):
                self.wrong(path, "declaration.pair", f"{shown(value)} is not a pair", "Write [lowest, highest]")
            return None
        low, high = (self.number((*path, place), each) for place, each in enumerate(two))
        if low >= high:
            self.wrong(path, "declaration.pair", f"{low:g} is not below {high:g}", "Write [lowest, highest]")
        return low, high

    def code(self, path: Path, value: Any) -> str:
        if isinstance(value, str) and CODE.fullmatch(value) and value not in RESERVED:
            return value
        self.wrong(
            path,
            "declaration.code",
            f"{shown(value)} can't be a code",
            "Use up to 60 Latin letters, digits and _, beginning with a letter, and no word of the formulas",
        )
        return ""

    def formula(self, path: Path, value: Any) -> Formula | None:
        try:
            return Formula(str(value)) if isinstance(value, str | int | float) else Formula("")
        except FormulaError as problem:
            remedy = "Use numbers, codes, + - * / **, comparisons, and, or, not, if-else and the listed functions"
            self.wrong(path, "declaration.formula", f"the formula {shown(value)}: {problem}", remedy)
            return None

    def choice(self, path: Path, value: Any, methods: Mapping[str, Method]) -> Choice | None:
        """A method as a word or a mapping. `none` is no choice."""
        if value is None or value == "none":
            return None
        given = {"by": value} if isinstance(value, str) else self.mapping(path, value)
        by = given.pop("by", None)
        if by == "none" and not given:
            return None
        if not isinstance(by, str) or by not in methods:
            self.unknown(
                (*path, str(by)) if not isinstance(value, str) else (*path[:-1], path[-1], str(by)),
                "declaration.method",
                f"there is no method {shown(by)}",
                methods,
            )
            return None
        return Choice(str(by), self.settings(path, given, methods[str(by)]))

    def settings(self, path: Path, given: Mapping[str, Any], method: Method) -> dict[str, Any]:
        for name in given:
            if name not in method.takes:
                self.unknown((*path, name), "declaration.setting", f"this method has no setting {name!r}", method.takes)
        for name, setting in method.takes.items():
            if setting.default is REQUIRED and name not in given:
                self.wrong(path, "declaration.setting", f"the setting {name!r} is missing", f"Add {name}: …")
        return {
            name: self.setting((*path, name), each, method.takes[name])
            for name, each in given.items()
            if name in method.takes
        }

    def setting(self, path: Path, value: Any, how: Setting) -> Any:
        match how.kind:
            case "number":
                return self.number(path, value)
            case "share":
                return self.number(path, value, low=0, high=1)
            case "whole":
                return self.whole(path, value)
            case "flag":
                return self.flag(path, value)
            case "word":
                return self.word(path, value, how.among) if how.among else self.text(path, value)
            case "pair":
                return self.pair(path, value)
            case "numbers":
                return [self.number((*path, i), each) for i, each in enumerate(self.listed(path, value))]
            case "pairs":
                return [
                    tuple(self.number((*path, i, j), each) for j, each in enumerate(self.listed((*path, i), two)))
                    for i, two in enumerate(self.listed(path, value))
                ]
            case "codes":
                return [self.code((*path, i), each) for i, each in enumerate(self.listed(path, value))]
            case "code":
                return self.code(path, value)
            case "column":
                return self.text(path, value)
            case "formula":
                return self.formula(path, value)
            case "mapping":
                return self.mapping(path, value)
        return value


def beyond(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) > LARGEST


def shown(value: Any) -> str:
    return repr(value if not isinstance(value, str) else value[:60])[:80]
