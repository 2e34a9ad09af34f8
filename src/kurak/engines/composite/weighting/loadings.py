"""Weights from principal components: children that vary together weigh more. They mirror the data, not what matters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.coherence.principal import Principal, principal
from kurak.engines.composite.weighting.weights import Weights, listed, shares

type Floats = NDArray[np.float64]

HANDBOOK = "OECD/JRC, Handbook on constructing composite indicators, 2008, 6.1"


def first_component(values: Floats) -> Weights:
    """Weights in proportion to the loadings on the first component, whose sum is made positive.

    A child that loads negatively works against the others: it is reported and gets no weight.

    >>> found = first_component(np.array([[1.0, 1.0, 5.0], [2.0, 3.0, 4.0], [3.0, 2.0, 2.0], [4.0, 5.0, 1.0]]))
    >>> found.weights.round(3).tolist(), found.notes[0]
    ([0.524, 0.476, 0.0], 'the first component explains 91 % of the variance of 4 complete units')
    """
    found = principal(values)
    loading = found.vectors[:, 0]
    notes = [f"the first component explains {found.shares[0]:.0%} of the variance of {found.used} complete units"]
    notes[0] = notes[0].replace("%", " %")
    negative = np.flatnonzero(loading < 0)
    if negative.size:
        notes.append(f"loading negatively on it, and so without weight: {listed(negative)}")
    return shares(np.maximum(loading, 0.0), tuple(notes))


STILL = 1e-13  # change of a rotation at which it stands still
NEAR = 1e-6  # below it the criterion is too flat to tell whether it grows


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """loadings: (k, f) after rotation    explained: (f,) variance each factor explains    assigned: (k,) the factor of
    each child    unity: (k, f) squared loadings scaled to sum 1 in each factor    weights: (k,) summing to 1"""

    loadings: Floats
    explained: Floats
    assigned: NDArray[np.intp]
    unity: Floats
    weights: Floats


def factors(
    values: Floats,
    *,
    eigenvalue: float = 1.0,
    share: float = 0.1,
    cumulative: float = 0.6,
    assign: str = "loading",
    tolerance: float = 0.0,
) -> Factors:
    """The OECD/Nicoletti procedure: components are kept while their eigenvalue is above `eigenvalue` and they explain
    more than `share`, then added until `cumulative` is explained; varimax; a child takes the factor it loads on most
    and weighs (its share of the factor's squared loadings) x (the factor's share of what all factors explain).

    assign: by the largest |loading|, or by the largest `share` of a factor (the other reading of the same text)
    tolerance: of the rotation, see `varimax`
    Source: Nicoletti, Scarpetta and Boylaud 2000; OECD/JRC handbook 2008.
    """
    found = principal(values)
    loadings = varimax(found.loadings[:, : _kept(found, eigenvalue, share, cumulative)], tolerance=tolerance)
    squared = loadings**2
    explained = squared.sum(axis=0)
    unity = squared / explained
    assigned = np.argmax(squared if assign == "loading" else unity, axis=1)
    raw = unity[np.arange(len(unity)), assigned] * (explained / explained.sum())[assigned]
    return Factors(loadings, explained, assigned, unity, raw / raw.sum())


def _kept(found: Principal, eigenvalue: float, share: float, cumulative: float) -> int:
    strong = int(np.sum((found.values > eigenvalue) & (found.shares > share)))
    enough = int(np.argmax(np.cumsum(found.shares) >= cumulative - 1e-12)) + 1
    return max(strong, enough, 1)


def varimax(loadings: Floats, *, tolerance: float = 0.0, most: int = 10_000) -> Floats:
    """Rotated so that each child loads on few factors (Kaiser 1958, rows normalised), strongest factor first.

    tolerance: stops when the criterion grows by less than this share; 0: when the rotation stands still. R stops at
    1e-5, where the loadings may still be off by 0.003.

    >>> found = varimax(np.array([[0.9, 0.0], [0.0, 0.7]]) @ np.array([[0.8, 0.6], [-0.6, 0.8]]))
    >>> np.abs(found).round(6).tolist()
    [[0.9, 0.0], [0.0, 0.7]]
    """
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    x = loadings / np.where(length > 0, length, 1.0)
    rotation, before, best, damping, moved = np.eye(x.shape[1]), 0.0, 0.0, 0.0, 0.0
    for _ in range(most):
        y = x @ rotation
        gradient = x.T @ (y**3 - y * (y**2).mean(axis=0))
        if tolerance == 0:  # where a full step overshoots, or goes in circles, shorter ones are taken
            reached = float((y**2).var(axis=0).sum())
            if reached <= best and moved > NEAR:
                damping = max(2 * damping, float(np.linalg.norm(gradient)))
            best = max(best, reached)
        u, s, vt = np.linalg.svd(gradient + damping * rotation)
        moved = float(np.abs(u @ vt - rotation).max())
        rotation = u @ vt
        if moved < STILL or (tolerance > 0 and s.sum() < before * (1 + tolerance)):
            break
        before = s.sum()
    rotated = x @ rotation * length
    rotated = rotated[:, np.argsort(-(rotated**2).sum(axis=0), kind="stable")]
    return np.asarray(rotated * np.where(rotated.sum(axis=0) < 0, -1.0, 1.0))


def nicoletti(
    values: Floats, *, eigenvalue: float = 1.0, share: float = 0.1, cumulative: float = 0.6, assign: str = "loading"
) -> Weights:
    """Weights by `factors`."""
    found = factors(values, eigenvalue=eigenvalue, share=share, cumulative=cumulative, assign=assign)
    of_each = "; ".join(
        f"factor {f + 1}: {listed(np.flatnonzero(found.assigned == f))}"
        for f in range(len(found.explained))
        if np.any(found.assigned == f)
    )
    return shares(found.weights, (f"factors kept: {len(found.explained)}; {of_each}",))
