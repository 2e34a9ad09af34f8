"""Factors of measurement error: every value as a distribution around what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from kurak.engines.composite.declaration import Declaration
from kurak.engines.composite.declaring.reading import Path, Reading
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.table import Table, is_empty
from kurak.engines.composite.varying.drawn import Drawn
from kurak.engines.composite.varying.tree import Tree

type Floats = NDArray[np.float64]

SHAPES = ("normal", "uniform", "triangular")
HALF = 2.0**-54  # keeps the quantile of 0 finite
NEGATIVE = "factor.error"


@dataclass(frozen=True, slots=True)
class Erring:
    """Errors with mean 0 and a standard deviation in raw units: `sd`, a `share` of each value's size, or what each leaf
    declares as its error. Two leaves and two rows err independently."""

    name: str
    leaves: tuple[str, ...]
    by: str
    sd: float | None = None
    share: float | None = None

    columns = 1

    @property
    def touches(self) -> tuple[tuple[str, str], ...]:
        return tuple(("error", code) for code in self.leaves)

    def draw(self, u: Floats, into: Drawn) -> None:
        into.streams[self.name] = (u[:, 0] * 2.0**53).astype(np.uint64)

    def size(self, declaration: Declaration, table: Table, code: str, values: Floats) -> Floats:
        """(n,) standard deviations of a leaf. A cell without one is taken as exact."""
        if self.sd is not None:
            return np.full(values.shape, self.sd)
        if self.share is not None:
            return self.share * np.abs(values)
        error = declaration.leaves[code].error
        if not isinstance(error, str):
            return np.full(values.shape, float(error or 0.0))
        return _column(table, error)

    def erred(self, stream: int, size: Floats) -> Floats:
        """Errors of one draw, shaped as their standard deviations (n, leaves). The stream alone decides them."""
        u = np.random.Generator(np.random.Philox(key=stream)).random(size.shape)
        return standard(self.by, np.maximum(u, HALF)) * size


def standard(by: str, u: Floats) -> Floats:
    """Quantiles of the distributions with mean 0 and standard deviation 1.

    >>> [round(float(standard(by, np.array(0.9))), 4) for by in SHAPES]
    [1.2816, 1.3856, 1.354]
    """
    if by == "normal":
        return np.asarray(ndtri(u))
    if by == "uniform":
        return np.asarray(np.sqrt(3) * (2 * u - 1))
    side = np.minimum(u, 1 - u)
    return np.asarray(np.sqrt(6) * (1 - np.sqrt(2 * side)) * np.sign(u - 0.5))


def _column(table: Table, name: str) -> Floats:
    cells = table.cells(name)
    found = np.zeros(table.n)
    problems = []
    for place, cell in enumerate(cells):
        if is_empty(cell):
            continue
        try:
            found[place] = float(cell)
        except (TypeError, ValueError):
            found[place] = -1.0
        if not (found[place] >= 0 and np.isfinite(found[place])):
            said = f"{table.row(place)}: {str(cell)[:60]!r} in the column {name!r} is not a standard error"
            problems.append(Problem((name, place), NEGATIVE, said, "Write a number from 0 up, or leave the cell empty"))
    if problems:
        raise Unusable(problems)
    return found


def erring(read: Reading, path: Path, name: str, settings: Mapping[str, Any], tree: Tree) -> tuple[Erring, ...]:
    """`{factor: error, by: normal, of: […], share: 0.05}`; without `sd` and `share` what the leaves declare."""
    for key in settings:
        if key not in ("of", "by", "sd", "share"):
            read.unknown(
                (*path, key), "factor.setting", f"a factor of error has no {key!r}", ("of", "by", "sd", "share")
            )
    by = read.word((*path, "by"), settings.get("by", "normal"), SHAPES)
    declaration, sizes = tree.declaration, {}
    if "sd" in settings and "share" in settings:
        read.wrong((*path, "share"), "factor.error", "the error is given twice", "Keep sd: (raw units) or share:")
    for key in ("sd", "share"):
        if key in settings:
            sizes[key] = read.number((*path, key), settings[key], low=0)
    leaves = tree.leaves(read, path, settings)
    if leaves is None:
        leaves = tuple(code for code, leaf in declaration.leaves.items() if sizes or leaf.error is not None)
    if not leaves:
        read.wrong((*path, "of"), "factor.error", "no leaf has an error", "Add error: to leaves, or sd: or share: here")
    for code in leaves:
        if not sizes and declaration.leaves[code].error is None:
            read.wrong(
                (*path, "of"), "factor.error", f"{code!r} declares no error", "Add error: to it, or sd: or share:"
            )
    return (Erring(name, leaves, by, **sizes),)
