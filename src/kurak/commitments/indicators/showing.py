"""What the pages of indicators show, put together in the reader's language. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import get_language

from kurak.commitments.indicators import queries, wording
from kurak.commitments.indicators.forms import Filters, Method
from kurak.commitments.indicators.models import Batch, Indicator, Series, Voice
from kurak.commitments.indicators.wording import METHODS, STEPS, Answer, answer
from kurak.ground.measures.models import Measure
from kurak.ground.places.models import Place
from kurak.ground.publishing.citing import Citation
from kurak.ground.themes.models import Theme
from kurak.ground.trail.kinds import reference

ON_A_PAGE = 40
MOST_FOLLOWED = 60  # indicators on the page of a provision
FORMS = (("csv", "CSV"), ("hxl", "CSV + HXL"), ("sdmx-csv", "SDMX-CSV"), ("sdmx-ml", "SDMX-ML 2.1"),
         ("package", "Data Package"))  # fmt: skip
VOICES = (Voice.OFFICIAL, Voice.GLOBAL, Voice.CIVIL)


def overview(asked: Mapping[str, Any]) -> dict[str, Any]:
    filters = Filters(asked)
    said = filters.asked
    page = Paginator(queries.found(**said), ON_A_PAGE).get_page(asked.get("page"))
    kept = {name: value for name, value in asked.items() if name in filters.fields and value}
    return {
        "filters": filters,
        "asked": any(said.values()),
        "page": page,
        "rows": [(each, wording.unit(each.quantity.unit), each.newest) for each in with_newest(page.object_list)],
        "kept": kept,
        "countries": queries.countries_with_figures(),
        "batches": list(queries.batches()[:3]),
    }


def with_newest(indicators: Iterable[Indicator]) -> list[Any]:
    """With (country, last year) of everybody's series, for the list."""
    listed = list(indicators)
    rows = Series.objects.filter(indicator__in=listed, slice="", place__kind=Place.Kind.COUNTRY)
    places: dict[int, dict[str, int]] = {}
    for pk, code, until in rows.order_by("place__code").values_list("indicator", "place__code", "until"):
        of_indicator = places.setdefault(pk, {})
        of_indicator[code] = max(until, of_indicator.get(code, 0))
    for each in listed:
        each.newest = places.get(each.pk, {})  # type: ignore[attr-defined]
    return listed


@dataclass(frozen=True, slots=True)
class Judged:
    """One series with the answer it is coloured by."""

    indicator: Indicator
    series: Series
    answer: Answer | None
    voice: str

    @property
    def shade(self) -> str:
        return self.answer.shade if self.answer else "unknown"

    @property
    def step(self) -> str:
        return self.answer.step if self.answer else "cannot-be-judged"

    @property
    def last(self) -> str:
        return wording.figure(self.series.last)

    @property
    def target(self) -> str:
        return wording.figure(self.series.target.value) if self.series.target else ""

    @property
    def chance(self) -> str:
        return wording.chance(self.series.outlook.get("chance"))


def judged(series: Series, method: str, indicator: Indicator | None = None) -> Judged:
    """By the method asked for, else by the series' own headline."""
    code = method or series.method
    said = answer(code, series.verdicts[code]) if code in series.verdicts else None
    return Judged(indicator or series.indicator, series, said, voice_of(series))


