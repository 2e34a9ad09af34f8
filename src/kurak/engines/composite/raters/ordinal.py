"""Ordinal answers of raters who differ in strictness and reliability, put on one scale: item response, as V-Dem does.

A rater's latent answer to case c is drawn from N(reliability * place of c, 1); the answer given is the number of the
rater's own thresholds below it. Thresholds are pooled in part: those of a rater around those of the group plus one
strictness for all of them, those of a group around the world's. How strongly they are pooled is learned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.raters.chains import densest, met, room, worth
from kurak.engines.composite.raters.gibbs import sweeps
from kurak.engines.composite.raters.panel import Panel, laid_out
from kurak.engines.composite.raters.ratings import Ratings

type Floats = NDArray[np.float64]

APART = 1.05  # R-hat above which chains do not tell the same
LEAST_WORTH = 200.0  # independent draws below which an interval is not to be trusted


@dataclass(frozen=True, slots=True, eq=False)
class Ordinal:
    """What the model found. Rows of cases and raters are as in the ratings, without vignettes.

    draws: (d, cases) latent places, and original: (d, cases) the same on the scale of the question: the answer that the
    average rater of the panel would give, on average. point, low, high: median and densest 68 % of the latent place;
    value, value_low, value_high: of the original scale; likely: (cases,) the answer that the average rater would most
    likely give. NaN (and -1) where nobody rated the case. reliability, strictness: (raters,) medians; strict raters are
    above 0. rhat, worth: of the worst case, reliability or strictness; settled: whether they are good enough.
    """

    cases: NDArray[np.generic]
    draws: Floats
    original: Floats
    point: Floats
    low: Floats
    high: Floats
    value: Floats
    value_low: Floats
    value_high: Floats
    likely: NDArray[np.intp]
    reliability: Floats
    strictness: Floats
    rhat: float
    worth: float

    @property
    def settled(self) -> bool:
        return self.rhat <= APART and self.worth >= LEAST_WORTH


def ordinal(
    ratings: Ratings,
    *,
    answers: int | None = None,
    groups: Mapping[Any, str] | None = None,
    vignettes: ArrayLike = (),
    around: Literal["centre", "average"] = "centre",
    share: float = 0.68,
    chains: int = 4,
    rounds: int = 2000,
    seed: int = 0,
) -> Ordinal:
    """The places of cases from ordinal codes 0 … answers - 1, by Gibbs sampling; the same seed gives the same bytes.

    answers: how many the question has; the highest code plus one where not given. groups: the group (country) of each
    rater by name, those without one together. vignettes: names of cases made up for comparison; they bridge raters and
    are left out of the result. around: mean of the prior N(., 1) of a place: 0, or the raters' average of the case as
    V-Dem has it, which keeps apart what few bridges compare, and uses the ratings twice. rounds: sweeps of each
    chain, half of them to warm up.

    Errors: `Unusable` where codes are not whole, below 0 or too high, or all the same.
    Source: Pemstein et al., "The V-Dem Measurement Model", V-Dem Working Paper 21; Albert and Chib, JASA 88, 1993.

    >>> from kurak.engines.composite.raters.ratings import gather
    >>> r = gather([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], ["a", "b", "c"] * 4, [0, 1, 0, 1, 2, 1, 0, 1, 1, 2, 3, 2])
    >>> found = ordinal(r, rounds=400)
    >>> np.argsort(found.point).tolist(), found.likely.tolist()[3] > found.likely.tolist()[0]
    ([0, 2, 1, 3], True)
    """
    many = _checked(ratings, answers)
    panel = laid_out(ratings, many, _numbered(ratings, groups))
    prior = _averages(panel) if around == "average" else np.zeros(panel.cases)
    kept, every = _thinned(panel, chains, max(1, rounds // 2))
    dice = np.random.Generator(np.random.Philox(seed))
    place, original, likely, rater = [], [], [], []
    for now in sweeps(panel, prior, chains, rounds - rounds // 2, kept, every, dice):
        expected, tally = _as_average(panel, now.case, now.cut, now.reliability)
        place.append(now.case)
        original.append(expected)
        likely.append(tally)
        rater.append(np.concatenate([now.reliability, now.strictness], axis=1))
    told = (np.stack(place, axis=1), np.stack(original, axis=1), np.stack(rater, axis=1), np.sum(likely, axis=0))
    return _told(ratings, vignettes, share, *told)


def _checked(ratings: Ratings, answers: int | None) -> int:
    if not ratings.whole:
        raise _refused("codes", "codes are not whole numbers from 0", "number the answers 0, 1, 2, …")
    if len(np.unique(ratings.code)) < 2:
        raise _refused("same", "all codes are equal", "there is nothing to tell cases apart by")
    highest = int(ratings.code.max())
    if answers is not None and highest >= answers:
        raise _refused("answers", f"code {highest} is beyond {answers} answers", f"codes go from 0 to {answers - 1}")
    return highest + 1 if answers is None else answers


def _numbered(ratings: Ratings, groups: Mapping[Any, str] | None) -> NDArray[np.intp]:
    given = groups or {}
    labels = [str(given.get(name, "")) for name in ratings.raters.tolist()]
    return np.asarray(np.unique(labels, return_inverse=True)[1], dtype=np.intp)


def _averages(panel: Panel) -> Floats:
    mean = np.bincount(panel.case, panel.code) / np.bincount(panel.case)
    return np.asarray((mean - mean.mean()) / max(float(mean.std()), 1e-9))


def _thinned(panel: Panel, chains: int, rounds: int) -> tuple[int, int]:
    """How many draws of a chain are kept, and every which."""
    every = max(1, -(-rounds // (room(panel.cases) // chains)))
    return max(4, rounds // every), every


def _as_average(panel: Panel, case: Floats, cut: Floats, reliability: Floats) -> tuple[Floats, Floats]:
    """(chains, cases) the mean answer of the average rater, and (cases, answers) chances, summed over chains."""
    middle = reliability.mean(axis=1)[:, None] * case
    beyond = ndtr(middle[:, :, None] - cut.mean(axis=1)[:, None, :])  # (chains, cases, cuts)
    edges = np.concatenate([np.ones((*middle.shape, 1)), beyond, np.zeros((*middle.shape, 1))], axis=2)
    return beyond.sum(axis=2), -np.diff(edges, axis=2).sum(axis=0)


def _told(
    ratings: Ratings, vignettes: ArrayLike, share: float, place: Floats, original: Floats, rater: Floats, tally: Floats
) -> Ordinal:
    shown = ~np.isin(ratings.cases, np.asarray(vignettes)) if np.size(vignettes) else np.full(len(ratings.cases), True)
    rated, who = ratings.per_case > 0, ratings.per_rater > 0
    draws, values = (_spread_out(each.reshape(-1, each.shape[2]), rated)[:, shown] for each in (place, original))
    likely = np.full(len(ratings.cases), -1)
    likely[rated] = np.argmax(tally, axis=1)
    both = np.concatenate([place, rater], axis=2)
    reliability, strictness = _spread_out(np.median(rater, axis=(0, 1)).reshape(2, -1), who)
    return Ordinal(
        ratings.cases[shown], draws, values, np.median(draws, axis=0), *densest(draws.T, share),
        np.median(values, axis=0), *densest(values.T, share), likely[shown], reliability, strictness,
        float(met(both).max()), float(worth(both).min()),
    )  # fmt: skip


def _spread_out(found: Floats, there: NDArray[np.bool_]) -> Floats:
    wide = np.full((len(found), len(there)), np.nan)
    wide[:, there] = found
    return wide


def _refused(code: str, said: str, remedy: str) -> Unusable:
    return Unusable([Problem(("ratings",), f"ratings.{code}", said, remedy)])
