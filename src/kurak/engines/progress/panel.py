"""Many series side by side as arrays, padded to the longest, with what every method asks of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kurak.engines.progress.series import Series, Target
from kurak.engines.progress.verdicts import first_of

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Wholes = NDArray[np.int64]

OLDEST = 5.0  # years before now that the last value may lie


@dataclass(frozen=True)
class Panel:
    """times, values: (n, k), NaN after the end of each series. Everything else (n,); NaN where there is none.

    now: the year of judging; NaN: how old values are is not asked.
    """

    times: Floats
    values: Floats
    count: Wholes
    direction: Floats
    low: Floats
    high: Floats
    kind: NDArray[np.str_]
    goal: Floats
    by_year: Floats
    base_year: Floats
    base_rule: NDArray[np.str_]
    worst: Floats
    tolerance: Floats
    now: float

    def at(self, place: Wholes, of: Floats) -> Floats:
        """What stands at a place of each series; NaN where the place is -1."""
        rows = np.arange(len(of))
        return np.where(place >= 0, of[rows, np.maximum(place, 0)], np.nan)

    def since(self, year: Floats) -> Wholes:
        """The place of the first value in or after a year; -1 where there is none."""
        holds = self.times >= year[:, None]
        return np.where(holds.any(axis=1), holds.argmax(axis=1), -1)

    @cached_property
    def end(self) -> Wholes:
        return self.count - 1

    @cached_property
    def last(self) -> Floats:
        return self.at(self.end, self.values)

    @cached_property
    def last_year(self) -> Floats:
        return self.at(self.end, self.times)

    @cached_property
    def start(self) -> Wholes:
        """The place of the value that progress is counted from."""
        year = self.base_year[:, None]
        first, exact = self.since(self.base_year), (self.times == year)
        until = (self.times <= year).sum(axis=1) - 1
        same = np.where(exact.any(axis=1), exact.argmax(axis=1), -1)
        return np.select([self.base_rule == "exact", self.base_rule == "until"], [same, until], first)

    @cached_property
    def base(self) -> Floats:
        return self.at(self.start, self.values)

    @cached_property
    def base_at(self) -> Floats:
        return self.at(self.start, self.times)

    @cached_property
    def achieved(self) -> Flags:
        """The last value is at the target or better."""
        near = np.abs(self.last - self.goal) <= self.tolerance
        beyond = self.direction * self.last >= self.direction * self.goal
        return np.asarray(np.where(self.kind == "parity", near, beyond), np.bool_)

    @cached_property
    def lost(self) -> Flags:
        """The target was met at the beginning and is not now."""
        beyond = self.direction * self.base > self.direction * self.goal
        return np.asarray(beyond & ~self.achieved, np.bool_)

    @cached_property
    def has_goal(self) -> Flags:
        return ~np.isnan(self.goal)

    @cached_property
    def over(self) -> Flags:
        """The target year has been measured, and the target was not met."""
        return self.has_goal & (self.last_year >= self.by_year) & ~self.achieved

    @cached_property
    def insufficient(self) -> NDArray[np.str_]:
        """Why no method can say anything: no values, or none of the last years."""
        stale = (self.now - self.last_year) > OLDEST
        return first_of((self.count == 0, "no-values"), (stale, "stale"))

    def seen(self, start: Wholes) -> Wholes:
        """How many values lie from a place to the last."""
        return np.where(start >= 0, self.end - start + 1, 0)


def panel(many: Sequence[Series], targets: Sequence[Target], now: float | None = None) -> Panel:
    """Series and their targets (n of each) as arrays.

    >>> from kurak.engines.progress.series import series
    >>> found = panel([series([2014, 2016, 2018], [1.0, 2.0, 4.0])], [Target(8.0)])
    >>> found.base.tolist(), found.last_year.tolist()
    ([2.0], [2018.0])
    """
    count = np.array([each.times.size for each in many], np.int64)
    inside = np.arange(max(int(count.max(initial=1)), 1)) < count[:, None]
    times, values = (np.full(inside.shape, np.nan) for _ in range(2))
    if many:
        times[inside] = np.concatenate([each.times for each in many])
        values[inside] = np.concatenate([each.values for each in many])
    return Panel(
        times=times,
        values=values,
        count=count,
        direction=np.array([each.direction for each in many], float),
        low=_numbers([each.limits[0] for each in many]),
        high=_numbers([each.limits[1] for each in many]),
        kind=np.array([each.kind for each in many], np.str_),
        goal=_numbers([each.value for each in targets]),
        by_year=_numbers([each.year for each in targets]),
        base_year=_numbers([each.base_year for each in targets]),
        base_rule=np.array([each.base for each in targets], np.str_),
        worst=_numbers([each.worst for each in targets]),
        tolerance=_numbers([each.tolerance for each in targets]),
        now=np.nan if now is None else now,
    )


def _numbers(given: Sequence[float | None]) -> Floats:
    return np.array([np.nan if each is None else each for each in given], float)
