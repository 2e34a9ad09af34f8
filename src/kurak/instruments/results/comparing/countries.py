"""One country by all indexes: side by side, each on its own scale, never summed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kurak.ground.places.models import Place
from kurak.ground.publishing.charts import chart
from kurak.ground.publishing.citing import Citation
from kurak.ground.publishing.figures import Course, bars, courses
from kurak.instruments.catalogue.texts import text_of
from kurak.instruments.catalogue.wording import LABELS
from kurak.instruments.results import queries as results
from kurak.instruments.results.commands import command_of
from kurak.instruments.results.comparing.queries import assessed_at
from kurak.instruments.results.comparing.showing import SMALL
from kurak.instruments.results.models import Run, Score
from kurak.instruments.results.trends import showing as trends
from kurak.instruments.results.trends.queries import across_editions, of_unit
from kurak.instruments.results.wording import Edition, language, rows, why_unranked, word

COLUMNS = (
    "instrument", "edition", "run", "unit", "place", "period", "value", "low", "high", "rank", "rank_low", "rank_high",
    "ranked", "class_code", "label", "command", "source", "licence",
)  # fmt: skip


def country_page(place: Place, *, draw: bool = True, url: str = "") -> dict[str, Any]:
    """Every index that is about countries, also those that do not cover this one."""
    found = [_index(run, score) for run, score in results.of_place(place)]
    shown: dict[str, Any] = {"place": place, "found": found}
    if not draw:
        return shown
    relative = [
        (str(word(each["run"].edition.document["title"])), _relative(each["said"], each["row"].score.value))
        for each in found if each["row"] and each["row"].score.value is not None and each["said"].ends
    ]  # fmt: skip
    name = place.name(language())
    title = _("%(place)s by all indexes") % {"place": name}
    return {
        **shown, "bars": relative_bars(relative), "series": list(series(found, name)),
        "organisations": assessed_at(place), "citation": Citation(title, timezone.now().date(), url=url),
    }  # fmt: skip


def _index(run: Run, score: Score | None) -> dict[str, Any]:
    said = Edition(run.edition.document)
    moved = of_unit(run, score.unit) if score else []
    return {
        "run": run, "title": text_of(run.edition.document["title"]), "said": said, "label": LABELS.get(run.label, ""),
        "row": rows(run, [score], said.root)[0] if score else None, "period": score.period if score else "",
        "trend": next((trends.told(each, said) for each in moved if each.node == said.root), None),
        "command": command_of(run), "unranked": why_unranked(run.edition.document),
    }  # fmt: skip


def _relative(said: Edition, value: float) -> float:
    """Where a score lies on its own scale, 0 worst and 100 best; for the picture only."""
    low, high = said.ends or (0.0, 1.0)
    share = 100 * (value - low) / (high - low)
    return round(100 - share if said.better == "low" else share, 1)


def relative_bars(parts: Sequence[tuple[str, float | None]]) -> SafeString | None:
    if not parts:
        return None
    return chart(
        bars(parts, axis=_("place on its own scale, 100 is best"), ends=(0, 100)),
        title=_("Indexes side by side"),
        description=_("Each index on its own scale, worst 0 and best 100. They measure different things."),
    )  # fmt: skip


def series(found: Sequence[Mapping[str, Any]], name: str) -> Iterator[dict[str, Any]]:
    """A small chart for each index that has several years, on its own scale; a line for each edition."""
    for each in found:
        if each["row"] is None:
            continue
        run, score = each["run"], each["row"].score
        drawn = [
            Course(one.edition.edition, there, one.edition.edition)
            for one, scores in across_editions(run, score)
            if Edition(one.edition.document).ends == each["said"].ends and (there := trends.points(one, scores))
        ]
        if sum(len(course.points) for course in drawn) < 2:
            continue
        title = str(word(run.edition.document["title"]))
        spec = courses(drawn, axis="", breaks=trends.breaks_of(drawn), width=SMALL[0], height=SMALL[1])
        text = _("%(index)s of %(place)s over time; a line for each edition.") % {"index": title, "place": name}
        yield {"title": title, "url": each["row"].url, "chart": chart(spec, title=title, description=text)}


def rows_of(place: Place) -> Iterator[list[Any]]:
    """The same as a file: what covers the place, over all periods of the newest editions."""
    for run, score in results.of_place(place):
        if score is None:
            continue
        source = run.data_set.source if run.data_set else None
        for each in run.scores.filter(node=score.node, place=place).order_by("period"):
            yield [
                run.edition.instrument.code, run.edition.edition, run.pk, each.unit, place.code, each.period,
                each.value, each.low, each.high, each.rank, each.rank_low, each.rank_high, each.ranked,
                each.class_code, run.label, command_of(run), source.title if source else "",
                source.licence if source else "",
            ]  # fmt: skip
