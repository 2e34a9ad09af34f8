"""What can be said of a picture: which statements unite, divide or characterise, and what cannot be said and why.

Each claim has its test, and each list is corrected for the number of its tests, so that at most a known share of what
is said is due to chance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.opinion.intervals import adjusted, chance_of_difference, chance_of_majority, difference, wilson
from kurak.engines.opinion.maximin import MINIMUM
from kurak.engines.opinion.tally import Counts, Tally

REASONS = {
    "": "it can be said",
    "one-group": "there are no two groups to compare",
    "few-votes": "too few votes in at least one of the groups",
    "by-chance": "the difference could be due to chance",
}

type Floats = NDArray[np.float64]
type Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim about one statement, whether or not it can be said.

    kind       unites: most of every group agree (or all reject)
               divides: of those who take a side, most of one group agree and most of another reject
               characterises: the group agrees (or rejects) more than everybody else
    statement  column number
    group      unites: the least convinced group; divides: the one that agrees; characterises: the group
    against    divides: the group that rejects; otherwise -1
    agrees     direction (divides: always true)
    seen       votes it stands on: unites, characterises: of the group; divides: of the smaller of the two
    size       unites: share of the group; divides, characterises: difference of shares
    low, high  interval of `size`
    p          probability of so much by chance, NaN if not tested      adjusted: corrected for the number of tests
    reason     empty if it can be said, otherwise a code of REASONS
    """

    kind: str
    statement: int
    group: int
    against: int
    agrees: bool
    seen: float
    size: float
    low: float
    high: float
    p: float
    adjusted: float
    reason: str

    @property
    def said(self) -> bool:
        return not self.reason


@dataclass(frozen=True, slots=True)
class Findings:
    """What can be said first, each list strongest first: by the lower bound of the size.

    unites, divides: one finding a statement    characterises: for each group one finding a statement
    level: at most this share of a list is due to chance    minimum: votes a group must have cast
    """

    unites: tuple[Finding, ...]
    divides: tuple[Finding, ...]
    characterises: tuple[tuple[Finding, ...], ...]
    level: float
    minimum: int


def findings(
    tally: Tally,
    left_out: ArrayLike | None = None,
    *,
    level: float = 0.05,
    minimum: int = MINIMUM,
    confidence: float = 0.9,
) -> Findings:
    """Test every statement for what unites, divides and characterises.

    tally: the groups, (g, m)    left_out: (m,) true where moderated out
    level: false discovery rate of each list    minimum: votes a group must have cast    confidence: of the intervals
    Raises ValueError for a level outside 0..1.
    Source: intersection-union test (Berger 1982) on exact binomial tails for `unites`; the smallest such test over
    ordered pairs of groups times their number (Bonferroni) for `divides`; a test of two shares for `characterises`.

    >>> t = Tally(np.array([[18, 19], [17, 1]]), np.array([[1, 1], [2, 19]]), np.array([[20, 20], [20, 20]]))
    >>> f = findings(t)
    >>> [x.statement for x in f.unites if x.said], [x.statement for x in f.divides if x.said]
    ([0], [1])
    """
    if not 0.0 < level < 1.0:
        raise ValueError(f"level {level} must lie between 0 and 1")
    width = tally.seen.shape[1]
    shown = np.flatnonzero(np.ones(width, np.bool_) if left_out is None else ~np.asarray(left_out, np.bool_))
    part = Tally(tally.agree[:, shown], tally.disagree[:, shown], tally.seen[:, shown])
    rules = _Rules(shown, level, minimum, confidence)
    return Findings(_unites(part, rules), _divides(part, rules), _characterises(part, rules), level, minimum)


@dataclass(frozen=True, slots=True)
class _Rules:
    """columns: statement number of each column tested; the rest as in `findings`."""

    columns: NDArray[np.intp]
    level: float
    minimum: int
    confidence: float

    def reason(self, enough: bool, value: float) -> str:
        if not enough:
            return "few-votes"
        return "" if value <= self.level else "by-chance"


def _unites(t: Tally, rules: _Rules) -> tuple[Finding, ...]:
    """In every group a majority: the chance of the least convinced group, the better of the two directions."""
    if not len(t.seen):
        return ()
    enough = np.all(t.seen >= rules.minimum, axis=0)
    both = [_least_convinced(count, t.seen, rules.confidence) for count in (t.agree, t.disagree)]
    chance = np.stack([np.where(enough, c, np.nan) for _, c, _ in both])
    corrected = adjusted(chance)
    agrees = both[0][2] >= both[1][2]
    found = []
    for j, column in enumerate(rules.columns.tolist()):
        d = 0 if agrees[j] else 1
        g = int(both[d][0][j])
        count = (t.agree, t.disagree)[d][g, j]
        size = _ratio(count, t.seen[g, j])
        low, high = (float(x) for x in wilson(np.array(count), np.array(t.seen[g, j]), rules.confidence))
        p, q = float(chance[d, j]), float(corrected[d, j])
        reason = rules.reason(bool(enough[j]), q)
        found.append(Finding("unites", column, g, -1, d == 0, t.seen[g, j].item(), size, low, high, p, q, reason))
    return _ordered(found)


