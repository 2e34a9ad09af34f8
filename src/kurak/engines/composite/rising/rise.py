"""The path to the next class: the least change of criteria that moves a unit up, and what holds it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Classes, Declaration
from kurak.engines.composite.evaluating import REASONS, Trace, evaluate
from kurak.engines.composite.preparing import Prepared, prepared
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.rising.criteria import Criterion, Range, criteria
from kurak.engines.composite.rising.ends import aimed
from kurak.engines.composite.rising.goal import Goal, alone, concerned, standing
from kurak.engines.composite.rising.holding import Block, blocks, suffices
from kurak.engines.composite.rising.program import solved
from kurak.engines.composite.rising.relaxed import least_possible
from kurak.engines.composite.rising.search import counted_out, searched
from kurak.engines.composite.scoring import classes_of, scheme_of, score
from kurak.engines.composite.table import Table, tabulate

type Floats = NDArray[np.float64]
type Proof = Literal["exact", "found", "best-already", "impossible"]


@dataclass(frozen=True, slots=True)
class Move:
    """One criterion from what to what, in raw values; before is NaN where it was not answered. The words of answers
    stand beside. cost: of this move; suffices: whether it would be enough alone."""

    code: str
    before: float
    after: float
    word_before: str
    word_after: str
    cost: float


@dataclass(frozen=True, slots=True)
class Path:
    """How a unit gets into the class `to` from the class `now` ("" is none), codes of the scheme.

    proof: exact (no cheaper change exists), found (none cheaper was found), best-already, or impossible. moves: the
    change, dearest first, and cost, its sum; bound: no change can cost less, NaN where no bound is known. score, after:
    of the node, before and after; best: of the node with all criteria at their best; cut: the score where the class
    begins, NaN where it has none. alone: single criteria that would be enough by themselves, cheapest first. blocks:
    what holds the unit back. fixed {code: why}: criteria that were left as they are. anew: whether the class is still
    reached when the parameters of normalisation are found anew with the change, None where nobody asked. notes: what to
    know: `held` (parameters were held as they are now), `outliers`, `not-proven`, `screened`."""

    unit: str
    period: str
    node: str
    now: str
    to: str
    proof: Proof
    moves: tuple[Move, ...]
    cost: float
    bound: float
    score: float
    after: float
    best: float
    cut: float
    alone: tuple[Move, ...]
    blocks: tuple[Block, ...]
    fixed: Mapping[str, str]
    anew: bool | None
    notes: tuple[str, ...]
    why: str  # of a score that is missing now: veto, screened, all-missing, …


def rise(
    declaration: Declaration,
    table: Table,
    unit: str | tuple[str, str],
    *,
    node: str | None = None,
    to: str | None = None,
    cost: Mapping[str, float] | None = None,
    feasible: Mapping[str, Range] | None = None,
    steps: Mapping[str, Sequence[float]] | None = None,
    recompute: bool = False,
) -> Path:
    """The least change that moves a unit (or a unit in a period) into the next class of a node, or the class `to`.

    cost {leaf: per unit of raw value}: by default the whole range of a criterion costs 1, and answering what is open a
    tenth of it; infinity leaves it alone. feasible {leaf: (low, high)} and steps {leaf: allowed values} in raw values;
    by default the answers, the bounds, the goalposts or the range of the data. recompute: score the whole table with
    the change, to see whether the class is kept when data-driven parameters are found anew.

    Exact by (mixed-integer) linear programming where the score is a sum, and by counting where there are few
    candidates; else by search, whose result is scored and marked as found. Errors: `Unusable` for an unknown unit,
    node, class or leaf, and for a node without classes.

    >>> from kurak.engines.composite import declare
    >>> d = declare({"format": 1, "code": "t", "edition": "1", "label": "exact", "classes": {"c": {"of": [
    ...     {"code": "weak"}, {"code": "strong", "from": 6}]}}, "tree": {"code": "all", "classes": "c", "children": [
    ...     {"code": "a", "weight": 3, "bounds": [0, 10]}, {"code": "b", "bounds": [0, 10]}]}})
    >>> path = rise(d, tabulate(["KGZ"], {"a": [4], "b": [6]}), "KGZ")
    >>> [(m.code, m.before, round(m.after, 6)) for m in path.moves], path.to, path.proof
    ([('a', 4.0, 6.0)], 'strong', 'exact')
    """
    node = node or declaration.root
    scheme = _scheme(declaration, node)
    row = _row(table, unit)
    ready = prepared(declaration, table)
    single, here = alone(declaration, ready, row, node)
    found, fixed = criteria(
        declaration, ready, row, concerned(declaration, node),
        cost=cost or {}, feasible=feasible or {}, steps=steps or {},
    )  # fmt: skip
    start = _Start(declaration, table, ready, single, row, here, node, scheme, to)
    if start.target is None or not single.kept[here]:
        return start.path("best-already" if start.target is None else "impossible", fixed=fixed)
    every, goal = aimed(Goal(declaration, single, here, node, start.target, tuple(found)))
    moving = {each.code for each in goal.criteria}
    fixed = {**fixed, **{each.code: "idle" for each in found if each.code not in moving}}
    top = goal.see(np.ones((1, len(goal.criteria))))
    best = float(top.scores[node][0])
    if top.standing[0] < goal.to:
        return start.path("impossible", fixed=fixed, best=best, blocks=blocks(every))
    return _risen(start, goal, fixed, best, table if recompute else None)


def _risen(start: _Start, goal: Goal, fixed: Mapping[str, str], top: float, table: Table | None) -> Path:
    ways, proof, bound = _least(goal)
    moves = moved(goal, ways)
    after = float(goal.see(ways[None, :]).scores[goal.node][0])
    cost = float(goal.cost(ways[None, :])[0])
    return start.path(
        proof, fixed=fixed, best=top, blocks=blocks(goal), moves=moves, cost=cost, bound=bound, after=after,
        alone=tuple(each for way in suffices(goal) for each in moved(goal, way)),
        anew=None if table is None else _anew(start, goal, ways, table), outliers=_outliers(goal, ways),
    )  # fmt: skip


def _least(goal: Goal) -> tuple[Floats, Proof, float]:
    """The cheapest ways, whether that is proven, and what no change can go below."""
    exact = solved(goal)
    if exact is not None:
        return exact[0], "exact", exact[1]
    easier = least_possible(goal)
    if easier is not None and goal.reached(easier[0][None, :])[0]:
        return easier[0], "exact", easier[1]
    ways, proven = counted_out(goal, searched(goal))
    bound = float(goal.cost(ways[None, :])[0]) if proven else np.nan if easier is None else easier[1]
    return ways, "exact" if proven else "found", bound


def _outliers(goal: Goal, ways: Floats) -> bool:
    return any(each.shape.knots is not None for each, way in zip(goal.criteria, ways, strict=True) if way > 0)


def moved(goal: Goal, ways: Floats) -> tuple[Move, ...]:
    """The moves of a candidate, dearest first."""
    found = []
    for each, way in zip(goal.criteria, ways, strict=True):
        if way > 0:
            after, cost = float(each.raw(np.array([way]))[0]), float(each.cost(np.array([way]))[0])
            found.append(Move(each.code, each.before, after, _word(each, each.before), _word(each, after), cost))
    return tuple(sorted(found, key=lambda move: -move.cost))


def _word(criterion: Criterion, value: float) -> str:
    return "" if np.isnan(value) else criterion.words.get(value, "")


def _scheme(declaration: Declaration, node: str) -> Classes:
    if node not in declaration.nodes:
        raise Unusable([Problem((node,), "rise.node", f"{node!r} is no node", "Name a node that has classes")])
    name = scheme_of(declaration, node)
    if name is None:
        raise Unusable([Problem((node,), "rise.classes", f"{node!r} has no classes", "Name a node that has classes")])
    return declaration.classes[name]


def _row(table: Table, unit: str | tuple[str, str]) -> int:
    name, period = (unit, None) if isinstance(unit, str) else unit
    rows = [i for i, each in enumerate(table.units) if each == name]
    if period is not None and table.periods is not None:
        rows = [i for i in rows if table.periods[i] == period]
    if len(rows) != 1:
        said = f"there is no unit {name!r}" if not rows else f"{name!r} is there in several periods"
        raise Unusable([Problem(("units",), "rise.unit", said, "Name a unit of the table, and its period")])
    return rows[0]


class _Start:
    """Where the unit stands now, and which class comes next."""

    def __init__(
        self, declaration: Declaration, table: Table, ready: Prepared, single: Prepared, row: int, here: int, node: str,
        scheme: Classes, to: str | None,
    ) -> None:  # fmt: skip
        self.declaration, self.table, self.row, self.here = declaration, table, row, here
        self.node, self.scheme, self.single = node, scheme, single
        self.trace = Trace()
        scores = evaluate(declaration, single, trace=self.trace)
        self.score = float(scores[node][here])
        found = classes_of(declaration, single.table, scores, node)
        self.place = -1 if found is None else int(found[here])
        self.standing = int(standing(scheme, np.array([self.place]))[0])
        self.target = self._target(to)

    def _target(self, to: str | None) -> int | None:
        """The standing to be reached; None where the unit has it."""
        codes = [each.code for each in self.scheme.of]
        if to is None:
            wanted = self.standing + 1
        elif to in codes:
            wanted = int(standing(self.scheme, np.array([codes.index(to)]))[0])
        else:
            raise Unusable([Problem((to,), "rise.to", f"there is no class {to!r}", f"Use one of {', '.join(codes)}")])
        return wanted if self.standing < wanted < len(codes) else None

    def _class(self, standing_: int) -> int:
        return standing_ if self.scheme.better == "high" else len(self.scheme.of) - 1 - standing_

    def path(
        self, proof: Proof, *, fixed: Mapping[str, str], best: float = np.nan, blocks: tuple[Block, ...] = (),
        moves: tuple[Move, ...] = (), cost: float = 0.0, bound: float = 0.0, after: float = np.nan,
        alone: tuple[Move, ...] = (), anew: bool | None = None, outliers: bool = False,
    ) -> Path:  # fmt: skip
        of = self.scheme.of
        goal = None if self.target is None else of[self._class(self.target)]
        edge = goal
        if self.target is not None and self.scheme.better == "low":  # the cut belongs to the class that is left
            edge = of[self._class(self.target) + 1]
        screened = not self.single.kept[self.here]
        notes = [
            *(["held"] if moves and self._held(moves) else []), *(["outliers"] if outliers else []),
            *(["not-proven"] if proof == "found" else []), *(["screened"] if screened else []),
        ]  # fmt: skip
        return Path(
            self.table.units[self.row], self.table.periods[self.row] if self.table.periods else "", self.node,
            of[self.place].code if self.place >= 0 else "", goal.code if goal else "", proof, moves,
            cost if moves else (0.0 if proof == "best-already" else np.nan), bound if moves else np.nan, self.score,
            after, best, np.nan if edge is None or edge.at is None else edge.at, alone, blocks, fixed, anew,
            tuple(notes), REASONS[int(self.trace.reasons[self.node][self.here])],
        )  # fmt: skip

    def _held(self, moves: tuple[Move, ...]) -> bool:
        """Whether a changed criterion is normalised by what all units have."""
        local = ("none", "goalposts", "target", "piecewise")
        leaves = [self.declaration.leaves[each.code] for each in moves]
        return any((leaf.normalise and leaf.normalise.by not in local) or leaf.treat for leaf in leaves)


def _anew(start: _Start, goal: Goal, ways: Floats, table: Table) -> bool:
    """Whether the class is reached when everything is scored again with the change in the table."""
    columns: dict[str, list[Any]] = {name: list(cells) for name, cells in table.columns.items()}
    for each, way in zip(goal.criteria, ways, strict=True):
        if way > 0:
            columns[start.declaration.leaves[each.code].column][start.row] = float(each.raw(np.array([way]))[0])
    found = score(start.declaration, tabulate(table.units, columns, table.periods))
    classes = classes_of(start.declaration, found.table, found.scores, goal.node)
    place = -1 if classes is None else int(classes[start.row])
    return bool(standing(start.scheme, np.array([place]))[0] >= goal.to)
