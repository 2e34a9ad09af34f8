"""The benefit of the doubt: every unit is scored with the weights that flatter it most, under rules that hold for all.

Source: Melyn and Moesen 1991; Cherchye, Moesen, Rogge and Van Puyenbroeck 2007. What is missing counts as 0, so that a
unit simply gives it no weight (Kuosmanen 2009). One linear program a unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.combining.pairwise import draw_by_draw
from kurak.engines.composite.combining.present import MOST_LISTED, counted, demand
from kurak.engines.composite.combining.programs import Programs
from kurak.engines.composite.problems import Problem, Unusable

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

REMEDY = "Normalise onto a range above 0, such as [1, 100], or declare least: 0"


@dataclass(frozen=True, slots=True, eq=False)
class Doubt:
    """scores: (n,) up to 1; at least one unit without bounds has 1    weights: (n, k) of each unit, by which w·x is its
    score    shares: (n, k) what each child contributes to the score, summing to 1; others may give the same score
    impossible: (n,) no weights of this unit meet the bounds"""

    scores: Floats
    weights: Floats
    shares: Floats
    impossible: Flags


def doubt(values: Floats, *, least: float = 0.0, most: float = 1.0) -> Doubt:
    """Each unit's best score w·x over weights by which no unit, itself included, gets more than 1.

    values: (n, k), at least 0, each child on any scale    least, most: bounds of each child's share w·x of the unit's
    score; a value of 0 can't have a share, so that it makes least > 0 impossible
    Raises Unusable for values below 0.

    >>> found = doubt(np.array([[1.0, 4.0], [2.0, 2.0], [1.0, 1.0]]))
    >>> found.scores.round(6).tolist(), doubt(np.array([[1.0, 4.0], [2.0, 2.0]]), least=0.5).scores.round(6).tolist()
    ([1.0, 1.0, 0.5], [0.8, 0.8])
    """
    demand(values >= 0, values, what="the benefit of the doubt", remedy="Normalise onto a range from 0")
    largest = np.fmax.reduce(values, axis=0, initial=np.nan)
    scale = np.where(largest > 0, largest, 1.0)
    x, there = np.where(np.isnan(values), 0.0, values / scale), ~np.isnan(values)
    frontier = x[best(x)]
    if least <= 0 and most >= 1:
        weights, impossible = _free(x, frontier), np.zeros(len(x), bool)
    else:
        weights, impossible = _bounded(x, there, frontier, least, most)
    parts = weights * x
    scores = np.where(there.any(axis=1) & ~impossible, parts.sum(axis=1), np.nan)
    shares = np.divide(parts, scores[:, None], out=np.zeros(parts.shape), where=scores[:, None] > 0)
    return Doubt(scores, weights / scale, shares, impossible)


def best(x: Floats) -> NDArray[np.intp]:
    """The units that none is at least as good as in every child: only they can limit the weights.

    >>> best(np.array([[1.0, 4.0], [2.0, 2.0], [1.0, 1.0], [2.0, 2.0]])).tolist()
    [0, 1]
    """
    kept: list[int] = []
    front = np.empty_like(x)
    for unit in np.argsort(-x.sum(axis=1), kind="stable").tolist():
        if not (front[: len(kept)] >= x[unit]).all(axis=1).any():
            front[len(kept)] = x[unit]
            kept.append(unit)
    return np.array(sorted(kept), dtype=np.intp)


def _free(x: Floats, frontier: Floats) -> Floats:
    programs = Programs(frontier, np.ones(len(frontier)))
    found = [programs.maximise(unit) if unit.any() else np.zeros(len(unit)) for unit in x]
    return np.array(found).reshape(x.shape)


def _bounded(x: Floats, there: Flags, frontier: Floats, least: float, most: float) -> tuple[Floats, Flags]:
    weights, impossible = np.zeros(x.shape), np.zeros(len(x), bool)
    for unit in range(len(x)):
        own = there[unit] & ((x[unit] > 0) | (least > 0))
        k = int(own.sum())
        if k and (k * least > 1 + 1e-12 or k * most < 1 - 1e-12 or not (x[unit, own] > 0).all()):
            impossible[unit] = True
        elif k:
            weights[unit, own] = _shared(frontier[:, own] / x[unit, own], least, most) / x[unit, own]
    return weights, impossible


def _shared(ratios: Floats, least: float, most: float) -> Floats:
    """(k,) best parts v = w·x of the score of a unit whose peers are `ratios` (m, k) of it.

    With v = u + L/(1 - kL)·Σu the lower bounds hold by themselves for any u ≥ 0."""
    k = ratios.shape[1]
    free = 1 - k * least
    if free < 1e-12:
        return np.full(k, 1 / k) / float(ratios.mean(axis=1).max())
    raised = ratios + least / free * ratios.sum(axis=1, keepdims=True)
    upper = np.eye(k) - (most - least) / free
    limits = upper if most < 1 else np.empty((0, k))
    size = raised.max()
    programs = Programs(np.vstack([raised / size, limits]), np.append(np.ones(len(raised)), np.zeros(len(limits))))
    u = programs.maximise(np.ones(k)) / size
    return np.asarray(u + least / free * u.sum())


def common(values: Floats) -> Doubt:
    """The same with one set of weights for all: those with the largest sum of scores.

    >>> common(np.array([[1.0, 4.0], [2.0, 2.0], [1.0, 1.0]])).scores.round(6).tolist()
    [1.0, 1.0, 0.5]
    """
    demand(values >= 0, values, what="the benefit of the doubt", remedy="Normalise onto a range from 0")
    largest = np.fmax.reduce(values, axis=0, initial=np.nan)
    scale = np.where(largest > 0, largest, 1.0)
    there = ~np.isnan(values)
    x = np.where(there, values / scale, 0.0)
    frontier = x[best(x)]
    weights = np.tile(Programs(frontier, np.ones(len(frontier))).maximise(x.mean(axis=0)), (len(x), 1))
    scores = np.where(there.any(axis=1), (weights * x).sum(axis=1), np.nan)
    shares = np.divide(weights * x, scores[:, None], out=np.zeros(x.shape), where=scores[:, None] > 0)
    return Doubt(scores, weights / scale, shares, np.zeros(len(x), bool))


def benefit_of_the_doubt(
    values: Floats, weights: Floats, *, least: float = 0.0, most: float = 1.0, for_each: str = "unit"
) -> Floats:
    """Scores by `doubt`, or with for_each `all` by `common`. Weights have no say, except that 0 leaves a child out.

    Raises Unusable, with the unit as path, where the bounds can't be met."""

    def one(x: Floats, _: Floats) -> Floats:
        found = common(x) if for_each == "all" else doubt(x, least=least, most=most)
        stuck = np.flatnonzero(found.impossible).tolist()[:MOST_LISTED]
        if stuck:
            said = f"no weights give each child between {least:.0%} and {most:.0%} of the score".replace("%", " %")
            lowest = [int(np.nanargmin(x[unit])) for unit in stuck]
            raise Unusable(Problem(at, "combine.bounds", said, REMEDY) for at in zip(stuck, lowest, strict=True))
        return found.scores

    return draw_by_draw(one, counted(values, weights), np.ones(values.shape[-1]))
