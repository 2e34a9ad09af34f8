"""Scores and ranks for every draw of a design. Draws that go the same way are computed together, in as many as fit the
memory; what comes out does not depend on how they were put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.evaluating import evaluate
from kurak.engines.composite.methods import Choice
from kurak.engines.composite.preparing import Prepared
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.ranks import ranked
from kurak.engines.composite.scoring import classes_of, rank_groups, scheme_of
from kurak.engines.composite.table import Table
from kurak.engines.composite.varying.choosing import Choosing
from kurak.engines.composite.varying.design import Design
from kurak.engines.composite.varying.erring import Erring
from kurak.engines.composite.varying.errors import Errors, Redrawn
from kurak.engines.composite.varying.factors import Plan
from kurak.engines.composite.varying.including import Including
from kurak.engines.composite.varying.keeping import Stages, Way, without

type Floats = NDArray[np.float64]

MEMORY = 2**30  # bytes, of outcomes and of what is worked on
WORK = 64 * 2**20  # of what is worked on at once; more does not make it faster
LAYERS = 4  # arrays as large as a node's children that are held at once


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """scores, ranks {node: (draws, n)}; classes {node: (draws, n)} places in the scheme, -1 for none."""

    scores: Mapping[str, Floats]
    ranks: Mapping[str, Floats]
    classes: Mapping[str, NDArray[np.int8]]


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """Draws that go one way."""

    way: Way
    rows: NDArray[np.int64]


class Replication:
    """A declaration and a table, to be computed in many ways."""

    def __init__(self, declaration: Declaration, table: Table, plan: Plan) -> None:
        self.declaration, self.table, self.plan = declaration, table, plan
        self.stages = Stages(declaration, table)
        erring = [part for part in plan.parts if isinstance(part, Erring)]
        self.redrawn: Redrawn | None = Errors(self.stages, erring) if erring else None

    def run(
        self, design: Design, nodes: Sequence[str], *, memory: int = MEMORY, threads: int = 1, classes: bool = True
    ) -> Outcomes:
        """The outcomes of every draw at the named nodes. Raises Unusable with every way that can't be computed."""
        shape = (len(design), self.table.n)
        classed = [code for code in nodes if classes and scheme_of(self.declaration, code)]
        self._fits(shape, len(nodes), memory)
        found = Outcomes(
            {code: np.full(shape, np.nan) for code in nodes},
            {code: np.full(shape, np.nan) for code in nodes},
            {code: np.full(shape, -1, np.int8) for code in classed},
        )
        jobs = [*self._jobs(design)]
        at_once = self._at_once(work_of(memory) // max(threads, 1))
        if threads > 1:
            with ThreadPoolExecutor(threads) as pool:
                wrong = [*pool.map(lambda job: self._done(job, design, found, at_once), jobs)]
        else:
            wrong = [self._done(job, design, found, at_once) for job in jobs]
        problems = [each for some in wrong for each in some]
        if problems:
            raise Unusable(problems)
        return found

    def _fits(self, shape: tuple[int, int], nodes: int, memory: int) -> None:
        needed = 2 * 8 * shape[0] * shape[1] * nodes  # scores and ranks
        if needed > memory - work_of(memory):
            said = f"{shape[0]:,} draws of {shape[1]:,} rows at {nodes} nodes need {needed / 2**20:,.0f} MB"
            remedy = "Allow more memory, or ask for fewer nodes or draws at a time"
            raise Unusable([Problem((), "vary.memory", said, remedy)])

    def _at_once(self, memory: int) -> int:
        """How many draws fit into the memory for work."""
        widest = max((len(node.children) for node in self.declaration.nodes.values()), default=1)
        cells = len(self.declaration.nodes) + LAYERS * widest
        if self.redrawn is not None:
            cells += LAYERS * len(self.declaration.leaves)
        if any(node.weigh is not None for node in self.declaration.nodes.values()):
            return 1  # weights found from the data are found for every draw
        return max(1, memory // (8 * self.table.n * cells))

    def _jobs(self, design: Design) -> Iterator[Job]:
        """The ways that occur, and which draws go them."""
        choices = sorted((name for name in design.picks if name not in self.plan.pools), key=self._stage_of)
        if not choices:
            yield Job(self._way({}), np.arange(len(design)))
            return
        picks = np.stack([design.picks[name] for name in choices], axis=1)
        ways, which = np.unique(picks, axis=0, return_inverse=True)
        order = np.argsort(which, kind="stable")
        ends = np.cumsum(np.bincount(which, minlength=len(ways)))
        for way, rows in zip(ways.tolist(), np.split(order, ends[:-1]), strict=True):
            yield Job(self._way(dict(zip(choices, way, strict=True))), rows)

    def _stage_of(self, name: str) -> int:
        """Ways that share the early stages follow one another, so that little has to be remembered."""
        stages = {part.name: part.stage for part in self.plan.parts if isinstance(part, Choosing)}
        order = ("impute", "treat", "normalise")
        return order.index(stages[name]) if stages.get(name) in order else len(order)

    def _way(self, picks: Mapping[str, int]) -> Way:
        stages: dict[str, dict[str, Choice | None]] = {"impute": {}, "treat": {}, "normalise": {}, "combine": {}}
        left_out: list[str] = []
        for part in self.plan.parts:
            if isinstance(part, Choosing):
                stages[part.stage].update(part.options[picks[part.name]].choices)
            elif isinstance(part, Including):
                left_out += part.left_out(picks)
        combine = {code: choice for code, choice in stages.pop("combine").items() if choice is not None}
        return Way(stages, combine, tuple(left_out))

    def _done(self, job: Job, design: Design, into: Outcomes, at_once: int) -> tuple[Problem, ...]:
        """Computes a job, chunk by chunk; what is wrong with its way where it can't be computed."""
        try:
            for start in range(0, len(job.rows), at_once):
                self._chunk(job, design, job.rows[start : start + at_once], into)
        except Unusable as wrong:
            said = self.said(design, int(job.rows[0]))
            remedy = "Exclude this combination under `excluded`, or"
            return tuple(
                Problem(each.path, each.code, f"with {said}: {each.said}", f"{remedy}: {each.remedy}")
                for each in wrong.problems[:3]
            )
        return ()

    def said(self, design: Design, row: int) -> str:
        """What a draw chose, in words."""
        names = {part.name: part for part in self.plan.parts if isinstance(part, Choosing)}
        found = [f"{name}: {part.options[int(design.picks[name][row])].name}" for name, part in names.items()]
        return ", ".join(found) or "these draws"

    def _chunk(self, job: Job, design: Design, rows: NDArray[np.int64], into: Outcomes) -> None:
        prepared = self.stages.prepared(job.way)
        leaves = self.redrawn.leaves(job.way, prepared, design.at(rows)) if self.redrawn else None
        weights = {code: each[rows] for code, each in design.weights.items()}
        values = self._values(job.way, prepared, leaves, weights)
        for code in into.scores:
            if code not in values:
                continue
            scores = np.broadcast_to(values[code], (len(rows), self.table.n))
            into.scores[code][rows] = scores
            into.ranks[code][rows] = self.ranks(code, values[code])
            if code in into.classes:
                into.classes[code][rows] = self._classes(code, values)

    def _values(
        self, way: Way, prepared: Prepared, leaves: Mapping[str, Floats] | None, weights: Mapping[str, Floats]
    ) -> Mapping[str, Floats]:
        declaration, combine = self.declaration, way.combine
        if way.left_out:
            declaration, places = without(declaration, way.left_out)
            weights = {code: each[:, places[code]] for code, each in weights.items() if code in places}
        return evaluate(declaration, prepared, leaves=leaves, weights=weights, combine=combine)

    def ranks(self, code: str, scores: Floats) -> Floats:
        """(..., n) ranks inside each period and group, as the node declares; NaN where it ranks nobody."""
        node = self.declaration.nodes.get(code)
        rule = (node.ranks if node else None) or self.declaration.ranks
        found = np.full(scores.shape, np.nan)
        for rows in rank_groups(self.table, rule) if rule.shown else ():
            found[..., rows] = ranked(scores[..., rows], rule.ties, rule.better, rule.digits)
        return found

    def _classes(self, code: str, values: Mapping[str, Floats]) -> NDArray[np.int8]:
        declaration, table = self.declaration, self.table
        scheme = declaration.classes[str(scheme_of(declaration, code))]
        if scheme.by in ("intervals", "breaks") and values[code].ndim > 1:  # cut anew in every draw
            each = [classes_of(declaration, table, _draw(values, at), code) for at in range(len(values[code]))]
            return np.array(each, dtype=np.int8)
        return np.asarray(classes_of(declaration, table, values, code), dtype=np.int8)


def work_of(memory: int) -> int:
    """The part of the memory that is worked in; the outcomes have the rest."""
    return min(WORK, memory // 2)


def _draw(values: Mapping[str, Floats], at: int) -> dict[str, Floats]:
    return {code: each[at] if each.ndim > 1 else each for code, each in values.items()}
