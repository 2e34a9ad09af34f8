"""A series of one indicator and the target it is held to, checked once, where they are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kurak.engines.composite.problems import Problem, Unusable

type Floats = NDArray[np.float64]
type Kind = Literal["level", "parity", "growth"]
type Setter = Literal["given", "analyst-set", "regional"]
type Base = Literal["from", "exact", "until"]

KINDS = ("level", "parity", "growth")
SETTERS = ("given", "analyst-set", "regional")
BASES = ("from", "exact", "until")
BASE_YEAR, BY_YEAR = 2015.0, 2030.0
MOST = 1e100  # beyond, sums of squares are not finite
SHARE = (0.0, 100.0)  # the natural limits of a percentage of a whole


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """times: years, increasing (n,). values: (n,), finite, in `unit`. direction: 1 more is better, -1 less.

    limits: the least and the greatest value there can be (None: no such limit); 0 and 100 for a share in percent.
    kind: level; parity, where the target itself is best and both sides of it are worse; growth, a rate of change.
    Make one with `series`, which sorts and checks.
    """

    times: Floats
    values: Floats
    direction: int = 1
    unit: str = ""
    limits: tuple[float | None, float | None] = (None, None)
    kind: Kind = "level"
    name: str = ""

    @property
    def is_share(self) -> bool:
        return self.limits == SHARE


@dataclass(frozen=True, slots=True)
class Target:
    """value: to be reached by `year`, in the unit of the series; None: there is only a direction.

    base_year and base: which value progress is counted from: the first "from" that year on, the one "exact" in it, or
    the last "until" it. kind: who set the value: given in the agenda, analyst-set, or regional (set for a region by
    analysts and not by the state). path: (year, value) of interim targets. worst: the value that scores 0 in the
    SDG Index. tolerance: how far from a parity target still counts as met.
    """

    value: float | None = None
    year: float = BY_YEAR
    base_year: float = BASE_YEAR
    base: Base = "from"
    kind: Setter = "given"
    path: tuple[tuple[float, float], ...] = ()
    worst: float | None = None
    tolerance: float = 0.0

    def __post_init__(self) -> None:
        numbers = [self.value, self.year, self.base_year, self.worst, self.tolerance, *sum(self.path, ())]
        wrong = []
        if not all(each is None or abs(each) <= MOST for each in numbers):
            said = "a number of the target is not finite, or beyond 1e100"
            wrong.append(_problem(("target",), "not-finite", said, "Leave it out, or mend it"))
        elif not self.year > self.base_year:
            said = f"the target year {self.year:g} is not after the base year {self.base_year:g}"
            wrong.append(
                _problem(("target", "year"), "years", said, "Give a later target year or an earlier base year")
            )
        if self.base not in BASES or self.kind not in SETTERS:
            said = f"base is {self.base!r} and kind is {self.kind!r}"
            remedy = f"base is one of {', '.join(BASES)}; kind is one of {', '.join(SETTERS)}"
            wrong.append(_problem(("target",), "choice", said, remedy))
        if any(a >= b for (a, _), (b, _) in zip(self.path, self.path[1:], strict=False)):
            said = "the years of the interim targets do not increase"
            wrong.append(_problem(("target", "path"), "order", said, "Sort them, one value a year"))
        if wrong:
            raise Unusable(wrong)


def series(
    times: ArrayLike,
    values: ArrayLike,
    *,
    direction: int = 1,
    unit: str = "",
    limits: tuple[float | None, float | None] = (None, None),
    kind: Kind = "level",
    name: str = "",
) -> Series:
    """A series from years and values (n,) in any order; NaN values are missing and left out.

    Raises Unusable, naming the place, for unequal lengths, infinities, a year that is there twice or is missing,
    values outside the natural limits, a direction that is neither 1 nor -1.

    >>> made = series([2018, 2015, 2016], [3.0, 1.0, float("nan")])
    >>> made.times.tolist(), made.values.tolist()
    ([2015.0, 2018.0], [1.0, 3.0])
    """
    at, there = np.atleast_1d(np.asarray(times, float)), np.atleast_1d(np.asarray(values, float))
    label = name or "series"
    if at.shape != there.shape or at.ndim != 1:
        said = f"there are {at.size} years and {there.size} values"
        raise Unusable([_problem((label,), "lengths", said, "Give one value for each year")])
    wrong = [*_choices(label, direction, kind, limits), *_years(label, at), *_values(label, at, there, limits)]
    if wrong:
        raise Unusable(wrong)
    kept = ~np.isnan(there)
    order = np.argsort(at[kept], kind="stable")
    return Series(at[kept][order], there[kept][order], direction, unit, limits, kind, name)


def _choices(label: str, direction: int, kind: str, limits: tuple[float | None, float | None]) -> list[Problem]:
    wrong = []
    if direction not in (1, -1):
        remedy = "Give 1 where more is better, -1 where less is"
        wrong.append(_problem((label, "direction"), "direction", f"the direction is {direction!r}", remedy))
    if kind not in KINDS:
        wrong.append(_problem((label, "kind"), "choice", f"the kind is {kind!r}", f"Give one of {', '.join(KINDS)}"))
    low, high = limits
    if low is not None and high is not None and not low < high:
        said = f"the natural limits are {low:g} and {high:g}"
        wrong.append(_problem((label, "limits"), "limits", said, "Give the lower one first"))
    return wrong


def _years(label: str, at: Floats) -> list[Problem]:
    odd = [int(place) for place in np.flatnonzero(~np.isfinite(at))]
    wrong = [_problem((label, place), "year", "the year is missing", "Give a year as a number") for place in odd]
    years, counts = np.unique(at[np.isfinite(at)], return_counts=True)
    return wrong + [
        _problem((label, f"{year:g}"), "twice", f"the year {year:g} is there {count} times", "Keep one value a year")
        for year, count in zip(years[counts > 1].tolist(), counts[counts > 1].tolist(), strict=True)
    ]


def _values(label: str, at: Floats, there: Floats, limits: tuple[float | None, float | None]) -> list[Problem]:
    wrong = [
        _problem(
            (label, f"{at[place]:g}"),
            "infinite",
            "the value is infinite, or beyond 1e100",
            "Leave it empty, or mend it",
        )
        for place in np.flatnonzero(np.abs(there) > MOST)
    ]
    low = -np.inf if limits[0] is None else limits[0]
    high = np.inf if limits[1] is None else limits[1]
    return wrong + [
        _problem(
            (label, f"{at[place]:g}"),
            "limits",
            f"the value {there[place]:g} is outside the natural limits {low:g} to {high:g}",
            "Mend the value, or leave the limits out",
        )
        for place in np.flatnonzero(np.isfinite(there) & ((there < low) | (there > high)))
    ]


def _problem(path: tuple[str | int, ...], code: str, said: str, remedy: str) -> Problem:
    return Problem(path, f"progress.{code}", said, remedy)


def path_at(target: Target, year: float, base: tuple[float, float] | None = None) -> float | None:
    """What the path of interim targets asks for in a year, on straight lines between its points and the target.

    base: (year, value) the path starts from. None before its first point, and where nothing is asked.

    >>> path_at(Target(value=10.0, year=2030, path=((2020, 30.0), (2025, 20.0))), 2022.5)
    25.0
    """
    points = dict(target.path)
    if base is not None:
        points.setdefault(*base)
    if target.value is not None:
        points[target.year] = target.value
    years = sorted(points)
    if not years or not years[0] <= year:
        return None
    return float(np.interp(year, years, [points[each] for each in years]))
