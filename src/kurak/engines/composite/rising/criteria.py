"""The criteria of one unit that may be changed: from what, how far, at what cost, and what each value counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Declaration, Leaf
from kurak.engines.composite.gathering import NOT_APPLICABLE
from kurak.engines.composite.preparing import DENOMINATOR, Prepared, normalised_column, scopes
from kurak.engines.composite.problems import Problem, Unusable

type Floats = NDArray[np.float64]
type Range = tuple[float, float]

THOUSANDTHS = 1000  # steps of a search: a finer change would mean nothing
ANSWERING = 0.1  # what it costs to answer at all, as a share of the range: an open question is counted from the worst


@dataclass(frozen=True, slots=True, eq=False)
class Criterion:
    """One leaf of the unit. place: its column. before: its raw value, NaN where it is not answered. end: the raw value
    that helps most, start: where cost is counted from. options: of a discrete criterion, the raw values on the way to
    the end, without that of now. price: cost of one unit of raw value. words: the answer of a value. shape: raw values
    -> normalised, by the parameters of now. now: normalised value."""

    code: str
    place: int
    before: float
    now: float
    start: float
    end: float
    low: float
    high: float
    discrete: bool
    options: tuple[float, ...]
    price: float
    words: Mapping[float, str]
    shape: Shape

    @property
    def open(self) -> bool:
        """Not answered so far."""
        return bool(np.isnan(self.before))

    @property
    def still(self) -> bool:
        """It is where it helps most, and nothing is to be answered."""
        return not self.open and (not self.options if self.discrete else self.end == self.before)

    def raw(self, way: Floats) -> Floats:
        """Raw values at shares of the way, 0 (as it is now) to 1 (at the end)."""
        if self.discrete:
            levels = np.array([self.before, *self.options])
            return np.asarray(levels[np.rint(way * len(self.options)).astype(np.intp)])
        moved = np.where(way >= 1, self.end, self.start + way * (self.end - self.start))
        return np.asarray(np.where(way <= 0, self.before, moved))

    def cost(self, way: Floats) -> Floats:
        raw = self.raw(way)
        answering = ANSWERING * self.price * (self.high - self.low) if self.open else 0.0
        return np.asarray(np.where(np.isnan(raw) | (way <= 0), 0.0, answering + self.price * np.abs(raw - self.start)))

    def counted(self, way: Floats) -> Floats:
        """Normalised values at shares of the way."""
        return np.where(way <= 0, self.now, self.shape(np.where(way <= 0, self.end, self.raw(way))))

    def allowed(self, way: Floats) -> Floats:
        """The same or the next larger share that is an option, or a thousandth of the way."""
        steps = len(self.options) if self.discrete else THOUSANDTHS
        return np.asarray(np.ceil(way * steps - 1e-9) / steps)

    def towards(self, end: float) -> Criterion:
        """The same criterion with the raw value that helps most."""
        start = self.before if not self.open else (self.low if end > self.low else self.high)
        between = [x for x in self.options if min(start, end) <= x <= max(start, end) and x != self.before]
        return replace(self, start=start, end=end, options=tuple(sorted(between, reverse=end < start)))

    def points(self, many: int = 17) -> Floats:
        """Raw values over the whole feasible range."""
        return np.array(self.options) if self.discrete else np.linspace(self.low, self.high, many)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What a raw value of a leaf becomes when it is normalised as the table is now. Parameters stay those of now, and
    the unit's present value stays among the data they come from."""

    leaf: Leaf
    column: Floats  # treated values of the rows that are normalised together
    reference: NDArray[np.bool_]
    divisor: float
    knots: tuple[Floats, Floats] | None  # raw values and what the treatment of outliers made of them
    prepared: Prepared
    rows: Any

    def __call__(self, raw: Floats) -> Floats:
        x = np.asarray(raw, dtype=np.float64).reshape(-1) / self.divisor
        x = x if self.knots is None else np.interp(x, *self.knots)
        together = np.concatenate([self.column, x])
        known = np.concatenate([self.reference, np.zeros(len(x), dtype=bool)])
        found = normalised_column(self.leaf, together, self.prepared.table, self.rows, known)
        return np.asarray(found[len(self.column) :].reshape(np.shape(raw)))


