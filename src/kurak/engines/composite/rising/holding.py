"""What holds a unit back: criteria that must change whatever else is done, conditions that do not hold, singles that
would be enough."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.formula import Formula
from kurak.engines.composite.rising.goal import Goal, concerned
from kurak.engines.composite.rising.search import least_alone

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Block:
    """One thing in the way. by: criterion (this one must change whatever else is done), needs (a condition of the class
    does not hold), veto, cap or another adjustment that applies now. code: of the criterion, class or adjustment; node
    where the adjustment is. said: the condition as it is declared. lifted: whether it can be lifted at all: by this
    criterion, or with all at their best."""

    by: Literal["criterion", "needs", "veto", "cap", "adjustment"]
    code: str
    node: str
    said: str
    lifted: bool


def suffices(goal: Goal) -> list[Floats]:
    """The ways of single criteria that reach the goal alone, cheapest first."""
    found = least_alone(goal)
    return sorted(found, key=lambda ways: float(goal.cost(ways[None, :])[0]))


def blocks(goal: Goal) -> tuple[Block, ...]:
    """Conditions that do not hold now, then criteria without which nothing helps."""
    return (*_needs(goal), *_adjustments(goal), *_criteria(goal))


def _criteria(goal: Goal) -> list[Block]:
    m = len(goal.criteria)
    if not m:
        return []
    without = goal.reached(np.ones((m, m)) - np.eye(m))
    possible = bool(goal.reached(np.ones((1, m)))[0])
    if not possible:
        return []
    return [
        Block("criterion", each.code, goal.node, "", True)
        for each, enough in zip(goal.criteria, without, strict=True)
        if not enough
    ]


def _holds(goal: Goal, formula: Formula) -> tuple[bool, bool]:
    """Whether a condition holds now, and with all criteria at their best."""
    seen = goal.see(np.stack([np.zeros(len(goal.criteria)), np.ones(len(goal.criteria))]))
    found = np.broadcast_to(formula.run({**seen.scores, "score": seen.scores[goal.node]}), 2)
    return bool(found[0] == 1), bool(found[1] == 1)


def parts(formula: Formula) -> list[Formula]:
    """The conditions that are joined by `and`, each by itself; min(a, b) >= c is one for each."""
    return [Formula(ast.unparse(each)) for each in _parts(ast.parse(formula.text.strip(), mode="eval").body)]


def _parts(tree: ast.expr) -> list[ast.expr]:
    match tree:
        case ast.BoolOp(op=ast.And(), values=several):
            return [part for each in several for part in _parts(each)]
        case ast.Compare(left=ast.Call(func=ast.Name(id="min"), args=args), ops=[ast.GtE() | ast.Gt()]):
            return [ast.Compare(each, tree.ops, tree.comparators) for each in args]
    return [tree]


def _needs(goal: Goal) -> list[Block]:
    place = goal.to if goal.scheme.better == "high" else len(goal.scheme.of) - 1 - goal.to
    wanted = goal.scheme.of[place]
    if wanted.needs is None:
        return []
    checked = [(each, *_holds(goal, each)) for each in parts(wanted.needs)]
    return [Block("needs", wanted.code, goal.node, each.text, best) for each, now, best in checked if not now]


def _adjustments(goal: Goal) -> list[Block]:
    """Vetoes, caps and others that apply now, anywhere below."""
    found = []
    for code in _nodes_below(goal):
        node = goal.declaration.nodes[code]
        for rule in node.then:
            if rule.when is None or rule.when.names & {"score"} or {"worst", "best"} & set(_calls(rule.when)):
                continue
            now, best = _holds(goal, rule.when)
            if now:
                by: Literal["veto", "cap", "adjustment"] = "adjustment"
                by = "veto" if rule.by == "veto" else "cap" if rule.by == "cap" else by
                found.append(Block(by, rule.code, code, rule.when.text, not best))
    return found


def _calls(formula: Formula) -> list[str]:
    tree = ast.walk(ast.parse(formula.text.strip(), mode="eval"))
    return [each.func.id for each in tree if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)]


def _nodes_below(goal: Goal) -> list[str]:
    leaves = set(concerned(goal.declaration, goal.node))
    waiting, found = [goal.node], []
    while waiting:
        code = waiting.pop(0)
        if code in leaves or code in found or code not in goal.declaration.nodes:
            continue
        found.append(code)
        waiting += sorted(goal.declaration.nodes[code].needs)
    return found
