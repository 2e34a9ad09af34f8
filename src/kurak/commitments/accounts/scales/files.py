"""Scales: the words in which a party says where a commitment stands, each a dated file of this folder.

A step has a place on the common ladder from 0 to 1, or none: "no cooperation" and "no evidence" say nothing about what
was done. Only scales that say where a commitment stands have a ladder; ambition, results and a state's position are
shown beside it and compared with nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kurak.ground.languages.declared import BY_CODE
from kurak.ground.languages.text import Text
from kurak.instruments.definitions.problems import Misdeclared, Problem
from kurak.instruments.definitions.problems import Path as Where
from kurak.instruments.definitions.yaml_text import written

FOLDER = Path(__file__).parent
GRADERS = ("state", "civil-society", "treaty-body", "expert", "residents")
SAYS = ("standing", "ambition", "results", "position")
KEYS = {"format", "code", "title", "about", "says", "graders", "source", "verified", "ladder", "steps", "number"}
OF_STEP = {"code", "title", "about", "ladder"}


@dataclass(frozen=True, slots=True)
class Step:
    code: str
    title: Text
    about: Text | None = None
    ladder: float | None = None  # None: says nothing about what was done


@dataclass(frozen=True, slots=True)
class Scale:
    """low and high: of a scale of numbers; steps: of any other, best first."""

    code: str
    title: Text
    about: Text
    says: str
    graders: tuple[str, ...]
    source: str
    verified: bool  # the words were compared with the source
    ladder_of_source: bool  # the numbers are the source's own; else we have placed the steps
    steps: tuple[Step, ...] = ()
    low: float = 0.0
    high: float = 0.0

    @property
    def is_number(self) -> bool:
        return not self.steps

    @property
    def firm(self) -> bool:
        """Whether its ladder can be relied upon: words seen in the source, numbers the source's own."""
        return self.verified and self.ladder_of_source

    def step(self, value: str) -> Step | None:
        return next((each for each in self.steps if each.code == value), None)

    def takes(self, value: str) -> bool:
        """Whether this is one of its values. The empty value, no information, belongs to every scale."""
        if value == "" or not self.is_number:
            return value == "" or self.step(value) is not None
        number = number_of(value)
        return number is not None and self.low <= number <= self.high

    def ladder(self, value: str) -> float | None:
        """Where a value stands between 0 and 1; None where it says nothing about that."""
        if self.is_number:
            number = number_of(value)
            return None if number is None else (number - self.low) / (self.high - self.low)
        step = self.step(value)
        return step.ladder if step else None


def number_of(value: str) -> float | None:
    """A decimal number as people write one, with a point or a comma; nothing else that float() would take.

    >>> number_of("62,5"), number_of(" 40 "), number_of("nan"), number_of("1e3")
    (62.5, 40.0, None, None)
    """
    plain = value.strip().replace(",", ".")
    bare = plain.replace(".", "", 1)
    return float(plain) if bare.isascii() and bare.isdecimal() else None


@cache
def scales() -> Mapping[str, Scale]:
    """All scales that come with the platform, by code."""
    found = [read(path.read_text(encoding="utf-8"), path.name) for path in sorted(FOLDER.glob("*.yaml"))]
    return {each.code: each for each in found}


def scales_for(grader: str) -> list[Scale]:
    return [each for each in scales().values() if grader in each.graders]


def read(text: str, name: str = "") -> Scale:
    """A scale from its file; what is wrong in it is all told at once, with line and column (Misdeclared)."""
    source = written(text, name)
    problems = list(source.problems)
    document = source.document if isinstance(source.document, dict) else {}
    for where, code, said, remedy in _problems(document, name):
        problems.append(Problem(where, code, said, remedy, *source.at(where)))
    if problems:
        raise Misdeclared(problems, name)
    return _scale(document)


def _scale(document: Mapping[str, Any]) -> Scale:
    number = document.get("number") or {}
    return Scale(
        code=document["code"], title=_text(document["title"]), about=_text(document["about"]), says=document["says"],
        graders=tuple(document["graders"]), source=document["source"], verified=document["verified"],
        ladder_of_source=document["ladder"] == "source",
        steps=tuple(
            Step(str(each["code"]), _text(each["title"]), _text(each["about"]) if "about" in each else None,
                 float(each["ladder"]) if "ladder" in each else None)
            for each in document.get("steps", [])
        ),
        low=float(number.get("low", 0)), high=float(number.get("high", 0)),
    )  # fmt: skip


