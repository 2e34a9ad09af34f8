"""The stages before aggregation, each made once for what it depends on: treatment on the choices of imputation and
treatment, normalisation on those of all three, aggregation of them all and on weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import RLock

import numpy as np

from kurak.engines.composite.declaration import Child, Declaration, Node
from kurak.engines.composite.gathering import Floats, gather
from kurak.engines.composite.methods import Choice
from kurak.engines.composite.preparing import (
    Prepared,
    divided,
    imputed,
    normalised,
    screened_out,
    treated,
    with_stages,
)
from kurak.engines.composite.table import Table

type Choices = Mapping[str, Mapping[str, Choice | None]]

KEPT = 128 * 2**20  # bytes of outcomes of stages that are remembered
FEWEST, MOST = 4, 64  # outcomes


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """One way to compute: stages {stage: {leaf: choice}}, combine {node: choice}, and the codes that are left out."""

    stages: Choices
    combine: Mapping[str, Choice]
    left_out: tuple[str, ...] = ()


class Stages:
    """What was made of a table so far."""

    def __init__(self, declaration: Declaration, table: Table) -> None:
        self.declaration, self.table = declaration, table
        self.gathered = gather(declaration, table)
        self.raw, self.kinds = divided(declaration, self.gathered.values, self.gathered.kinds)
        self.kept, self.notes = screened_out(declaration, table, self.raw)
        self._made: dict[str, object] = {}
        self._room = max(FEWEST, min(MOST, KEPT // max(self.raw.nbytes, 1)))
        self._lock = RLock()  # threads share what was made

    def declared(self, way: Way) -> Declaration:
        """The declaration with the choices of the leaves that a way makes."""
        there = {stage: by for stage, by in way.stages.items() if by}
        return with_stages(self.declaration, there) if there else self.declaration

    def prepared(self, way: Way) -> Prepared:
        """The leaves, ready to be combined in that way."""
        declaration = self.declared(way)
        impute, treat, normalise = (repr(way.stages.get(stage)) for stage in ("impute", "treat", "normalise"))
        filled = self._once(f"impute {impute}", lambda: imputed(declaration, self.table, self.raw, self.kinds))
        values, winsorised, transforms = self._once(
            f"treat {impute} {treat}", lambda: treated(declaration, self.table, self.shown(filled))
        )
        done = self._once(
            f"normalise {impute} {treat} {normalise}", lambda: normalised(declaration, self.table, values)
        )
        return Prepared(
            declaration, self.table, self.raw, self.kinds, filled, values, done,
            np.isnan(self.raw) & ~np.isnan(filled), winsorised, self.kept, transforms, self.notes,
            self.gathered.checksum,
        )  # fmt: skip

    def shown(self, filled: Floats) -> Floats:
        """Without the rows that were screened out."""
        return np.where(self.kept[:, None], filled, np.nan)

    def _once[T](self, key: str, make: Callable[[], T]) -> T:
        with self._lock:
            if key not in self._made:
                if len(self._made) >= self._room:
                    self._made.pop(next(iter(self._made)))
                self._made[key] = make()
            return self._made[key]  # type: ignore[return-value]


def without(declaration: Declaration, left_out: tuple[str, ...]) -> tuple[Declaration, Mapping[str, list[int]]]:
    """The declaration without some codes, and for each node the places of the children that stay.

    A node that loses all its children goes too. Nothing else changes: the others keep their weights, which count
    among themselves."""
    gone = set(left_out)
    nodes: dict[str, Node] = {}
    places: dict[str, list[int]] = {}
    for code, node in declaration.nodes.items():  # children come first
        stay = [place for place, child in enumerate(node.children) if child.code not in gone]
        children: tuple[Child, ...] = tuple(node.children[place] for place in stay)
        if node.children and not sum(child.weight for child in children):
            gone.add(code)
            continue
        if code in gone:
            continue
        places[code] = stay
        required = tuple(each for each in node.missing.required if each not in gone)
        nodes[code] = replace(node, children=children, missing=replace(node.missing, required=required))
    return replace(declaration, nodes=nodes), places
