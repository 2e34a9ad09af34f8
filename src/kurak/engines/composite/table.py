"""The data of an instrument: named units, maybe periods, and columns of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.problems import Problem, Unusable

LARGEST = 1e60  # beyond it nothing is measured, and powers would leave what a float can hold
MOST_SAID = 20  # problems of one kind; more would hide the others


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """n rows: a unit, or a unit in a period. columns: (n,) float64 where all cells are numbers, else objects."""

    units: tuple[str, ...]
    columns: Mapping[str, NDArray[Any]]
    periods: tuple[str, ...] | None = None

    @property
    def n(self) -> int:
        return len(self.units)

    def cells(self, column: str) -> NDArray[Any]:
        """The cells of a column. Raises Unusable where there is none."""
        if column in self.columns:
            return self.columns[column]
        close = get_close_matches(column, [*self.columns], n=1)
        remedy = f"Is it the one called {close[0]!r}" if close else "Add it; its cells may be empty"
        raise Unusable([Problem(("columns", column), "table.column", f"there is no column {column!r}", remedy)])

    def labels(self, column: str) -> NDArray[np.str_]:
        """A column of labels; empty text where there is none."""
        cells = self.cells(column)
        return np.array(["" if is_empty(cell) else str(cell) for cell in cells], dtype=str)

    def row(self, place: int) -> str:
        """How a row is named in a message."""
        return self.units[place] + (f" in {self.periods[place]}" if self.periods else "")


def tabulate(units: Sequence[str], columns: Mapping[str, Sequence[Any]], periods: Sequence[Any] | None = None) -> Table:
    """A table of these cells. Raises Unusable for columns of another length and for a unit that is there twice.

    >>> tabulate(["KGZ", "TJK"], {"a": [1, None], "b": ["yes", "no"]}).columns["a"]
    array([ 1., nan])
    """
    named = tuple(map(str, units))
    when = None if periods is None else tuple(str(int(p)) if isinstance(p, float) else str(p) for p in periods)
    problems = [
        Problem((name,), "table.length", f"the column {name!r} has {len(cells)} cells, not {len(named)}", "Fill it")
        for name, cells in columns.items()
        if len(cells) != len(named)
    ]
    problems += _twice(named, when)
    if problems:
        raise Unusable(problems)
    return Table(named, {name: _column(cells) for name, cells in columns.items()}, when)


def _twice(units: tuple[str, ...], periods: tuple[str, ...] | None) -> list[Problem]:
    seen: dict[tuple[str, str], int] = {}
    found = []
    for place, unit in enumerate(units):
        key = (unit, periods[place] if periods else "")
        if key in seen:
            said = f"{' in '.join(filter(None, key))} is there twice (rows {seen[key] + 1} and {place + 1})"
            found.append(Problem(("rows", place), "table.twice", said, "Keep one row for each unit and period"))
        seen.setdefault(key, place)
    return found[:MOST_SAID]


def _column(cells: Sequence[Any]) -> NDArray[Any]:
    if isinstance(cells, np.ndarray) and cells.dtype == np.float64:
        return cells
    if all(cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool)) for cell in cells):
        return np.array([np.nan if cell is None else float(cell) for cell in cells], dtype=np.float64)
    column = np.empty(len(cells), dtype=object)
    column[:] = list(cells)
    return column


def is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, float) and np.isnan(cell)) or (isinstance(cell, str) and not cell.strip())
