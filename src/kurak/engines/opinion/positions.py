"""Positions of people from the votes they cast, each with its uncertainty.

The model: vote of person i on statement j = mean_j + lean_i + position_i . loading_j + noise. Positions are standard
normal, a lean (a person who agrees or disagrees more with everything) and the noise have variances of their own, and
statements nobody saw say nothing: only observed votes enter. Fitted by expectation maximisation with the positions
integrated out (probabilistic PCA with missing values; Ilin and Raiko, JMLR 11, 2010), each step one pass over votes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from kurak.engines.opinion.normal import full, outer, pairs, place_of, solved
from kurak.engines.opinion.partials import Chunk, fixed, mapped, over
from kurak.engines.opinion.votes import Votes

type Floats = NDArray[np.float64]

RIDGE = 3.0  # votes' worth of doubt about a loading
DOUBT = 1.0  # votes' worth of doubt about a statement's mean


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """What places a person: mean (m,), loading (m, d), variance of the noise of a vote and of a person's lean."""

    mean: Floats
    loading: Floats
    noise: float
    lean: float

    @property
    def rank(self) -> int:
        return int(self.loading.shape[1])

    def turned(self, turn: Floats) -> Axes:
        """The same axes seen from another side: positions times turn, an orthogonal (d, d)."""
        return replace(self, loading=self.loading @ turn)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What the votes of n people say, before any prior: precision (t, n) packed, and pull (d + 1, n); lean comes last.

    square: (n,) the sum of squared distances of the votes from the statements' means.
    """

    precision: Floats
    pull: Floats
    square: Floats
    seen: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """position (n, d), lean (n,), covariance (t, n) packed over position and lean, logdet (n,) of the precision."""

    position: Floats
    lean: Floats
    covariance: Floats
    logdet: Floats

    @property
    def spread(self) -> Floats:
        """(n,) the standard error of a position, root mean square over its dimensions."""
        d = self.position.shape[1]
        at = place_of(d + 1)
        spread: Floats = np.sqrt(sum((self.covariance[at[a, a]] for a in range(1, d)), self.covariance[at[0, 0]]) / d)
        return spread

    @property
    def error(self) -> Floats:
        """(n, d, d) covariance of the position."""
        d = self.position.shape[1]
        return full(self.covariance, d + 1)[:, :d, :d]


def evidence(axes: Axes, chunk: Chunk, *, passes: float = 1.0) -> Evidence:
    """The evidence of a chunk of people, votes taken as they are (divide by the noise for a precision).

    passes: what a pass counts beside an agree or a disagree.
    """
    d = axes.rank
    design = np.concatenate([axes.loading, np.ones((len(axes.mean), 1))], axis=1)
    shift = axes.mean[:, None]
    wanted = np.concatenate([outer(design), shift * design, shift**2], axis=1)
    size = len(pairs(d + 1))
    seen = chunk.seen
    if passes != 1.0:
        seen = seen.copy()
        seen.data = passes + (1 - passes) * np.abs(chunk.value.data)
    sums = np.ascontiguousarray((seen @ wanted).T)
    pull = np.ascontiguousarray((chunk.value @ np.concatenate([design, shift], axis=1)).T)
    square = chunk.sides - 2 * pull[d + 1] + sums[-1]
    return Evidence(sums[:size], pull[: d + 1] - sums[size:-1], square, sums[size - 1])


def evidence_of(axes: Axes, column: NDArray[np.integer], value: NDArray[np.number], *, passes: float = 1.0) -> Evidence:
    """The evidence of one person's votes, without the machinery for many."""
    loading, mean = axes.loading[column], axes.mean[column]
    design = np.concatenate([loading, np.ones((len(column), 1))], axis=1)
    counts = np.where(np.asarray(value) == 0, passes, 1.0)
    weighed = design * counts[:, None]
    matrix = weighed.T @ design
    left, right = np.array(pairs(axes.rank + 1)).T
    pull = value @ design - mean @ weighed
    square = np.array([float(counts @ (value - mean) ** 2)])
    return Evidence(matrix[left, right][:, None], pull[:, None], square, np.array([counts.sum()]))


