"""What came of varying an instrument: the scores, ranks and classes of every draw, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.scoring import scheme_of
from kurak.engines.composite.varying import summary
from kurak.engines.composite.varying.design import Design
from kurak.engines.composite.varying.replicate import Outcomes
from kurak.engines.composite.varying.summary import Spread

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Variation:
    """n rows (units, or units in periods). scores, ranks {node: (draws, n)}; nominal_… {node: (n,)} as declared.

    factors: the names of what was varied; excluded: the combinations that were never drawn; seed: None for a design
    that was given. declared and made_from: checksums of declaration and input."""

    declaration: Declaration
    units: tuple[str, ...]
    periods: tuple[str, ...] | None
    nominal: Outcomes  # of one draw
    outcomes: Outcomes
    design: Design
    factors: tuple[str, ...]
    excluded: tuple[str, ...]
    seed: int | None
    made_from: str

    @property
    def draws(self) -> int:
        return len(self.design)

    @property
    def declared(self) -> str:
        return self.declaration.checksum

    def _code(self, node: str | None) -> str:
        code = node or self.declaration.root
        if code not in self.outcomes.scores:
            raise Unusable([Problem((code,), "vary.node", f"{code!r} was not kept", "Name it in `nodes` of the run")])
        return code

    def scores(self, node: str | None = None) -> Spread:
        """Mean, median, 5 % and 95 % of every row's score."""
        return summary.spread(self.outcomes.scores[self._code(node)])

    def ranks(self, node: str | None = None) -> Spread:
        """The same of its rank. Ranked in every draw; never from the ends of score intervals."""
        return summary.spread(self.outcomes.ranks[self._code(node)])

    def nominal_scores(self, node: str | None = None) -> Floats:
        return np.asarray(self.nominal.scores[self._code(node)][0])

    def nominal_ranks(self, node: str | None = None) -> Floats:
        return np.asarray(self.nominal.ranks[self._code(node)][0])

    def at_most(self, k: float, node: str | None = None) -> Floats:
        """(n,) chance to rank k or better."""
        return summary.at_most(self.outcomes.ranks[self._code(node)], k)

    def above(self, node: str | None = None) -> Floats:
        """(n, n) chance that the row of the first index ranks before that of the second."""
        return summary.above(self.outcomes.ranks[self._code(node)])

    def holds(self, within: float = 0.0, node: str | None = None) -> Floats:
        """(n,) "this rank holds in 94 % of weightings": share of draws that leave a row at its nominal rank, or at most
        `within` places from it."""
        code = self._code(node)
        return summary.holding(self.outcomes.ranks[code], self.nominal_ranks(code), within)

    def shift(self, node: str | None = None) -> Floats:
        """(draws,) mean absolute change of rank against the nominal ranking."""
        code = self._code(node)
        return summary.shift(self.outcomes.ranks[code], self.nominal_ranks(code))

    def spearman(self, node: str | None = None) -> Floats:
        """(draws,) rank correlation with the nominal ranking."""
        code = self._code(node)
        return summary.spearman(self.outcomes.ranks[code], self.nominal_ranks(code))

    def classes(self, node: str | None = None) -> Mapping[str, Floats] | None:
        """{class: (n,)} share of draws that put a row there; what is left was not classed. None without a scheme."""
        code, name = self._code(node), scheme_of(self.declaration, self._code(node))
        if name is None:
            return None
        named = [each.code for each in self.declaration.classes[name].of]
        return dict(zip(named, summary.shares(self.outcomes.classes[code], len(named)), strict=True))

    def class_holds(self, node: str | None = None) -> Floats | None:
        """(n,) "the band is stable in 88 % of weightings": share of draws that leave a row in its nominal class."""
        code = self._code(node)
        if code not in self.outcomes.classes:
            return None
        nominal = self.nominal.classes[code][0]
        return np.where(nominal < 0, np.nan, (self.outcomes.classes[code] == nominal).mean(axis=0))

    @property
    def parameters(self) -> dict[str, NDArray[np.generic]]:
        """The design, one column a parameter."""
        nodes = self.declaration.nodes.items()
        return self.design.columns({code: tuple(child.code for child in node.children) for code, node in nodes})


def merge(parts: Iterable[Variation]) -> Variation:
    """Several runs of one seed as one, in the order of their draws: the same as all draws in one run.

    Raises Unusable where the runs are not of one declaration, table, seed and set of factors, or have a draw twice."""
    runs = sorted(parts, key=lambda each: int(each.design.numbers[0]) if each.draws else -1)
    if not runs:
        raise Unusable([Problem((), "vary.merge", "there is nothing to merge", "Give at least one run")])
    first = runs[0]
    for each in runs[1:]:
        same = [(run.declared, run.made_from, run.seed, run.factors, [*run.outcomes.scores]) for run in (first, each)]
        if same[0] != same[1]:
            said = "the runs differ in declaration, table, seed, factors or nodes"
            raise Unusable([Problem((), "vary.merge", said, "Merge only parts of one run")])
    design = reduce(Design.followed_by, (each.design for each in runs))
    if len(np.unique(design.numbers)) < len(design):
        raise Unusable([Problem((), "vary.merge", "a draw is there twice", "Give every part its own `first`")])
    return replace(first, design=design, outcomes=_joined([each.outcomes for each in runs]))


def _joined(parts: list[Outcomes]) -> Outcomes:
    first = parts[0]
    return Outcomes(
        {code: np.concatenate([each.scores[code] for each in parts]) for code in first.scores},
        {code: np.concatenate([each.ranks[code] for each in parts]) for code in first.ranks},
        {code: np.concatenate([each.classes[code] for each in parts]) for code in first.classes},
    )
