"""Factors that choose one of several ways to impute, treat, normalise or combine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.combining import COMBINATIONS
from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.declaring.parts import STAGES as BEFORE
from kurak.engines.composite.declaring.reading import Path, Reading
from kurak.engines.composite.methods import Choice
from kurak.engines.composite.varying.drawn import Drawn, chosen
from kurak.engines.composite.varying.tree import Tree

type Floats = NDArray[np.float64]

STAGES = {**BEFORE, "combine": COMBINATIONS}
DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Option:
    """One way. name: as shown and excluded; given: as the factor lists it; choices: by code, only what differs."""

    name: str
    given: Any
    choices: Mapping[str, Choice | None]

    def is_meant(self, word: Any) -> bool:
        """By its name, the word of its method, the value of the setting, or all of it."""
        by = self.given.get("by") if isinstance(self.given, Mapping) else self.given
        return bool(word in (self.name, by) if isinstance(word, str) else word == self.given)


@dataclass(frozen=True, slots=True)
class Choosing:
    """One choice, for one stage of some codes."""

    name: str
    stage: str
    codes: tuple[str, ...]
    options: tuple[Option, ...]

    columns = 1

    @property
    def touches(self) -> tuple[tuple[str, str], ...]:
        return tuple((self.stage, code) for code in self.codes)

    def draw(self, u: Floats, into: Drawn) -> None:
        into.picks[self.name] = chosen(u[:, 0], len(self.options))


@dataclass(frozen=True, slots=True)
class Joint:
    """Several choices drawn as one, because some of their combinations are excluded."""

    name: str
    of: tuple[Choosing, ...]
    never: tuple[Mapping[str, int], ...]
    allowed: tuple[tuple[int, ...], ...] = field(init=False)

    columns = 1

    def __post_init__(self) -> None:
        every = product(*(range(len(part.options)) for part in self.of))
        object.__setattr__(self, "allowed", tuple(each for each in every if not self._excluded(each)))

    @property
    def touches(self) -> tuple[tuple[str, str], ...]:
        return tuple(each for part in self.of for each in part.touches)

    @property
    def refused(self) -> list[str]:
        """The excluded combinations, in words."""
        every = product(*(range(len(part.options)) for part in self.of))
        return [
            ", ".join(f"{part.name}: {part.options[at].name}" for part, at in zip(self.of, each, strict=True))
            for each in every
            if self._excluded(each)
        ]

    def _excluded(self, each: tuple[int, ...]) -> bool:
        there = {part.name: at for part, at in zip(self.of, each, strict=True)}
        return any(all(there[name] == at for name, at in rule.items()) for rule in self.never)

    def draw(self, u: Floats, into: Drawn) -> None:
        combination = np.array(self.allowed)[chosen(u[:, 0], len(self.allowed))]
        for number, part in enumerate(self.of):
            into.picks[part.name] = combination[:, number]


def choosing(stage: str) -> Callable[[Reading, Path, str, Mapping[str, Any], Tree], tuple[Choosing, ...]]:
    """Reads the factors of a stage."""

    def read_it(read: Reading, path: Path, name: str, settings: Mapping[str, Any], tree: Tree) -> tuple[Choosing, ...]:
        keys = ("among", "setting", "of", *(("levels", "each") if stage == "combine" else ()))
        for key in settings:
            if key not in keys:
                read.unknown((*path, key), "factor.setting", f"a factor of {stage} has no {key!r}", keys)
        codes = _codes(read, path, stage, settings, tree)
        options = _options(read, path, stage, settings, codes, tree.declaration)
        if len(options) < 2:
            read.wrong((*path, "among"), "factor.among", "there is nothing to choose from", "List two ways or more")
            return ()
        if read.flag((*path, "each"), settings.get("each", False)):
            return tuple(Choosing(f"{name}.{code}", stage, (code,), options) for code in codes)
        return (Choosing(name, stage, codes, options),)

    return read_it


def _codes(read: Reading, path: Path, stage: str, settings: Mapping[str, Any], tree: Tree) -> tuple[str, ...]:
    if stage == "combine":
        return tree.nodes(read, path, settings)
    named = tree.leaves(read, path, settings)
    if named is not None:
        return named
    declaration = tree.declaration
    under = list(declaration.leaves_under(declaration.root))
    found = tuple(code for code in under if getattr(declaration.leaves[code], stage) is not None)
    if not found:
        remedy = "Name leaves with `of`, or declare how they are usually done"
        read.wrong((*path, "of"), "factor.of", f"no leaf declares {stage!r}", remedy)
    return found


def _options(
    read: Reading, path: Path, stage: str, settings: Mapping[str, Any], codes: tuple[str, ...], declaration: Declaration
) -> tuple[Option, ...]:
    found = []
    for number, given in enumerate(read.listed((*path, "among"), settings.get("among", []))):
        here = (*path, "among", number)
        if "setting" in settings:
            setting = read.text((*path, "setting"), settings["setting"])
            choices = _set(read, here, stage, setting, given, codes, declaration)
            found.append(Option(f"{setting} {given}", given, choices))
        elif given == DECLARED:
            found.append(Option(DECLARED, given, {}))
        else:
            choice = read.choice(here, given, STAGES[stage])
            found.append(Option(_shown(given), given, dict.fromkeys(codes, choice)))
    return tuple(found)


def _set(
    read: Reading, path: Path, stage: str, setting: str, value: Any, codes: tuple[str, ...], declaration: Declaration
) -> dict[str, Choice | None]:
    """The declared ways of the codes with one setting changed."""
    found: dict[str, Choice | None] = {}
    for code in codes:
        now = declared(declaration, stage, code)
        if now is None or setting not in STAGES[stage][now.by].takes:
            by = "nothing" if now is None else now.by
            remedy = "Name others with `of`, or list whole methods under `among`"
            read.wrong((*path[:-2], "setting"), "factor.setting", f"{code}: {by} has no setting {setting!r}", remedy)
            return {}
        kept = read.setting(path, value, STAGES[stage][now.by].takes[setting])
        found[code] = Choice(now.by, {**now.settings, setting: kept})
    return found


def declared(declaration: Declaration, stage: str, code: str) -> Choice | None:
    place = declaration.nodes[code] if stage == "combine" else declaration.leaves[code]
    found: Choice | None = getattr(place, stage)
    return found


def _shown(given: Any) -> str:
    if not isinstance(given, Mapping):
        return str(given)
    rest = ", ".join(f"{key} {value}" for key, value in given.items() if key != "by")
    return f"{given.get('by')} ({rest})" if rest else str(given.get("by"))
