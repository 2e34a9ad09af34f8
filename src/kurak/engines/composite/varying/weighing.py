"""Factors that vary the weights of a node's children: each by a share, all together with their sum kept, or as experts
gave them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from kurak.engines.composite.declaring.reading import Path, Reading
from kurak.engines.composite.varying.drawn import Drawn, chosen
from kurak.engines.composite.varying.tree import Tree

type Floats = NDArray[np.float64]

WAYS = ("uniform", "dirichlet", "pool")
TAKES = {"uniform": ("within",), "dirichlet": ("concentration",), "pool": ("pool",)}
TINY = 1e-300  # a weight that came out as nought: never quite nought, which would mean left out


@dataclass(frozen=True, slots=True)
class Weighing:
    """nodes {code: declared weights of its children}.

    uniform: every weight by itself times 1 - within .. 1 + within. dirichlet: shares whose means are the declared
    ones, with variance s(1 - s) / (concentration + 1); the sum stays. pool: {node: (experts, children)}, one expert a
    draw."""

    name: str
    by: str
    nodes: Mapping[str, Floats]
    within: float = 0.0
    concentration: float = 0.0
    pool: Mapping[str, Floats] | None = None

    @property
    def columns(self) -> int:
        return 1 if self.by == "pool" else sum(len(weights) for weights in self.nodes.values())

    @property
    def touches(self) -> tuple[tuple[str, str], ...]:
        return tuple(("weights", code) for code in self.nodes)

    def draw(self, u: Floats, into: Drawn) -> None:
        if self.pool is not None:
            size = len(next(iter(self.pool.values())))
            expert = chosen(u[:, 0], size)
            into.picks[self.name] = expert
            into.weights.update({code: given[expert] for code, given in self.pool.items()})
            return
        start = 0
        for code, weights in self.nodes.items():
            here = u[:, start : start + len(weights)]
            into.weights[code] = self._varied(weights, here)
            start += len(weights)

    def _varied(self, weights: Floats, u: Floats) -> Floats:
        if self.by == "uniform":
            return np.asarray(weights * (1 - self.within + 2 * self.within * u))
        share = weights / weights.sum()
        drawn = np.where(share > 0, np.maximum(gammaincinv(np.maximum(self.concentration * share, TINY), u), TINY), 0.0)
        whole = np.zeros(len(u))
        for column in drawn.T:  # one by one: the same bits however many draws there are
            whole += column
        return np.asarray(drawn / whole[:, None] * weights.sum())


def weighing(read: Reading, path: Path, name: str, settings: Mapping[str, Any], tree: Tree) -> tuple[Weighing, ...]:
    """`{factor: weights, of: […] or levels: […], by: uniform, within: 0.25}`; `{by: dirichlet, concentration: 50}`;
    `{by: pool, pool: [{a: 1, b: 2}, …]}`."""
    by = read.word((*path, "by"), settings.get("by", "uniform"), WAYS)
    keys = ("by", *TAKES[by], *(() if by == "pool" else ("of", "levels")))
    for key in settings:
        if key not in keys:
            read.unknown((*path, key), "factor.setting", f"weights that vary by {by!r} have no {key!r}", keys)
    for key in TAKES[by]:
        if key not in settings:
            read.wrong(path, "factor.setting", f"the setting {key!r} is missing", f"Add {key}: …")
            return ()
    if by == "pool":
        return _pool(read, path, name, settings["pool"], tree)
    nodes = {code: _declared(tree, code) for code in tree.nodes(read, path, settings)}
    _none_found(read, path, nodes, tree)
    if by == "uniform":
        within = read.number((*path, "within"), settings["within"], low=0, high=0.999)
        return (Weighing(name, by, nodes, within=within),)
    concentration = read.number((*path, "concentration"), settings["concentration"], low=0.1, high=1e6, instead=1)
    return (Weighing(name, by, nodes, concentration=concentration),)


def _declared(tree: Tree, code: str) -> Floats:
    return np.array([child.weight for child in tree.declaration.nodes[code].children])


def _none_found(read: Reading, path: Path, nodes: Mapping[str, Floats], tree: Tree) -> None:
    for code in nodes:
        if tree.declaration.nodes[code].weigh is not None:
            said = f"the weights of {code!r} are found from the data in every draw"
            read.wrong((*path, "of"), "factor.weigh", said, "Name only nodes with declared weights in `of`")


def _pool(read: Reading, path: Path, name: str, given: Any, tree: Tree) -> tuple[Weighing, ...]:
    """Each expert names children and what they weigh; whoever is not named keeps the declared weight."""
    experts = [
        {
            code: read.number((*path, "pool", place, code), weight, low=0)
            for code, weight in read.mapping((*path, "pool", place), each).items()
        }
        for place, each in enumerate(read.listed((*path, "pool"), given))
    ]
    if len(experts) < 2:
        read.wrong((*path, "pool"), "factor.pool", "there are fewer than two experts", "List the weights of each")
        return ()
    known = {code for code, above in tree.parents.items() if set(above) & tree.level.keys()}
    for place, each in enumerate(experts):
        for code in each.keys() - known:
            said = f"{code!r} is no child of a node"
            read.unknown((*path, "pool", place, code), "factor.pool", said, known)
    spoken = {code for each in experts for code in each}
    pool = {}
    for code in tree.level:
        children = [child.code for child in tree.declaration.nodes[code].children]
        if spoken & set(children):
            declared = _declared(tree, code)
            rows = [[each.get(child, declared[i]) for i, child in enumerate(children)] for each in experts]
            pool[code] = np.array(rows)
            for place in np.flatnonzero(pool[code].sum(axis=1) == 0).tolist():
                said = f"all weights under {code!r} are 0"
                read.wrong((*path, "pool", place), "factor.pool", said, "Give at least one child a weight above 0")
    nodes = {code: _declared(tree, code) for code in pool}
    _none_found(read, path, nodes, tree)
    return (Weighing(name, "pool", nodes, pool=pool),)
