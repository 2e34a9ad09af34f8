"""From scores to classes. The side of equality is stated by each class, and kept up to the last bits."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Classes
from kurak.engines.composite.formula import Formula, close
from kurak.engines.composite.ranks import ranked

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int8]

UNCLASSED = -1


def classified(scheme: Classes, scores: Floats, given: Mapping[str, Floats] | None = None) -> Ints:
    """The place of each score's class in the scheme, (..., n) -> (..., n); -1 for no class.

    given: scores of other codes, for classes with conditions. Where it is not known whether a condition holds, it
    does not: a class is only given where everything it needs is known.

    >>> from kurak.engines.composite.declaration import Class, Classes
    >>> regimes = Classes("regimes", (Class("authoritarian"), Class("hybrid", 4, own=False)))
    >>> classified(regimes, np.array([4.0, 4.01, np.nan])).tolist()
    [0, 1, -1]
    """
    scores = np.asarray(scores, dtype=np.float64)
    if scheme.digits is not None:
        scores = Formula("round_half_up(score, digits)").run({"score": scores, "digits": scheme.digits})
    known = {**(given or {}), "score": scores}
    match scheme.by:
        case "rules":
            return _by_rules(scheme, scores, known)
        case "quantiles":
            return _by_quantiles(scores, len(scheme.of))
        case "intervals":
            return _by_cuts(scheme, scores, known, _intervals(scores, len(scheme.of)))
        case "breaks":
            return _by_cuts(scheme, scores, known, natural_breaks(scores, len(scheme.of)))
    return _by_cuts(scheme, scores, known, [each.at for each in scheme.of])


def _by_cuts(scheme: Classes, scores: Floats, known: Mapping[str, Floats], cuts: list[float | None]) -> Ints:
    found = np.full(scores.shape, UNCLASSED, np.int8)
    for place, (each, at) in enumerate(zip(scheme.of, cuts, strict=True)):
        inside = ~np.isnan(scores)
        if at is not None:
            on = close(scores, np.asarray(at))
            inside &= ((scores > at) & ~on) | (on & each.own)
        if each.needs is not None:
            inside = inside & (each.needs.run(known) == 1)
        found[np.broadcast_to(inside, found.shape)] = place
    return found


def _by_rules(scheme: Classes, scores: Floats, known: Mapping[str, Floats]) -> Ints:
    found = np.full(scores.shape, UNCLASSED, np.int8)
    open_ = np.ones(scores.shape, dtype=bool)
    for place, each in enumerate(scheme.of):
        holds = each.when.run(known) if each.when else np.ones(())
        found[open_ & (holds == 1)] = place
        open_ = open_ & (holds == 0)  # unknown: what comes after is not known either
    return found


def _by_quantiles(scores: Floats, k: int) -> Ints:
    """By rank from the top, as quartiles of a league are formed: the best n/k units are in the highest class."""
    n = (~np.isnan(scores)).sum(axis=-1, keepdims=True)
    rank = ranked(scores)
    with np.errstate(invalid="ignore"):
        from_top = np.ceil(rank / np.maximum(n, 1) * k - 1e-9)
    return np.where(np.isnan(scores), UNCLASSED, k - np.where(np.isnan(scores), 1, from_top)).astype(np.int8)


def _intervals(scores: Floats, k: int) -> list[float | None]:
    there = scores[~np.isnan(scores)]
    if not there.size:
        return [None] * k
    low, high = float(there.min()), float(there.max())
    return [None, *(low + (high - low) * i / k for i in range(1, k))]


def natural_breaks(scores: Floats, k: int) -> list[float | None]:
    """Cuts that make the sum of squared distances inside the classes least (Fisher 1958, Jenks 1967). Exact.

    >>> natural_breaks(np.array([1.0, 1.1, 5.0, 5.2, 9.0]), 3)
    [None, 5.0, 9.0]
    """
    x = np.unique(scores[~np.isnan(scores)])
    if x.size < k:
        return [None, *(float(each) for each in x[1:]), *([np.inf] * (k - max(x.size, 1)))]
    counts = np.array([(scores == each).sum() for each in x], dtype=float)
    total, squares, n = (np.concatenate([[0.0], np.cumsum(w)]) for w in (counts * x, counts * x * x, counts))

    def cost(i: NDArray[np.int64], j: int) -> Floats:
        size = n[j] - n[i]
        return np.asarray(squares[j] - squares[i] - (total[j] - total[i]) ** 2 / np.maximum(size, 1))

    best = np.full((k + 1, x.size + 1), np.inf)
    cut = np.zeros((k + 1, x.size + 1), dtype=np.int64)
    best[0, 0] = 0.0
    for classes in range(1, k + 1):
        for j in range(classes, x.size + 1):
            starts = np.arange(classes - 1, j)
            costs = best[classes - 1, starts] + cost(starts, j)
            least = int(np.argmin(costs))
            best[classes, j], cut[classes, j] = costs[least], starts[least]
    cuts: list[float | None] = []
    end = x.size
    for classes in range(k, 1, -1):
        end = int(cut[classes, end])
        cuts.insert(0, float(x[end]))
    return [None, *cuts]
