"""From leaves to the scores of all nodes, for one table or for many draws of it at once.

Arrays are (..., n): the leading axes are draws, and broadcast. NaN means that there is no score; `reasons` says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Adjustment, Declaration, Fill, Node
from kurak.engines.composite.formula import TOLERANCE
from kurak.engines.composite.gathering import Bools, Floats, finite
from kurak.engines.composite.methods import Choice
from kurak.engines.composite.preparing import Prepared, compared
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.stages import COMBINATIONS, WEIGHTINGS

REASONS = (
    "", "missing", "not-applicable", "unknown", "withheld", "not-covered", "denominator",  # of leaves, as their kinds
    "screened", "all-missing", "too-few", "required", "strict", "too-many-not-applicable", "veto", "undefined",
)  # fmt: skip
REASON = {name: number for number, name in enumerate(REASONS)}

type Extreme = Literal["low", "high"] | None


@dataclass(frozen=True, slots=True, eq=False)
class Adjusted:
    """What an adjustment did: the node, its name, and for which rows it changed the score from what to what."""

    node: str
    code: str
    by: str
    rows: NDArray[np.int64]
    before: Floats
    after: Floats


@dataclass(slots=True, eq=False)
class Trace:
    """What is noted on the way, for the one run that is shown."""

    reasons: dict[str, NDArray[np.int8]] = field(default_factory=dict)
    coverage: dict[str, Floats] = field(default_factory=dict)
    weights: dict[str, Floats] = field(default_factory=dict)
    stood_in: dict[tuple[str, str], Bools] = field(default_factory=dict)  # (node, child): rows where something stood in
    adjusted: list[Adjusted] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def inherited(self, names: list[str], rows: int) -> NDArray[np.int8]:
        """A formula lacks a score for the reason of the first of its codes that lacks one."""
        found = np.full(rows, REASON["undefined"], np.int8)
        for name in reversed(names):
            theirs = self.reasons[name]
            found = np.where(theirs > 0, theirs, found).astype(np.int8)
        return found

    def note_adjusted(self, node: Node, rule: Adjustment, before: Floats, after: Floats) -> None:
        changed = ~((before == after) | (np.isnan(before) & np.isnan(after)))
        rows = np.flatnonzero(changed)
        if rows.size:
            self.adjusted.append(Adjusted(node.code, rule.code, rule.by, rows, before[rows], after[rows]))
        gone = np.isnan(after) & ~np.isnan(before)
        self.reasons[node.code][gone] = REASON["veto" if rule.by == "veto" else "undefined"]


def evaluate(
    declaration: Declaration,
    prepared: Prepared,
    *,
    leaves: Mapping[str, Floats] | None = None,
    weights: Mapping[str, Floats] | None = None,
    combine: Mapping[str, Choice] | None = None,
    extreme: Extreme = None,
    trace: Trace | None = None,
) -> dict[str, Floats]:
    """The scores of all leaves and nodes, {code: (..., n)}.

    leaves: other normalised values, {code: (..., n)}. weights: {node: (..., children)}. combine: {node: how}.
    extreme: nodes whose missing policy is `bounds` take the lowest or highest possible value for what is missing.
    Raises Unusable where a combination can't be computed (a geometric mean of zeros), naming node, unit and remedy.
    """
    run = _Run(declaration, prepared, weights or {}, combine or {}, extreme, trace)
    for place, code in enumerate(declaration.leaves):
        given = (leaves or {}).get(code)
        run.leaf(code, place, prepared.normalised[:, place] if given is None else given)
    for node in declaration.nodes.values():
        run.node(node)
    return run.values


class _Run:
    def __init__(
        self,
        declaration: Declaration,
        prepared: Prepared,
        weights: Mapping[str, Floats],
        combine: Mapping[str, Choice],
        extreme: Extreme,
        trace: Trace | None,
    ) -> None:
        self.declaration, self.prepared = declaration, prepared
        self.weights, self.combine, self.extreme, self.trace = weights, combine, extreme, trace
        self.values: dict[str, Floats] = {}
        self.applicable: dict[str, Bools] = {}
        self.present: dict[str, Floats] = {}  # share of what is below that is there, by effective weight
        self.kept = prepared.kept
        self.expected = prepared.applicable
        self.together = compared(declaration, prepared.table)

    def leaf(self, code: str, place: int, values: Floats) -> None:
        prepared = self.prepared
        self.values[code] = np.where(self.kept, values, np.nan) if not self.kept.all() else values
        self.applicable[code] = self.expected[:, place]
        if self.trace:
            there = (prepared.kinds[:, place] == 0) & ~np.isnan(prepared.normalised[:, place])
            self.present[code] = there.astype(float)
            self.trace.coverage[code] = self.present[code]
            why = np.where(np.isnan(values), np.maximum(prepared.kinds[:, place], 0), 0)
            why = np.where(np.isnan(values) & (why == 0), REASON["undefined"], why)
            self.trace.reasons[code] = np.where(self.kept, why, REASON["screened"]).astype(np.int8)

    def node(self, node: Node) -> None:
        why: NDArray[np.int8] | None = None
        if node.formula is not None:
            score = node.formula.run(self.values)
            score = np.broadcast_to(score, np.broadcast_shapes(score.shape, (len(self.kept),)))
            names = sorted(node.formula.names)
            self.applicable[node.code] = self._all(names)
            sorted_children: Floats | None = None
            weights = np.ones(len(names))
        else:
            children, weights = self._children(node)
            children, allowed, why = self._policy(node, children, weights)
            score = self._combined(node, children, weights)
            score = np.where(allowed, score, np.nan) if not np.all(allowed) else score
            names = [child.code for child in node.children]
            self.applicable[node.code] = self._any(names)
            sorted_children = children
        if self.trace is not None:
            self._note(self.trace, node, names, weights, score, why)
        if node.then:
            score = self._adjust(node, score, sorted_children)
        if not self.kept.all():
            score = np.where(self.kept, score, np.nan)
        self.values[node.code] = score

    def _children(self, node: Node) -> tuple[Floats, Floats]:
        """(..., n, c) values of the children, filled where the node says so, and (..., c) weights."""
        columns = [self.values[child.code] for child in node.children]
        if node.fill is not None:
            columns = [
                self._stand_in(node, node.fill, child.code, x) for child, x in zip(node.children, columns, strict=True)
            ]
        shape = np.broadcast_shapes(*(x.shape for x in columns))
        stacked = np.empty((*shape, len(columns)))
        for place, x in enumerate(columns):
            stacked[..., place] = x
        weights = self.weights.get(node.code)
        if weights is None:
            weights = np.array([child.weight for child in node.children])
            if node.weigh is not None:
                weights = self._weighed(node, node.weigh, stacked)
        return stacked, weights

    def _weighed(self, node: Node, how: Choice, stacked: Floats) -> Floats:
        """Weights found from the data of the first draw."""
        first = stacked.reshape(-1, *stacked.shape[-2:])[0]
        method = WEIGHTINGS[how.by]
        settings = {
            name: self._numbers(each) if method.takes[name].kind == "column" else each
            for name, each in how.settings.items()
        }
        try:
            found = method.run(first, **settings)
        except Unusable as wrong:
            raise Unusable(self._named(node, each) for each in wrong.problems) from None
        if self.trace is not None:
            said = found.said([child.code for child in node.children])
            self.trace.notes += [f"{node.code}: {note}" for note in said]
        return np.asarray(found.weights, dtype=np.float64)

    def _numbers(self, column: str) -> Floats:
        cells = self.prepared.table.cells(column)
        return np.array([np.nan if each is None or each == "" else float(each) for each in cells])

    def _stand_in(self, node: Node, fill: Fill, code: str, x: Floats) -> Floats:
        if fill.column is not None:
            instead = self._numbers(fill.column.replace("{code}", code))
        else:
            instead = _group_means(x, self._groups(str(fill.group)))
        filled = np.where(np.isnan(x), instead, x)
        if self.trace is not None:
            self.trace.stood_in[node.code, code] = np.asarray(np.isnan(x) & ~np.isnan(filled))
        return filled

    def _groups(self, column: str) -> NDArray[np.str_]:
        """A row's group in its period, "" without one."""
        labels = self.prepared.table.labels(column)
        periods = self.prepared.table.periods
        if periods is None:
            return labels
        return np.array([f"{label}\n{period}" if label else "" for label, period in zip(labels, periods, strict=True)])

    def _policy(self, node: Node, children: Floats, weights: Floats) -> tuple[Floats, Bools, NDArray[np.int8]]:
        """The children, maybe with something in the place of missing ones; where a score may be; else why not."""
        rule, codes = node.missing, [child.code for child in node.children]
        if not np.isnan(children).any():
            every = np.ones(children.shape[:-1], dtype=bool)
            return children, every, np.zeros(every.shape, np.int8)
        expected = np.stack([self.applicable[code] for code in codes], axis=-1)
        there = ~np.isnan(children)
        if rule.by in ("value", "worst", "best") or (rule.by == "bounds" and self.extreme):
            children = np.where(there | ~expected, children, self._substitutes(node))
            there = ~np.isnan(children)
        expected = expected | there
        counted = weights if rule.counted == "weight" else np.ones(len(codes))
        reach = _rowwise(expected, counted)
        share = _rowwise(there, counted) / np.where(reach > 0, reach, 1.0)
        why = np.zeros(share.shape, np.int8)

        def refuse(where: NDArray[np.bool_], reason: str) -> None:
            why[np.broadcast_to(where, why.shape) & (why == 0)] = REASON[reason]

        refuse(~expected.any(axis=-1), "not-applicable")
        refuse(~there.any(axis=-1), "all-missing")
        if rule.most_not_applicable < 1:
            total = np.asarray(weights).sum(axis=-1)[..., None] if rule.counted == "weight" else len(codes)
            refuse(1 - reach / total > rule.most_not_applicable + TOLERANCE, "too-many-not-applicable")
        if rule.by == "at_least":
            refuse(share < rule.share - TOLERANCE, "too-few")
        if rule.by == "strict":
            refuse((expected & ~there).any(axis=-1), "strict")
        if rule.by == "required":
            for place, code in enumerate(codes):
                if code in rule.required:
                    refuse(~there[..., place], "required")
        return children, np.asarray(why == 0), why

    def _substitutes(self, node: Node) -> Floats:
        if node.missing.by == "value":
            return np.full(len(node.children), node.missing.value)
        lowest = node.missing.by == "worst" or self.extreme == "low"
        ranges = [range_of(self.declaration, child.code) for child in node.children]
        if None in ranges:
            code = node.children[ranges.index(None)].code
            remedy = f"Add range: [lowest, highest] to {code}, or scale: with low and high"
            raise Unusable([Problem((node.code,), "score.range", f"the range of {code} is not known", remedy)])
        return np.array([each[0 if lowest else 1] for each in ranges if each is not None])

    def _combined(self, node: Node, children: Floats, weights: Floats) -> Floats:
        if len(node.children) == 1 and node.combine.by != "counting":
            return children[..., 0]
        choice = self.combine.get(node.code, node.combine)
        if "relative" not in COMBINATIONS[choice.by].traits or len(self.together) == 1:
            return self._among(node, choice, children, weights, slice(None))
        parts = [self._among(node, choice, children[..., rows, :], weights, rows) for rows in self.together]
        score = np.empty((*parts[0].shape[:-1], len(self.kept)))
        for rows, part in zip(self.together, parts, strict=True):
            score[..., rows] = part
        return score

    def _among(self, node: Node, choice: Choice, children: Floats, weights: Floats, rows: Any) -> Floats:
        """The score of these rows, to which the children belong."""
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                found = np.asarray(COMBINATIONS[choice.by].run(children, weights, **choice.settings), dtype=np.float64)
            return finite(found)
        except Unusable as wrong:
            raise Unusable(self._named(node, each, rows) for each in wrong.problems) from None

    def _named(self, node: Node, problem: Problem, rows: Any = slice(None)) -> Problem:
        """The same problem with the names of unit and child in the place of their numbers."""
        table, path = self.prepared.table, problem.path
        where = [node.code]
        if len(path) == 2 and all(isinstance(each, int) for each in path):
            row = int(np.arange(table.n)[rows][int(path[0])])
            where = [node.code, node.children[int(path[1])].code, table.row(row)]
        elif len(path) == 1 and isinstance(path[0], int):
            where = [node.code, node.children[path[0]].code]
        return Problem(tuple(where), problem.code, problem.said, problem.remedy)

    def _adjust(self, node: Node, score: Floats, children: Floats | None) -> Floats:
        for each in node.then:
            before = score
            score = self._adjusted(each, score, children)
            if self.trace is not None and score.ndim == 1:
                self.trace.note_adjusted(node, each, before, score)
        return score

    def _adjusted(self, rule: Adjustment, score: Floats, children: Floats | None) -> Floats:
        given = {**self.values, "score": score}
        order = np.sort(children, axis=-1) if children is not None else score[..., None]
        functions = {"worst": lambda k: _kth(order, k), "best": lambda k: _kth(order, -k)}
        amount = np.asarray(np.nan) if rule.amount is None else rule.amount.run(given, functions)
        match rule.by:
            case "multiply":
                done = score * amount
            case "subtract":
                done = score - amount
            case "cap":
                done = np.minimum(score, amount)
            case "floor":
                done = np.maximum(score, amount)
            case _:  # set, veto
                done = np.where(np.isnan(score), np.nan, amount) if rule.by == "veto" else amount
        if rule.when is None:
            return np.asarray(np.broadcast_arrays(done, score)[0])
        holds = rule.when.run(given, functions)
        # Where it is not known whether a veto or cap applies, the score is not known either.
        return np.where(np.isnan(holds), np.nan, np.where(holds != 0, done, score))

    def _note(
        self, trace: Trace, node: Node, names: list[str], weights: Floats, score: Floats, why: NDArray[np.int8] | None
    ) -> None:
        rows = len(self.kept)
        trace.weights[node.code] = weights
        self.present[node.code] = self._share_present(names, weights) if names else np.ones(rows)
        trace.coverage[node.code] = self.present[node.code]
        empty = np.isnan(_first(score))
        if why is None:
            reasons = trace.inherited(names, rows)
        else:
            reasons = _first(why)
            reasons = np.where(reasons == 0, REASON["undefined"], reasons)
        reasons = np.where(self.kept, np.where(empty, reasons, 0), REASON["screened"])
        trace.reasons[node.code] = reasons.astype(np.int8)

    def _share_present(self, names: list[str], weights: Floats) -> Floats:
        expected = np.stack([self.applicable[name] for name in names], axis=-1)
        there = np.stack([self.present[name] for name in names], axis=-1)
        reach = _rowwise(expected, weights)
        return _rowwise(there * expected, weights) / np.where(reach > 0, reach, 1.0)

    def _any(self, names: list[str]) -> Bools:
        return np.asarray(np.any([self.applicable[name] for name in names], axis=0))

    def _all(self, names: list[str]) -> Bools:
        if not names:
            return np.ones(len(self.kept), dtype=bool)
        return np.asarray(np.all([self.applicable[name] for name in names], axis=0))


