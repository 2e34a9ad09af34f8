"""The steps of a commitment on one line of time: where each begins and ends, in thousandths of the whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kurak.commitments.agendas.models import Commitment, Step
from kurak.ground.languages.text import Text

WHOLE = 1000
LEAST = 8  # of a step of one day, so that it is seen
MOST_YEARS = 12  # that are named
STATES = {
    "done": _("done"), "late": _("its day has passed"), "dropped": _("will not be done"), "open": _("to be done"),
    "end": _("the day that was promised"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """A step on the line. at, long: in thousandths; nothing where it has no day."""

    step: Step | None
    title: Text | None
    starts: dt.date | None
    ends: dt.date | None
    state: str
    at: int | None = None
    long: int = 0

    @property
    def says(self) -> str:
        return str(STATES[self.state])


@dataclass(frozen=True, slots=True)
class Roadmap:
    bars: tuple[Bar, ...]
    years: tuple[int | None, ...]  # one for each year of the line; nothing where its name is left out
    today: int | None


def roadmap(commitment: Commitment, steps: Sequence[Step], *, today: dt.date) -> Roadmap:
    """In the order of their days; those without one at the end."""
    bars = [_of_step(each, today) for each in steps]
    bars.sort(key=lambda bar: (bar.ends is None, bar.ends or dt.date.max, bar.starts or dt.date.max))
    if commitment.deadline:
        bars.append(Bar(None, None, None, commitment.deadline, "end"))
    days = [day for bar in bars for day in (bar.starts, bar.ends) if day]
    days += [day for day in (commitment.starts, commitment.deadline) if day]
    if not days:
        return Roadmap(tuple(bars), (), None)
    first, last = dt.date(min(days).year, 1, 1), dt.date(max(days).year, 12, 31)
    every = (last.year - first.year) // MOST_YEARS + 1
    years = tuple(year if (year - first.year) % every == 0 else None for year in range(first.year, last.year + 1))
    here = _at(today, first, last) if first <= today <= last else None
    return Roadmap(tuple(_placed(bar, first, last) for bar in bars), years, here)


def _of_step(step: Step, today: dt.date) -> Bar:
    ends = step.done_on or step.due
    late = ends is not None and ends < today
    state = "dropped" if step.dropped else "done" if step.done_on else "late" if late else "open"
    return Bar(step, step.title, step.starts, ends, state)


def _placed(bar: Bar, first: dt.date, last: dt.date) -> Bar:
    days = [day for day in (bar.starts, bar.ends) if day]
    if not days:
        return bar
    at, to = _at(min(days), first, last), _at(max(days), first, last)
    long = max(LEAST, to - at)
    return Bar(bar.step, bar.title, bar.starts, bar.ends, bar.state, min(at, WHOLE - long), long)


def _at(day: dt.date, first: dt.date, last: dt.date) -> int:
    """
    >>> _at(dt.date(2026, 7, 2), dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    500
    """
    return round(WHOLE * (day - first).days / ((last - first).days or 1))
