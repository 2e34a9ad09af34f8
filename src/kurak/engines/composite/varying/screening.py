"""Which of many factors matter at all: elementary effects, a few runs a factor.

From a random starting point factors are moved one after the other, each by half of its range; what the outcome changes
by is that factor's effect there. The mean of absolute effects tells how much a factor matters, their spread how much
it depends on the others. Source: Morris (1991), Technometrics 33; Campolongo, Cariboni, Saltelli (2007)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

LEVELS = 4  # places in [0, 1) where a column may stand: 1/8, 3/8, 5/8, 7/8
STEP = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """(d,) per factor: mean of the absolute effects, and their standard deviation; in units of the outcome."""

    mean: Floats
    spread: Floats


def walks(columns: Sequence[int], n: int, seed: int) -> tuple[Floats, NDArray[np.int64]]:
    """n walks through the unit cube: (n, d + 1, columns) points, and (n, d) which factor moved at each step.

    columns: how many each factor has; they move together.

    >>> points, moved = walks([1, 2], 3, seed=1)
    >>> points.shape, np.abs(np.diff(points, axis=1)).sum(axis=2).tolist() == (0.5 * (1 + moved)).tolist()
    ((3, 3, 3), True)
    """
    rng = np.random.Generator(np.random.Philox(key=seed))
    d, whole = len(columns), sum(columns)
    owner = np.repeat(np.arange(d), columns)
    moved = rng.permuted(np.tile(np.arange(d), (n, 1)), axis=1)
    points = np.empty((n, d + 1, whole))
    points[:, 0] = (rng.integers(0, LEVELS, (n, whole)) + 0.5) / LEVELS
    for step in range(d):
        there = points[:, step]
        across = np.where(there < 0.5, there + STEP, there - STEP)
        points[:, step + 1] = np.where(owner == moved[:, step, None], across, there)
    return points, moved


def effects(y: Floats, moved: NDArray[np.int64]) -> Effects:
    """From the outcomes (n, d + 1) along the walks.

    >>> points, moved = walks([1, 1, 1], 10, seed=0)
    >>> effects(points @ np.array([2.0, 0.0, -6.0]), moved).mean.round(9).tolist()
    [2.0, 0.0, 6.0]
    """
    each = np.diff(y, axis=1) / STEP
    sorted_ = np.take_along_axis(each, np.argsort(moved, axis=1), axis=1)
    spread = sorted_.std(axis=0, ddof=1) if len(y) > 1 else np.zeros(sorted_.shape[1])
    return Effects(np.abs(sorted_).mean(axis=0), spread)
