"""How much of a plan was spent, and whether that is much or little for the time of the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Floats = NDArray[np.float64]

MONTHS = 12
YEARS = 3  # earlier years whose mean pace is expected


@dataclass(frozen=True, slots=True, eq=False)
class Execution:
    """Shares, 1 for all of it, each (lines,), NaN where it can't be said: of the plan as it stands now, of the plan as
    it was first approved, and how far ahead of (above 0) or behind the share expected by this month."""

    of_adjusted: Floats
    of_approved: Floats
    ahead: Floats
    expected: float  # share expected by the month; NaN where no month was given


def execution(
    spent: ArrayLike, *, approved: ArrayLike, adjusted: ArrayLike | None = None, expected: float = np.nan
) -> Execution:
    """spent, approved, adjusted: (lines,) amounts in one currency, NaN where unknown; adjusted is the approved plan
    where it is not given. A plan of zero has no share: NaN, whatever was spent. expected: by expected_share.

    Source: research on open budgets, execution against the adjusted and the first approved plan.

    >>> found = execution([40.0, 5.0], approved=[100.0, 0.0], adjusted=[80.0, np.nan], expected=0.75)
    >>> [float(share) for share in found.of_adjusted], round(float(found.ahead[0]), 2)
    ([0.5, nan], -0.25)
    """
    paid, first = np.asarray(spent, float), np.asarray(approved, float)
    now = first if adjusted is None else np.asarray(adjusted, float)
    now = np.where(np.isnan(now), first, now)
    if not paid.shape == first.shape == now.shape:
        raise ValueError(f"amounts of {paid.shape}, {first.shape} and {now.shape} lines: give the same lines")
    shares = _share(paid, now)
    return Execution(shares, _share(paid, first), shares - expected, float(expected))


def _share(part: Floats, whole: Floats) -> Floats:
    found: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return found


def expected_share(month: int, earlier: Sequence[ArrayLike] = ()) -> float:
    """The share of a year's spending expected by the end of a month, 1 to 12: the mean of at most the three newest
    earlier years where at least one is whole, else the same for every month.

    earlier: each (12,), what was spent by the end of each month of a year, newest last; a year whose last value is not
    above 0, or that has a gap, is passed over.

    >>> expected_share(6), expected_share(6, [[0, 0, 0, 0, 0, 40, 0, 0, 0, 0, 0, 100]])
    (0.5, 0.4)
    """
    if not 1 <= month <= MONTHS:
        raise ValueError(f"month {month}: a year has the months 1 to {MONTHS}")
    whole = [np.asarray(year, float) for year in earlier]
    kept = [year for year in whole if year.shape == (MONTHS,) and np.isfinite(year).all() and year[-1] > 0][-YEARS:]
    if not kept:
        return month / MONTHS
    return float(np.mean([year[month - 1] / year[-1] for year in kept]))
