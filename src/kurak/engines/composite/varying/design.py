"""The design of a run: what was drawn for every draw. It is kept, so that every draw can be made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.varying.choosing import Choosing
from kurak.engines.composite.varying.erring import Erring
from kurak.engines.composite.varying.factors import Plan, planned
from kurak.engines.composite.varying.including import Including
from kurak.engines.composite.varying.weighing import Weighing

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]

BLOCK = 4  # numbers that the generator makes for one step of its counter


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """numbers (draws,): the number of each draw. picks {choice: (draws,)}: which of its options. weights {node: (draws,
    children)}. streams {factor: (draws,)}: the keys of measurement errors."""

    numbers: Whole
    picks: Mapping[str, Whole] = field(default_factory=dict)
    weights: Mapping[str, Floats] = field(default_factory=dict)
    streams: Mapping[str, NDArray[np.uint64]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.numbers)

    def _all(self, done: Callable[[str, str, NDArray[Any]], NDArray[Any]], numbers: Whole) -> Design:
        return Design(
            numbers,
            {name: done("picks", name, each) for name, each in self.picks.items()},
            {name: done("weights", name, each) for name, each in self.weights.items()},
            {name: done("streams", name, each) for name, each in self.streams.items()},
        )

    def at(self, rows: Any) -> Design:
        """Some of the draws."""
        return self._all(lambda _, __, each: each[rows], self.numbers[rows])

    def followed_by(self, other: Design) -> Design:
        """The draws of both; of the same factors."""
        numbers = np.concatenate([self.numbers, other.numbers])
        return self._all(lambda kind, name, each: np.concatenate([each, getattr(other, kind)[name]]), numbers)

    def columns(self, children: Mapping[str, tuple[str, ...]]) -> dict[str, NDArray[Any]]:
        """One column a parameter, as it is saved beside the results. children {node: codes}."""
        found: dict[str, NDArray[Any]] = {"draw": self.numbers, **self.picks, **self.streams}
        for node, each in self.weights.items():
            found |= {_weight(code, node): each[:, place] for place, code in enumerate(children[node])}
        return found


def uniforms(seed: int, first: int, draws: int, columns: int) -> Floats:
    """(draws, columns) in [0, 1). A row follows from the seed and the number of its draw alone.

    >>> bool((uniforms(7, 0, 5, 3)[2:4] == uniforms(7, 2, 2, 3)).all())
    True
    """
    blocks = -(-columns // BLOCK)
    generator = np.random.Philox(key=seed)
    generator.advance(first * blocks)
    made = np.random.Generator(generator).random((draws, blocks * BLOCK))
    return made[:, :columns]


def sampled(plan: Plan, *, seed: int, first: int, draws: int) -> Design:
    """The design of the draws first .. first + draws - 1."""
    return from_uniforms(plan, uniforms(seed, first, draws, plan.columns), first)


def from_uniforms(plan: Plan, u: Floats, first: int = 0) -> Design:
    """The design that the rows of u stand for."""
    drawn = plan.drawn(u)
    return Design(np.arange(first, first + len(u)), drawn.picks, drawn.weights, drawn.streams)


def fitting(plan: Plan, design: Design) -> None:
    """Raises Unusable where a design is not one of these factors."""
    problems = []
    for kind, name, size in _expected(plan):
        there = getattr(design, kind).get(name)
        if there is None:
            problems.append(_wrong(name, f"the design says nothing about {name!r}", f"Add its {kind}"))
        elif kind == "picks" and len(there) and not (there.min() >= 0 and there.max() < size):
            problems.append(_wrong(name, f"the design picks what {name!r} does not offer", f"Use 0 to {size - 1}"))
        elif kind == "weights" and (
            there.shape[1:] != (size,) or not (there >= 0).all() or not there.any(axis=1).all()
        ):
            remedy = f"Give {size} weights from 0 up, not all 0"
            problems.append(_wrong(name, f"the design has no usable weights of {name!r}", remedy))
    known = {(kind, name) for kind, name, _ in _expected(plan)}
    for kind in ("picks", "weights", "streams"):
        for name in getattr(design, kind):
            if (kind, name) not in known:
                problems.append(_wrong(name, f"nothing varies {name!r}", "Use a design of this declaration"))
    if problems:
        raise Unusable(problems)


def designed(declaration: Declaration, columns: Mapping[str, NDArray[Any]]) -> Design:
    """The design of columns as `Design.columns` names them, read from a file, say. Other columns are left alone."""
    plan = planned(declaration)
    picks, weights, streams = dict[str, Whole](), dict[str, Floats](), dict[str, NDArray[np.uint64]]()
    for kind, name, _ in _expected(plan):
        if kind == "weights":
            named = [_weight(child.code, name) for child in declaration.nodes[name].children]
            if all(each in columns for each in named):
                weights[name] = np.stack([np.asarray(columns[each], np.float64) for each in named], axis=1)
        elif name in columns and kind == "picks":
            picks[name] = np.asarray(columns[name], np.int64)
        elif name in columns:
            streams[name] = np.asarray(columns[name], np.uint64)
    draws = len(next(iter(columns.values()))) if columns else 0
    return Design(np.asarray(columns.get("draw", np.arange(draws)), np.int64), picks, weights, streams)


def _weight(code: str, node: str) -> str:
    return f"weight of {code} in {node}"


def says_about(plan: Plan, design: Design) -> bool:
    """Whether a design says anything about these factors."""
    return any(name in getattr(design, kind) for kind, name, _ in _expected(plan))


def _expected(plan: Plan) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    for part in plan.parts:
        match part:
            case Choosing():
                found.append(("picks", part.name, len(part.options)))
            case Including(by="one"):
                found.append(("picks", part.name, len(part.codes) + 1))
            case Including():
                found += [("picks", f"{part.name}.{code}", 2) for code in part.codes]
            case Weighing():
                found += [("weights", code, len(each)) for code, each in part.nodes.items()]
                if part.pool is not None:
                    found.append(("picks", part.name, len(next(iter(part.pool.values())))))
            case Erring():
                found.append(("streams", part.name, 0))
    return found


def _wrong(name: str, said: str, remedy: str) -> Problem:
    return Problem(("design", name), "design.fit", said, remedy)
