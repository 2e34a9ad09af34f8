"""Files → the engine's table; what the engine finds wrong with it, back to file, line and column."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kurak.cli.problems import Problem
from kurak.engines.composite.problems import Unusable
from kurak.engines.composite.table import Table, tabulate
from kurak.instruments.definitions.files import Sheet, Unreadable, read_sheet
from kurak.instruments.definitions.layouts import Laid
from kurak.instruments.definitions.problems import Misdeclared

SHOWN = 20  # problems that are printed
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")


def sheets_of(paths: Sequence[Path], sheet: str | None = None) -> list[Sheet]:
    """The tables of files, or a Problem that says where they cannot be read."""
    try:
        return [read_sheet(path, sheet) for path in paths]
    except Unreadable as wrong:
        raise refused("index.unreadable", wrong.name, wrong) from None


def refused(code: str, name: str, wrong: Misdeclared) -> Problem:
    """Problems with lines, as the command prints them."""
    lines = [f"  {name}, {each}" for each in wrong.problems[:SHOWN]]
    more = len(wrong.problems) - SHOWN
    many = len(wrong.problems)
    said = f"{many} problem{'s' if many > 1 else ''} in {name}; nothing was computed"
    return Problem(
        code, said, "mend the places listed above", [*lines, *([f"  ... and {more} more"] if more > 0 else [])]
    )


def numbers(cells: Sequence[Any]) -> list[Any]:
    """The cells as floats where all of them are numbers or empty; else as they are."""
    made: list[Any] = []
    for cell in cells:
        if cell is None:
            made.append(None)
        elif isinstance(cell, int | float):
            made.append(float(cell))
        elif _NUMBER.fullmatch(cell) and math.isfinite(number := float(cell)):
            made.append(number)
        else:
            return list(cells)
    return made


NOTHING = frozenset(["", "-", "–", "—", "..", "...", "…", "n/a", "na", "nan", "none"])  # printed for no figure


def published_number(cell: Any) -> float:
    """A printed figure; NaN for an empty cell. `=6` is a rank that several share. Raises ValueError for other texts."""
    if cell is None or (isinstance(cell, str) and cell.casefold() in NOTHING):
        return math.nan
    return float(str(cell).strip(" ="))


def legible(given: Laid, columns: Iterable[str]) -> None:
    """Refuse published columns in which something else than figures stands."""
    lines = []
    for column in columns:
        for row, cell in enumerate(given.columns[column]):
            try:
                published_number(cell)
            except ValueError:
                remedy = "Write a number with a decimal point, or leave the cell empty"
                lines.append(f"  {_place((column, row), given)}: {str(cell)[:60]!r} is no figure. {remedy}.")
    if lines:
        more = [f"  ... and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
        said = f"{len(lines)} published cell{'s are' if len(lines) > 1 else ' is'} no figure; nothing was computed"
        raise Problem("index.bad-cells", said, "mend the places listed above", [*lines[:SHOWN], *more])


def table_of(given: Laid, only: set[str] | None = None) -> Table:
    """The table the engine computes from."""
    columns = {name: numbers(cells) for name, cells in given.columns.items() if only is None or name in only}
    return tabulate(given.units, columns, given.periods)


def unusable(wrong: Unusable, given: Laid, called: Mapping[str, str] | None = None) -> Problem:
    """What the engine cannot compute, with the place of each cell in its file."""
    lines = []
    for each in wrong.problems[:SHOWN]:
        where = _place(each.path, given)
        lines.append(f"  {f'{where}: ' if where else ''}{each.said}. {each.remedy}.")
    if len(wrong.problems) > SHOWN:
        lines.append(f"  ... and {len(wrong.problems) - SHOWN} more")
    many = len(wrong.problems)
    said = f"{many} problem{'s' if many > 1 else ''} in the table; nothing was computed"
    return Problem("index.bad-cells", said, "mend the places listed above", lines)


def _place(path: Sequence[str | int], given: Laid) -> str:
    if len(path) == 2 and isinstance(path[1], int) and str(path[0]) in given.places:
        found = given.places[str(path[0])][path[1]]
        if found is not None:
            file, line, column = found
            return f"{file}, line {line}, column {column}"
    return ""
