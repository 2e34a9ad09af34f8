"""Which units have enough data to be scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kurak.engines.composite.declaration import Screen

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]

TOLERANCE = 1e-12  # two of three present is two thirds


@dataclass(frozen=True, slots=True)
class Screened:
    """Of each of n units: available, the share of present cells; not_zero, the share of the present that are not 0,
    missing without any; inside, the share of present cells of each node named; low_data and low_not_zero, which test
    failed; kept."""

    available: Floats
    not_zero: Floats
    inside: Mapping[str, Floats]
    low_data: Flags
    low_not_zero: Flags
    kept: Flags


def availability(x: Floats) -> Floats:
    """Share of present cells of each row: (n, k) -> (n,).

    >>> availability(np.array([[1.0, np.nan], [0.0, 2.0]])).tolist()
    [0.5, 1.0]
    """
    return np.asarray((~np.isnan(x)).mean(axis=-1) if x.shape[-1] else np.ones(len(x)), float)


def screen(
    x: Floats, rule: Screen, units: Sequence[str], tree: Sequence[int], inside: Mapping[str, Sequence[int]]
) -> Screened:
    """The rule applied to the cells (n, k). tree: the columns that count    inside: the columns of each node named.

    A unit falls when its data are too few (overall or inside a node) or too many of them are 0, or with `both` when
    both hold. A unit in keep stays, one in drop goes, whatever its data say."""
    cells = x[:, list(tree)]
    there = (~np.isnan(cells)).sum(axis=1)
    nonzero = (~np.isnan(cells) & (cells != 0)).sum(axis=1)
    not_zero = np.divide(nonzero, there, out=np.full(len(x), np.nan), where=there > 0)
    shares = {code: availability(x[:, list(columns)]) for code, columns in inside.items()}
    available = availability(cells)
    low_data = available < rule.available - TOLERANCE
    for code, least in rule.inside.items():
        low_data = low_data | (shares[code] < least - TOLERANCE)
    low_not_zero = not_zero < rule.not_zero - TOLERANCE
    falls = low_data & low_not_zero if rule.both else low_data | low_not_zero
    kept = (~falls | np.isin(units, rule.keep)) & ~np.isin(units, rule.drop)
    return Screened(available, not_zero, shares, low_data, low_not_zero, kept)


def screened(
    x: Floats, rule: Screen, units: Sequence[str], *, tree: Sequence[int], inside: Mapping[str, Sequence[int]]
) -> tuple[Flags, tuple[str, ...]]:
    """(which rows are kept, why the others are not).

    >>> kept, why = screened(np.array([[1.0, 2.0], [np.nan, 2.0]]), Screen(available=0.9), ["a", "b"], tree=[0, 1],
    ...                      inside={})
    >>> kept.tolist(), why
    ([True, False], ('b: has 50 % of the data, needs 90 %',))
    """
    found = screen(x, rule, units, tree, inside)
    return found.kept, tuple(
        f"{units[row]}: {_reason(found, rule, row, units[row])}" for row in np.flatnonzero(~found.kept).tolist()
    )


def _reason(found: Screened, rule: Screen, row: int, unit: str) -> str:
    if unit in rule.drop:
        return "left out by declaration"
    reasons = []
    if found.available[row] < rule.available - TOLERANCE:
        reasons.append(f"has {found.available[row]:.0%} of the data, needs {rule.available:.0%}".replace("%", " %"))
    for code, least in rule.inside.items():
        if (share := found.inside[code][row]) < least - TOLERANCE:
            reasons.append(f"has {share:.0%} of the data of {code}, needs {least:.0%}".replace("%", " %"))
    if found.low_not_zero[row]:
        said = f"{found.not_zero[row]:.0%} of its data are not zero, needs {rule.not_zero:.0%}"
        reasons.append(said.replace("%", " %"))
    return "; ".join(reasons)
