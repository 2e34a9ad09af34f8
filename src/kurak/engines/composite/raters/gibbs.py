"""The sampler of the ordinal model: many chains side by side as the first axis of every array.

The latent answers are drawn as data (Albert and Chib 1993); thresholds are moved with those integrated out (Cowles
1996), because Gibbs steps on them hardly move. Three more moves go along the directions in which the model is almost
indifferent: a rater's thresholds together, a rater's thresholds and reliability in proportion, and everything at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from kurak.engines.composite.raters.panel import Panel

type Floats = NDArray[np.float64]
type Places = NDArray[np.intp]
type Flags = NDArray[np.bool_]

WIDE = 9.0  # variance of the prior of the common thresholds
RELIABILITY = 1.0  # mean and variance of the prior of a rater's reliability, as in V-Dem
SHAPE, SCALE = 3.0, 0.2  # inverse gamma prior of the spreads of raters and groups around what is common
TAKEN = 0.44  # share of one-dimensional proposals to be accepted, the best known one (Roberts and Rosenthal 2001)


@dataclass(slots=True, eq=False)
class State:
    """Where the chains are. case: (chains, cases) latent places; reliability, strictness: (chains, raters);
    cut: (chains, raters, cuts) a rater's thresholds; common: (chains, groups, cuts); world: (chains, cuts);
    spread, strictness_spread, group_spread: (chains,) variances; step…: sizes of proposals."""

    case: Floats
    reliability: Floats
    strictness: Floats
    cut: Floats
    common: Floats
    world: Floats
    spread: Floats
    strictness_spread: Floats
    group_spread: Floats
    step: Floats
    step_together: Floats
    step_in_proportion: Floats


@dataclass(slots=True, eq=False)
class Answers:
    """Of every rating: the middle it is drawn around, and the distribution function at both ends of its interval, in
    the tail (sign) in which it is small and so exact; log_mass: how likely the answer is."""

    middle: Floats
    sign: Floats
    low: Floats
    high: Floats
    log_mass: Floats


def started(panel: Panel, chains: int, dice: np.random.Generator) -> State:
    """Chains that begin apart from each other, around the raters' averages."""
    mean = np.bincount(panel.case, panel.code) / np.bincount(panel.case)
    below = np.array([(panel.code <= k).mean() for k in range(panel.cuts)])
    world = np.tile(ndtri(np.clip(below, 0.02, 0.98)) * np.sqrt(2.0), (chains, 1))
    shape = (chains, panel.raters, panel.cuts)
    scaled = (mean - mean.mean()) / max(float(mean.std()), 1e-9)
    return State(
        case=scaled + dice.normal(0, 0.5, (chains, panel.cases)),
        reliability=np.ones(shape[:2]), strictness=np.zeros(shape[:2]),
        cut=np.sort(world[:, None, :] + dice.normal(0, 0.3, shape), axis=2),
        common=np.repeat(world[:, None, :], panel.groups, axis=1), world=world,
        spread=np.full(chains, 0.25), strictness_spread=np.full(chains, 0.25), group_spread=np.full(chains, 0.1),
        step=np.full(shape, 0.3), step_together=np.full(shape[:2], 0.2), step_in_proportion=np.full(shape[:2], 0.2),
    )  # fmt: skip


def sweeps(
    panel: Panel, prior: Floats, chains: int, warm: int, kept: int, every: int, dice: np.random.Generator
) -> Iterator[State]:
    """The state after the warm-up and then after every so many sweeps, `kept` times. prior: (cases,) mean of each."""
    now = started(panel, chains, dice)
    for i in range(warm + kept * every):
        learning = min(0.5, 10 / (i + 10) ** 0.7) if i < warm else 0.0
        _sweep(panel, now, prior, dice, learning, odd=bool(i % 2))
        if i >= warm and (i - warm + 1) % every == 0:
            yield now


def _sweep(panel: Panel, now: State, prior: Floats, dice: np.random.Generator, learning: float, odd: bool) -> None:
    seen = _seen(panel, now)
    for parity in range(min(2, panel.cuts)):
        _move_cuts(panel, now, seen, dice, learning, parity)
    (_move_together if odd else _move_in_proportion)(panel, now, seen, dice, learning)
    _draw_latent(panel, now, prior, seen, dice)
    _slide(panel, now, prior, dice)
    _draw_common(panel, now, dice)


def _padded(cut: Floats) -> Floats:
    edge = np.full((*cut.shape[:-1], 1), np.inf)
    return np.concatenate([-edge, cut, edge], axis=-1)


def _ends(panel: Panel, cut: Floats) -> tuple[Floats, Floats]:
    """(chains, n) the thresholds below and above each answer."""
    flat = _padded(cut).reshape(len(cut), -1)
    below = panel.rater * (panel.answers + 1) + panel.code
    return flat[:, below], flat[:, below + 1]


def _logged(mass: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(mass, 1e-300)))


