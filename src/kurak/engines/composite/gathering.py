"""From the cells of a table to numbers, one column a leaf: answers become values, tokens become kinds of missing."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import KINDS, Declaration, Leaf
from kurak.engines.composite.problems import Problem, Unusable
from kurak.engines.composite.table import LARGEST, MOST_SAID, Table, is_empty

type Floats = NDArray[np.float64]
type Bools = NDArray[np.bool_]
type Kinds = NDArray[np.int8]

PRESENT = 0
KIND = {name: number for number, name in enumerate(KINDS, start=1)}  # of a cell that is empty
NOT_APPLICABLE = KIND["not-applicable"]


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """values (n, k) with NaN where a cell is empty; kinds (n, k) says why: 0 present, else KIND."""

    values: Floats
    kinds: Kinds
    checksum: str


def finite(x: Floats) -> Floats:
    """What is too large for a number is no number."""
    beyond = np.isinf(x)
    return np.where(beyond, np.nan, x) if beyond.any() else x


def gather(declaration: Declaration, table: Table) -> Gathered:
    """The values of all leaves, in the order of the declaration. Raises Unusable with all that is wrong."""
    problems: list[Problem] = []
    values = np.full((table.n, len(declaration.leaves)), np.nan, order="F")  # columns are read one by one
    kinds = np.zeros(values.shape, np.int8, order="F")
    for place, leaf in enumerate(declaration.leaves.values()):
        try:
            values[:, place], kinds[:, place] = column_of(leaf, table, declaration, problems)
        except Unusable as wrong:
            problems += wrong.problems
    if problems:
        raise Unusable(problems)
    return Gathered(values, kinds, checksum(table, [*declaration.leaves], values, kinds))


def column_of(leaf: Leaf, table: Table, declaration: Declaration, problems: list[Problem]) -> tuple[Floats, Kinds]:
    cells = table.cells(leaf.column)
    if cells.dtype == np.float64 and not leaf.answers:
        values, kinds = cells.astype(np.float64), np.where(np.isnan(cells), KIND["missing"], PRESENT).astype(np.int8)
        beyond = np.flatnonzero(np.abs(values) > LARGEST)
        problems += [_unreadable(leaf, table, int(i), cells[i]) for i in beyond[:MOST_SAID]]
    else:
        values, kinds = _by_cell(leaf, table, cells, declaration, problems)
    if leaf.bounds:
        problems += _out_of_bounds(leaf, table, values)
    return values, kinds


def _by_cell(
    leaf: Leaf, table: Table, cells: NDArray[Any], declaration: Declaration, problems: list[Problem]
) -> tuple[Floats, Kinds]:
    values, kinds = np.full(len(cells), np.nan), np.zeros(len(cells), np.int8)
    known: dict[Any, float | str | None] = {}
    said = 0
    for place, cell in enumerate(cells):
        key = (type(cell), cell)
        if key not in known:
            known[key] = value_of(leaf, cell, declaration)
        value = known[key]
        if value is None:
            said += 1
            if said <= MOST_SAID:
                problems.append(_unreadable(leaf, table, place, cell))
        elif isinstance(value, str):
            kinds[place] = KIND[value]
        else:
            values[place] = value
    return values, kinds


def value_of(leaf: Leaf, cell: Any, declaration: Declaration) -> float | str | None:
    """What a cell stands for: a number, a kind of missing value, or None where it can't be read."""
    if is_empty(cell):
        return "missing"
    word = str(cell).strip()
    if word in declaration.tokens:
        return declaration.tokens[word]
    if leaf.answers:
        return _answer(leaf, word)
    try:
        number = float(word)
    except ValueError:
        return None
    return number if abs(number) <= LARGEST else None


def _answer(leaf: Leaf, word: str) -> float | str | None:
    """The answer of that word; or the value itself, where data come already turned into values."""
    if word in leaf.answers:
        return leaf.answers[word]
    try:
        number = float(word)
    except ValueError:
        return next((each for key, each in leaf.answers.items() if key.casefold() == word.casefold()), None)
    for key, each in leaf.answers.items():
        if _number(key) == number:
            return each
    return number if number in leaf.answers.values() else None


def _number(word: str) -> float | None:
    try:
        return float(word)
    except ValueError:
        return None


def _unreadable(leaf: Leaf, table: Table, place: int, cell: Any) -> Problem:
    said = f"{table.row(place)}: {str(cell)[:60]!r} in the column {leaf.column!r} is not a value of {leaf.code}"
    if leaf.answers:
        remedy = f"Use one of: {', '.join(leaf.answers)}"
    elif _number(str(cell)) is not None:
        remedy = f"Write a number with a decimal point, up to {LARGEST:g}, or leave the cell empty"
    else:
        remedy = "Write a number with a decimal point, or leave the cell empty"
    return Problem((leaf.column, place), "table.value", said, remedy)


def _out_of_bounds(leaf: Leaf, table: Table, values: Floats) -> list[Problem]:
    low, high = leaf.bounds or (-math.inf, math.inf)
    reach = 1e-9 * max(1.0, abs(low), abs(high))
    with np.errstate(invalid="ignore"):
        beyond = np.flatnonzero((values < low - reach) | (values > high + reach))
    return [
        Problem(
            (leaf.column, int(place)),
            "table.bounds",
            f"{table.row(int(place))}: {values[place]:g} in the column {leaf.column!r} is not plausible",
            f"It must lie between {low:g} and {high:g}; check the unit and the decimal point",
        )
        for place in beyond[:MOST_SAID]
    ]


def checksum(table: Table, codes: list[str], values: Floats, kinds: Kinds) -> str:
    """SHA-256 of what the scores are made from: units, periods, codes, values and kinds; not of how it was written."""
    seen = hashlib.sha256()
    for part in ("\x1f".join(table.units), "\x1f".join(table.periods or ()), "\x1f".join(codes)):
        seen.update(part.encode() + b"\x1e")
    seen.update(np.ascontiguousarray(values + 0.0).tobytes())  # -0.0 and 0.0 are one value
    seen.update(np.ascontiguousarray(kinds).tobytes())
    return seen.hexdigest()