def criteria(
    declaration: Declaration,
    prepared: Prepared,
    row: int,
    leaves: Sequence[str],
    *,
    cost: Mapping[str, float],
    feasible: Mapping[str, Range],
    steps: Mapping[str, Sequence[float]],
) -> tuple[list[Criterion], dict[str, str]]:
    """What may change of a row, ends still to be found; and what may not, with the reason."""
    _known(declaration, {**cost, **feasible, **steps})
    divisors = {leaf.denominator for leaf in declaration.leaves.values()}
    found, fixed = [], {}
    for code in leaves:
        place = [*declaration.leaves].index(code)
        why = _fixed(prepared, row, place, cost.get(code), code in divisors)
        if why:
            fixed[code] = why
            continue
        made = _criterion(declaration, prepared, row, place, cost.get(code), feasible.get(code), steps.get(code))
        if isinstance(made, str):
            fixed[code] = made
        else:
            found.append(made)
    return found, fixed


def _known(declaration: Declaration, given: Mapping[str, Any]) -> None:
    problems = [
        Problem((code,), "rise.leaf", f"{code!r} is no criterion", "Name leaves of the instrument")
        for code in given
        if code not in declaration.leaves
    ]
    if problems:
        raise Unusable(problems)


def _fixed(prepared: Prepared, row: int, place: int, price: float | None, divides: bool) -> str:
    if price is not None and not np.isfinite(price):
        return "fixed"
    if price is not None and price < 0:
        code = [*prepared.declaration.leaves][place]
        raise Unusable([Problem((code,), "rise.cost", f"the cost of {code} is below 0", "Give a cost of 0 or more")])
    if divides:
        return "divides"
    kind = int(prepared.kinds[row, place])
    return {NOT_APPLICABLE: "not-applicable", DENOMINATOR: "denominator"}.get(kind, "")


def _criterion(
    declaration: Declaration,
    prepared: Prepared,
    row: int,
    place: int,
    price: float | None,
    within: Range | None,
    steps: Sequence[float] | None,
) -> Criterion | str:
    leaf = [*declaration.leaves.values()][place]
    divisor = _divisor(declaration, prepared, row, leaf)
    shape = _shape(declaration, prepared, row, place, divisor)
    words = {float(v): word for word, v in reversed([*leaf.answers.items()]) if not isinstance(v, str)}
    options = sorted({float(x) for x in (steps if steps is not None else words)})
    if within is not None:
        options = [x for x in options if within[0] <= x <= within[1]]
    span = within or _span(leaf, prepared.raw[:, place] * divisor, options)
    if span is None or not span[1] > span[0]:
        return "no-room" if span else "no-bounds"
    if (steps is not None or words) and not options:
        return "no-room"
    before = float(prepared.raw[row, place]) * divisor
    if price is None:
        whole = _span(leaf, prepared.raw[:, place] * divisor, options) or span
        price = 1.0 / (max(whole[1], span[1]) - min(whole[0], span[0]))
    return Criterion(
        leaf.code, place, before, float(prepared.normalised[row, place]), before, before, *span,
        steps is not None or bool(words), tuple(options), price, words, shape,
    )  # fmt: skip


def _divisor(declaration: Declaration, prepared: Prepared, row: int, leaf: Leaf) -> float:
    if leaf.denominator is None:
        return 1.0
    return float(prepared.raw[row, [*declaration.leaves].index(leaf.denominator)]) / leaf.scale_factor


def _shape(declaration: Declaration, prepared: Prepared, row: int, place: int, divisor: float) -> Shape:
    every = np.arange(prepared.table.n)
    rows, reference = next(each for each in scopes(declaration, prepared.table) if row in every[each[0]])
    column, raw = prepared.treated[rows, place], prepared.filled[rows, place]
    known = np.ones(len(column), dtype=bool) if reference is None else reference
    leaf = [*declaration.leaves.values()][place]
    there = ~np.isnan(raw) & ~np.isnan(column)
    knots = None
    if leaf.treat is not None and there.any() and not np.array_equal(raw[there], column[there]):
        x, first = np.unique(raw[there], return_index=True)
        knots = (x, column[there][first])
    return Shape(leaf, column, known, divisor, knots, prepared, rows)


def _span(leaf: Leaf, column: Floats, options: Sequence[float]) -> Range | None:
    """The range a raw value may have: of the answers, the bounds, the goalposts, or of the data."""
    if options:
        return options[0], options[-1]
    if leaf.bounds:
        return leaf.bounds
    settings = leaf.normalise.settings if leaf.normalise else {}
    if leaf.normalise and leaf.normalise.by == "goalposts" and {"low", "high"} <= settings.keys():
        return float(settings["low"]), float(settings["high"])
    if leaf.normalise is None and leaf.range and leaf.direction > 0:
        return leaf.range
    there = column[~np.isnan(column)]
    return (float(there.min()), float(there.max())) if there.size > 1 else None
