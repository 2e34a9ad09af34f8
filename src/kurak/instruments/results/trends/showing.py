"""Trends and time series as pages show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kurak.ground.publishing.charts import chart
from kurak.ground.publishing.figures import Course, courses
from kurak.instruments.catalogue.wording import number
from kurak.instruments.results.models import Run, Score, Trend
from kurak.instruments.results.trends import queries
from kurak.instruments.results.wording import Edition, name_of, unit_url

ARROWS = {"up": "↑", "moderate": "↗", "stagnating": "→", "down": "↓"}


@dataclass(frozen=True, slots=True)
class Told:
    """A trend in words."""

    trend: Trend
    title: str
    arrow: str
    word: str
    yearly: str
    years: str
    goal: str


def told(trend: Trend, said: Edition) -> Told:
    goal = ""
    if trend.goal is not None:
        goal = _("%(goal)s by %(year)s") % {"goal": figure(trend.goal), "year": trend.by_year}
    sign = "+" if trend.yearly > 0 else ""
    return Told(
        trend, said.title(trend.node), ARROWS.get(trend.arrow, ""),
        str(trend.get_arrow_display()) if trend.arrow else "",
        sign + figure(trend.yearly).replace("-", "−"), f"{trend.since}–{trend.until}", goal,
    )  # fmt: skip


def figure(value: float) -> str:
    """Two digits tell how fast something moves, three where it moves by tens."""
    return number(float(f"{value:.2g}" if abs(value) < 10 else f"{value:.3g}"))


def of_run(run: Run, node: str, said: Edition) -> dict[str, Told]:
    return {unit: told(each, said) for unit, each in queries.of_run(run, node).items()}


def of_unit(run: Run, unit: str, said: Edition) -> dict[str, Told]:
    return {each.node: told(each, said) for each in queries.of_unit(run, unit)}


def with_goals(trends: Mapping[str, Told], besides: Sequence[str]) -> list[Told]:
    """Whatever else the edition declares a goal for: mostly indicators."""
    return [each for code, each in trends.items() if code not in besides and each.trend.goal is not None]


@dataclass(frozen=True, slots=True)
class Moment:
    """One score in time, with the method it was made by."""

    run: Run
    score: Score
    period: str
    value: str
    interval: str
    rank: str
    url: str
    opens: bool  # the first of its edition


def over_time(run: Run, whole: Score | None) -> dict[str, Any] | None:
    """The overall score over time, edition by edition; None where there is one score only."""
    if whole is None:
        return None
    found = queries.across_editions(run, whole)
    if sum(len(scores) for _run, scores in found) < 2:
        return None
    moments = [each for edition_run, scores in found for each in _moments(edition_run, scores)]
    banded = any(each.interval for each in moments)
    return {
        "moments": moments,
        "banded": banded,
        "several": len(found) > 1,
        "chart": series_chart(run, found, name_of(whole)),
    }


def _moments(run: Run, scores: Sequence[Score]) -> Iterator[Moment]:
    said = Edition(run.edition.document)
    for place, each in enumerate(scores):
        interval = ""
        if each.low is not None and each.high is not None:
            interval = f"{said.written(each.low)} – {said.written(each.high)}"
        rank = "" if each.rank is None else number(each.rank)
        url = unit_url(run, each.unit, each.period)
        period = each.period or str(run.edition.dated.year)
        yield Moment(run, each, period, said.written(each.value), interval, rank, url, place == 0)


def points(run: Run, scores: Sequence[Score]) -> list[tuple[float, float, float | None, float | None]]:
    """(year, value, lowest, highest); data without periods stand at the year of their edition."""
    year = str(run.edition.dated.year)
    placed = [(each.period or year, each) for each in scores if each.value is not None]
    return [(float(when), each.value, each.low, each.high) for when, each in placed if when.isdigit()]  # type: ignore[misc]


def series_chart(run: Run, found: Sequence[tuple[Run, Sequence[Score]]], name: str) -> SafeString | None:
    """A line for each edition on one scale. Scores of another scale stand in the table only."""
    said = Edition(run.edition.document)
    drawn = [
        (each.edition.edition, points(each, scores))
        for each, scores in found
        if Edition(each.edition.document).ends == said.ends
    ]
    rows = [Course(edition, there, edition) for edition, there in drawn if there]
    if sum(len(row.points) for row in rows) < 2:
        return None
    title = _("%(name)s over time") % {"name": name}
    text = _("A line for each edition of the method, never joined to another. The table has the same numbers.")
    return chart(courses(rows, axis=said.title(said.root), breaks=breaks_of(rows)), title=title, description=text)


def breaks_of(rows: Sequence[Course]) -> list[float]:
    """Half-way between the last moment of one method and the first of the next, where they do not overlap."""
    spans: dict[str, tuple[float, float]] = {}
    for row in rows:
        moments = [point[0] for point in row.points]
        since, until = spans.get(row.method, (moments[0], moments[0]))
        spans[row.method] = min(since, *moments), max(until, *moments)
    ordered = sorted(spans.values())
    return [(end + start) / 2 for (_since, end), (start, _until) in pairwise(ordered) if end < start]
