"""Groups that are clouds apart from each other: a person belongs where the group's average answers fit theirs best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from kurak.engines.opinion.partials import Chunk, fixed, over
from kurak.engines.opinion.votes import Votes

type Floats = NDArray[np.float64]

SHRINK = 3.0  # votes' worth of doubt that a group answers differently from everyone
ROUNDS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """answer (k, m): a group's average vote; share (k,) of the people; noise: variance of a vote around its group's."""

    answer: Floats
    share: Floats
    noise: float

    @property
    def k(self) -> int:
        return len(self.share)

    def chances(self, chunk: Chunk) -> Floats:
        """(n, k): how likely each group is, given the votes (naive Bayes with one variance)."""
        return self._weighed(chunk.value @ self.answer.T - 0.5 * (chunk.seen @ (self.answer**2).T))

    def alone(self, column: NDArray[np.integer], value: NDArray[np.number]) -> Floats:
        answer = self.answer[:, column]
        fit: Floats = answer @ value.astype(np.float64) - 0.5 * (answer**2).sum(axis=1)
        chance: Floats = self._weighed(fit[None])[0]
        return chance

    def _weighed(self, fit: Floats) -> Floats:
        score = fit / self.noise + np.log(self.share)
        score -= score.max(axis=1, keepdims=True)
        chance: Floats = np.exp(score)
        return chance / chance.sum(axis=1, keepdims=True)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Sums (k, m) of votes and of how many, per group, by how surely people belong; square: of all votes squared."""

    total: Floats
    seen: Floats
    people: Floats
    square: float

    def __add__(self, other: Answers) -> Answers:
        return Answers(
            self.total + other.total, self.seen + other.seen, self.people + other.people, self.square + other.square
        )


def answers(chunk: Chunk, chance: Floats) -> Answers:
    """prepare: the sums of a chunk, given (n, k) chances of belonging."""
    rows = fixed(chunk.weighed(chance))
    count = fixed(chunk.weighed(chunk.sides[:, None]))
    return Answers((chunk.value.T @ rows).T, (chunk.seen.T @ rows).T, rows.sum(axis=0), float(count.sum()))


def profiled(sums: Answers) -> Profiles:
    """finish: what each group answers, held back towards what everyone answers."""
    everyone = sums.total.sum(axis=0) / np.maximum(sums.seen.sum(axis=0), 1e-9)
    answer = (sums.total + SHRINK * everyone) / (sums.seen + SHRINK)
    left = sums.square - 2 * (answer * sums.total).sum() + (answer**2 * sums.seen).sum()
    share = (sums.people + 1) / (sums.people + 1).sum()
    return Profiles(answer, share, max(float(left / max(sums.seen.sum(), 1.0)), 1e-3))


def settled(votes: Votes, start: Profiles) -> Profiles:
    """Profiles after a few passes over everybody's votes."""
    found = start
    for _ in range(ROUNDS):
        found = profiled(over(votes, partial(_answers_under, found)))
    return found


def _answers_under(rule: Profiles, chunk: Chunk) -> Answers:
    return answers(chunk, rule.chances(chunk))
