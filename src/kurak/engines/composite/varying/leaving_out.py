"""What each indicator and node is worth: the index without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.evaluating import evaluate
from kurak.engines.composite.table import Table
from kurak.engines.composite.varying import summary
from kurak.engines.composite.varying.factors import Plan
from kurak.engines.composite.varying.keeping import Way, without
from kurak.engines.composite.varying.replicate import Replication
from kurak.engines.composite.varying.tree import Tree

type Floats = NDArray[np.float64]

AS_DECLARED = Way({}, {})


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """scores, ranks (codes, n) of the node when each code is left out; nominal_… (n,) with all of them.

    bound: codes that can't be left out, because a formula names them or because nothing would be left."""

    node: str
    codes: tuple[str, ...]
    units: tuple[str, ...]
    scores: Floats
    ranks: Floats
    nominal_scores: Floats
    nominal_ranks: Floats
    bound: tuple[str, ...]

    @property
    def shift(self) -> Floats:
        """(codes,) mean absolute change of rank: what leaving it out does."""
        return summary.shift(self.ranks, self.nominal_ranks)

    @property
    def mover(self) -> NDArray[np.int64]:
        """(codes,) the row whose rank changes most; the first of several."""
        moved = np.abs(self.ranks - self.nominal_ranks)
        return np.argmax(np.where(np.isnan(moved), -1.0, moved), axis=1)


def leave_out(
    declaration: Declaration, table: Table, codes: Sequence[str] | None = None, *, node: str | None = None
) -> LeftOut:
    """Computes the node (the root where not said) without each of the codes, one at a time; of all below it otherwise.

    The other children keep their weights among themselves. Stages before aggregation stay as they are.

    >>> from kurak.engines.composite import declare, tabulate
    >>> dam = declare({"format": 1, "code": "dam", "edition": "1", "label": "exact",
    ...                "tree": {"code": "all", "children": [{"code": "a"}, {"code": "b"}]}})
    >>> found = leave_out(dam, tabulate(["x", "y"], {"a": [1, 2], "b": [4, 1]}))
    >>> found.codes, found.ranks.tolist(), found.shift.tolist()
    (('a', 'b'), [[1.0, 2.0], [2.0, 1.0]], [0.0, 1.0])
    """
    run = Replication(declaration, table, Plan(()))
    prepared, top = run.stages.prepared(AS_DECLARED), node or declaration.root
    wanted = below(declaration, top) if codes is None else [*codes]
    free, bound, scores = list[str](), list[str](), list[Floats]()
    named = Tree(declaration).named
    for code in wanted:
        fewer, _ = without(declaration, (code,))
        if code in named or top not in fewer.nodes:
            bound.append(code)
            continue
        free.append(code)
        scores.append(evaluate(fewer, prepared)[top])
    nominal = evaluate(declaration, prepared)[top]
    stacked = np.array(scores).reshape(len(free), table.n)
    return LeftOut(
        top, tuple(free), table.units, stacked, run.ranks(top, stacked), nominal, run.ranks(top, nominal), tuple(bound)
    )


def below(declaration: Declaration, code: str) -> list[str]:
    """All nodes and leaves under a node, each once, the nearest first."""
    found: dict[str, None] = {}
    front = [code]
    while front:
        children = [
            child.code for each in front if each in declaration.nodes for child in declaration.nodes[each].children
        ]
        front = [each for each in dict.fromkeys(children) if each not in found]
        found |= dict.fromkeys(front)
    return [*found]
