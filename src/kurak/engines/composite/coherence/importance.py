"""How much of a score's differences each child accounts for: the importance it has, whatever its weight says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import make_smoothing_spline

from kurak.engines.composite.coherence.correlating import pearson

type Floats = NDArray[np.float64]

FEW = 10  # distinct values up to which groups are compared instead of a curve


@dataclass(frozen=True, slots=True, eq=False)
class Importance:
    """main: (k,) main effect Var(E[score | child]) / Var(score), 0..1    linear: (k,) squared correlation; where main
    is much larger, the child works in a curve    NaN where the child or the score is the same for all"""

    main: Floats
    linear: Floats


def importance(values: Floats, score: Floats) -> Importance:
    """Of each child of values (n, k) for a score (n,), on the units that have both.

    E[score | child] is a smoothing spline, its stiffness by cross-validation; for up to ten distinct values the mean of
    each. Main effects need not sum to 1: children that go together share what they account for.
    Source: Paruolo, Saisana and Saltelli 2013 (correlation ratio).

    >>> x = np.linspace(-1, 1, 41)
    >>> found = importance(np.column_stack([x, np.sign(x)]), x**2)
    >>> found.main.round(2).tolist(), found.linear.round(2).tolist()
    ([1.0, 0.03], [0.0, 0.0])
    """
    linear = pearson(values, score[:, None])[:, 0] ** 2
    return Importance(np.array([_main_effect(child, score) for child in values.T]), linear)


def _main_effect(x: Floats, y: Floats) -> float:
    both = ~np.isnan(x) & ~np.isnan(y)
    x, y = x[both], y[both]
    spread = float(y.var()) if len(y) else 0.0
    levels, place, count = np.unique(x, return_inverse=True, return_counts=True)
    if len(y) < 3 or len(levels) < 2 or spread <= 1e-26 * float(np.square(y).max()):
        return float("nan")
    means = np.bincount(place, y) / count
    if len(levels) > FEW:
        means = _smoothed(levels, means, count)
    expected = means[place]
    return float(np.clip(expected.var() / spread, 0.0, 1.0))


def _smoothed(x: Floats, y: Floats, count: NDArray[np.intp]) -> Floats:
    """Ranks keep knots apart, so that a few far values don't bend the curve alone."""
    at = np.linspace(0.0, 1.0, len(x))
    low, high = float(y.min()), float(y.max())
    if high == low:
        return y
    curve = make_smoothing_spline(at, (y - low) / (high - low), w=count.astype(float))
    return np.asarray(curve(at)) * (high - low) + low
