"""Rules that say to which group a person belongs, and how surely.

A rule is drawn once from everybody's votes; after that a person's group follows from that person's votes alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from kurak.engines.opinion.partials import Chunk, mapped
from kurak.engines.opinion.positions import Axes, Located, evidence, evidence_of, fit, located
from kurak.engines.opinion.stability import Cells, celled, curve, expected_agreement, thinning
from kurak.engines.opinion.votes import Votes

type Floats = NDArray[np.float64]

DISCOUNT = 6.0  # votes of a person that weigh as much as one independent vote when groups are told apart
PASSES = 0.3  # what a pass says about someone's group, beside an agree or a disagree
CAUTION = 30.0  # votes' worth of doubt about what a statement says about the groups
ROUNDS = 2  # passes over the votes that bring the first axis to stand alone
HELD = 0.965  # share of the best cut's gain that the cut we take must keep
ABOUT = 0.2  # how far to either side of the boundary its stability is averaged: few people stand in one place
BLUR = 0.4  # standard deviations over which the density along an axis is smoothed


class Rule(Protocol):
    """Chances of belonging: a chunk of n people -> (n, k), rows sum to 1."""

    @property
    def k(self) -> int: ...

    def chances(self, chunk: Chunk) -> Floats: ...

    def alone(self, column: NDArray[np.integer], value: NDArray[np.number]) -> Floats:
        """(k,) the same for one person, who voted `value` on the statements `column`."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Everyone:
    """No clear groups: all are one."""

    k = 1

    def chances(self, chunk: Chunk) -> Floats:
        return np.ones((chunk.people, 1))

    def alone(self, column: NDArray[np.integer], value: NDArray[np.number]) -> Floats:
        return np.ones(1)


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Two groups, on either side of a point of the first axis."""

    axes: Axes
    at: float
    k = 2

    def chances(self, chunk: Chunk) -> Floats:
        return self._sides(located(self.axes, evidence(self.axes, chunk, passes=PASSES), discount=DISCOUNT))

    def alone(self, column: NDArray[np.integer], value: NDArray[np.number]) -> Floats:
        seen = evidence_of(self.axes, column, value, passes=PASSES)
        sides: Floats = self._sides(located(self.axes, seen, discount=DISCOUNT))[0]
        return sides

    def _sides(self, here: Located) -> Floats:
        high: Floats = ndtr((here.position[:, 0] - self.at) / np.sqrt(here.covariance[0]))
        return np.stack([1 - high, high], -1)


def alone(axes: Axes, votes: Votes) -> Axes:
    """The first axis on its own, which a few hidden votes turn less than an axis among others."""
    first = Axes(axes.mean, axes.loading[:, :1], axes.noise, axes.lean)
    return fit(votes, first, ROUNDS, CAUTION)


def along(axes: Axes, chunk: Chunk) -> tuple[Floats, Floats]:
    """Where people stand on the first axis when groups are told apart, and its thinning noise."""
    seen = evidence(axes, chunk, passes=PASSES)
    here = located(axes, seen, discount=DISCOUNT)
    return here.position[:, 0], thinning(axes, seen, here, DISCOUNT)


def belonging(rule: Rule, votes: Votes) -> tuple[NDArray[np.int64], Floats]:
    """Each person's likeliest group and the chance that it is right, in one pass over the votes."""
    if rule.k == 1:
        return np.zeros(votes.people, np.int64), np.ones(votes.people)

    def likeliest(chunk: Chunk) -> tuple[NDArray[np.int64], Floats]:
        chances = rule.chances(chunk)
        group = chances.argmax(axis=1)
        return group, chances[np.arange(len(group)), group]

    group, chance = zip(*mapped(votes, likeliest), strict=True)
    return np.concatenate(group), np.concatenate(chance)


class Halves(NamedTuple):
    """A cut; its expected agreement with itself; told: share of the axis' variance that the best cut explains."""

    rule: Cut
    stability: float
    told: float


def cut(axes: Axes, votes: Votes, weight: Floats) -> Halves:
    """Where an axis is best cut in two, and how well.

    The best cut explains most of the axis' variance. From there the boundary moves towards the longer tail as far as
    the two groups stay telling, which is where fewer people stand: a person belongs to the larger group unless their
    votes speak for the smaller one. weight: (n,) zero for people who are not to decide.
    """
    parts = zip(*mapped(votes, lambda c: along(axes, c)), strict=True)
    where, noise = (np.concatenate(part) for part in parts)
    cells = celled(where, noise, weight)
    at, told = boundary(cells)
    near = np.linspace(at - ABOUT, at + ABOUT, 11).tolist()
    return Halves(Cut(axes, at), float(np.mean([expected_agreement(cells, point) for point in near])), told)


def boundary(cells: Cells) -> tuple[float, float]:
    """The point on the side of the longer tail where the gain has fallen to HELD of its best, and the best."""
    found = curve(cells, np.linspace(-2.5, 2.5, 201), BLUR)
    share = cells.people / cells.people.sum()
    tail = 1 if share @ (cells.where - share @ cells.where) ** 3 > 0 else -1
    i = int(found.gain.argmax())
    best = float(found.gain[i])
    least = HELD * best
    while 0 < i < len(found.at) - 1 and found.gain[i + tail] >= least:
        i += tail
    if not 0 < i < len(found.at) - 1:
        return float(found.at[i]), best
    step = (found.gain[i] - least) / (found.gain[i] - found.gain[i + tail])
    return float(found.at[i] + step * (found.at[i + tail] - found.at[i])), best