def located(axes: Axes, seen: Evidence, *, discount: float = 1.0) -> Located:
    """Positions given the evidence and the prior.

    discount: how many votes count as one, since the votes of a person hang together beyond what the model knows.
    """
    d = axes.rank
    noise = axes.noise * discount
    precision = seen.precision / noise
    at = place_of(d + 1)
    for a in range(d + 1):
        precision[at[a, a]] += 1.0 if a < d else 1 / axes.lean
    solution, covariance, logdet = solved(precision, seen.pull / noise)
    return Located(solution[:d].T, solution[d], covariance, logdet)


def locate(axes: Axes, votes: Votes, *, discount: float = 1.0, passes: float = 1.0) -> Located:
    """Positions of everyone, in one pass over the votes."""
    parts = list(mapped(votes, lambda c: located(axes, evidence(axes, c, passes=passes), discount=discount)))
    return Located(
        np.concatenate([p.position for p in parts]),
        np.concatenate([p.lean for p in parts]),
        np.concatenate([p.covariance for p in parts], axis=1),
        np.concatenate([p.logdet for p in parts]),
    )


def expected(axes: Axes, position: Floats, lean: Floats) -> Floats:
    """Expected votes (n, m) of people at a position (n, d) with a lean (n,), between -1 and 1."""
    return np.clip(axes.mean + lean[:, None] + position @ axes.loading.T, -1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """What one pass over the votes leaves for the statements: matrix (m, t), right (m, d + 1), and totals.

    totals: squared error, votes, people, squared lean; second: (t2,) packed second moments of the positions.
    """

    matrix: Floats
    right: Floats
    totals: Floats
    second: Floats

    def __add__(self, other: Moments) -> Moments:
        return Moments(
            self.matrix + other.matrix,
            self.right + other.right,
            self.totals + other.totals,
            self.second + other.second,
        )


def moments(axes: Axes, chunk: Chunk) -> Moments:
    """prepare: the moments of a chunk, exact sums that merge."""
    d = axes.rank
    seen = evidence(axes, chunk)
    here = located(axes, seen)
    at = place_of(d + 1)
    spread = here.covariance
    squares = np.stack([spread[at[a, b]] + here.position[:, a] * here.position[:, b] for a, b in pairs(d)], -1)
    cross = np.stack([spread[at[a, d]] + here.position[:, a] * here.lean for a in range(d)], -1)
    ones = np.ones((chunk.people, 1))
    lean = here.lean[:, None]
    rows = fixed(chunk.weighed(np.concatenate([squares, here.position, ones, cross, lean], axis=1)))
    size = squares.shape[1] + d + 1
    sums = chunk.seen.T @ rows
    right = chunk.value.T @ rows[:, squares.shape[1] : size]
    counts = np.stack([_misfit(seen, here, d), seen.seen, here.lean**2 + spread[at[d, d]]], -1)
    present = (seen.seen > 0)[:, None]
    totals = fixed(chunk.weighed(np.concatenate([counts, ones], axis=1) * present)).sum(axis=0)
    second = (rows[:, : squares.shape[1]] * present).sum(axis=0)
    return Moments(_in_order(sums[:, :size], d), right - sums[:, size:], totals, second)


def _in_order(sums: Floats, d: int) -> Floats:
    """Squares, positions and ones as the packed matrix over (position, 1)."""
    inner, outside = place_of(d), len(pairs(d))
    return sums[:, [inner[a, b] if b < d else outside + a for a, b in pairs(d + 1)]]


def _misfit(seen: Evidence, here: Located, d: int) -> Floats:
    """(n,) expected squared error of a person's votes."""
    at = place_of(d + 1)
    spot = [*here.position.T, here.lean]
    total = seen.square.copy()
    for a in range(d + 1):
        total -= 2 * spot[a] * seen.pull[a]
        for b in range(d + 1):
            total += seen.precision[at[a, b]] * (spot[a] * spot[b] + here.covariance[at[a, b]])
    return total


def improved(axes: Axes, sums: Moments, ridge: float = RIDGE) -> Axes:
    """finish: statements that fit the moments better, with positions of unit variance. ridge: votes' worth of doubt."""
    d = axes.rank
    misfit, seen, lean, people = sums.totals.tolist()
    # the leans are taken off the right side already; the grand mean keeps statements with few votes in the middle
    grand = float(sums.right[:, d].sum() / max(sums.matrix[:, -1].sum(), 1.0))
    matrix = sums.matrix.T.copy()
    at = place_of(d + 1)
    for a in range(d + 1):
        matrix[at[a, a]] += ridge if a < d else DOUBT
    right = (sums.right - grand * sums.matrix[:, [at[a, d] for a in range(d + 1)]]).T
    solution, _, _ = solved(matrix, right)
    second = full((sums.second[:, None] + 5 * _unit(d)) / (people + 5), d)[0]
    return Axes(
        mean=grand + solution[d],
        loading=solution[:d].T @ np.linalg.cholesky(second),
        noise=max((misfit + 2.0) / (seen + 4.0), 1e-3),
        lean=max((lean + 0.1) / (people + 2), 1e-4),
    )


def _unit(d: int) -> Floats:
    return np.array([[1.0 if a == b else 0.0] for a, b in pairs(d)])


def heard(votes: Votes) -> Floats:
    """(m,) how many votes each statement has, by what people count."""
    return over(votes, lambda c: _columns(c, c.seen))


def started(votes: Votes, rank: int) -> Axes:
    """Axes to begin with: the strongest directions of the votes' distances from the statements' means."""
    count, total = over(votes, lambda c: np.stack([_columns(c, c.seen), _columns(c, c.value)]))
    grand = float(total.sum() / max(count.sum(), 1.0))
    mean = (total + DOUBT * grand) / (count + DOUBT)
    turn = np.random.default_rng(len(mean)).normal(size=(len(mean), rank))
    for _ in range(6):
        turn = np.linalg.qr(over(votes, partial(_stretched, mean, turn)))[0]
    length = np.sqrt(np.mean(turn**2, axis=0))
    return Axes(mean, turn / np.maximum(length, 1e-12) * 0.3 * np.linspace(1, 0.7, rank), noise=0.4, lean=0.05)


def _columns(chunk: Chunk, cells: object) -> Floats:
    weight = np.ones((chunk.people, 1)) if chunk.weight is None else fixed(chunk.weight[:, None])
    result: Floats = (cells.T @ weight)[:, 0]  # type: ignore[attr-defined]
    return result


def _stretched(mean: Floats, turn: Floats, chunk: Chunk) -> Floats:
    """One step of subspace iteration on the distances from means and leans, people with many votes held back."""
    count = np.diff(chunk.seen.indptr)[:, None] + 5.0
    lean = (chunk.value.sum(axis=1)[:, None] - chunk.seen @ mean[:, None]) / count
    along = chunk.value @ turn - chunk.seen @ (mean[:, None] * turn) - lean * (chunk.seen @ turn)
    rows = chunk.weighed(along / count)
    held = fixed(np.concatenate([rows, rows * lean], axis=1))
    back = chunk.seen.T @ held
    d = turn.shape[1]
    result: Floats = chunk.value.T @ held[:, :d] - mean[:, None] * back[:, :d] - back[:, d:]
    return result


def fit(votes: Votes, start: Axes, rounds: int, ridge: float = RIDGE) -> Axes:
    """Axes after so many passes over the votes."""
    axes = start
    for _ in range(rounds):
        axes = improved(axes, over(votes, partial(moments, axes)), ridge)
    return axes


def straightened(axes: Axes, seen: Floats) -> Axes:
    """The one way to turn axes: the first explains most of the votes, and agreeing more often points upwards on each.

    seen: (m,) how many votes a statement has.
    """
    share = seen / max(float(seen.sum()), 1.0)
    _, turn = np.linalg.eigh((axes.loading * share[:, None]).T @ axes.loading)
    loading = axes.loading @ turn[:, ::-1]
    sign = np.where(share @ loading < 0, -1.0, 1.0)
    return replace(axes, loading=loading * sign)
