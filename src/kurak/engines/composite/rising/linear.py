"""What of a declaration is linear: scores as sums over leaves, and the conditions of classes as inequalities.

Only what is proven to be linear is given; everything else is None, and left to the search."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kurak.engines.composite.declaration import Class, Node
from kurak.engines.composite.formula import Formula
from kurak.engines.composite.rising.goal import Goal, Seen, concerned

MARGIN = 1e-9  # how far above a cut that does not belong to the class, as a share of its size


@dataclass(frozen=True, slots=True)
class Sum:
    """constant + the sum of coefficients times normalised leaves."""

    of: Mapping[str, float]
    constant: float = 0.0

    def plus(self, other: Sum, times: float = 1.0) -> Sum:
        of = {code: self.of.get(code, 0.0) + times * other.of.get(code, 0.0) for code in {**self.of, **other.of}}
        return Sum(of, self.constant + times * other.constant)

    def scaled(self, times: float) -> Sum:
        return Sum({code: times * each for code, each in self.of.items()}, times * self.constant)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """sum >= bound"""

    sum: Sum
    bound: float


class NotLinear(Exception):
    """Nothing is proven here; the search takes over."""


class Reading:
    """Reads sums and conditions off a declaration, as things stand for one unit. Vetoes that come up on the way become
    conditions; `frozen`: leaves that must stay as they are for that."""

    def __init__(self, goal: Goal, now: Seen) -> None:
        self.goal, self.now = goal, {code: float(x[0]) for code, x in now.scores.items()}
        self.movable = {each.code for each in goal.criteria}
        self.conditions: list[AtLeast] = []
        self.frozen: set[str] = set()
        self._sums: dict[str, Sum] = {}

    def sum_of(self, code: str) -> Sum:
        if code not in self._sums:
            if code in self.goal.declaration.leaves:
                known = self.now[code]
                if np.isnan(known):
                    raise NotLinear
                self._sums[code] = Sum({code: 1.0}) if code in self.movable else Sum({}, known)
            else:
                self._sums[code] = self._node(self.goal.declaration.nodes[code])
        return self._sums[code]

    def _node(self, node: Node) -> Sum:
        found = self._formula(node.formula) if node.formula is not None else self._children(node)
        for each in node.then:
            self._adjustment(node, each.by, each.when)
        return found

    def _children(self, node: Node) -> Sum:
        there = [child for child in node.children if not np.isnan(self.now[child.code])]
        gaps = len(there) < len(node.children)
        if node.weigh is not None or not there or (gaps and self._may_fill(node)):
            raise NotLinear
        if len(node.children) == 1 and node.combine.by != "counting":
            return self.sum_of(there[0].code)
        if node.combine.by not in ("mean", "sum") or (gaps and (node.combine.by == "sum" or node.fill is not None)):
            raise NotLinear
        whole = sum(child.weight for child in there) if node.combine.by == "mean" else 1.0
        if whole <= 0 or (gaps and node.missing.by in ("value", "worst", "best", "bounds")):
            raise NotLinear
        total = Sum({})
        for child in there:
            total = total.plus(self.sum_of(child.code), child.weight / whole)
        return total

    def _may_fill(self, node: Node) -> bool:
        """Whether a child without a score could come to one."""
        empty = [child.code for child in node.children if np.isnan(self.now[child.code])]
        return any(set(concerned_leaves(self.goal, code)) & self.movable for code in empty)

    def _adjustment(self, node: Node, by: str, when: Formula | None) -> None:
        """An adjustment does no harm where it can't come to apply; a veto that could becomes a condition."""
        if when is None or "score" in when.names or "worst(" in when.text or "best(" in when.text:
            raise NotLinear
        holds = when(self.now)
        touched = {leaf for name in when.names for leaf in concerned_leaves(self.goal, name)} & self.movable
        if not touched:
            if holds != 0:
                raise NotLinear
            return
        if by != "veto":
            raise NotLinear
        try:
            self.conditions += self.conditions_of(when, False)
        except NotLinear:
            if holds != 0:
                raise
            self.frozen |= touched

    def conditions_of(self, formula: Formula, wanted: bool, own: str | None = None) -> list[AtLeast]:
        tree = ast.parse(formula.text.strip(), mode="eval").body
        return self._conditions(tree, wanted, own)

    def _conditions(self, tree: ast.AST, wanted: bool, own: str | None) -> list[AtLeast]:
        match tree:
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                return self._conditions(inner, not wanted, own)
            case ast.BoolOp(op=op, values=several) if isinstance(op, ast.And) == wanted:
                return [each for part in several for each in self._conditions(part, wanted, own)]
            case ast.Compare(left=a, ops=[op], comparators=[b]):
                return self._compared(a, op, b, wanted, own)
            case ast.Compare(left=a, ops=ops, comparators=several) if wanted:
                chain = [a, *several]
                pairs = zip(chain, ops, chain[1:], strict=False)
                return [each for x, op, y in pairs for each in self._compared(x, op, y, True, own)]
        raise NotLinear

    def _compared(self, a: ast.AST, op: ast.cmpop, b: ast.AST, wanted: bool, own: str | None) -> list[AtLeast]:
        turned: dict[type[ast.cmpop], type[ast.cmpop]] = {
            ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Lt: ast.GtE, ast.LtE: ast.Gt
        }  # fmt: skip
        how = type(op) if wanted else turned.get(type(op))
        if how in (ast.Lt, ast.LtE):
            a, b, how = b, a, ast.Gt if how is ast.Lt else ast.GtE
        if how not in (ast.Gt, ast.GtE):
            raise NotLinear
        found = []
        for high in self._parts(a, "min", own):
            for low in self._parts(b, "max", own):
                gap = high.plus(low, -1.0)
                margin = MARGIN * max(1.0, abs(high.constant), abs(low.constant)) if how is ast.Gt else 0.0
                found.append(AtLeast(Sum(gap.of), margin - gap.constant))
        return found

    def _parts(self, tree: ast.AST, spread: str, own: str | None) -> list[Sum]:
        """min(a, b) >= c says the same of a and of b."""
        match tree:
            case ast.Call(func=ast.Name(id=name), args=args) if name == spread:
                return [self._expression(each, own) for each in args]
        return [self._expression(tree, own)]

    def _formula(self, formula: Formula) -> Sum:
        return self._expression(ast.parse(formula.text.strip(), mode="eval").body, None)

    def _expression(self, tree: ast.AST, own: str | None) -> Sum:
        def of(each: ast.AST) -> Sum:
            return self._expression(each, own)

        match tree:
            case ast.Constant(value=value) if isinstance(value, int | float):
                return Sum({}, float(value))
            case ast.Name(id="score") if own is not None:
                return self.sum_of(own)
            case ast.Name(id=name):
                return self.sum_of(name)
            case ast.UnaryOp(op=ast.USub(), operand=a):
                return of(a).scaled(-1.0)
            case ast.BinOp(left=a, op=ast.Add(), right=b):
                return of(a).plus(of(b))
            case ast.BinOp(left=a, op=ast.Sub(), right=b):
                return of(a).plus(of(b), -1.0)
            case ast.BinOp(left=a, op=ast.Mult(), right=b):
                return _product(of(a), of(b))
            case ast.BinOp(left=a, op=ast.Div(), right=b):
                by = of(b)
                if any(by.of.values()) or by.constant == 0:
                    raise NotLinear
                return of(a).scaled(1 / by.constant)
            case ast.Call(func=ast.Name(id="sum" | "mean" as name), args=args):
                total = Sum({})
                for each in args:
                    total = total.plus(of(each))
                return total.scaled(1 / len(args)) if name == "mean" else total
        raise NotLinear


