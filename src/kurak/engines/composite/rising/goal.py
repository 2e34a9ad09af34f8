"""Whether a unit is in the class it wants, for many candidate changes at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Classes, Declaration
from kurak.engines.composite.evaluating import evaluate
from kurak.engines.composite.formula import Formula
from kurak.engines.composite.preparing import Prepared
from kurak.engines.composite.problems import Unusable
from kurak.engines.composite.rising.criteria import Criterion
from kurak.engines.composite.scoring import classes_of, scheme_of
from kurak.engines.composite.stages import COMBINATIONS
from kurak.engines.composite.table import Table

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

CELLS = 2_000_000  # candidates times rows times leaves held at once
COMPARED = ("quantiles", "intervals", "breaks")  # classes that depend on the other units


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What candidates came to: scores {code: (d,)}, standing (d,) how many classes from the worst, -1 without one."""

    scores: Mapping[str, Floats]
    standing: NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Goal:
    """The class a unit is to reach, and what is needed to see whether it does. row: of the unit in `prepared`, which
    holds that row alone where no other unit matters. to: how many classes from the worst, in the order of `better`."""

    declaration: Declaration
    prepared: Prepared
    row: int
    node: str
    to: int
    criteria: tuple[Criterion, ...]

    @property
    def scheme(self) -> Classes:
        return self.declaration.classes[str(scheme_of(self.declaration, self.node))]

    def see(self, ways: Floats) -> Seen:
        """ways: (d, criteria) how far each candidate goes with each criterion."""
        values = np.empty(ways.shape)
        for i, each in enumerate(self.criteria):
            values[:, i] = each.counted(ways[:, i])
        return self.see_counted(values)

    def see_counted(self, values: Floats) -> Seen:
        """values: (d, criteria) normalised."""
        size = max(1, CELLS // (self.prepared.table.n * len(self.declaration.leaves)))
        parts = [self._legal(values[first : first + size]) for first in range(0, len(values), size)]
        scores = {code: np.concatenate([each.scores[code] for each in parts]) for code in parts[0].scores}
        return Seen(scores, np.concatenate([each.standing for each in parts]))

    def _legal(self, values: Floats) -> Seen:
        """Candidates that can't be combined, such as a geometric mean of zero, come to nothing."""
        try:
            return self._seen(values)
        except Unusable:
            if len(values) == 1:
                none = np.full(1, np.nan)
                return Seen(dict.fromkeys(self.declaration.codes, none), np.full(1, -1))
        half = len(values) // 2
        first, second = self._legal(values[:half]), self._legal(values[half:])
        scores = {code: np.concatenate([x, second.scores[code]]) for code, x in first.scores.items()}
        return Seen(scores, np.concatenate([first.standing, second.standing]))

    def _seen(self, values: Floats) -> Seen:
        many = len(values)
        leaves = {}
        for i, each in enumerate(self.criteria):
            column = np.tile(self.prepared.normalised[:, each.place], (many, 1))
            column[:, self.row] = values[:, i]
            leaves[each.code] = column
        scores = evaluate(self.declaration, self.prepared, leaves=leaves)
        whole = {code: np.broadcast_to(x, (many, self.prepared.table.n)) for code, x in scores.items()}
        if self.scheme.by in COMPARED:  # cuts come from the data, draw by draw
            one = [{code: x[i] for code, x in whole.items()} for i in range(many)]
            classes = np.stack([self._classes(each) for each in one])
        else:
            classes = self._classes(whole)
        place = classes[:, self.row].astype(np.intp)
        return Seen({code: x[:, self.row] for code, x in whole.items()}, standing(self.scheme, place))

    def _classes(self, scores: Mapping[str, Floats]) -> NDArray[np.int8]:
        found = classes_of(self.declaration, self.prepared.table, scores, self.node)
        return np.zeros(0, np.int8) if found is None else found

    def reached(self, ways: Floats) -> Flags:
        return np.asarray(self.see(ways).standing >= self.to)

    def cost(self, ways: Floats) -> Floats:
        """(d, criteria) -> (d,)"""
        return self.costs(ways).sum(axis=1)

    def costs(self, ways: Floats) -> Floats:
        """(d, criteria) -> the same shape"""
        found = np.zeros(ways.shape)
        for i, each in enumerate(self.criteria):
            found[:, i] = each.cost(ways[:, i])
        return found

    def allowed(self, ways: Floats) -> Floats:
        return np.stack([each.allowed(ways[:, i]) for i, each in enumerate(self.criteria)], axis=1)


def standing(scheme: Classes, place: NDArray[np.intp]) -> NDArray[np.intp]:
    """How many classes from the worst; places count from the lowest score, which is the best where low is better."""
    turned = place if scheme.better == "high" else len(scheme.of) - 1 - place
    return np.asarray(np.where(place < 0, -1, turned), dtype=np.intp)


def alone(declaration: Declaration, prepared: Prepared, row: int, node: str) -> tuple[Prepared, int]:
    """The unit's row by itself, where no other unit has a say in its score or class; else all rows."""
    name = scheme_of(declaration, node)
    nodes = declaration.nodes.values()
    compared = (
        any("relative" in COMBINATIONS[each.combine.by].traits for each in nodes if each.children)
        or any(each.weigh is not None or (each.fill is not None and each.fill.group) for each in nodes)
        or (name is not None and declaration.classes[name].by in COMPARED)
    )
    if compared:
        return prepared, row
    table, here = prepared.table, slice(row, row + 1)
    single = Table(
        table.units[here], {name: cells[here] for name, cells in table.columns.items()},
        None if table.periods is None else table.periods[here],
    )  # fmt: skip
    arrays = [each.name for each in fields(Prepared) if isinstance(getattr(prepared, each.name), np.ndarray)]
    return replace(prepared, table=single, **{name: getattr(prepared, name)[here] for name in arrays}), 0


def concerned(declaration: Declaration, node: str, *, needed: bool = True) -> tuple[str, ...]:
    """The leaves that the class of a node can depend on: below it, in its adjustments, and in what classes need.
    needed: without it, those of the score alone."""
    found: dict[str, None] = {}
    waiting = [node]
    name = scheme_of(declaration, node) if needed else None
    formulas: list[Formula | None] = []
    if name is not None:
        formulas = [f for each in declaration.classes[name].of for f in (each.needs, each.when)]
    waiting += sorted({code for formula in formulas if formula for code in formula.names} - {"score"})
    seen: set[str] = set()
    while waiting:
        code = waiting.pop(0)
        if code in seen:
            continue
        seen.add(code)
        if code in declaration.leaves:
            found[code] = None
            divisor = declaration.leaves[code].denominator
            waiting += [divisor] if divisor else []
        elif code in declaration.nodes:
            below = declaration.nodes[code]
            waiting += [child.code for child in below.children]
            waiting += sorted(below.needs - {child.code for child in below.children})
    order: Sequence[str] = [*declaration.leaves]
    return tuple(sorted(found, key=order.index))
