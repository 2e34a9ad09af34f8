"""Weights down a tree: what each leaf weighs in the whole, and weights that make all leaves equal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.weighting.weights import Weights

type Floats = NDArray[np.float64]


def equal(values: Floats) -> Weights:
    """The same for each child.

    >>> equal(np.ones((2, 4))).weights
    array([0.25, 0.25, 0.25, 0.25])
    """
    k = values.shape[1]
    return Weights(np.full(k, 1 / k))


def effective(declaration: Declaration, weights: Mapping[str, Floats] | None = None) -> dict[str, float]:
    """What each code weighs in the root, {code: share}: the product of its shares on the way down, added up where it is
    reached on several ways. Leaves sum to 1. It is their influence only where all nodes are means and nothing is
    missing.

    weights: others than the declared ones, {node: one a child}
    """
    found = {declaration.root: 1.0}
    for node in reversed(tuple(declaration.nodes.values())):  # parents before children
        above = found.get(node.code)
        if above is None or not node.children:
            continue
        given = (weights or {}).get(node.code)
        own = np.array([child.weight for child in node.children]) if given is None else np.asarray(given, float)
        for child, share in zip(node.children, own / own.sum(), strict=True):
            found[child.code] = found.get(child.code, 0.0) + above * float(share)
    return found


def equal_per_leaf(declaration: Declaration) -> dict[str, Floats]:
    """Weights by which every leaf weighs the same in the root, {node: one a child}: a dimension weighs as much as
    it has leaves. With the usual equal weights of dimensions, leaves of small dimensions weigh more."""
    return {
        node.code: np.array([float(len(list(declaration.leaves_under(child.code)))) for child in node.children])
        for node in declaration.nodes.values()
        if node.children
    }