def voice_of(series: Series | Measure) -> str:
    provider = getattr(series.source, "provider", None)
    return provider.kind if provider else Voice.OFFICIAL


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal on the page of a place."""

    theme: Theme | None
    rows: list[Judged]
    unjudged: int
    counts: list[tuple[str, str, int, int]]  # (word, shade, how many, share of a hundred)


def country_page(place: Place, asked: Mapping[str, Any], url: str) -> dict[str, Any]:
    """How a place does by goal, in the colours of one method."""
    form = Method(asked)
    method = form.chosen
    rows = [judged(each, method) for each in one_each(queries.of_place(place))]
    by_goal: dict[int | None, list[Judged]] = {}
    for each in rows:
        by_goal.setdefault(each.indicator.goal_id, []).append(each)
    goals = [goal_of(its) for its in by_goal.values()]
    goals.sort(key=lambda each: each.theme.number if each.theme else 99)
    wanted = asked.get("goal", "")
    return {
        "place": place,
        "form": form,
        "method": METHODS.get(method),
        "method_code": method,
        "goals": goals,
        "opened": next((each for each in goals if each.theme and str(each.theme.number) == wanted), None),
        "counts": counted(rows),
        "many": len(rows),
        "judged": sum(1 for each in rows if each.answer and not each.answer.because),
        "disagree": sum(1 for each in rows if each.series.disagree),
        "opposite": [each for each in rows if each.series.outlook.get("opposite")],
        "legend": list(STEPS.values()),
        "forms": FORMS,
        "letters": [(letter, name) for letter, name in METHODS.values()],
        "citation": Citation(
            f"{place.name(get_language() or 'en')}: {wording.progress_title()}", timezone.now().date(), url=url
        ),
        "children": queries.places_inside(place),
    }


def one_each(rows: Iterable[Series]) -> list[Series]:
    """One series an indicator: the official one, else the global, else civil society's; the newest of several."""
    chosen: dict[int, Series] = {}
    for each in rows:
        before = chosen.get(each.indicator_id)
        if before is None or rank(each) < rank(before):
            chosen[each.indicator_id] = each
    return list(chosen.values())


def rank(series: Series) -> tuple[int, int]:
    return VOICES.index(Voice(voice_of(series))), -series.until


def goal_of(rows: list[Judged]) -> Goal:
    can = [each for each in rows if each.answer and not each.answer.because]
    can.sort(key=lambda each: (list(STEPS).index(each.step), each.indicator.code))
    return Goal(rows[0].indicator.goal, can, len(rows) - len(can), counted(can))


def counted(rows: Sequence[Judged]) -> list[tuple[str, str, int, int]]:
    """(word, shade, how many, share) of each step that there is."""
    total = len(rows) or 1
    many = {step: sum(1 for each in rows if each.step == step) for step in STEPS}
    return [
        (str(word), shade, many[step], round(100 * many[step] / total))
        for step, (word, shade) in STEPS.items()
        if many[step]
    ]


def one_each_place(rows: Iterable[Series]) -> list[Series]:
    chosen: dict[int, Series] = {}
    for each in rows:
        if each.place_id not in chosen or rank(each) < rank(chosen[each.place_id]):
            chosen[each.place_id] = each
    return list(chosen.values())


def batch_page(batch: Batch) -> dict[str, Any]:
    counts = (batch.read, batch.new, batch.superseding, batch.unchanged, batch.repeated, batch.refused)
    return {
        "batch": batch,
        "counts": counts,
        "taken": batch.new + batch.superseding + batch.unchanged,
        "more": batch.refused - len(batch.problems),
        "trail": reference(batch.source),
    }


def followed_by(thing: Any, place: Place | None) -> list[tuple[Indicator, list[Judged]]]:
    """For the pages of agendas: the indicators of a provision or commitment, each with everybody's series at the place;
    of what is promised to the whole world or region, in every country."""
    indicators = list(queries.of(thing)[:MOST_FOLLOWED])
    wide = place is None or place.kind in (Place.Kind.WORLD, Place.Kind.REGION)
    rows = queries.whole_series(indicators, None if wide else place)
    if wide:
        rows = rows.filter(place__kind=Place.Kind.COUNTRY)
    by_indicator: dict[int, list[Series]] = {}
    for each in rows:
        by_indicator.setdefault(each.indicator_id, []).append(each)
    return [
        (each, [judged(line, "", each) for line in one_each_place(sorted_by_place(by_indicator.get(each.pk, ())))])
        for each in indicators
    ]


def sorted_by_place(rows: Iterable[Series]) -> list[Series]:
    return sorted(rows, key=lambda each: each.place.code)
