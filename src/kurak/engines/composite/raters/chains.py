"""What draws of several Markov chains tell: have they met, how many independent ones are they worth, which interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

type Floats = NDArray[np.float64]

CELLS = 8_000_000  # draws times what is drawn that are kept; beyond it fewer draws are
FEWEST = 400  # draws, whatever the size


def room(size: int) -> int:
    """How many draws of so many values are kept."""
    return max(FEWEST, CELLS // max(size, 1))


def densest(draws: Floats, share: float = 0.68) -> tuple[Floats, Floats]:
    """(..., d) draws -> the shortest interval that holds the share of them (highest density), ends included.

    >>> low, high = densest(np.array([0.0, 1.0, 1.1, 1.2, 9.0]), 0.6)
    >>> float(low), float(high)
    (1.0, 1.2)
    """
    if not 0.0 < share < 1.0:
        raise ValueError(f"share {share} must lie between 0 and 1")
    ordered = np.sort(draws, axis=-1)
    n = ordered.shape[-1]
    inside = min(n, max(1, int(np.ceil(share * n - 1e-9))))
    width = ordered[..., inside - 1 :] - ordered[..., : n - inside + 1]
    first = np.argmin(width, axis=-1)[..., None]
    return np.take_along_axis(ordered, first, -1)[..., 0], np.take_along_axis(ordered, first + inside - 1, -1)[..., 0]


def met(draws: Floats) -> Floats:
    """(chains, draws, ...) -> (...) the rank-normalised split R-hat: 1 when the chains tell the same; above 1.05 they
    do not. Constant draws have met.

    Source: Vehtari, Gelman, Simpson, Carpenter, Bürkner, Bayesian Analysis 16:2, 2021.

    >>> apart = np.stack([np.arange(100.0), np.arange(100.0) + 500])
    >>> float(met(apart)) > 2
    True
    """
    return np.maximum(_ratio(_normal(draws)), _ratio(_normal(np.abs(draws - np.median(draws, axis=(0, 1))))))


def worth(draws: Floats) -> Floats:
    """(chains, draws, ...) -> (...) how many independent draws they are worth for a mean (bulk effective sample size).

    Source: as of `met`; autocorrelations are cut where a pair of them turns negative (Geyer).

    >>> independent = np.random.default_rng(0).normal(size=(4, 500))
    >>> 1500 < float(worth(independent)) < 2500
    True
    """
    halves = _split(_normal(draws))
    chains, n = halves.shape[:2]
    cov = _autocovariance(halves)  # (n, chains, ...)
    within = cov[0].mean(axis=0) * n / (n - 1)
    total = within * (n - 1) / n + halves.mean(axis=1).var(axis=0, ddof=1)
    safe = np.where(total > 0, total, 1.0)
    rho = 1 - (within - cov.mean(axis=1) * n / (n - 1)) / safe
    rho[0] = 1.0
    pairs = rho[0 : n - 1 : 2][: n // 2] + rho[1:n:2][: n // 2]
    going = np.logical_and.accumulate(pairs > 0, axis=0)
    falling = np.minimum.accumulate(np.where(going, pairs, 0.0), axis=0)
    time = np.maximum(2 * falling.sum(axis=0) - 1, 1 / np.log10(chains * n))
    return np.asarray(np.where(total > 0, chains * n / time, float(chains * n)))


def _split(draws: Floats) -> Floats:
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, half : 2 * half]])


def _normal(draws: Floats) -> Floats:
    """Normal scores of the ranks over all chains."""
    shape = draws.shape
    rank = rankdata(draws.reshape(shape[0] * shape[1], -1), axis=0)
    return np.asarray(ndtri((rank - 0.375) / (shape[0] * shape[1] + 0.25)).reshape(shape))


def _ratio(draws: Floats) -> Floats:
    halves = _split(draws)
    n = halves.shape[1]
    within = halves.var(axis=1, ddof=1).mean(axis=0)
    between = halves.mean(axis=1).var(axis=0, ddof=1)
    safe = np.where(within > 0, within, 1.0)
    apart = np.where(between > 0, np.inf, 1.0)
    return np.asarray(np.where(within > 0, np.sqrt((n - 1) / n + between / safe), apart))


def _autocovariance(draws: Floats) -> Floats:
    n = draws.shape[1]
    centred = np.moveaxis(draws - draws.mean(axis=1, keepdims=True), 1, 0)
    spectrum = np.fft.rfft(centred, 2 * n, axis=0)
    return np.asarray(np.fft.irfft(np.abs(spectrum) ** 2, 2 * n, axis=0)[:n] / n)
