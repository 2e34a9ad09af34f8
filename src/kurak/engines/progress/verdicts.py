"""What is said of a series: a method's own word, its step on the common ladder, and what it was said from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

ACHIEVED, ON_TRACK, SLOW, STAGNATING, AWAY, UNKNOWN = (
    "achieved",
    "on-track",
    "too-slow",
    "stagnating",
    "moving-away",
    "cannot-be-judged",
)
LADDER = (ACHIEVED, ON_TRACK, SLOW, STAGNATING, AWAY, UNKNOWN)

REASONS = {
    "no-values": "there are no values",
    "few-points": "there are fewer than two values since the base year",
    "no-base": "there is no value for the base year",
    "no-window": "there are no two values that lie far enough apart in the last years",
    "stale": "the last value is older than five years",
    "growth-unit": "the values are rates of change, of which no growth rate is taken",
    "parity": "the method has no rule for an indicator whose best value lies in the middle",
    "base-not-positive": "the first value is zero or negative, from which no growth rate can be taken",
    "sign-change": "the values or the target change sign, so that no growth rate connects them",
    "target-equals-base": "the target is the value counted from, so that there is no way to measure",
    "no-target": "the method needs a target",
    "target-year-passed": "the target year is over, and the target was not met",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """method: a code of METHODS. status: the method's own word, None where it cannot judge. step: of LADDER.

    score: in the method's own scale, None where it has none. n, first, last: values looked at, their first and last
    year. inputs: the numbers it was computed from (base, rates, ratio, projection). reason: of REASONS.
    """

    method: str
    status: str | None
    step: str
    score: float | None
    n: int
    first: float | None
    last: float | None
    inputs: Mapping[str, float] = field(default_factory=dict)
    reason: str | None = None

    @property
    def because(self) -> str:
        """The reason as a sentence; empty where there is a verdict."""
        return REASONS[self.reason] if self.reason else ""


@dataclass(frozen=True, slots=True)
class Found:
    """Of n series, before they are told apart: arrays (n,). status, step, reason: "" where there is none."""

    status: NDArray[np.str_]
    step: NDArray[np.str_]
    score: Floats
    n: NDArray[np.int64]
    first: Floats
    last: Floats
    inputs: Mapping[str, Floats]
    reason: NDArray[np.str_]


def verdicts(method: str, found: Found) -> list[Verdict]:
    """One verdict a series."""
    names = list(found.inputs)
    columns = [np.asarray(found.inputs[name], float).tolist() for name in names]
    rows = zip(*columns, strict=True) if columns else iter([()] * len(found.n))
    made = []
    for status, step, score, n, first, last, reason, given in zip(
        found.status.tolist(),
        found.step.tolist(),
        found.score.tolist(),
        found.n.tolist(),
        found.first.tolist(),
        found.last.tolist(),
        found.reason.tolist(),
        rows,
        strict=True,
    ):
        inputs = {name: value for name, value in zip(names, given, strict=True) if isfinite(value)}
        made.append(
            Verdict(
                method,
                None if reason else status,
                UNKNOWN if reason else step,
                None if reason or not isfinite(score) else score,
                n,
                None if first != first else first,
                None if last != last else last,
                inputs,
                reason or None,
            )
        )
    return made


def first_of(*choices: tuple[NDArray[np.bool_], str], other: str = "") -> NDArray[np.str_]:
    """Of each series the word of the first condition that holds.

    >>> first_of((np.array([True, False]), "a"), (np.array([True, False]), "b"), other="c").tolist()
    ['a', 'c']
    """
    return np.select([holds for holds, _ in choices], [word for _, word in choices], other)


def first_reason(*reasons: NDArray[np.str_]) -> NDArray[np.str_]:
    """The first reason of each series that there is."""
    found = reasons[-1]
    for each in reversed(reasons[:-1]):
        found = np.where(each != "", each, found)
    return found


def steps(status: NDArray[np.str_], ladder: Mapping[str, str]) -> NDArray[np.str_]:
    """The step of each status."""
    return first_of(*((status == word, step) for word, step in ladder.items()), other=UNKNOWN)
