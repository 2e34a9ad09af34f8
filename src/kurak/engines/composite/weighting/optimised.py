"""Weights by which each child has the importance it is meant to have: its correlation with the score.

In a linear score weights are exchange rates, not importance: a child that goes with the others matters more than its
weight says. Source: Paruolo, Saisana and Saltelli 2013; Becker et al. 2017. Weights stay at 0 or above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, minimize, nnls

from kurak.engines.composite.coherence.principal import complete, standard
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.weighting.weights import Weights, shares

type Floats = NDArray[np.float64]

REACHED = 1e-6  # largest difference between a wanted and an obtained share of importance


@dataclass(frozen=True, slots=True, eq=False)
class Optimised:
    """weights: (k,) at least 0, summing to 1    correlations: (k,) of each child with the score they give
    wanted, obtained: (k,) shares of importance    reached: whether the two agree    used: complete units"""

    weights: Floats
    correlations: Floats
    wanted: Floats
    obtained: Floats
    reached: bool
    used: int


def optimised(
    values: Floats,
    target: Sequence[float] | None = None,
    *,
    importance: str = "correlation",
    least: float = 0.0,
    most: float = 1.0,
    groups: Sequence[int] | None = None,
) -> Optimised:
    """The weights whose linear score gives children of values (n, k) importance in proportion to target; equal without.

    importance: correlation, or squared    least, most: bounds of each weight, as shares of 1
    groups: (k,) the group of each child, where groups weigh the same; then only weights inside a group are free
    Where the target can't be reached within the bounds, the nearest importance is taken (smallest angle), and said.
    Raises Unusable for a target not above 0, bounds that leave no weights, or too little data.

    >>> rng = np.random.default_rng(3)
    >>> found = optimised(rng.normal(size=(500, 1)) * [1.0, 1.0, 0.0] + rng.normal(size=(500, 3)))
    >>> found.reached, bool(found.weights[2] > found.weights[0]), found.obtained.round(3).tolist()
    (True, True, [0.333, 0.333, 0.333])
    """
    x, k = complete(values), values.shape[1]
    goal = np.ones(k) if target is None else np.asarray(target, float)
    if goal.shape != (k,) or not (goal > 0).all() or least * k > 1 + 1e-12 or most * k < 1 - 1e-12:
        said = "the target is not one number above 0 for each child, or no weights fit the bounds"
        raise Unusable([Problem((), "weigh.target", said, f"Give {k} numbers above 0, and bounds around {1 / k:.2f}")])
    z, sd = standard(x), x.std(axis=0, ddof=1)
    r = z.T @ z / (len(z) - 1)
    wanted = np.sqrt(goal) if importance == "squared" else goal
    exact = nnls(r, wanted)[0] / sd
    weights = exact / exact.sum() if exact.sum() > 0 else np.full(k, 1 / k)
    label = np.zeros(k, int) if groups is None else np.asarray(groups)
    if len(set(label.tolist())) > 1 or weights.min() < least - 1e-12 or weights.max() > most + 1e-12:
        weights = _within(r, sd, wanted, (least, most), label)
    return _found(weights, r, sd, goal, importance, len(x))


def _found(weights: Floats, r: Floats, sd: Floats, goal: Floats, importance: str, used: int) -> Optimised:
    v = weights * sd
    correlations = r @ v / np.sqrt(max(float(v @ r @ v), 1e-300))
    size = correlations * np.abs(correlations) if importance == "squared" else correlations
    wanted, obtained = goal / goal.sum(), size / size.sum()
    return Optimised(weights, correlations, wanted, obtained, bool(np.abs(wanted - obtained).max() < REACHED), used)


def _within(r: Floats, sd: Floats, wanted: Floats, bounds: tuple[float, float], label: NDArray[np.int_]) -> Floats:
    """Smallest angle between the correlations and those wanted, over weights in bounds whose groups weigh the same."""
    names = sorted(set(label.tolist()))
    inside = np.array([(label == name).astype(float) for name in names])
    equal = inside.T @ (1 / inside.sum(axis=1)) / len(names)
    a, t = r * sd, wanted / np.linalg.norm(wanted)

    def miss(w: Floats) -> tuple[float, Floats]:
        c = a @ w
        length = max(float(np.linalg.norm(c)), 1e-300)
        along = float(c @ t) / length
        return 1 - along, -(a.T @ (t - along * c / length)) / length

    found = minimize(
        miss, equal, jac=True, method="SLSQP", bounds=[bounds] * len(sd),
        constraints=LinearConstraint(inside, 1 / len(names), 1 / len(names)),
        options={"ftol": 1e-15, "maxiter": 1000},
    )  # fmt: skip
    w = np.clip(found.x, *bounds)
    return np.asarray(w / w.sum())


def aimed(
    values: Floats,
    *,
    target: Sequence[float] | None = None,
    importance: str = "correlation",
    least: float = 0.0,
    most: float = 1.0,
) -> Weights:
    """Weights by `optimised`."""
    found = optimised(values, target, importance=importance, least=least, most=most)
    if found.reached:
        return shares(found.weights, ("each child has the importance it is meant to have",))
    furthest = int(np.argmax(np.abs(found.wanted - found.obtained)))
    has, meant = found.obtained[furthest], found.wanted[furthest]
    said = f"the target can't be reached: {{{furthest}}} has {has:.0%} of the importance, not {meant:.0%}"
    return shares(found.weights, (said.replace("%", " %"),))
