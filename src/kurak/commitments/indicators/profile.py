"""The page of one indicator at one place: its line, target and outlook, five answers, who is behind, who says what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from kurak.commitments.indicators import queries, wording
from kurak.commitments.indicators.drawing import drawn
from kurak.commitments.indicators.forms import Reading
from kurak.commitments.indicators.models import Indicator, Series, Voice
from kurak.commitments.indicators.showing import (
    FORMS,
    VOICES,
    Judged,
    judged,
    one_each_place,
    rank,
    voice_of,
    with_newest,
)
from kurak.commitments.indicators.wording import METHODS, Answer, answer
from kurak.ground.languages.folding import fold
from kurak.ground.measures.models import Measure
from kurak.ground.places.models import Place
from kurak.ground.publishing.citing import LICENCE, Citation
from kurak.ground.trail.kinds import reference


def indicator_page(indicator: Indicator, asked: Mapping[str, Any], url: str) -> dict[str, Any]:
    """One indicator at one place: the line, its target and outlook, five answers, parts, sources, neighbours."""
    whole = list(queries.whole_series([indicator]))
    places = places_of(indicator)
    form = Reading(asked, places=places)
    place = form.places.get(str(asked.get("place", ""))) or first_of(places)
    form.initial["place"] = place.code if place else ""
    if not form.is_bound or (place and form.data.get("place") != place.code):
        form.data = {"method": asked.get("method", ""), "place": place.code if place else ""}
        form.is_bound = True
    method = form.chosen if form.is_valid() else ""
    here = sorted((each for each in whole if each.place_id == place.pk), key=rank) if place else []
    main = here[0] if here else None
    values = list(queries.values_of(indicator, place)) if place else []
    head = judged(main, method, indicator) if main else None
    return {
        "indicator": indicator,
        "unit": wording.unit(indicator.quantity.unit),
        "fixed": wording.parts(indicator.fixed),
        "form": form,
        "place": place,
        "head": head,
        "method": method,
        "answers": [answer(code, main.verdicts[code], whole=True) for code in METHODS if code in main.verdicts]
        if main
        else [],
        "outlook": outlook_of(main),
        "forms": FORMS,
        "chart": drawn(indicator, main, here, values) if place else "",
        "table": [(each, wording.shown(each.value, each.low, each.high)) for each in values if each.slice == ""],
        "parts": parts_of(values, main),
        "missing": missing_of(values, indicator.fixed),
        "sources": sources_of(here, values),
        "neighbours": neighbours(whole, method, indicator),
        "others": with_newest(queries.alike(indicator)),
        "provisions": list(indicator.provisions.select_related("agenda")),
        "commitments": list(indicator.commitments.select_related("agenda")),
        "citation": citation_of(indicator, place, url, main),
        "command": command_of(indicator, place),
        "trail": reference(indicator),
    }


def answers_of(series: Series | None) -> list[Answer]:
    """Of all five methods, each with what it was computed from."""
    verdicts = series.verdicts if series else {}
    return [answer(code, verdicts[code], whole=True) for code in METHODS if code in verdicts]


def places_of(indicator: Indicator) -> list[Place]:
    """Every place with a figure, countries first."""
    found = Place.objects.filter(series__indicator=indicator).distinct()
    language = get_language() or "en"
    return sorted(found, key=lambda each: (each.kind != Place.Kind.COUNTRY, fold(each.name(language))))


def first_of(places: Sequence[Place]) -> Place | None:
    return places[0] if places else None


def outlook_of(series: Series | None) -> dict[str, Any]:
    """The projection in words."""
    if series is None or not series.outlook:
        return {}
    said = series.outlook
    return {
        "year": said["year"],
        "chance": wording.chance(said["chance"]),
        "middle": wording.figure(said["middle"]),
        "low": wording.figure(said["low"]),
        "high": wording.figure(said["high"]),
        "level": wording.percent(said["level"]),
        "because": str(wording.REASONS.get(said["reason"], "")) if said["reason"] else "",
    }


@dataclass(frozen=True, slots=True)
class Part:
    """The newest value of a part of the people, beside everybody's of the same year."""

    word: str
    year: int
    value: str
    gap: str
    behind: bool


