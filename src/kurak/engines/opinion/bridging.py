"""Which statements are welcome across camps, without drawing any camps.

Every vote is explained by μ + i_person + i_statement + f_person · f_statement. Intercepts are punished five times
harder than factors, so agreement inside one camp is put down to the factors, and only agreement across camps raises
the intercept of a statement: its bridging score.
Source: Community Notes, documentation/under-the-hood/ranking-notes.md (own formulation); votes count 1, ½, 0 for agree,
pass, disagree, so that scores have its scale (0.4 is its threshold for "helpful").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from kurak.engines.opinion.votes import Votes

PENALTY_INTERCEPT, PENALTY_FACTOR = 0.15, 0.03
SWEEPS, STILL = 300, 1e-5  # scores are then right to about 2e-4
GOLDEN = 0.6180339887498949

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Bridging:
    """score: (m,) intercept of each statement    factor: (m,) on which side of the main divide it stands
    low, high: (m,) the score if one more person of the most extreme kind had voted against or for it
    mean: μ    person_score, person_factor: (n,)    sweeps: until nothing moved
    """

    score: Floats
    factor: Floats
    low: Floats
    high: Floats
    mean: float
    person_score: Floats
    person_factor: Floats
    sweeps: int

    def predicted(self, people: slice | NDArray[np.intp] = slice(None)) -> Floats:
        """(p, m) the vote expected of each of these people, 0 disagree .. 1 agree."""
        person = self.mean + self.person_score[people, None] + self.score
        return np.asarray((person + self.person_factor[people, None] * self.factor).clip(0.0, 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """What one side (people or statements) is solved with: its seen cells, its votes, and the penalties of a row."""

    seen: csr_array
    value: csr_array
    penalty_intercept: float
    penalty_factor: float


def bridging(votes: Votes, left_out: ArrayLike | None = None) -> Bridging:
    """Fit the model to the observed votes by alternating least squares; linear in votes, no randomness.

    left_out: (m,) true where moderated out; such a statement has score 0 and teaches nothing
    A person's weight is what their votes count. The main divide has no direction: the largest factor is made positive.
    Raises ValueError when a length does not fit.

    >>> from kurak.engines.opinion.votes import collect
    >>> people, statements = np.repeat(np.arange(20), 3), np.tile(np.arange(3), 20)
    >>> camp = np.where(people < 10, 1, -1)
    >>> b = bridging(collect(people, statements, np.select([statements == 0, statements == 1], [1, camp], -camp)))
    >>> int(np.argmax(b.score)), bool(abs(b.factor[0]) < abs(b.factor[1]))
    (0, True)
    """
    people, statements = _sides(votes, left_out)
    mean = _mean(people)
    score, factor = np.zeros(votes.width), np.modf(GOLDEN * np.arange(1, votes.width + 1))[0] - 0.5
    person_score, person_factor = np.zeros(votes.people), np.zeros(votes.people)
    sweeps, moved = 0, np.inf
    while moved >= STILL and sweeps < SWEEPS:
        before, sweeps = score, sweeps + 1
        person_score, person_factor = _solve(people, mean, score, factor)
        score, factor = _solve(statements, mean, person_score, person_factor)
        mean = _overall(people, score, factor, person_score, person_factor)
        moved = float(np.max(np.abs(score - before), initial=0.0))
    low, high = _sensitivity(statements, mean, person_score, person_factor, score)
    sign = -1.0 if len(factor) and factor[np.argmax(np.abs(factor))] < 0 else 1.0
    return Bridging(score, sign * factor, low, high, mean, person_score, sign * person_factor, sweeps)


def _sides(votes: Votes, left_out: ArrayLike | None) -> tuple[_Side, _Side]:
    hidden = np.zeros(votes.width, np.bool_) if left_out is None else np.asarray(left_out, np.bool_)
    if hidden.shape != (votes.width,):
        raise ValueError(f"left_out has shape {hidden.shape}; one truth for each of {votes.width} statements is needed")
    counts = np.ones(len(votes.value)) if votes.weight is None else np.repeat(votes.weight, np.diff(votes.start))
    counts = np.where(hidden[votes.statement], 0.0, counts)
    shape = votes.people, votes.width
    seen = csr_array((counts, votes.statement, votes.start), shape=shape)
    value = csr_array((counts * (votes.value + 1.0) / 2.0, votes.statement, votes.start), shape=shape)
    total = float(counts.sum())
    return _side(seen, value, total / max(votes.people, 1)), _side(
        seen.T.tocsr(), value.T.tocsr(), total / max(votes.width, 1)
    )


def _side(seen: csr_array, value: csr_array, votes_a_row: float) -> _Side:
    """Penalties are those of mean squared errors and mean squared parameters, so they grow with the votes of a row."""
    return _Side(seen, value, PENALTY_INTERCEPT * votes_a_row, PENALTY_FACTOR * votes_a_row)


def _mean(people: _Side) -> float:
    total = float(people.seen.sum())
    return float(people.value.sum()) / total if total else 0.5


def _normal(side: _Side, mean: float, other_score: Floats, other_factor: Floats) -> tuple[Floats, ...]:
    """The 2 × 2 normal equations of every row: a b | b d, and the right side p, q."""
    base = mean + other_score
    known = np.stack([np.ones_like(base), other_factor, other_factor**2, base, base * other_factor], axis=1)
    count, f, ff, explained, explained_f = (side.seen @ known).T
    voted, voted_f = (side.value @ known[:, :2]).T
    return count + side.penalty_intercept, f, ff + side.penalty_factor, voted - explained, voted_f - explained_f


def _solve(side: _Side, mean: float, other_score: Floats, other_factor: Floats) -> tuple[Floats, Floats]:
    """Intercept and factor of every row, the other side held still."""
    return _solved(*_normal(side, mean, other_score, other_factor))


def _solved(a: Floats, b: Floats, d: Floats, p: Floats, q: Floats) -> tuple[Floats, Floats]:
    determinant = a * d - b * b
    safe = np.where(determinant > 0, determinant, 1.0)
    rows = determinant > 0
    return np.where(rows, (d * p - b * q) / safe, 0.0), np.where(rows, (a * q - b * p) / safe, 0.0)


def _overall(people: _Side, score: Floats, factor: Floats, person_score: Floats, person_factor: Floats) -> float:
    """The mean that fits best, the rest held still."""
    total = float(people.seen.sum())
    if not total:
        return 0.5
    by_person = people.seen @ np.stack([np.ones_like(score), score, factor], axis=1)
    explained = by_person[:, 0] @ person_score + by_person[:, 1].sum() + by_person[:, 2] @ person_factor
    return float((people.value.sum() - explained) / (total * (1.0 + PENALTY_INTERCEPT)))


def _sensitivity(
    statements: _Side, mean: float, person_score: Floats, person_factor: Floats, score: Floats
) -> tuple[Floats, Floats]:
    """Lowest and highest score of each statement with one more vote, by a person as extreme as any there is."""
    a, b, d, p, q = _normal(statements, mean, person_score, person_factor)
    low, high = score.copy(), score.copy()
    voted = np.asarray(statements.seen.sum(axis=1)) > 0
    for i in (person_score.min(initial=0.0), person_score.max(initial=0.0)):
        for f in (person_factor.min(initial=0.0), 0.0, person_factor.max(initial=0.0)):
            for value in (0.0, 1.0):
                rest = value - mean - i
                other = _solved(a + 1.0, b + f, d + f * f, p + rest, q + rest * f)[0]
                low, high = np.where(voted, np.minimum(low, other), low), np.where(voted, np.maximum(high, other), high)
    return low, high