def _seen(panel: Panel, now: State) -> Answers:
    middle = now.reliability[:, panel.rater] * now.case[:, panel.case]
    low, high = (end - middle for end in _ends(panel, now.cut))
    sign = np.where(np.maximum(low, -1e9) + np.minimum(high, 1e9) > 0, -1.0, 1.0)
    low, high = ndtr(sign * low), ndtr(sign * high)
    return Answers(middle, sign, low, high, _logged(sign * (high - low)))


def _draw(like: Floats, dice: np.random.Generator) -> Floats:
    return dice.normal(size=like.shape)


def _accepted(log_ratio: Floats, dice: np.random.Generator) -> Flags:
    return np.asarray(np.log(dice.random(log_ratio.shape)) < log_ratio)


def _expected(panel: Panel, now: State) -> Floats:
    return np.asarray(now.common[:, panel.group] + now.strictness[:, :, None])


def _move_cuts(
    panel: Panel, now: State, seen: Answers, dice: np.random.Generator, learning: float, parity: int
) -> None:
    """Every second threshold of every rater. Thresholds that are not neighbours touch different answers, so each is
    accepted for itself."""
    mine = slice(parity, None, 2)
    new = now.cut.copy()
    new[:, :, mine] += now.step[:, :, mine] * _draw(new[:, :, mine], dice)
    rising = np.diff(_padded(new), axis=2) > 0
    upper = panel.code % 2 == parity  # the threshold that moved is the one above this answer
    low, high = _ends(panel, new)
    moved = ndtr(seen.sign * (np.where(upper, high, low) - seen.middle))
    low, high = np.where(upper, seen.low, moved), np.where(upper, moved, seen.high)
    mass = _logged(seen.sign * (high - low))
    gain = panel.over_answers(mass - seen.log_mass)
    expected = _expected(panel, now)
    prior = ((now.cut - expected) ** 2 - (new - expected) ** 2) / (2 * now.spread[:, None, None])
    taken = _accepted(gain[:, :, :-1] + gain[:, :, 1:] + prior, dice) & rising[:, :, :-1] & rising[:, :, 1:]
    taken[:, :, 1 - parity :: 2] = False
    now.step[:, :, mine] *= np.exp(learning * (taken[:, :, mine] - TAKEN))
    now.cut = np.where(taken, new, now.cut)
    flat = np.pad(taken, ((0, 0), (0, 0), (1, 1))).reshape(len(taken), -1)
    _keep(seen, flat[:, panel.rater * (panel.answers + 1) + panel.code + upper], low, high, mass)


def _keep(seen: Answers, taken: Flags, low: Floats, high: Floats, mass: Floats) -> None:
    seen.low, seen.high = np.where(taken, low, seen.low), np.where(taken, high, seen.high)
    seen.log_mass = np.where(taken, mass, seen.log_mass)


def _tried(panel: Panel, seen: Answers, cut: Floats, middle: Floats) -> tuple[Floats, Floats, Floats]:
    low, high = (ndtr(seen.sign * (end - middle)) for end in _ends(panel, cut))
    return low, high, _logged(seen.sign * (high - low))


def _move_together(panel: Panel, now: State, seen: Answers, dice: np.random.Generator, learning: float) -> None:
    """All thresholds of a rater and the strictness up or down."""
    by = now.step_together * _draw(now.strictness, dice)
    new = now.cut + by[:, :, None]
    low, high, mass = _tried(panel, seen, new, seen.middle)
    prior = (now.strictness**2 - (now.strictness + by) ** 2) / (2 * now.strictness_spread[:, None])
    taken = _accepted(panel.over_raters(mass - seen.log_mass) + prior, dice)
    now.cut = np.where(taken[:, :, None], new, now.cut)
    now.strictness = np.where(taken, now.strictness + by, now.strictness)
    now.step_together *= np.exp(learning * (taken - TAKEN))
    _keep(seen, taken[:, panel.rater], low, high, mass)


def _move_in_proportion(panel: Panel, now: State, seen: Answers, dice: np.random.Generator, learning: float) -> None:
    """All thresholds of a rater and the reliability times one number: as if this rater's noise were smaller."""
    by = now.step_in_proportion * _draw(now.reliability, dice)
    times = np.exp(by)
    new, middle, expected = now.cut * times[:, :, None], seen.middle * times[:, panel.rater], _expected(panel, now)
    low, high, mass = _tried(panel, seen, new, middle)
    prior = ((now.cut - expected) ** 2 - (new - expected) ** 2).sum(axis=2) / (2 * now.spread[:, None])
    prior += (
        (now.reliability - RELIABILITY) ** 2 - (now.reliability * times - RELIABILITY) ** 2
    ) / (2 * RELIABILITY)  # fmt: skip
    taken = _accepted(panel.over_raters(mass - seen.log_mass) + prior + (panel.cuts + 1) * by, dice)
    now.cut = np.where(taken[:, :, None], new, now.cut)
    now.reliability = np.where(taken, now.reliability * times, now.reliability)
    now.step_in_proportion *= np.exp(learning * (taken - TAKEN))
    _keep(seen, taken[:, panel.rater], low, high, mass)
    seen.middle = np.where(taken[:, panel.rater], middle, seen.middle)