def _text(words: Mapping[str, str]) -> Text:
    return Text("en", words["en"], {code: (body, "human") for code, body in words.items() if code != "en"})


type _Found = tuple[Where, str, str, str]


def _problems(document: Mapping[str, Any], name: str) -> Iterator[_Found]:
    if not document:
        yield (), "no-scale", "there is no scale in this file", "Write at least code, title and steps"
        return
    for key in sorted({str(each) for each in document} - KEYS):
        yield (key,), "unknown", f"{key!r} is not a word of a scale", f"Use one of {', '.join(sorted(KEYS))}"
    if document.get("format") != 1:
        yield ("format",), "format", "the format is not 1", "Write `format: 1`"
    code = document.get("code")
    if not isinstance(code, str) or not code or (name and name != f"{code}.yaml"):
        yield ("code",), "code", f"the code {code!r} is not the name of the file", f"Name the file {code}.yaml"
    yield from _words(document, ("title",))
    yield from _words(document, ("about",))
    if not isinstance(document.get("source"), str) or not document.get("source"):
        yield (
            ("source",),
            "source",
            "it is not said where the scale comes from",
            "Write the paper or page, or `Our own`",
        )
    for key, allowed in (("says", SAYS), ("verified", (True, False)), ("ladder", ("source", "ours"))):
        if document.get(key) not in allowed:
            said = ", ".join(str(each).lower() for each in allowed)
            yield (key,), "choice", f"{key} is {document.get(key)!r}", f"Write one of {said}"
    graders = document.get("graders")
    wrong = [each for each in graders if each not in GRADERS] if isinstance(graders, list) else [graders]
    if wrong or not graders:
        yield ("graders",), "grader", f"who may use it is not clear: {wrong}", f"List some of {', '.join(GRADERS)}"
    yield from _values(document)


def _values(document: Mapping[str, Any]) -> Iterator[_Found]:
    number, steps = document.get("number"), document.get("steps")
    if (number is None) == (steps is None):
        yield (), "values", "a scale has either steps or a number", "Write `steps:` or `number:`, one of the two"
    elif number is not None:
        ends: tuple[Any, Any] = (number.get("low"), number.get("high")) if isinstance(number, dict) else (None, None)
        if not all(_is_number(each) for each in ends) or not ends[0] < ends[1]:
            yield ("number",), "number", f"the ends are {ends}", "Write {low: 0, high: 100}, the lower one first"
    elif not isinstance(steps, list) or len(steps) < 2:
        yield ("steps",), "steps", "there are fewer than two steps", "List the steps, the best one first"
    else:
        yield from _steps(steps, document.get("says") == "standing")


def _steps(steps: list[Any], standing: bool) -> Iterator[_Found]:
    met: set[str] = set()
    highest = 1.0
    for number, step in enumerate(steps):
        at: Where = ("steps", number)
        if not isinstance(step, dict) or not step.get("code"):
            yield at, "step", "this step has no code", "Write {code: ..., title: {en: ...}, ladder: ...}"
            continue
        for key in sorted({str(each) for each in step} - OF_STEP):
            yield (*at, key), "unknown", f"{key!r} is not a word of a step", f"Use one of {', '.join(sorted(OF_STEP))}"
        code = str(step["code"])
        if code in met or len(code) > 40:
            yield (*at, "code"), "twice", f"the code {code!r} is there twice or too long", "Give each step its own code"
        met.add(code)
        yield from _words(step, (*at, "title"))
        if "about" in step:
            yield from _words(step, (*at, "about"))
        place: Any = step.get("ladder")
        if place is None and "ladder" not in step:
            continue
        if not standing:
            remedy = "Leave the ladder out, or write `says: standing`"
            yield (*at, "ladder"), "ladder", "only a scale that says where things stand has a ladder", remedy
        elif not _is_number(place) or not 0 <= place <= highest:
            remedy = "Write a number from 0 to 1, best step first"
            yield (*at, "ladder"), "ladder", f"{place!r} does not follow on the step before", remedy
        else:
            highest = float(place)


def _words(holder: Mapping[str, Any], where: Where) -> Iterator[_Found]:
    words = holder.get(str(where[-1]))
    if not isinstance(words, dict) or not words.get("en"):
        yield where, "words", f"{where[-1]} has no English words", "Write {en: ..., ru: ...}"
        return
    for language, body in words.items():
        if language not in BY_CODE or not isinstance(body, str) or not body:
            yield (
                (*where, language),
                "words",
                f"{language!r} is no language here, or has no words",
                "Write en, ru, kk, ...",
            )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
