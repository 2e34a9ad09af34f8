"""Rows of measures → the engine of progress → rows of series. Pages read those and compute nothing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import batched
from typing import Any

from kurak.commitments.indicators.models import Indicator, Series
from kurak.ground.measures.models import Measure

AT_ONCE = 500
KEY = ("indicator", "place", "source", "slice")
type Line = tuple[int, int, int, str]  # indicator, place, source, slice
type Points = dict[int, float]


def renew(indicators: Mapping[int, Indicator]) -> int:
    """Sum up every line of these indicators anew, {number of the quantity: indicator}; returns how many there are."""
    done = 0
    for some in batched(indicators, AT_ONCE):
        lines = lines_of({number: indicators[number] for number in some})
        rows = [summed(line, points) for line, points in lines.items()]
        Series.objects.filter(indicator__quantity__in=some).delete()
        Series.objects.bulk_create(rows, batch_size=AT_ONCE)
        done += len(rows)
    return done


def lines_of(indicators: Mapping[int, Indicator]) -> dict[Line, Points]:
    """The values of each line by year, oldest first; of several in one year, the last."""
    found: dict[Line, Points] = {}
    rows = Measure.objects.filter(quantity__in=list(indicators), withdrawn_at=None).order_by("end")
    for quantity, *line, end, value in rows.values_list("quantity", "place", "source", "slice", "end", "value"):
        found.setdefault((indicators[quantity].pk, *line), {})[end.year] = value  # type: ignore[arg-type]
    return found


def summed(line: Line, points: Points) -> Series:
    years = list(points)
    named: dict[str, Any] = dict(zip(("indicator_id", "place_id", "source_id", "slice"), line, strict=True))
    return Series(
        **named, n=len(years), since=years[0], until=years[-1], first=points[years[0]], last=points[years[-1]]
    )  # fmt: skip
