"""Raters whose strictness and reliability are known, made by a seeded generator."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from kurak.engines.composite.raters.ratings import gather


@dataclass
class Truth:
    ratings: object
    place: np.ndarray
    strictness: np.ndarray
    reliability: np.ndarray
    original: np.ndarray  # the answer of the average rater, on average


def raters(seed=0, cases=200, raters=20, each=5, answers=5, strict=0.6, own=0.3):
    """Ordinal codes by the model itself: thresholds of raters spread by `strict` together and by `own` each."""
    rng = np.random.default_rng(seed)
    place, strictness = rng.normal(size=cases), rng.normal(0, strict, raters)
    cut = 1.3 * ndtri(np.arange(1, answers) / answers) + strictness[:, None] + rng.normal(0, own, (raters, answers - 1))
    cut, reliability = np.sort(cut, axis=1), np.exp(rng.normal(0, 0.3, raters))
    case = np.repeat(np.arange(cases), each)
    rater = np.concatenate([rng.permutation(raters)[:each] for _ in range(cases)])
    answer = reliability[rater] * place[case] + rng.normal(size=len(case))
    original = ndtr(reliability.mean() * place[:, None] - cut.mean(axis=0)).sum(axis=1)
    return Truth(
        gather(case, rater, (answer[:, None] > cut[rater]).sum(axis=1)), place, strictness, reliability, original
    )


@dataclass
class Plain:
    ratings: object
    place: np.ndarray
    bias: np.ndarray
    noise: np.ndarray


def numbers(seed=0, cases=40, raters=6, each=3):
    """Numbers of raters who are lenient or strict by one, on average, and unequally careful."""
    rng = np.random.default_rng(seed)
    place, bias, noise = rng.normal(0, 2, cases), rng.normal(0, 1, raters), np.exp(rng.normal(-0.5, 0.4, raters))
    case = np.repeat(np.arange(cases), each)
    rater = np.concatenate([rng.permutation(raters)[:each] for _ in range(cases)])
    code = place[case] + bias[rater] + noise[rater] * rng.normal(size=len(case))
    return Plain(gather(case, rater, code), place, bias, noise)
