"""Whether children belong where they are: correlations with each other, with their own node and with the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.coherence.correlating import kendall, pearson, spearman

type Floats = NDArray[np.float64]

WEAK, REDUNDANT = 0.3, 0.92  # practice of the JRC
METHODS = {"pearson": pearson, "spearman": spearman, "kendall": kendall}


@dataclass(frozen=True, slots=True)
class Flag:
    """kind: weak (below 0.3), redundant (above 0.92), negative (below -0.3), or elsewhere (goes more with another node
    than with its own)    first, second: the children, or the child and the node    correlation: between the two"""

    kind: str
    first: int
    second: int
    correlation: float


def flagged(
    values: Floats,
    groups: Sequence[object] | None = None,
    *,
    weak: float | None = WEAK,
    redundant: float = REDUNDANT,
    negative: float = -WEAK,
    method: str = "pearson",
) -> tuple[Flag, ...]:
    """Pairs of children of values (n, k) in the same group that repeat each other, hardly go together, or oppose.

    groups: (k,) the node of each child; all in one without    weak: None leaves out pairs that are only weak

    >>> x = np.array([[1.0, 1.1, 4.0], [2.0, 2.0, 3.5], [3.0, 3.1, 1.0], [4.0, 4.0, 2.0]])
    >>> [(flag.kind, flag.first, flag.second) for flag in flagged(x)]
    [('redundant', 0, 1), ('negative', 0, 2), ('negative', 1, 2)]
    """
    r = METHODS[method](values)
    label = [None] * len(r) if groups is None else list(groups)
    pairs = [(i, j) for i in range(len(r)) for j in range(i + 1, len(r)) if label[i] == label[j]]
    kinds = ((i, j, _kind(float(r[i, j]), weak, redundant, negative)) for i, j in pairs)
    return tuple(Flag(kind, i, j, float(r[i, j])) for i, j, kind in kinds if kind)


def _kind(r: float, weak: float | None, redundant: float, negative: float) -> str:
    if r > redundant:
        return "redundant"
    if r < negative:
        return "negative"
    return "weak" if weak is not None and r < weak else ""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """correlations: (k, p) of each child with each node    own: (k,) with its own    flags: what to look at"""

    correlations: Floats
    own: Floats
    flags: tuple[Flag, ...]


def fit(values: Floats, nodes: Floats, parent: Sequence[int], *, method: str = "pearson") -> Fit:
    """How children of values (n, k) go with nodes (n, p); parent: (k,) which node each child belongs to.

    >>> x = np.array([[1.0, 4.0], [2.0, 1.0], [3.0, 2.0], [4.0, 3.0]])
    >>> found = fit(x, x[:, [0, 1]], [0, 0])
    >>> found.own.round(2).tolist(), [(flag.kind, flag.first, flag.second) for flag in found.flags]
    ([1.0, -0.2], [('redundant', 0, 0), ('weak', 1, 0), ('elsewhere', 1, 1)])
    """
    r = METHODS[method](values, nodes)
    own = r[np.arange(len(r)), np.asarray(parent, int)]
    return Fit(r, own, tuple(_misfits(r, own, parent)))


def _misfits(r: Floats, own: Floats, parent: Sequence[int]) -> Iterator[Flag]:
    for child, (with_own, node) in enumerate(zip(own.tolist(), parent, strict=True)):
        kind = _kind(with_own, WEAK, REDUNDANT, -WEAK)
        if kind:
            yield Flag(kind, child, node, with_own)
        for other in np.flatnonzero(r[child] > with_own).tolist():
            yield Flag("elsewhere", child, other, float(r[child, other]))
