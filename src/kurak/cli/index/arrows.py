"""Published arrows of pace, held to the series they were drawn from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kurak.cli.index.tables import published_number
from kurak.engines.composite.declaration import Declaration, Leaf
from kurak.engines.composite.pace import pace
from kurak.instruments.definitions.layouts import Laid, Layout

IN_ORDER = ("down", "stagnating", "moderate", "up")

type Arrow = tuple[str, str, int, Any, str]  # code, column, row, as published, ours


def compared(declaration: Declaration, layout: Layout, given: Laid) -> tuple[list[Arrow], int]:
    """Each published arrow with ours, and how many have no value at an end of their window."""
    every = [arrow for leaf in declaration.leaves.values() for arrow in _of_leaf(leaf, layout, given)]
    known = [arrow for arrow in every if arrow[-1]]
    return known, len(every) - len(known)


def apart(one: str, other: str) -> float:
    """How many steps lie between two arrows.

    >>> apart("down", "moderate")
    2.0
    """
    return float(abs(IN_ORDER.index(one) - IN_ORDER.index(other)))


def _of_leaf(leaf: Leaf, layout: Layout, given: Laid) -> Iterator[Arrow]:
    trend, column = leaf.trend, layout.arrows.replace("{code}", leaf.code)
    if trend is None or trend.first is None or trend.last is None or column not in given.columns:
        return
    ends = [
        layout.series.replace("{code}", leaf.code).replace("{period}", str(year)) for year in (trend.first, trend.last)
    ]
    nothing = [None] * len(given.units)
    first, last = (np.array([published_number(cell) for cell in given.columns.get(each, nothing)]) for each in ends)
    ours = pace(
        first, last, first_year=trend.first, last_year=trend.last, goal=trend.goal, by_year=trend.by_year,
        direction=leaf.direction,
    ).arrow.tolist()  # fmt: skip
    for row, cell in enumerate(given.columns[column]):
        if cell is not None and layout.labels.get(str(cell), "") != "":
            yield leaf.code, column, row, cell, ours[row]