def _least_convinced(count: Counts, seen: Counts, confidence: float) -> tuple[NDArray[np.intp], Floats, Floats]:
    """For each statement: the group with the lowest lower bound, the largest chance of any group, that bound."""
    low = wilson(count, seen, confidence)[0]
    return np.argmin(low, axis=0), chance_of_majority(count, seen).max(axis=0), low.min(axis=0)


def _divides(t: Tally, rules: _Rules) -> tuple[Finding, ...]:
    """Of those who take a side, one group mostly agrees, another mostly rejects: the clearest pair, corrected for
    having chosen it."""
    pairs = list(permutations(range(len(t.seen)), 2))
    if not pairs:
        return tuple(_nothing("divides", j, rules) for j in rules.columns.tolist())
    first, second = (np.array([pair[i] for pair in pairs]) for i in (0, 1))
    enough = np.minimum(t.seen[first], t.seen[second]) >= rules.minimum
    sides = t.agree + t.disagree  # who passes takes no side, and makes a division neither more nor less likely
    agree, reject = chance_of_majority(t.agree, sides), chance_of_majority(t.disagree, sides)
    chances = np.where(enough, np.maximum(agree[first], reject[second]), np.inf)
    gaps = difference(t.agree[first], t.seen[first], t.agree[second], t.seen[second], rules.confidence)
    clearest = np.lexsort((-gaps[1], chances), axis=0)[0] if len(rules.columns) else np.zeros(0, np.intp)
    here = clearest, np.arange(len(rules.columns))
    tested = enough.any(axis=0)
    chance = np.where(tested, np.minimum(chances[here] * len(pairs), 1.0), np.nan)
    corrected = adjusted(chance)
    seen = np.minimum(t.seen[first], t.seen[second])[here]
    found = [
        Finding(
            "divides", column, int(first[i]), int(second[i]), True, seen[j].item(), *_at(gaps, i, j),
            float(chance[j]), float(corrected[j]), rules.reason(bool(tested[j]), float(corrected[j])),
        )
        for j, (column, i) in enumerate(zip(rules.columns.tolist(), clearest.tolist(), strict=True))
    ]  # fmt: skip
    return _ordered(found)


def _characterises(t: Tally, rules: _Rules) -> tuple[tuple[Finding, ...], ...]:
    """A group against everybody else, the better of the two directions; one family of tests for all groups."""
    if len(t.seen) < 2:
        return tuple(
            tuple(_nothing("characterises", j, rules, g) for j in rules.columns.tolist()) for g in range(len(t.seen))
        )
    rest = t.rest
    enough = np.minimum(t.seen, rest.seen) >= rules.minimum
    sides = ((t.agree, rest.agree), (t.disagree, rest.disagree))
    chance = _both(sides, lambda a, b: np.where(enough, chance_of_difference(a, t.seen, b, rest.seen), np.nan))
    corrected = adjusted(chance)
    gaps = [difference(a, t.seen, b, rest.seen, rules.confidence) for a, b in sides]
    direction = np.where(gaps[0][0] >= gaps[1][0], 0, 1)
    lists = []
    for g in range(len(t.seen)):
        found = []
        for j, column in enumerate(rules.columns.tolist()):
            d = int(direction[g, j])
            q = float(corrected[d, g, j])
            numbers = *_at(gaps[d], g, j), float(chance[d, g, j]), q, rules.reason(bool(enough[g, j]), q)
            found.append(Finding("characterises", column, g, -1, d == 0, t.seen[g, j].item(), *numbers))
        lists.append(_ordered(found))
    return tuple(lists)


def _both(sides: tuple[tuple[Counts, Counts], ...], test: Callable[[Counts, Counts], Floats]) -> Floats:
    return np.stack([test(mine, others) for mine, others in sides])


def _at(gaps: tuple[Floats, Floats, Floats], i: int, j: int) -> tuple[float, float, float]:
    size, low, high = gaps
    return float(size[i, j]), float(low[i, j]), float(high[i, j])


def _ratio(count: float, seen: float) -> float:
    return float(count / seen) if seen else 0.5


def _nothing(kind: str, column: int, rules: _Rules, group: int = -1) -> Finding:
    nan = float("nan")
    return Finding(kind, column, group, -1, True, 0, nan, nan, nan, nan, nan, "one-group")


def _ordered(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda f: (not f.said, -f.low)))
