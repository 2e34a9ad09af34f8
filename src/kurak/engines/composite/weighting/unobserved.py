"""Sources that each measure the same thing with an error of their own: the better a source, the more it weighs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.weighting.weights import Weights, listed, shares

type Floats = NDArray[np.float64]

SMALLEST = 1e-6  # of a source's variance may be error, else one source would decide alone
ALONE = 0.9  # of the weight
MOST_STEPS = 5000
STILL = 1e-10  # change of a parameter at which the estimation stops


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """The model y = α + β(φ + ε), φ ~ N(0, 1), ε ~ N(0, σ²) for n units and k sources.

    scores: (n,) expected φ    error: (n,) its standard deviation    low, high: (n,) interval
    sources: (n,) how many each unit has    alpha, beta, variance: (k,) of each source; variance is σ²
    weights: (k,) of a unit with all sources, 1/σ² scaled to sum 1    converged: whether the estimation came to rest"""

    scores: Floats
    error: Floats
    low: Floats
    high: Floats
    sources: NDArray[np.intp]
    alpha: Floats
    beta: Floats
    variance: Floats
    weights: Floats
    converged: bool


def components(values: Floats, *, confidence: float = 0.9) -> Components:
    """What n units have in common over k sources, values (n, k) with NaN where a source does not cover a unit.

    A unit with fewer sources is drawn to the mean and has a wider interval. Raises Unusable for fewer than three
    sources, or a source with fewer than three units or the same value for all.
    Source: Kaufmann, Kraay and Mastruzzi 2010 (Worldwide Governance Indicators); estimated by EM.

    >>> rng = np.random.default_rng(1)
    >>> found = components(rng.normal(size=(400, 1)) + rng.normal(size=(400, 3)) * [0.3, 0.6, 1.2])
    >>> found.weights.round(1).tolist()
    [0.7, 0.2, 0.1]
    """
    z, middle, scale = _scaled(values)
    there = ~np.isnan(z)
    y = np.where(there, z, 0.0)
    alpha, beta, psi = np.zeros(z.shape[1]), np.full(z.shape[1], 0.7), np.full(z.shape[1], 0.5)
    converged = False
    for _ in range(MOST_STEPS):
        phi, spread = _expected(y, there, alpha, beta, psi)
        new = _maximised(y, there, phi, spread)
        moved = max(float(np.abs(a - b).max()) for a, b in zip((alpha, beta, psi), new, strict=True))
        alpha, beta, psi = new
        if moved < STILL:
            converged = True
            break
    phi, spread = _expected(y, there, alpha, beta, psi)
    if beta.sum() < 0:
        phi, beta = -phi, -beta
    variance = psi / beta**2
    error, reach = np.sqrt(spread), float(ndtri(0.5 + confidence / 2))
    return Components(
        phi, error, phi - reach * error, phi + reach * error, there.sum(axis=1),
        middle + scale * alpha, scale * beta, variance, (1 / variance) / (1 / variance).sum(), converged,
    )  # fmt: skip


def _scaled(values: Floats) -> tuple[Floats, Floats, Floats]:
    if values.shape[1] < 3:
        said = f"{values.shape[1]} sources are too few"
        raise Unusable([Problem((), "weigh.too-few-sources", said, "At least three are needed")])
    there = ~np.isnan(values)
    n = there.sum(axis=0)
    middle = np.where(there, values, 0.0).sum(axis=0) / np.maximum(n, 1)
    scale = np.sqrt(np.where(there, (values - middle) ** 2, 0.0).sum(axis=0) / np.maximum(n, 1))
    poor = np.flatnonzero((n < 3) | ~(scale > 1e-13 * np.abs(middle)))
    if poor.size:
        said = "has fewer than three units, or the same value for all"
        raise Unusable(Problem((int(q),), "weigh.poor-source", f"it {said}", "Leave the source out") for q in poor)
    return (values - middle) / scale, middle, scale


def _expected(y: Floats, there: NDArray[np.bool_], alpha: Floats, beta: Floats, psi: Floats) -> tuple[Floats, Floats]:
    """(n,) expected φ and its variance, given the parameters. A unit without sources stays at 0 ± 1."""
    precision = 1 + there @ (beta**2 / psi)
    return np.where(there, y - alpha, 0.0) @ (beta / psi) / precision, 1 / precision


def _maximised(y: Floats, there: NDArray[np.bool_], phi: Floats, spread: Floats) -> tuple[Floats, Floats, Floats]:
    """α, β and ψ = β²σ² of each source, by its regression on φ."""
    n, t = there.sum(axis=0), there.astype(float)
    p, pp = phi @ t, (phi**2 + spread) @ t
    sy, py = y.sum(axis=0), phi @ y
    beta = (py - p * sy / n) / (pp - p**2 / n)
    alpha = (sy - beta * p) / n
    psi = ((y**2).sum(axis=0) - alpha * sy - beta * py) / n
    return alpha, beta, np.maximum(psi, SMALLEST)


def unobserved(values: Floats) -> Weights:
    """Weights by `components`: of a unit with all sources."""
    found = components(values)
    notes = [] if found.converged else ["the estimation did not come to rest: take the weights as rough"]
    turned = np.flatnonzero(found.beta < 0)
    if turned.size:
        notes.append(f"without weight, because they point the other way: {listed(turned)}")
    if found.weights.max() > ALONE:
        notes.append(f"{listed(np.flatnonzero(found.weights > ALONE))} decides almost alone: ask whether it should")
    return shares(np.where(found.beta < 0, 0.0, found.weights), tuple(notes))
