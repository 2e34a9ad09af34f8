"""Values that differ from draw to draw, carried through every stage; and the errors of measurement that are such."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite import present
from kurak.engines.composite.declaration import Declaration, Leaf
from kurak.engines.composite.preparing import (
    Prepared,
    compared,
    divided,
    imputed,
    named,
    normalised_column,
    scopes,
    scopes_of,
)
from kurak.engines.composite.stages import TREATMENTS
from kurak.engines.composite.varying.design import Design
from kurak.engines.composite.varying.erring import Erring
from kurak.engines.composite.varying.keeping import Stages, Way

type Floats = NDArray[np.float64]

NEARLY = 1e-6  # of the limits of a test: closer than that is tested again


class Redrawn(ABC):
    """A table of its own for every draw: which leaves differ, and which others follow them: those divided by them, and
    what is imputed."""

    def __init__(self, stages: Stages, moved: Iterable[str]) -> None:
        self.stages = stages
        declaration = stages.declaration
        self.order = {code: place for place, code in enumerate(declaration.leaves)}
        first = set(moved)
        self.moved = first | {code for code, leaf in declaration.leaves.items() if leaf.denominator in first}
        self.bounds = [(self.order[code], leaf.bounds) for code, leaf in declaration.leaves.items() if leaf.bounds]

    @abstractmethod
    def values(self, design: Design, draw: int) -> Floats:
        """(n, k) the values of one draw, as they would have been gathered."""

    def leaves(self, way: Way, prepared: Prepared, design: Design) -> dict[str, Floats]:
        """Normalised values of the leaves that differ from draw to draw, {code: (draws, n)}."""
        declaration = prepared.declaration
        fills = self._fills(declaration)
        codes = [code for code in self.order if code in self.moved or code in fills]
        places = [self.order[code] for code in codes]
        values = np.empty((len(codes), len(design), self.stages.table.n))
        for draw in range(len(design)):
            values[:, draw] = self._filled(declaration, design, draw, bool(fills))[:, places].T
        for rows in compared(declaration, self.stages.table):
            for code, each in zip(codes, values, strict=True):
                each[:, rows] = treated_draws(declaration.leaves[code], each[:, rows])
        found = {code: np.full(each.shape, np.nan) for code, each in zip(codes, values, strict=True)}
        usual = scopes(declaration, self.stages.table)
        for code, each in zip(codes, values, strict=True):
            for rows, reference in scopes_of(declaration.leaves[code], usual):
                found[code][:, rows] = normalised_column(
                    declaration.leaves[code], each[:, rows], self.stages.table, rows, reference
                )
        return found

    def _fills(self, declaration: Declaration) -> set[str]:
        """Leaves with gaps that are imputed: what stands in may follow from any value that differs."""
        gaps = np.isnan(self.stages.raw).any(axis=0)
        return {code for code, leaf in declaration.leaves.items() if leaf.impute is not None and gaps[self.order[code]]}

    def _filled(self, declaration: Declaration, design: Design, draw: int, fills: bool) -> Floats:
        """(n, k) the values of one draw, before treatment."""
        stages, values = self.stages, self.values(design, draw)
        for place, bounds in self.bounds:
            values[:, place] = np.clip(values[:, place], *bounds)
        raw, kinds = divided(declaration, values, stages.gathered.kinds)
        filled = imputed(declaration, stages.table, raw, kinds) if fills else raw
        return stages.shown(filled)


class Errors(Redrawn):
    """Which leaves err, and by how much."""

    def __init__(self, stages: Stages, parts: Sequence[Erring]) -> None:
        super().__init__(stages, (code for part in parts for code in part.leaves))
        self.parts = parts
        self.places = [[self.order[code] for code in part.leaves] for part in parts]
        values = stages.gathered.values
        self.sizes = [
            np.stack(
                [
                    part.size(stages.declaration, stages.table, code, values[:, self.order[code]])
                    for code in part.leaves
                ],
                axis=1,
            )
            for part in parts
        ]

    def values(self, design: Design, draw: int) -> Floats:
        values = self.stages.gathered.values.copy()
        for part, places, size in zip(self.parts, self.places, self.sizes, strict=True):
            values[:, places] += part.erred(int(design.streams[part.name][draw]), size)
        return values


def treated_draws(leaf: Leaf, x: Floats) -> Floats:
    """The draws (draws, n) of a leaf, treated in place: one by one, but for those that clearly pass their test and
    stay as they are. All draws are tested at once, which is far faster than each alone."""
    if leaf.treat is None:
        return x
    method, settings = TREATMENTS[leaf.treat.by], leaf.treat.settings
    rows = np.arange(len(x))
    test = {name: settings.get(name, method.takes[name].default) for name in ("test", "force", "skew", "kurtosis")}
    if test["test"] == "skew-kurtosis" and not test["force"]:
        failing = np.abs(present.skewness(x)) > test["skew"] - NEARLY
        rows = rows[failing & (present.kurtosis(x) > test["kurtosis"] - NEARLY)]
    for row in rows:
        x[row] = named(leaf, lambda row=row: method.run(x[row], **settings)).values
    return x