def parts_of(values: Sequence[Measure], main: Series | None) -> list[tuple[str, list[Part]]]:
    """By dimension, only parts in one way: the newest value of each, with its distance to everybody's."""
    source = main.source_id if main else None
    whole = {each.end.year: each.value for each in values if each.slice == "" and each.source_id == source}
    newest: dict[tuple[str, str], Measure] = {}
    for each in values:
        if len(each.dimensions) == 1 and (source is None or each.source_id == source):
            newest[next(iter(each.dimensions.items()))] = each
    found: dict[str, list[Part]] = {}
    for (name, value), measure in newest.items():
        found.setdefault(name, []).append(part_of(name, value, measure, whole, main))
    return [(wording.dimension(name), its) for name, its in sorted(found.items())]


def part_of(name: str, value: str, measure: Measure, whole: Mapping[int, float], main: Series | None) -> Part:
    year = measure.end.year
    gap = measure.value - whole[year] if year in whole else None
    direction = main.indicator.quantity.direction if main else ""
    behind = gap is not None and ((direction == "up" and gap < 0) or (direction == "down" and gap > 0))
    said = "" if gap is None else ("+" if gap > 0 else "\N{MINUS SIGN}" if gap < 0 else "") + wording.figure(abs(gap))
    return Part(wording.part(name, value), year, wording.figure(measure.value), said, behind)


# Groups that the 2030 Agenda asks to be counted apart (target 17.18).
ASKED = ("SEX", "AGE", "URBANISATION", "INCOME_WEALTH_QUANTILE", "DISABILITY_STATUS", "MIGRATION_STATUS", "ETHNICITY")


def missing_of(values: Sequence[Measure], fixed: Mapping[str, str]) -> list[str]:
    """The groups of which nothing is known here. What is about one age only is not asked for others."""
    there = {*fixed, *(name for each in values for name in each.dimensions)}
    return [wording.dimension(name) for name in ASKED if name not in there]


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says."""

    voice: str
    title: str
    url: str
    year: int | None
    value: str
    n: int


def sources_of(here: Sequence[Series], values: Sequence[Measure]) -> list[Said]:
    """Official, global, civil society: side by side, also where one of them is silent."""
    found = [
        Said(
            str(Voice(voice_of(each)).label), each.source.title, each.source.url, each.until,
            wording.figure(each.last), each.n,
        )
        for each in here
    ]  # fmt: skip
    silent = {*VOICES} - {Voice(voice_of(each)) for each in here}
    return found + [Said(str(voice.label), "", "", None, "", 0) for voice in VOICES if voice in silent]


def neighbours(whole: Sequence[Series], method: str, indicator: Indicator) -> list[Judged]:
    """The countries side by side."""
    rows = one_each_place([each for each in whole if each.place.kind == Place.Kind.COUNTRY])
    return [judged(each, method, indicator) for each in sorted(rows, key=lambda each: each.place.code)]


def citation_of(indicator: Indicator, place: Place | None, url: str, main: Series | None) -> Citation:
    language = get_language() or "en"
    title = (
        f"{indicator.title.into(language)}, {place.name(language)}" if place else str(indicator.title.into(language))
    )
    if main:
        title = f"{title}. {main.source.title}"
    day = main.computed_at.date() if main else timezone.now().date()
    licence = main.source.licence if main and main.source.licence else LICENCE
    return Citation(title, day, url=url, version=main.engine if main else "", licence=licence)


def command_of(indicator: Indicator, place: Place | None) -> str:
    where = f" --place {place.code}" if place else ""
    year = timezone.now().year
    return (
        f"kurak indicators export --indicator {indicator.code}{where} --form progress --out series.csv && "
        f"kurak progress series.csv --now {year}"
    )