def _first(x: NDArray[Any]) -> NDArray[Any]:
    """(..., n) -> (n,) of the first draw."""
    return np.asarray(x[(0,) * (x.ndim - 1)])


def range_of(declaration: Declaration, code: str) -> tuple[float, float] | None:
    """The lowest and highest score a code can have, where it is declared."""
    whole = None if declaration.low is None or declaration.high is None else (declaration.low, declaration.high)
    if code in declaration.nodes:
        return declaration.nodes[code].range or whole
    leaf = declaration.leaves[code]
    to = leaf.normalise.settings.get("to") if leaf.normalise else None
    return leaf.range or (tuple(to) if to else None) or whole


def _rowwise(there: NDArray[np.bool_] | Floats, weights: Floats) -> Floats:
    """Σ of the weights of what is there, (..., n, c) and (..., c) -> (..., n)."""
    return np.asarray(np.einsum("...nc,...c->...n", there.astype(np.float64), np.asarray(weights, dtype=np.float64)))


def _kth(order: Floats, k: Floats) -> Floats:
    """The k-th lowest (k > 0) or highest (k < 0) of the sorted present values; NaN where there are fewer."""
    number = int(np.asarray(k).reshape(-1)[0])
    there = (~np.isnan(order)).sum(axis=-1, keepdims=True)
    place = np.full(there.shape, number - 1) if number > 0 else there + number
    found = np.take_along_axis(order, np.clip(place, 0, order.shape[-1] - 1), axis=-1)
    return np.where((place < 0) | (place >= there), np.nan, found)[..., 0]


def _group_means(x: Floats, labels: NDArray[np.str_]) -> Floats:
    """(..., n) the mean of the present values of a row's group; NaN without a label or a value."""
    found = np.full(x.shape, np.nan)
    for label in np.unique(labels):
        rows = labels == label
        inside = x[..., rows]
        n = (~np.isnan(inside)).sum(axis=-1, keepdims=True)
        mean = np.where(n > 0, np.nansum(inside, axis=-1, keepdims=True) / np.maximum(n, 1), np.nan)
        found[..., rows] = mean if label else np.nan
    return found
