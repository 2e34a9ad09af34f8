"""Raters' uncertainty carried through an instrument: every draw of the coded criteria gives one draw of every score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Declaration, Leaf
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.raters.placed import Placed
from kurak.engines.composite.table import Table
from kurak.engines.composite.varying.design import Design
from kurak.engines.composite.varying.errors import Redrawn
from kurak.engines.composite.varying.factors import Plan
from kurak.engines.composite.varying.keeping import Stages
from kurak.engines.composite.varying.replicate import MEMORY, Replication
from kurak.engines.composite.varying.variation import Variation
from kurak.engines.composite.varying.vary import under_root

type Floats = NDArray[np.float64]


def carried(
    declaration: Declaration,
    table: Table,
    placed: Mapping[str, Placed],
    *,
    values: Mapping[str, Sequence[float]] | None = None,
    nodes: Sequence[str] | None = None,
    memory: int = MEMORY,
    threads: int = 1,
) -> Variation:
    """Scores, ranks and classes over the draws of criteria that raters coded. Quantiles are taken of them last, for the
    median of an index is not the index of medians.

    placed: {leaf: result}, whose cases are units of the table, or "unit period" where it has periods; a unit without
    a place keeps what the table has. values: {leaf: the value of each code 0, 1, …}; without it the values of the
    leaf's answers in order, and between two codes what lies between. nominal: from the value of each place. The
    fewest draws of any criterion are used; what is not known of one criterion is taken to be independent of the
    others. Other arguments as of `vary`. Errors: `Unusable` for a criterion or a unit that is not there.

    >>> from kurak.engines.composite import declare, tabulate
    >>> from kurak.engines.composite.raters import gather, placed
    >>> trust = declare({"format": 1, "code": "trust", "edition": "1", "label": "exact",
    ...                  "tree": {"code": "all", "children": [{"code": "a"}, {"code": "b"}]}})
    >>> coded = placed(gather(["x", "x", "y", "y"], ["Ann", "Ben"] * 2, [3, 4, 1, 2]), by="means")
    >>> found = carried(trust, tabulate(["x", "y"], {"a": [None, None], "b": [2, 4]}), {"a": coded})
    >>> found.nominal_scores().tolist(), bool(found.scores().low[0] < 2.75 < found.scores().high[0])
    ([2.75, 2.75], True)
    """
    if not placed:
        raise _refused("none", "no criterion was coded", "Give the places of at least one")
    run = Replication(declaration, table, Plan(()))
    many = min(len(each.draws) for each in placed.values())
    kept = [*(nodes if nodes is not None else under_root(declaration))]
    run.redrawn = Coded(run.stages, placed, {code: each.value[None] for code, each in placed.items()}, values or {})
    nominal = run.run(Design(np.zeros(1, np.int64)), kept)
    run.redrawn = Coded(run.stages, placed, _apart(placed, many), values or {})
    design = Design(np.arange(many))
    outcomes = run.run(design, kept, memory=memory, threads=threads)
    return Variation(
        declaration, table.units, table.periods, nominal, outcomes, design, tuple(placed), (), None,
        run.stages.gathered.checksum,
    )  # fmt: skip


def _apart(placed: Mapping[str, Placed], many: int) -> dict[str, Floats]:
    """The draws of each criterion. All but the first are shuffled: draws made with one seed would go together."""
    found = {}
    for place, (code, each) in enumerate(sorted(placed.items())):
        order = np.random.Generator(np.random.Philox(place)).permutation(many) if place else np.arange(many)
        found[code] = each.draws[order]
    return found


class Coded(Redrawn):
    """Leaves whose values are draws of places."""

    def __init__(
        self,
        stages: Stages,
        placed: Mapping[str, Placed],
        draws: Mapping[str, Floats],
        values: Mapping[str, Sequence[float]],
    ) -> None:
        super().__init__(stages, placed)
        unknown = [code for code in placed if code not in self.order]
        if unknown:
            raise _refused("leaf", f"{unknown[0]!r} is no criterion", f"Use one of: {', '.join(self.order)}")
        leaves = stages.declaration.leaves
        self.rows = {code: _rows(stages.table, each) for code, each in placed.items()}
        self.draws = {code: _valued(leaves[code], each, values.get(code)) for code, each in draws.items()}

    def values(self, design: Design, draw: int) -> Floats:
        values = self.stages.gathered.values.copy()
        for code, draws in self.draws.items():
            drawn, rows, place = draws[int(design.numbers[draw])], self.rows[code], self.order[code]
            values[rows, place] = np.where(np.isnan(drawn), values[rows, place], drawn)
        return values


def _rows(table: Table, found: Placed) -> NDArray[np.int64]:
    """The rows of the cases."""
    periods = table.periods or ("",) * table.n
    names = (f"{unit} {period}".strip() for unit, period in zip(table.units, periods, strict=True))
    named = {name: row for row, name in enumerate(names)}
    unknown = [str(case) for case in found.cases.tolist() if str(case) not in named]
    if unknown:
        name = "unit period" if table.periods else "unit"
        raise _refused("unit", f"the table has no row {unknown[0]!r}", f'Name each case as its row, "{name}"')
    return np.array([named[str(case)] for case in found.cases.tolist()], dtype=np.int64)


def _valued(leaf: Leaf, draws: Floats, given: Sequence[float] | None) -> Floats:
    """Codes become values of the leaf."""
    known = sorted({float(each) for each in leaf.answers.values() if not isinstance(each, str)})
    values = known if given is None else [float(each) for each in given]
    if not values:
        return draws
    highest = np.nanmax(draws, initial=0.0)
    if highest > len(values) - 1 + 1e-9:
        said = f"{leaf.code} has {len(values)} values, and a code goes up to {highest:.3g}"
        raise _refused("values", said, "Say `answers` when placing, or give as many values as there are codes")
    return np.asarray(np.interp(draws, np.arange(len(values)), values))


def _refused(code: str, said: str, remedy: str) -> Unusable:
    return Unusable([Problem(("raters",), f"carry.{code}", said, remedy)])
