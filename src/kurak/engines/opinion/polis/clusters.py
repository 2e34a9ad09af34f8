"""Polis's k-means in the plane: started from the first people or from the last picture, on purpose.

Source: Polis, math/src/polismath/math/clusters.clj (own formulation).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEAR = 0.01  # k-means ends when every centre moves less

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """number: (p,) cluster of every point    ids: (c,) ascending    centre: (c, 2)"""

    number: Ints
    ids: Ints
    centre: Floats

    def sizes(self) -> Ints:
        """(c,) points of each cluster."""
        return np.bincount(np.searchsorted(self.ids, self.number), minlength=len(self.ids))


def k_means(points: Floats, weight: Floats, k: int, iterations: int, before: Ints | None = None) -> Clusters:
    """At most k clusters of weighted points, (p, 2) and (p,).

    before: (p,) cluster of each point in the last picture, -1 for a new point; None: the first k distinct points start.
    """
    ids, centre = _first(points, k) if before is None else _again(points, weight, k, before)
    number = np.zeros(len(points), np.int64)
    for _ in range(iterations):
        number = ids[_nearest(points, centre)]
        new_ids, new_centre = _centres(points, weight, number)
        still = len(new_ids) == len(ids) and _close(centre, new_centre)
        ids, centre = new_ids, new_centre
        if still:
            break
    return Clusters(number, ids, centre)


def silhouette(points: Floats, number: Ints) -> float:
    """Mean over all points of (b - a) / max(a, b); a point alone in its cluster counts 0."""
    ids, index, sizes = np.unique(number, return_inverse=True, return_counts=True)
    if len(ids) < 2:
        return 0.0
    distance = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    to_cluster = np.stack([distance[:, index == c].sum(axis=1) for c in range(len(ids))], axis=1)
    here = np.arange(len(points)), index
    own = to_cluster[here] / np.maximum(sizes[index] - 1, 1)
    others = to_cluster / sizes
    others[here] = np.inf
    nearest = others.min(axis=1)
    longest = np.maximum(own, nearest)
    score = np.divide(nearest - own, longest, out=np.zeros_like(own), where=(longest > 0) & (sizes[index] > 1))
    return float(score.mean())


def _first(points: Floats, k: int) -> tuple[Ints, Floats]:
    """The first k distinct points, in the order of rows."""
    first = np.sort(np.unique(points, axis=0, return_index=True)[1])[:k]
    return np.arange(len(first)), points[first]


def _again(points: Floats, weight: Floats, k: int, before: Ints) -> tuple[Ints, Floats]:
    """Centres of the last picture's members; like centres merged; farthest points added while there are too few."""
    known = before >= 0
    if not known.any():
        return _first(points, k)
    ids, centre = _merged(*_centres(points[known], weight[known], before[known]), before[known])
    distance = np.min(_squared(points, centre), axis=1)
    while len(ids) < k and distance.max() > 0.0:
        farthest = points[np.argmax(distance)][None]
        ids, centre = np.append(ids, ids[-1] + 1), np.vstack([centre, farthest])
        distance = np.minimum(distance, _squared(points, farthest)[:, 0])
    return ids, centre


def _merged(ids: Ints, centre: Floats, before: Ints) -> tuple[Ints, Floats]:
    """Of clusters with the same centre the one with most members lives on."""
    by_size = np.argsort(-np.bincount(np.searchsorted(ids, before), minlength=len(ids)), kind="stable")
    kept = np.sort(by_size[np.unique(centre[by_size], axis=0, return_index=True)[1]])
    return ids[kept], centre[kept]


def _centres(points: Floats, weight: Floats, number: Ints) -> tuple[Ints, Floats]:
    """Weighted means of the clusters that have members."""
    ids, index = np.unique(number, return_inverse=True)
    mass = np.bincount(index, weights=weight)
    sums = [np.bincount(index, weights=weight * points[:, axis]) for axis in (0, 1)]
    return ids, np.stack(sums, axis=1) / mass[:, None]


def _close(centre: Floats, new: Floats) -> bool:
    """Both sets sorted, then compared pair by pair."""
    pairs = [c[np.lexsort((c[:, 1], c[:, 0]))] for c in (centre, new)]
    return bool(np.all(np.hypot(*(pairs[0] - pairs[1]).T) < NEAR))


def _squared(points: Floats, centre: Floats) -> Floats:
    return np.asarray((points[:, :1] - centre[:, 0]) ** 2 + (points[:, 1:] - centre[:, 1]) ** 2)


def _nearest(points: Floats, centre: Floats) -> NDArray[np.intp]:
    """(p,) index of the nearest centre, a slice of points at a time to stay small."""
    step = 20_000
    slices = [np.argmin(_squared(points[i : i + step], centre), axis=1) for i in range(0, len(points), step)]
    return np.concatenate(slices) if slices else np.zeros(0, np.intp)
