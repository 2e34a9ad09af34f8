"""Synthetic conversations of any size: three latent groups, log-normal activity, 12 % passes. Seeded, vectorised."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kurak.engines.opinion.votes import Votes

GROUPS, PASSES, STEP = 3, 0.12, 20_000


def conversation(people: int, statements: int, votes: int, seed: int = 1) -> Votes:
    """About so many votes. A person walks through the statements in strides of their own, so that none comes twice."""
    rng = np.random.default_rng(seed)
    activity = rng.lognormal(0, 0.8, people)
    each = np.clip(np.rint(activity * votes / activity.sum()), 1, statements).astype(np.int64)
    chance = 1 / (1 + np.exp(-rng.normal(0, 1.2, (GROUPS, statements)) - rng.normal(0.3, 0.7, statements)))
    start = np.concatenate([[0], np.cumsum(each)])
    column, value = np.empty(start[-1], np.int32), np.empty(start[-1], np.int8)
    for first in range(0, people, STEP):
        last = min(first + STEP, people)
        cells = slice(int(start[first]), int(start[last]))
        column[cells], value[cells] = _cast(rng, each[first:last], chance)
    return Votes(np.arange(people), np.arange(statements), start, column, value)


def _cast(
    rng: np.random.Generator, each: NDArray[np.int64], chance: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """Statements (ascending in a person) and votes of a run of people."""
    statements = chance.shape[1]
    row = np.repeat(np.arange(len(each)), each)
    step = np.arange(len(row)) - np.repeat(np.cumsum(each) - each, each)
    strides = np.flatnonzero(np.gcd(np.arange(statements), statements) == 1)
    stride, offset = rng.choice(strides, len(each)), rng.integers(0, statements, len(each))
    cell = row * statements + (offset[row] + stride[row] * step) % statements
    cell.sort()
    column = (cell % statements).astype(np.int32)
    group = rng.integers(0, GROUPS, len(each))
    agrees = rng.random(len(row)) < chance[group[row], column]
    value = np.where(agrees, 1, -1).astype(np.int8)
    value[rng.random(len(row)) < PASSES] = 0
    return column, value
