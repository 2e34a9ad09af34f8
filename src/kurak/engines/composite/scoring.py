"""A declaration and a table in; every score out, with its rank, class, coverage, and the reason where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.classing import UNCLASSED, classified
from kurak.engines.composite.declaration import LABELS, Declaration, Ranks
from kurak.engines.composite.evaluating import REASONS, Adjusted, Trace, evaluate
from kurak.engines.composite.formula import Formula
from kurak.engines.composite.gathering import Bools, Floats
from kurak.engines.composite.preparing import Prepared, compared, prepared
from kurak.engines.composite.ranks import ranked
from kurak.engines.composite.table import Table

ENGINE = "kurak composite 1"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One score as it is shown: of a node, for a unit in a period."""

    unit: str
    period: str
    node: str
    score: float
    low: float
    high: float
    rank: float
    ranked: int
    class_code: str
    coverage: float
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The scores of n rows (units, or units in periods) at every code of the declaration.

    scores {code: (n,)} in the units of the declaration, NaN where `reason` says why; low and high the same with what
    is missing at its worst and best, where a node asks for such bounds. coverage {code: (n,)} share of the effective
    weights below that is there. weights {node: (children,)} as used. adjusted what penalties, caps and vetoes did;
    stood_in {(node, child): (n,)} where another value stood in for a missing child."""

    declaration: Declaration
    table: Table
    prepared: Prepared
    scores: Mapping[str, Floats]
    low: Mapping[str, Floats]
    high: Mapping[str, Floats]
    coverage: Mapping[str, Floats]
    reasons: Mapping[str, NDArray[np.int8]]
    weights: Mapping[str, Floats]
    adjusted: tuple[Adjusted, ...]
    stood_in: Mapping[tuple[str, str], Bools]
    notes: tuple[str, ...]
    engine: str = ENGINE

    @property
    def declared(self) -> str:
        """Checksum of the declaration."""
        return self.declaration.checksum

    @property
    def made_from(self) -> str:
        """Checksum of the input."""
        return self.prepared.made_from

    def label(self, code: str | None = None) -> str:
        """How exact a code's scores are: as declared, or as the least exact of what it is made from."""
        code = code or self.declaration.root
        node = self.declaration.nodes.get(code)
        if node is None:
            return LABELS[0]
        below = [self.label(name) for name in sorted(node.needs) if name != code]
        return max([node.label or self.declaration.label, *below], key=LABELS.index)

    def ranks(self, code: str | None = None) -> Floats:
        """(n,) ranks inside each period (and group, where ranks are `within` one); NaN without a score, and where the
        declaration ranks nobody."""
        code = code or self.declaration.root
        node = self.declaration.nodes.get(code)
        rule = (node.ranks if node else None) or self.declaration.ranks
        found = np.full(self.table.n, np.nan)
        for rows in rank_groups(self.table, rule) if rule.shown else ():
            found[rows] = ranked(self.scores[code][rows], rule.ties, rule.better, rule.digits)
        return found

    def classes(self, code: str | None = None) -> tuple[str, ...] | None:
        """(n,) codes of classes, "" without one; None for a code that has no class scheme."""
        code = code or self.declaration.root
        found = classes_of(self.declaration, self.table, self.scores, code)
        if found is None:
            return None
        named = [each.code for each in self.declaration.classes[str(scheme_of(self.declaration, code))].of]
        return tuple("" if place == UNCLASSED else named[place] for place in found)

    def reason(self, code: str, row: int) -> str:
        return REASONS[int(self.reasons[code][row])]

    def published(self, code: str | None = None) -> Floats:
        """(n,) scores rounded as the declaration says. For showing; never for ranks or classes."""
        code = code or self.declaration.root
        return rounded_for_publication(self.declaration, self.scores[code])

    def rows(self, codes: tuple[str, ...] | None = None) -> Iterator[Row]:
        """Every score as it is shown, node by node."""
        for code in codes or self.declaration.codes:
            ranks, classes = self.ranks(code), self.classes(code) or ("",) * self.table.n
            among = ranked_among(self.table, ranks)
            for place, unit in enumerate(self.table.units):
                yield Row(
                    unit, self.table.periods[place] if self.table.periods else "", code,
                    float(self.scores[code][place]), float(self.low[code][place]), float(self.high[code][place]),
                    float(ranks[place]), int(among[place]), classes[place], float(self.coverage[code][place]),
                    self.reason(code, place),
                )  # fmt: skip


