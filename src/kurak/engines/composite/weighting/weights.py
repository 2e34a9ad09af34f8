"""Weights that were found from data or from people, with what must be said about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.problems import Problem, Unusable

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """weights: (k,) at least 0, summing to 1    notes: English sentences for whoever reads the result, with `{2}` in
    the place of the name of child 2"""

    weights: Floats
    notes: tuple[str, ...] = ()

    def said(self, names: Sequence[str]) -> tuple[str, ...]:
        """The notes with the names of the children.

        >>> Weights(np.array([1.0, 0.0]), ("{1} has no weight",)).said(["law", "courts"])
        ('courts has no weight',)
        """
        return tuple(note.format(*names) for note in self.notes)


def shares(raw: Floats, notes: tuple[str, ...] = ()) -> Weights:
    """The same weights summing to 1. Raises Unusable when none is above 0.

    >>> shares(np.array([1.0, 3.0])).weights
    array([0.25, 0.75])
    """
    total = raw.sum()
    if not total > 0 or not np.isfinite(total):
        said = "no child gets a weight by this method"
        raise Unusable([Problem((), "weigh.no-weights", said, "Declare the weights")])
    return Weights(np.asarray(raw / total), notes)


def listed(children: NDArray[np.intp]) -> str:
    return ", ".join(f"{{{child}}}" for child in children.tolist())