def _product(a: Sum, b: Sum) -> Sum:
    if not any(a.of.values()):
        return b.scaled(a.constant)
    if not any(b.of.values()):
        return a.scaled(b.constant)
    raise NotLinear


def concerned_leaves(goal: Goal, code: str) -> tuple[str, ...]:
    """The leaves a code is made from, adjustments included."""
    return concerned(goal.declaration, code, needed=False)


def alternatives(goal: Goal, now: Seen) -> list[tuple[list[AtLeast], set[str]]] | None:
    """Sets of conditions; the goal is reached exactly where one set holds, and the frozen leaves stay. None where that
    is not proven."""
    found = []
    for place in _enough(goal):
        reading = Reading(goal, now)
        try:
            conditions = _class_conditions(goal, reading, place)
        except NotLinear:
            return None
        used = {code for each in [*conditions, *reading.conditions] for code, x in each.sum.of.items() if x}
        if used & reading.frozen:
            return None
        found.append(([*conditions, *reading.conditions], set(reading.frozen)))
    return found


def _enough(goal: Goal) -> list[int]:
    """Places of the scheme any of which is enough. Where low is better, it is enough to stay below the next."""
    of = goal.scheme.of
    return list(range(goal.to, len(of))) if goal.scheme.better == "high" else [len(of) - 1 - goal.to]


def _class_conditions(goal: Goal, reading: Reading, place: int) -> list[AtLeast]:
    scheme = goal.scheme
    if scheme.by != "cuts":
        raise NotLinear
    score = reading.sum_of(goal.node)
    if scheme.better == "low":
        if any(each.needs is not None for each in scheme.of) or scheme.of[0].at is not None:
            raise NotLinear
        if place + 1 == len(scheme.of):
            return []
        return [AtLeast(Sum(score.scaled(-1.0).of), score.constant - _under(scheme.of[place + 1], scheme.digits))]
    wanted = scheme.of[place]
    if wanted.needs is not None and "score" in wanted.needs.names and scheme.digits is not None:
        raise NotLinear  # the condition reads the rounded score
    conditions = [] if wanted.needs is None else reading.conditions_of(wanted.needs, True, goal.node)
    if wanted.at is not None:
        conditions.append(AtLeast(Sum(score.of), _over(wanted, scheme.digits) - score.constant))
    return conditions


def _over(wanted: Class, digits: int | None) -> float:
    """The least score in a class."""
    at = float(wanted.at or 0.0)
    if digits is None:
        return at if wanted.own else at + MARGIN * max(1.0, abs(at))
    if at <= 0:
        raise NotLinear
    step = 10.0**-digits
    rounded = np.ceil(at / step - 1e-9) if wanted.own else np.floor(at / step + 1e-9) + 1
    return float(rounded * step - step / 2)


def _under(worse: Class, digits: int | None) -> float:
    """The highest score that is not yet in a class."""
    at = float(worse.at if worse.at is not None else -np.inf)
    if digits is not None:
        at = _over(worse, digits)
        return at - MARGIN * max(1.0, abs(at))
    return at - MARGIN * max(1.0, abs(at)) if worse.own else at
