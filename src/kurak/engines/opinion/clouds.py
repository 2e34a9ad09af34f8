"""How many clouds of people the votes show, searched on a sample of people whatever the size of the conversation.

The people of a cloud stand around a centre; the mixture of k clouds is fitted to the evidence of each person's votes,
so that someone with few votes counts as far as they are known. k is judged by the Bayesian information criterion
(Schwarz 1978) and by how far the mixture agrees with itself when votes are hidden.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from kurak.engines.opinion.normal import full, place_of, solved
from kurak.engines.opinion.partials import chunk
from kurak.engines.opinion.positions import Axes, Evidence, evidence, fit, heard, started, straightened
from kurak.engines.opinion.stability import HIDDEN, adjusted_rand
from kurak.engines.opinion.votes import Votes

type Floats = NDArray[np.float64]

RANK = 5  # six clouds stand apart in five dimensions
ROUNDS = 8
SHARPEN = 6
NARROWEST = 0.02  # variance within a cloud, in units of the variance of everyone


@dataclass(frozen=True, slots=True, eq=False)
class Clouds:
    """centre (k, d), share (k,), width (d,) variance within a cloud, chance (n, k), evidence: log likelihood.

    criterion: the Bayesian information criterion, less is better. stability: expected adjusted Rand index with itself.
    """

    centre: Floats
    share: Floats
    width: Floats
    chance: Floats
    likelihood: float
    criterion: float
    stability: float

    @property
    def k(self) -> int:
        return len(self.share)


def deepened(votes: Votes) -> Axes:
    """Axes of a sample in as many dimensions as clouds may need."""
    return straightened(fit(votes, started(votes, min(RANK, votes.width)), ROUNDS), heard(votes))


def searched(axes: Axes, votes: Votes, most: int) -> list[Clouds]:
    """Mixtures of 1, 2, ... clouds of a sample, as far as another cloud may still help."""
    seen = evidence(axes, chunk(votes, 0, votes.people))
    weight = np.ones(votes.people) if votes.weight is None else votes.weight
    found = [_sharpened(axes, seen, weight, np.zeros((1, axes.rank)))]
    while len(found) < most and votes.people >= 4 * (len(found) + 1):
        found.append(_with_one_more(axes, seen, weight, found[-1]))
        if found[-1] is found[-2]:
            return found[:-1]
        if len(found) > 2 and found[-1].criterion > found[-2].criterion:
            break
    return found


def _with_one_more(axes: Axes, seen: Evidence, weight: Floats, former: Clouds) -> Clouds:
    """The best of splitting each cloud in turn along the direction in which its people differ most."""
    spot = _spots(axes, seen)
    flat = np.ascontiguousarray(spot.T)
    scale = np.sqrt((axes.loading**2).sum(axis=0))
    nearest = former.chance.argmax(axis=1)
    starts = [
        centre
        for g in range(former.k)
        if (nearest == g).sum() >= 4
        for centre in _halves(spot[nearest == g], weight[nearest == g], former.centre * scale, g)
    ]
    if not starts:
        return former
    tried = sorted((_settled(flat, weight, centre, 4) for centre in starts), key=lambda found: found[0])
    best = min((_settled(flat, weight, centre, 12) for _, centre in tried[:2]), key=lambda found: found[0])
    return _sharpened(axes, seen, weight, best[1])


def _halves(spot: Floats, weight: Floats, centre: Floats, g: int) -> list[Floats]:
    middle = np.average(spot, axis=0, weights=weight)
    _, direction = np.linalg.eigh(np.cov(spot.T, aweights=weight).reshape(spot.shape[1], -1))
    starts = []
    for axis in range(1, spot.shape[1] + 1):
        along = (spot - middle) @ direction[:, -axis]
        tail = along * np.sign(np.average(along**3, weights=weight) or 1.0)
        for far in (tail > 0, tail > 2 * tail.std()):
            if far.any() and not far.all():
                others = np.delete(centre, g, axis=0)
                both = [np.average(spot[side], axis=0, weights=weight[side]) for side in (far, ~far)]
                starts.append(np.concatenate([others, both]))
    return starts


def _spots(axes: Axes, seen: Evidence) -> Floats:
    """Positions in units in which a step along any axis changes votes alike."""
    precision = seen.precision / axes.noise
    at = place_of(axes.rank + 1)
    for a in range(axes.rank + 1):
        precision[at[a, a]] += 1.0 if a < axes.rank else 1 / axes.lean
    spot, _, _ = solved(precision, seen.pull / axes.noise)
    return spot[: axes.rank].T * np.sqrt((axes.loading**2).sum(axis=0))


def _log_total(score: Floats) -> Floats:
    """(k, n) -> (n,)"""
    top = score.max(axis=0)
    result: Floats = top + np.log(np.exp(score - top).sum(axis=0))
    return result


def _settled(spot: Floats, weight: Floats, centre: Floats, rounds: int) -> tuple[float, Floats]:
    """A quick mixture on positions alone, everyone known alike: its loss (minus log likelihood), and the centres.

    By likelihood and not by distances, so that a small cloud far off beats half of a large one. spot: (d, n)."""
    k, total = len(centre), weight.sum()
    squares, mass = spot**2, spot * weight
    share, width = np.full(k, 1 / k), ((spot - centre[0][:, None]) ** 2) @ weight / total / k
    all_squares = squares @ weight
    loss = np.inf
    for _ in range(rounds):
        width = np.maximum(width, 1e-6)
        target = centre / width
        score = target @ spot
        score += (np.log(share) - 0.5 * (target * centre).sum(axis=1))[:, None]
        level = _log_total(score)
        loss = float(0.5 * (all_squares / width).sum() - weight @ level + 0.5 * total * np.log(width).sum())
        score -= level
        member = np.exp(score, out=score)
        size = member @ weight
        share = (size + 1) / (total + k)
        centre = (member @ mass.T) / (size + 1e-9)[:, None]
        width = (all_squares - size @ centre**2) / total
    return loss, centre


def _sharpened(axes: Axes, seen: Evidence, weight: Floats, centre: Floats) -> Clouds:
    """Expectation maximisation of the mixture, begun at centres in the units of `_spots`."""
    scale = np.sqrt((axes.loading**2).sum(axis=0))
    centre = centre / np.maximum(scale, 1e-9)
    k, d = centre.shape
    at = place_of(d + 1)
    share, width = np.full(k, 1 / k), np.full(d, 1.0 if k == 1 else 0.3)
    chance, likelihood = np.zeros((k, 0)), -np.inf
    for _ in range(SHARPEN):
        spot, spread, base = _under(axes, seen, width)
        score, where = _scores(spot, spread, centre, width)
        score += np.log(share)[:, None]
        total = _log_total(score)
        likelihood = float(weight @ (base + total))
        chance = np.exp(score - total)
        member = chance * weight
        size = member.sum(axis=1)
        share = (size + 1) / (size.sum() + k)
        centre = (where * member).sum(axis=2).T / (size + 1)[:, None]
        away = ((where - centre.T[:, :, None]) ** 2 * member).sum(axis=(1, 2))
        inner = spread[[at[a, a] for a in range(d)]] @ weight
        width = np.maximum((away + inner) / weight.sum(), NARROWEST)
    criterion = -2 * likelihood + (k - 1) * (d + 1) * np.log(max(weight.sum(), 2.0))
    stability = _agreement(axes, seen, weight, centre, share, chance.T)
    return Clouds(centre, share, width, chance.T, likelihood, float(criterion), stability)


def _under(axes: Axes, seen: Evidence, width: Floats) -> tuple[Floats, Floats, Floats]:
    """Position (d, n), packed covariance (t, n) and log likelihood (n,) under one cloud around 0 of this width."""
    d = axes.rank
    at = place_of(d + 1)
    prior = np.append(1 / width, 1 / axes.lean)
    precision = seen.precision / axes.noise
    for a in range(d + 1):
        precision[at[a, a]] += prior[a]
    pull = seen.pull / axes.noise
    spot, inverse, logdet = solved(precision, pull)
    base = 0.5 * ((spot * pull).sum(axis=0) - logdet + np.log(prior).sum())
    return spot[:d], inverse, base


def _scores(spot: Floats, spread: Floats, centre: Floats, width: Floats) -> tuple[Floats, Floats]:
    """(k, n) log likelihood of each centre relative to 0, and (d, k, n) positions under it."""
    d = centre.shape[1]
    at = place_of(d + 1)
    pull = centre / width
    moved = np.stack([pull @ spread[[at[a, b] for b in range(d)]] for a in range(d)])
    score = pull @ spot - 0.5 * (centre * pull).sum(axis=1)[:, None]
    for a in range(d):
        score += 0.5 * pull[:, a, None] * moved[a]
    return score, spot[:, None, :] + moved


def _agreement(axes: Axes, seen: Evidence, weight: Floats, centre: Floats, share: Floats, chance: Floats) -> float:
    """Expected adjusted Rand index after hiding votes: the log odds of two clouds move by about the root of the share
    hidden of their squared distance, as the person's votes see it."""
    k, d = centre.shape
    if k == 1:
        return 1.0
    precision = full(seen.precision, d + 1)[:, :d, :d] / axes.noise
    odds = np.log(np.maximum(chance, 1e-300))
    group = chance.argmax(axis=1)
    table = np.zeros((k, k))
    for a in range(k):
        mine = group == a
        gap = centre - centre[a]
        distance = np.einsum("kx,nxy,ky->nk", gap, precision[mine], gap)
        lost = ndtr(-(odds[mine, a, None] - odds[mine]) / np.sqrt(HIDDEN / (1 - HIDDEN) * distance + 1e-12))
        lost[:, a] = 0
        lost = lost / np.maximum(lost.sum(axis=1, keepdims=True), 1.0)
        table[a] = weight[mine] @ lost
        table[a, a] = weight[mine].sum() - table[a].sum()
    return adjusted_rand(table)
