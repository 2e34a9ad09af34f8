"""The picture as a quilt: patches of the plane where people stand. No person is drawn alone by name or number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVELS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Patchwork:
    """columns, rows: size of the quilt    left, top, side: where its corner lies and how long a patch is, as positions
    column, row, group, level: (p,) of each patch; level 1..4 says how many stand there (by root, of the fullest)
    centre: (k, 2) of each group, in patches from the corner
    """

    columns: int
    rows: int
    left: float
    top: float
    side: float
    column: NDArray[np.int64]
    row: NDArray[np.int64]
    group: NDArray[np.int64]
    level: NDArray[np.int64]
    centre: NDArray[np.float64]


def patchwork(position: ArrayLike, group: ArrayLike, k: int) -> Patchwork:
    """Cut the plane into square patches; each takes the colour of most of those who stand on it.

    position: (n, 2)    group: (n,) 0..k-1, or -1 for people of no group, who are not drawn
    The outermost 1 % on each side stand on the border patches. Raises ValueError where nobody has a group.

    >>> q = patchwork([[0, 0], [0, 0], [1, 1]], [0, 0, 1], 2)
    >>> sorted(zip(q.group.tolist(), q.level.tolist()))
    [(0, 4), (1, 3)]
    """
    where, belongs = np.asarray(position, np.float64), np.asarray(group)
    where, belongs = where[belongs >= 0], belongs[belongs >= 0]
    if not len(where):
        raise ValueError("nobody has a group: there is nothing to draw")
    low, high = np.quantile(where, [0.01, 0.99], axis=0)
    columns = int(np.clip(1.3 * np.sqrt(len(where)), 8, 26))
    width, height = np.maximum(high - low, 1e-9)
    side = max(width / columns, height / (0.75 * columns))
    rows = int(np.clip(np.ceil(height / side), 0.4 * columns, 0.75 * columns))
    middle = (low + high) / 2
    corner = middle - side * np.array([columns, rows]) / 2
    at = np.clip((where - corner) / side, 0, np.array([columns, rows]) - 1e-9)
    cell = at.astype(np.int64)
    counts = np.zeros((columns * rows, k), np.int64)
    np.add.at(counts, (cell[:, 1] * columns + cell[:, 0], belongs), 1)
    total = counts.sum(axis=1)
    taken = np.flatnonzero(total)
    level = np.ceil(LEVELS * np.sqrt(total[taken] / total.max())).astype(np.int64)
    centre = np.array([np.median(at[belongs == g], axis=0) if np.any(belongs == g) else (0, 0) for g in range(k)])
    return Patchwork(
        columns, rows, float(corner[0]), float(corner[1]), float(side),
        taken % columns, taken // columns, counts[taken].argmax(axis=1), level, centre,
    )  # fmt: skip
