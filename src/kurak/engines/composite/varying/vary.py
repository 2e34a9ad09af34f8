"""Computes an instrument many times, with the factors drawn that its declaration lists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.problems import Problem, Undeclarable
from kurak.engines.composite.table import Table
from kurak.engines.composite.varying.design import Design, fitting, sampled, says_about
from kurak.engines.composite.varying.factors import Plan, planned
from kurak.engines.composite.varying.replicate import MEMORY, Outcomes, Replication
from kurak.engines.composite.varying.tree import nodes_below
from kurak.engines.composite.varying.variation import Variation

DRAWS = 1000


def vary(
    declaration: Declaration,
    table: Table,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    first: int = 0,
    nodes: Sequence[str] | None = None,
    factors: Sequence[str] | None = None,
    memory: int = MEMORY,
    threads: int = 1,
) -> Variation:
    """Scores, ranks and classes over draws of the declared factors.

    draws, first: the draws first .. first + draws - 1 of the seed; parts of one run merge (`merge`). nodes: those that
    are kept, all under the root where not said. factors: names of those that vary, all where not said. memory: bytes.
    A draw follows from the seed and its number: memory, threads and parts do not change a bit of it.

    Raises Undeclarable for factors that make no sense, Unusable for ways that can't be computed: all of them, before
    any result is given. Source: Saisana, Saltelli, Tarantola (2005), Journal of the Royal Statistical Society A 168.

    >>> from kurak.engines.composite import declare, tabulate
    >>> dam = declare({"format": 1, "code": "dam", "edition": "1", "label": "exact",
    ...                "tree": {"code": "all", "children": [{"code": "a"}, {"code": "b"}]},
    ...                "uncertainty": [{"factor": "weights", "within": 0.5}]})
    >>> varied = vary(dam, tabulate(["x", "y", "z"], {"a": [3, 2, 0], "b": [3, 1, 2]}), draws=200)
    >>> varied.nominal_ranks().tolist(), varied.holds()[0].item(), round(varied.above()[1, 2].item(), 2)
    ([1.0, 2.0, 3.0], 1.0, 0.94)
    """
    plan = the_plan(declaration, factors)
    design = sampled(plan, seed=seed, first=first, draws=draws)
    return _varied(declaration, table, plan, design, seed, nodes, memory, threads)


def replay(
    declaration: Declaration,
    table: Table,
    design: Design,
    *,
    nodes: Sequence[str] | None = None,
    memory: int = MEMORY,
    threads: int = 1,
) -> Variation:
    """The same for a design that was kept, or made elsewhere. Raises Unusable where it is not of these factors."""
    plan = planned(declaration)
    plan = plan.only(name for name in plan.names if says_about(plan.only([name]), design))
    fitting(plan, design)
    return _varied(declaration, table, plan, design, None, nodes, memory, threads)


def the_plan(declaration: Declaration, factors: Sequence[str] | None) -> Plan:
    """The named factors of a declaration, or all. Raises Undeclarable where there are none, or not these."""
    plan = planned(declaration)
    unknown = [name for name in factors or () if name not in plan.names]
    if unknown:
        remedy = f"Use: {', '.join(plan.names) or 'nothing, as the declaration lists no factors'}"
        raise Undeclarable([Problem(("uncertainty",), "factor.name", f"there is no factor {unknown[0]!r}", remedy)])
    plan = plan if factors is None else plan.only(factors)
    if not plan.groups:
        said, remedy = "the declaration lists nothing that may vary", "Add factors under uncertainty:"
        raise Undeclarable([Problem(("uncertainty",), "factor.none", said, remedy)])
    return plan


def _varied(
    declaration: Declaration,
    table: Table,
    plan: Plan,
    design: Design,
    seed: int | None,
    nodes: Sequence[str] | None,
    memory: int,
    threads: int,
) -> Variation:
    run = Replication(declaration, table, plan)
    kept = [*(nodes if nodes is not None else under_root(declaration))]
    outcomes = run.run(design, kept, memory=memory, threads=threads)
    return Variation(
        declaration, table.units, table.periods, nominal(declaration, table, kept), outcomes, design, plan.names,
        plan.excluded, seed, run.stages.gathered.checksum,
    )  # fmt: skip


def nominal(declaration: Declaration, table: Table, nodes: Sequence[str]) -> Outcomes:
    """As declared: one draw in which nothing varies."""
    return Replication(declaration, table, Plan(())).run(Design(np.zeros(1, np.int64)), nodes)


def under_root(declaration: Declaration) -> list[str]:
    """The nodes that the root is made from, and the root; children first."""
    found, front = {declaration.root}, [declaration.root]
    while front:
        front = [code for code in nodes_below(declaration, front) if code not in found]
        found.update(front)
    return [code for code in declaration.nodes if code in found]
