"""A cost that no change can go below, from an easier problem: every combination that lies under the mean is taken to
be the mean, and what classes need besides is dropped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Class, Declaration
from kurak.engines.composite.methods import Choice
from kurak.engines.composite.rising.goal import Goal
from kurak.engines.composite.rising.program import solved
from kurak.engines.composite.scoring import scheme_of

type Floats = NDArray[np.float64]

UNDER_THE_MEAN = {"mean", "geometric", "harmonic", "min", "mean-of-worst"}
ONLY_LOWER = {"cap", "veto"}


def least_possible(goal: Goal) -> tuple[Floats, float] | None:
    """(criteria,) the cheapest ways of the easier problem and their cost; where they reach the goal itself, they are
    the cheapest there too. None where no bound is cheap to come by: where low is better, and for other combinations
    and formulas.

    Source: the inequality of arithmetic, geometric and harmonic means."""
    easier = _easier(goal)
    return None if easier is None else solved(easier)


def _easier(goal: Goal) -> Goal | None:
    scheme = goal.scheme
    if scheme.better == "low" or scheme.by != "cuts":
        return None
    nodes = {}
    for code, node in goal.declaration.nodes.items():
        p = float(node.combine.settings.get("p", 1.0))
        under = node.combine.by in UNDER_THE_MEAN or (node.combine.by == "power" and p <= 1)
        if node.children and (not under or node.combine.settings.get("floor") is not None):
            return None
        then = tuple(each for each in node.then if each.by not in ONLY_LOWER or (each.by == "veto" and each.amount))
        nodes[code] = replace(node, combine=Choice("mean") if node.children else node.combine, then=then)
    classes = tuple(Class(each.code, each.at, each.own) for each in scheme.of)
    name = str(scheme_of(goal.declaration, goal.node))
    easier: Declaration = replace(
        goal.declaration, nodes=nodes, classes={**goal.declaration.classes, name: replace(scheme, of=classes)}
    )
    return replace(goal, declaration=easier)
