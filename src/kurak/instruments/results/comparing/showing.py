"""Pages on which several results stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kurak.ground.places.queries import countries
from kurak.ground.publishing.charts import chart
from kurak.ground.publishing.figures import Course, courses
from kurak.instruments.results.comparing import queries
from kurak.instruments.results.models import Run, Score
from kurak.instruments.results.trends.showing import breaks_of, points
from kurak.instruments.results.wording import Edition, citation_of, heading, name_of

MOST = 10  # lines that can be told apart
ALSO = 3  # units outside the region that may be chosen
SMALL = (300, 170)  # width and height of a small chart
COLUMNS = ("edition", "run", "unit", "place", "period", "value", "low", "high", "rank", "class_code")


def page_of(run: Run, node: str | None, wanted: Sequence[str], url: str) -> dict[str, Any]:
    """Countries over time: lines together, one by one with their bands, and a table."""
    said = Edition(run.edition.document)
    node = node if node in said.parts() else said.root
    units = queries.units_of(run)
    chosen = chosen_of(units, wanted)
    found = queries.over_time(run, node, chosen)
    ours = {place.pk for place in countries()}
    names = {each.unit: name_of(each) for each in units}
    drawn = list(courses_of(run, found, names))
    return {
        **heading(run), "node": node, "node_title": said.title(node),
        "parts": [(code, said.title(code)) for code in [said.root, *said.parts()]],
        "ours": sorted((names[each.unit], each.unit) for each in units if each.place_id in ours),
        "others": sorted((names[each.unit], each.unit) for each in units if each.place_id not in ours),
        "chosen": [each.unit for each in chosen], "also": _also(chosen, ours), "several": len(found) > 1,
        "table": table_of(found, [each.unit for each in chosen]), "names": [names[each.unit] for each in chosen],
        "together": together(drawn, said.title(node)), "small": list(small(drawn, said.title(node))),
        "banded": any(point[2] is not None for each in drawn for point in each.points),
        "newest": found[-1][0].edition.edition if found else "",
        "earlier": ", ".join(each.edition.edition for each, _scores in found[-2::-1]),
        "citation": citation_of(run, url),
    }  # fmt: skip


def on_the_run(run: Run, node: str) -> SafeString | None:
    """The countries of the region over time, for the page of the run."""
    said, units = Edition(run.edition.document), queries.units_of(run)
    chosen = chosen_of(units, ())
    names = {each.unit: name_of(each) for each in chosen}
    return together(list(courses_of(run, queries.over_time(run, node, chosen), names)), said.title(node))


def chosen_of(units: Sequence[Score], wanted: Sequence[str]) -> list[Score]:
    """What was asked for, or all countries of the region that have a score."""
    ours = {place.pk for place in countries()}
    named = [each for each in units if each.unit in wanted]
    found = named or [each for each in units if each.place_id in ours and each.value is not None] or units[:3]
    return sorted(found, key=lambda each: (each.place_id not in ours, name_of(each)))[:MOST]


def _also(chosen: Sequence[Score], ours: set[int]) -> list[str]:
    """What is chosen outside the region, and room for more."""
    there = [each.unit for each in chosen if each.place_id not in ours][:ALSO]
    return [*there, *[""] * (ALSO - len(there))]


def courses_of(
    run: Run, found: Sequence[tuple[Run, Mapping[str, Sequence[Score]]]], names: Mapping[str, str]
) -> Iterator[Course]:
    """A course for each unit and edition; editions on another scale are in the table only."""
    ends = Edition(run.edition.document).ends
    for each, by_unit in found:
        if Edition(each.edition.document).ends != ends:
            continue
        for unit in sorted(names):  # a country has its colour in every language
            if there := points(each, by_unit.get(unit, [])):
                yield Course(names[unit], there, each.edition.edition)


def together(drawn: Sequence[Course], title: str) -> SafeString | None:
    if not drawn or max(len(each.points) for each in drawn) < 2:
        return None
    bare = [
        Course(each.name, [(when, value, None, None) for when, value, *_ in each.points], each.method) for each in drawn
    ]
    return chart(
        courses(bare, axis=title, breaks=breaks_of(drawn)), title=_("%(what)s over time") % {"what": title},
        description=_("A line for each country and edition; editions are not joined. The table has the same numbers."),
    )  # fmt: skip


def small(drawn: Sequence[Course], title: str) -> Iterator[dict[str, Any]]:
    """One small chart for each unit, with its band, all on the same axes."""
    if not drawn or max(len(each.points) for each in drawn) < 2:
        return
    every = [point for each in drawn for point in each.points]
    values = [value for _when, *them in every for value in them if value is not None]
    ends, years = (min(values), max(values)), (min(point[0] for point in every), max(point[0] for point in every))
    for name in dict.fromkeys(each.name for each in drawn):
        own = [Course(name, each.points, each.method) for each in drawn if each.name == name]
        spec = courses(own, axis="", breaks=breaks_of(own), ends=ends, years=years, width=SMALL[0], height=SMALL[1])
        text = _("%(what)s of %(name)s over time, with the interval each score may lie in.") % {
            "what": title,
            "name": name,
        }
        yield {"name": name, "chart": chart(spec, title=name, description=text)}


def table_of(found: Sequence[tuple[Run, Mapping[str, Sequence[Score]]]], units: Sequence[str]) -> list[dict[str, Any]]:
    """A row for every edition and period, a cell for every unit."""
    rows = []
    for run, by_unit in found:
        said = Edition(run.edition.document)
        cells = {(unit, each.period): each for unit, scores in by_unit.items() for each in scores}
        for place, period in enumerate(sorted({period for _unit, period in cells})):
            shown = [_cell(said, cells.get((unit, period))) for unit in units]
            rows.append({"edition": run.edition.edition, "run": run, "period": period or str(run.edition.dated.year),
                         "cells": shown, "opens": place == 0})  # fmt: skip
    return rows


def _cell(said: Edition, score: Score | None) -> dict[str, str]:
    if score is None:
        return {"value": "–", "interval": ""}
    spans = score.low is not None and score.high is not None
    return {"value": said.written(score.value),
            "interval": f"{said.written(score.low)} – {said.written(score.high)}" if spans else ""}  # fmt: skip


def rows_of(run: Run, node: str | None, wanted: Sequence[str]) -> Iterator[list[Any]]:
    """The same as a file."""
    said = Edition(run.edition.document)
    node = node if node in said.parts() else said.root
    for each, by_unit in queries.over_time(run, node, chosen_of(queries.units_of(run), wanted)):
        for scores in by_unit.values():
            for score in scores:
                yield [each.edition.edition, each.pk, score.unit, score.place.code if score.place else "",
                       score.period, score.value, score.low, score.high, score.rank, score.class_code]  # fmt: skip
