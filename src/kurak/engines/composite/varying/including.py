"""Factors that leave indicators or whole nodes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaring.reading import Path, Reading
from kurak.engines.composite.varying.drawn import Drawn, chosen
from kurak.engines.composite.varying.tree import Tree

type Floats = NDArray[np.float64]

WAYS = ("one", "each")


@dataclass(frozen=True, slots=True)
class Including:
    """one: in every draw none or exactly one of the codes is left out, all equally likely. each: every code by itself
    is left out with the stated chance."""

    name: str
    codes: tuple[str, ...]
    by: str
    chance: float = 0.5

    @property
    def columns(self) -> int:
        return 1 if self.by == "one" else len(self.codes)

    @property
    def touches(self) -> tuple[tuple[str, str], ...]:
        return tuple(("include", code) for code in self.codes)

    def draw(self, u: Floats, into: Drawn) -> None:
        if self.by == "one":
            into.picks[self.name] = chosen(u[:, 0], len(self.codes) + 1)
            return
        for number, code in enumerate(self.codes):
            into.picks[f"{self.name}.{code}"] = (u[:, number] < self.chance).astype(np.int64)

    def left_out(self, picks: Mapping[str, int]) -> tuple[str, ...]:
        """The codes that a draw leaves out."""
        if self.by == "one":
            number = picks[self.name]
            return (self.codes[number - 1],) if number else ()
        return tuple(code for code in self.codes if picks[f"{self.name}.{code}"])


def including(read: Reading, path: Path, name: str, settings: Mapping[str, Any], tree: Tree) -> tuple[Including, ...]:
    """`{factor: include, of: [a, b]}` or `{factor: include, of: [a, b], by: each, chance: 0.2}`."""
    for key in settings:
        if key not in ("of", "by", "chance"):
            read.unknown((*path, key), "factor.setting", f"a factor of include has no {key!r}", ("of", "by", "chance"))
    by = read.word((*path, "by"), settings.get("by", "one"), WAYS)
    chance = read.number((*path, "chance"), settings.get("chance", 0.5), low=0, high=1)
    codes = []
    for number, code in enumerate(read.listed((*path, "of"), settings.get("of", []))):
        here: Path = (*path, "of", number)
        if code not in tree.parents or not set(tree.parents[code]) & tree.level.keys():
            known = [each for each, above in tree.parents.items() if set(above) & tree.level.keys()]
            read.unknown((*here, str(code)), "factor.of", f"{code!r} is not in the tree", known)
        elif code in tree.named:
            remedy = "Name codes that are only children of nodes"
            read.wrong(here, "factor.formula", f"{code!r} stands in a formula and can't be left out", remedy)
        else:
            codes.append(str(code))
    if not codes:
        read.wrong((*path, "of"), "factor.of", "nothing may be left out", "Name codes of the tree in `of`")
        return ()
    return (Including(name, tuple(dict.fromkeys(codes)), by, chance),)