def _draw_latent(panel: Panel, now: State, prior: Floats, seen: Answers, dice: np.random.Generator) -> None:
    """The latent answers inside their intervals, then the places of cases, then the reliabilities, above 0."""
    share = np.clip(seen.low + dice.random(seen.low.shape) * (seen.high - seen.low), 1e-300, 1 - 1e-16)
    answer = seen.middle + seen.sign * ndtri(share)
    slope = now.reliability[:, panel.rater]
    precision = 1 + panel.over_cases(slope * slope)
    now.case = (prior + panel.over_cases(slope * answer)) / precision + _draw(now.case, dice) / np.sqrt(precision)
    place = now.case[:, panel.case]
    precision = 1 / RELIABILITY + panel.over_raters(place * place)
    middle, sd = (1 + panel.over_raters(place * answer)) / precision, 1 / np.sqrt(precision)
    above = ndtr(middle / sd) * dice.random(sd.shape)  # the tail of a normal above 0, counted from its far end
    now.reliability = np.maximum(middle - sd * ndtri(np.clip(above, 1e-300, 1 - 1e-16)), 1e-9)


def _slide(panel: Panel, now: State, prior: Floats, dice: np.random.Generator) -> None:
    """Cases and thresholds together: the ratings can't tell, the priors decide."""
    rest = now.cut - _expected(panel, now)
    slope = now.reliability - 1
    precision = panel.cases + panel.cuts * (slope**2).sum(axis=1) / now.spread + panel.cuts / WIDE
    pull = (prior - now.case).sum(axis=1) - (slope * rest.sum(axis=2)).sum(axis=1) / now.spread
    pull -= _top(panel, now).sum(axis=1) / WIDE
    by = pull / precision + _draw(now.spread, dice) / np.sqrt(precision)
    now.case = now.case + by[:, None]
    now.cut = now.cut + now.reliability[:, :, None] * by[:, None, None]
    now.common, now.world = now.common + by[:, None, None], now.world + by[:, None]


def _top(panel: Panel, now: State) -> Floats:
    """What the wide prior holds: the world's thresholds, or the only group's."""
    return now.world if panel.groups > 1 else now.common[:, 0]


def _draw_common(panel: Panel, now: State, dice: np.random.Generator) -> None:
    """Strictness, the thresholds of groups and world, and how far raters and groups spread around them."""
    spread, cuts = now.spread[:, None], panel.cuts
    precision = 1 / now.strictness_spread[:, None] + cuts / spread
    mean = (now.cut - now.common[:, panel.group]).sum(axis=2) / spread / precision
    now.strictness = mean + _draw(mean, dice) / np.sqrt(precision)
    _draw_groups(panel, now, dice)
    precision = cuts / WIDE + panel.raters / now.strictness_spread
    pull = now.strictness.sum(axis=1) / now.strictness_spread - _top(panel, now).sum(axis=1) / WIDE
    by = pull / precision + _draw(pull, dice) / np.sqrt(precision)
    now.common, now.world = now.common + by[:, None, None], now.world + by[:, None]
    now.strictness = now.strictness - by[:, None]
    rest = now.cut - _expected(panel, now)
    now.spread = _variance((rest**2).sum(axis=(1, 2)), panel.raters * cuts, dice)
    now.strictness_spread = _variance((now.strictness**2).sum(axis=1), panel.raters, dice)


def _draw_groups(panel: Panel, now: State, dice: np.random.Generator) -> None:
    rest = now.cut - now.strictness[:, :, None]
    several = panel.groups > 1
    total = np.stack([rest[:, panel.group == g].sum(axis=1) for g in range(panel.groups)], axis=1)
    members = np.bincount(panel.group)[None, :, None]
    variance = now.group_spread[:, None, None] if several else np.full((1, 1, 1), WIDE)
    around = now.world[:, None, :] if several else 0.0
    precision = members / now.spread[:, None, None] + 1 / variance
    mean = (total / now.spread[:, None, None] + around / variance) / precision
    now.common = mean + _draw(mean, dice) / np.sqrt(precision)
    if several:
        precision = panel.groups / now.group_spread[:, None] + 1 / WIDE
        mean = now.common.sum(axis=1) / now.group_spread[:, None] / precision
        now.world = mean + _draw(mean, dice) / np.sqrt(precision)
        apart = ((now.common - now.world[:, None, :]) ** 2).sum(axis=(1, 2))
        now.group_spread = _variance(apart, panel.groups * panel.cuts, dice)


def _variance(squares: Floats, n: int, dice: np.random.Generator) -> Floats:
    return np.asarray((SCALE + squares / 2) / dice.gamma(SHAPE + n / 2, size=squares.shape))
