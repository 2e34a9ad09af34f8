"""The ornament of the house: blocks of half-square triangles, mirrored as quilters do."""

from __future__ import annotations

import random
from collections.abc import Iterator

CELL = 10
Patch = tuple[int, tuple[tuple[float, float], ...]]  # a colour and the corners of a patch
Corners = tuple[tuple[int, int], ...]

SQUARE: Corners = ((0, 0), (1, 0), (1, 1), (0, 1))
# A cell is cut along one of its diagonals; each half gets a colour.
CUTS: tuple[tuple[Corners, Corners], ...] = (
    (((0, 0), (1, 0), (1, 1)), ((0, 0), (1, 1), (0, 1))),
    (((0, 0), (1, 0), (0, 1)), ((1, 0), (1, 1), (0, 1))),
)
PAIRS = ((0, 4), (2, 4), (3, 1), (2, 1), (0, 2), (3, 4), (5, 2), (1, 4), (5, 3))


def sew(columns: int, rows: int, *, seed: str) -> list[Patch]:
    """Patches of a quilt, mirrored about both middles.

    >>> len({colour for colour, _ in sew(6, 4, seed="kurak")}) > 2
    True
    >>> sew(6, 4, seed="kurak") == sew(6, 4, seed="kurak")
    True
    """
    chance = random.Random(seed)
    quarter = {
        (column, row): (chance.randrange(2), chance.choice(PAIRS), chance.random() < 0.14)
        for column in range((columns + 1) // 2)
        for row in range((rows + 1) // 2)
    }
    return [
        patch
        for column in range(columns)
        for row in range(rows)
        for patch in _cell(column, row, columns, rows, quarter)
    ]


def _cell(column: int, row: int, columns: int, rows: int, quarter: dict) -> Iterator[Patch]:
    turned, upside = column >= columns / 2, row >= rows / 2
    cut, (first, second), whole = quarter[columns - 1 - column if turned else column, rows - 1 - row if upside else row]
    halves = (SQUARE,) if whole else CUTS[cut]
    for colour, half in zip((first, second), halves, strict=False):
        yield (
            colour,
            tuple(
                ((column + (1 - x if turned else x)) * CELL, (row + (1 - y if upside else y)) * CELL) for x, y in half
            ),
        )


def svg(patches: list[Patch]) -> str:
    """One path a colour: small, and coloured by the style sheet."""
    width = max(x for _, corners in patches for x, _ in corners)
    height = max(y for _, corners in patches for _, y in corners)
    paths = "".join(
        f'<path class="q{colour}" d="{"".join(_drawn(corners) for each, corners in patches if each == colour)}"/>'
        for colour in sorted({colour for colour, _ in patches})
    )
    return (
        f'<svg class="ornament" viewBox="0 0 {width:g} {height:g}" aria-hidden="true" focusable="false" '
        f'shape-rendering="crispEdges">{paths}</svg>'
    )


def _drawn(corners: tuple[tuple[float, float], ...]) -> str:
    (x, y), *rest = corners
    return f"M{x:g} {y:g}" + "".join(f"L{a:g} {b:g}" for a, b in rest) + "z"