def score(declaration: Declaration, table: Table) -> Result:
    """The scores of a table. Raises Unusable with every place where the table does not fit, and the remedy.

    >>> from kurak.engines.composite import declare, tabulate
    >>> gain = declare({"format": 1, "code": "gain", "edition": "1", "label": "exact",
    ...                 "tree": {"code": "gain", "formula": "50 * (readiness - vulnerability + 1)"},
    ...                 "inputs": [{"code": "readiness"}, {"code": "vulnerability"}]})
    >>> score(gain, tabulate(["AFG"], {"readiness": [0.250171], "vulnerability": [0.586021]})).scores["gain"].round(6)
    array([33.2075])
    """
    return scored(declaration, prepared(declaration, table))


def scored(declaration: Declaration, ready: Prepared) -> Result:
    """The same from leaves that are prepared."""
    trace = Trace()
    scores = evaluate(declaration, ready, trace=trace)
    low, high = scores, scores
    if any(node.missing.by == "bounds" for node in declaration.nodes.values()):
        low = evaluate(declaration, ready, extreme="low")
        high = evaluate(declaration, ready, extreme="high")
        low, high = _in_order(low, high)
    return Result(
        declaration, ready.table, ready, scores, low, high, trace.coverage, trace.reasons, trace.weights,
        tuple(trace.adjusted), trace.stood_in, (*ready.notes, *trace.notes),
    )  # fmt: skip


def _in_order(a: Mapping[str, Floats], b: Mapping[str, Floats]) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """A formula may turn lowest into highest."""
    low = {code: np.fmin(a[code], b[code]) for code in a}
    return low, {code: np.fmax(a[code], b[code]) for code in a}


def scheme_of(declaration: Declaration, code: str) -> str | None:
    return declaration.nodes[code].classes if code in declaration.nodes else declaration.leaves[code].classes


def classes_of(
    declaration: Declaration, table: Table, scores: Mapping[str, Floats], code: str
) -> NDArray[np.int8] | None:
    """(..., n) the place of each class in its scheme, for scores of one table or of many draws."""
    name = scheme_of(declaration, code)
    if name is None:
        return None
    scheme, x = declaration.classes[name], scores[code]
    if scheme.by not in ("quantiles", "intervals", "breaks") or table.periods is None:
        return classified(scheme, x, scores)
    found = np.full(x.shape, UNCLASSED, np.int8)
    for rows in compared(declaration, table):  # classes made from the data are made where they are compared
        found[..., rows] = classified(scheme, x[..., rows], {key: each[..., rows] for key, each in scores.items()})
    return found


def rank_groups(table: Table, rule: Ranks) -> list[Any]:
    """Rows that are ranked against one another."""
    if table.periods is None and rule.within is None:
        return [slice(None)]
    periods = table.periods or ("",) * table.n
    labels = table.labels(rule.within) if rule.within else ("",) * table.n
    groups: dict[tuple[str, str], list[int]] = {}
    for place, key in enumerate(zip(periods, map(str, labels), strict=True)):
        groups.setdefault(key, []).append(place)
    return [np.array(places) for places in groups.values()]


def ranked_among(table: Table, ranks: Floats) -> NDArray[np.int64]:
    """(n,) how many units of the same period have a rank."""
    if table.periods is None:
        return np.full(table.n, int((~np.isnan(ranks)).sum()))
    periods = np.array(table.periods)
    count = {period: int((~np.isnan(ranks[periods == period])).sum()) for period in dict.fromkeys(table.periods)}
    return np.array([count[period] for period in table.periods], dtype=np.int64)


def rounded_for_publication(declaration: Declaration, scores: Floats) -> Floats:
    if declaration.digits is None:
        return scores
    if declaration.half == "even":
        return np.round(scores, declaration.digits)
    return Formula("round_half_up(score, digits)").run({"score": scores, "digits": float(declaration.digits)})
