"""The one guarded door through which counts of people leave the platform.

Three guards, and all three are needed. Small counts are hidden. A hidden count cannot be found by subtracting what is
shown from a total: another count or the total is hidden with it. And what is shown is rounded, so that two tables that
overlap cannot be subtracted either. Against watching a count change, publish through `releases.published`.
Source: Hundepool et al., Statistical Disclosure Control (2012), chapters 4.2-4.3; docs/explanation/safety.md."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext as _

from kurak.ground.errors import Refused

SMALLEST = 5  # ordinary data; incidents and minors take 10
ROUNDED_TO = 5
MOST_DIMENSIONS = 3

type Cell = tuple[Hashable, ...]


class _All:
    def __repr__(self) -> str:
        return "ALL"


ALL = _All()  # the margin of a dimension, in the keys of a table


@dataclass(frozen=True, slots=True)
class Guarded:
    """A count that may be shown: rounded, or hidden (None)."""

    shown: int | None
    smallest: int = SMALLEST

    def __str__(self) -> str:
        return "–" if self.shown is None else str(self.shown)

    def __bool__(self) -> bool:
        return self.shown is not None


def rounded(count: int) -> int:
    """To the nearest five: the direction depends on nothing but the count, so asking twice helps nobody.

    >>> rounded(7), rounded(8), rounded(1002)
    (5, 10, 1000)
    """
    return ROUNDED_TO * ((count + ROUNDED_TO // 2) // ROUNDED_TO)


def guard(count: int, smallest: int = SMALLEST) -> Guarded:
    """One count of people, on its own.

    >>> str(guard(4)), str(guard(5)), str(guard(13)), str(guard(9, smallest=10))
    ('–', '5', '15', '–')
    """
    return Guarded(rounded(count) if count >= smallest else None, smallest)


@dataclass(frozen=True, slots=True)
class GuardedTable:
    """Guarded counts under the keys they were asked with; margins under keys with ALL in them."""

    cells: Mapping[Hashable, Guarded]
    margins: Mapping[Hashable, Guarded]
    smallest: int = SMALLEST

    def __getitem__(self, key: Hashable) -> Guarded:
        return self.cells[key] if key in self.cells else self.margins[key]

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.cells)

    @property
    def total(self) -> Guarded:
        """Everybody; hidden too if the margins were not asked for."""
        whole = [count for key, count in self.margins.items() if key is ALL or _is_whole(key)]
        return whole[0] if whole else Guarded(None, self.smallest)


def _is_whole(key: Hashable) -> bool:
    return isinstance(key, tuple) and all(part is ALL for part in key)


def guard_table(counts: Mapping[Hashable, int], smallest: int = SMALLEST, *, totals: bool = True) -> GuardedTable:
    """A table of counts of people, with one to three dimensions (keys: a word, or a tuple of two or three).

    With `totals`, margins are part of the table, and so part of the guard.

    >>> table = guard_table({"KG": 41, "KZ": 3, "TJ": 18, "UZ": 26})
    >>> [f"{key} {table[key]}" for key in table], str(table.total)
    (['KG 40', 'KZ –', 'TJ –', 'UZ 25'], '90')
    """
    cells = {key if isinstance(key, tuple) else (key,): count for key, count in counts.items()}
    dimensions = {len(key) for key in cells} or {1}
    if len(dimensions) > 1 or max(dimensions) > MOST_DIMENSIONS:
        raise Refused(
            "counts.too_many_dimensions",
            _("Counts of people may cross at most three questions. Take one away."),
            most=MOST_DIMENSIONS,
        )
    whole = with_margins(cells) if totals else dict(cells)
    hidden = small_cells(whole, smallest)
    if totals:
        hide_what_subtraction_finds(whole, hidden, smallest)
    plain = isinstance(next(iter(counts), ("",)), tuple)
    shown = {key: Guarded(None if key in hidden else rounded(count), smallest) for key, count in whole.items()}
    named = {key if plain else key[0]: guarded for key, guarded in shown.items()}
    return GuardedTable(
        cells={key: named[key] for key in counts},
        margins={key: guarded for key, guarded in named.items() if key not in counts},
        smallest=smallest,
    )


def with_margins(cells: Mapping[Cell, int]) -> dict[Cell, int]:
    """The cells, those that nobody fell into, and every margin."""
    size = len(next(iter(cells), ("",)))
    values = [list(dict.fromkeys(key[axis] for key in cells)) for axis in range(size)]
    whole = {key: cells.get(key, 0) for key in product(*values)}
    for key, count in list(whole.items()):
        for kept in list(product((True, False), repeat=size))[1:]:
            margin = tuple(part if keep else ALL for part, keep in zip(key, kept, strict=True))
            whole[margin] = whole.get(margin, 0) + count
    return whole


def small_cells(whole: Mapping[Cell, int], smallest: int) -> set[Cell]:
    """Counts below the smallest, zero among them: that nobody said something is told about everybody who was asked."""
    return {key for key, count in whole.items() if count < smallest}


def hide_what_subtraction_finds(whole: Mapping[Cell, int], hidden: set[Cell], smallest: int) -> None:
    """Adds to `hidden` until no line of the table (parts and their total) gives a hidden count away."""
    lines = lines_of(whole)
    changed = True
    while changed:
        changed = False
        for total, parts in lines:
            given = next_to_hide(whole, hidden, smallest, total, parts)
            if given is not None:
                hidden.add(given)
                changed = True


def next_to_hide(
    whole: Mapping[Cell, int], hidden: set[Cell], smallest: int, total: Cell, parts: list[Cell]
) -> Cell | None:
    """What must be hidden in this line so that its hidden counts stay uncertain by at least the smallest."""
    secret = [part for part in parts if part in hidden]
    if total in hidden:
        if secret or not parts:
            return None
        # The total is hidden while all its parts are shown: their sum would tell it.
        return min(parts, key=lambda part: (whole[part], repr(part)))
    if not secret or (len(secret) > 1 and sum(whole[part] for part in secret) >= smallest):
        return None
    shown = [part for part in parts if part not in hidden]
    return min(shown, key=lambda part: (whole[part], repr(part))) if shown else total


def lines_of(whole: Mapping[Cell, int]) -> list[tuple[Cell, list[Cell]]]:
    """Every total with the parts that add up to it."""
    lines: dict[Cell, dict[int, list[Cell]]] = {}
    for key in whole:
        for axis, part in enumerate(key):
            if part is not ALL:
                lines.setdefault((*key[:axis], ALL, *key[axis + 1 :]), {}).setdefault(axis, []).append(key)
    return [(total, parts) for total, by_axis in lines.items() for parts in by_axis.values()]
