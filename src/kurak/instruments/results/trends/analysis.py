"""How far scores and indicators moved between their first period and their last. Calls the engine."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

YEARS = (1000, 3000)


@dataclass(frozen=True, slots=True)
class Moved:
    """One trend, in raw units of an indicator or in those of the score. arrow: of the engine's pace, empty where the
    edition declares no goal."""

    node: str
    unit: str
    since: int
    until: int
    first: float
    last: float
    yearly: float
    goal: float | None = None
    by_year: int | None = None
    needed: float | None = None
    arrow: str = ""


def moved(result: Any, codes: Sequence[str] | None = None) -> Iterator[Moved]:
    """Of the codes (all nodes where none are named), and of whatever declares a goal by a year; none where the periods
    are no years."""
    import numpy as np

    table, declaration = result.table, result.declaration
    if not table.periods or not all(_is_year(each) for each in table.periods):
        return
    units, periods = np.array(table.units), np.array(table.periods)
    for code in followed(declaration, codes):
        yield from _moved(result, code, units, periods)


def _is_year(period: str) -> bool:
    return period.isdigit() and YEARS[0] <= int(period) <= YEARS[1]


def followed(declaration: Any, codes: Sequence[str] | None) -> list[str]:
    """The codes whose trends are kept."""
    every = {**declaration.nodes, **declaration.leaves}
    aims = [code for code, item in every.items() if item.trend is not None]
    return list(dict.fromkeys([*(declaration.nodes if codes is None else codes), *aims]))


def _moved(result: Any, code: str, units: Any, periods: Any) -> Iterator[Moved]:
    from kurak.engines.composite.pace import paces
    from kurak.engines.composite.panels import series

    declaration = result.declaration
    leaf = declaration.leaves.get(code)
    values = result.scores[code] if leaf is None else result.prepared.raw[:, [*declaration.leaves].index(code)]
    item = leaf or declaration.nodes[code]
    direction = leaf.direction if leaf else (1 if declaration.better == "high" else -1)
    pace = paces(values, units, periods, item.trend, direction) if item.trend else None
    for place, (unit, rows, at) in enumerate(series(units, periods)):
        ends = _ends(values[rows].tolist(), [int(each) for each in at], item.trend)
        if ends is None:
            continue
        since, first, until, last = ends
        yearly = (last - first) / (until - since)
        if pace is None or not pace.arrow[place]:
            yield Moved(code, unit, since, until, first, last, yearly)
            continue
        needed = direction * float(pace.needed[place])
        goal = {"goal": item.trend.goal, "by_year": item.trend.by_year, "needed": needed}
        yield Moved(code, unit, since, until, first, last, yearly, **goal, arrow=str(pace.arrow[place]))


def _ends(values: list[float], years: list[int], trend: Any) -> tuple[int, float, int, float] | None:
    """First year and value, last year and value: the declared years, or those there are; None where either is none."""
    there = {year: value for year, value in zip(years, values, strict=True) if not math.isnan(value)}
    since = trend.first if trend and trend.first is not None else min(there, default=0)
    until = trend.last if trend and trend.last is not None else max(there, default=0)
    if since not in there or until not in there or since >= until:
        return None
    return since, there[since], until, there[until]
