"""Which factors drive a ranking: Sobol indices of the mean rank shift, and of each unit's score and rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.table import Table
from kurak.engines.composite.varying import screening, sobol, summary
from kurak.engines.composite.varying.design import from_uniforms
from kurak.engines.composite.varying.factors import Plan
from kurak.engines.composite.varying.replicate import MEMORY, Replication
from kurak.engines.composite.varying.screening import Effects
from kurak.engines.composite.varying.sobol import Indices
from kurak.engines.composite.varying.vary import nominal, the_plan

type Floats = NDArray[np.float64]

N = 1024  # rows of A and of B
MOST = 10  # factors; more are screened first
WALKS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """shift: indices (d,) of the mean absolute change of rank; score, rank: indices (d, n) of every row's, where they
    were asked for. NaN: the outcome does not vary, the factors have no effect.

    factors: the d that were varied. screened: all that were declared with their effects, where there were more than
    could be varied; what is not in `factors` stayed as declared. excluded: combinations that were never drawn."""

    factors: tuple[str, ...]
    node: str
    n: int
    seed: int
    runs: int
    shift: Indices
    score: Indices | None
    rank: Indices | None
    screened: tuple[tuple[str, ...], Effects] | None
    excluded: tuple[str, ...]


def sensitivity(
    declaration: Declaration,
    table: Table,
    *,
    n: int = N,
    seed: int = 0,
    node: str | None = None,
    factors: Sequence[str] | None = None,
    each_unit: bool = True,
    memory: int = MEMORY,
    threads: int = 1,
) -> Sensitivity:
    """Sobol indices with n·(d + 2) runs; n is a power of two. factors: names, all where not said.

    The columns of one factor are swapped together, and so are factors that an exclusion ties. Of more than ten factors
    the ten with the largest elementary effects are varied. Raises as `vary` does; ValueError for another n.

    >>> from kurak.engines.composite import declare, tabulate
    >>> dam = declare({"format": 1, "code": "dam", "edition": "1", "label": "exact",
    ...                "tree": {"code": "all", "children": [{"code": "a"}, {"code": "b"}]},
    ...                "uncertainty": [{"factor": "weights", "within": 0.9},
    ...                                {"factor": "combine", "among": ["mean", "max"]}]})
    >>> found = sensitivity(dam, tabulate(["x", "y"], {"a": [1, 2], "b": [4, 2]}), n=64)
    >>> found.factors, found.runs, found.score.total[:, 1].tolist()  # y has two equal values: nothing matters
    (('weights', 'combine'), 256, [nan, nan])
    """
    plan, code = the_plan(declaration, factors), node or declaration.root
    run = _Run(declaration, table, code, memory, threads)
    screened = None
    if len(plan.groups) > MOST:
        effects = run.screened(plan, seed)
        screened = (plan.names, effects)
        largest = np.argsort(-effects.mean, kind="stable")[:MOST]
        plan = plan.only(plan.names[place] for place in largest.tolist())
    a, b = sobol.points(plan.columns, n, seed)
    rows = [a, b, *sobol.swapped(a, b, [group.columns for group in plan.groups])]
    scores, ranks = run.of(plan, np.concatenate(rows))
    shift = summary.shift(ranks, run.nominal_ranks)[:, None]

    def found(y: Floats) -> Indices:
        known = np.where(np.isnan(y).any(axis=0), 0.0, y)  # without a score in some run: nothing can be said
        blocks = known.reshape(len(rows), n, -1)
        return sobol.with_ranges(blocks[0], blocks[1], blocks[2:], seed=seed)

    one = found(shift)
    return Sensitivity(
        plan.names, code, n, seed, len(scores), _first(one), found(scores) if each_unit else None,
        found(ranks) if each_unit else None, screened, plan.excluded,
    )  # fmt: skip


def screen(
    declaration: Declaration,
    table: Table,
    *,
    walks: int = WALKS,
    seed: int = 0,
    node: str | None = None,
    memory: int = MEMORY,
    threads: int = 1,
) -> tuple[tuple[str, ...], Effects]:
    """The names of all factors and their elementary effects on the mean rank shift, walks·(d + 1) runs."""
    plan = the_plan(declaration, None)
    return plan.names, _Run(declaration, table, node or declaration.root, memory, threads).screened(plan, seed, walks)


class _Run:
    def __init__(self, declaration: Declaration, table: Table, node: str, memory: int, threads: int) -> None:
        self.declaration, self.table, self.node = declaration, table, node
        self.memory, self.threads = memory, threads
        self.nominal_ranks = nominal(declaration, table, [node]).ranks[node][0]

    def of(self, plan: Plan, u: Floats) -> tuple[Floats, Floats]:
        """(scores, ranks) of the node, (rows, n) each."""
        run = Replication(self.declaration, self.table, plan)
        outcomes = run.run(from_uniforms(plan, u), [self.node], memory=self.memory, threads=self.threads, classes=False)
        return outcomes.scores[self.node], outcomes.ranks[self.node]

    def screened(self, plan: Plan, seed: int, walks: int = WALKS) -> Effects:
        points, moved = screening.walks([group.columns for group in plan.groups], walks, seed)
        _, ranks = self.of(plan, points.reshape(-1, plan.columns))
        return screening.effects(summary.shift(ranks, self.nominal_ranks).reshape(walks, -1), moved)


def _first(found: Indices) -> Indices:
    """Of one outcome, without the axis of outcomes."""
    spans = [None if each is None else each[..., 0] for each in (found.first_range, found.total_range)]
    return Indices(found.first[..., 0], found.total[..., 0], found.variance[..., 0], *spans)
