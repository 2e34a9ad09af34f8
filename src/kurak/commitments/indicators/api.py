"""Indicators in the API: what is followed, its targets, how each series goes by every method. The observations are
measures: /api/v1/measures?quantity=CODE."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema

from kurak.commitments.indicators import queries
from kurak.commitments.indicators.models import Batch, Indicator, Series, Target
from kurak.commitments.indicators.showing import voice_of
from kurak.ground.languages.words import Words, words
from kurak.ground.places.queries import place_called
from kurak.ground.publishing.pages import Page, Paged, page

router = Router(tags=["indicators"])


class IndicatorOut(Schema):
    code: str = Field(description="also the code of its quantity")
    title: Words
    unit: str
    direction: str = Field(description="up: more is better; down: less is better; neither")
    direction_by: str = Field(description="who says which way is better")
    parity: bool
    least: float | None
    most: float | None
    kind: str = Field(description="who defined it: official, global, civil")
    codes: list[str] = Field(description="of the global framework")
    goal: str
    fixed: dict[str, str] = Field(description="narrows every value, so that it makes no part")

    @staticmethod
    def resolve_title(indicator: Indicator) -> Words:
        return words(indicator.title)

    @staticmethod
    def resolve_unit(indicator: Indicator) -> str:
        return indicator.quantity.unit

    @staticmethod
    def resolve_direction(indicator: Indicator) -> str:
        return indicator.quantity.direction

    @staticmethod
    def resolve_goal(indicator: Indicator) -> str:
        return indicator.goal.code if indicator.goal else ""


class TargetOut(Schema):
    place: str
    slice: str
    year: int
    value: float
    baseline_year: int | None
    baseline: float | None
    path: dict[str, float]
    kind: str = Field(description="given, analysts or regional")
    source: str
    verified: bool

    @staticmethod
    def resolve_place(target: Target) -> str:
        return target.place.code


class VerdictOut(Schema):
    status: str | None = Field(description="the method's own word; null where it cannot judge")
    step: str = Field(description="on the common ladder")
    score: float | None
    n: int
    first: float | None
    last: float | None
    inputs: dict[str, float]
    reason: str = Field(description="why it cannot judge; empty where it can")


class SeriesOut(Schema):
    indicator: str
    place: str
    source: str
    voice: str = Field(description="official, global or civil")
    slice: str
    n: int
    since: int
    until: int
    first: float
    last: float
    target: TargetOut | None
    method: str = Field(description="the method of the headline")
    status: str = Field(description="the headline, on the common ladder")
    verdicts: dict[str, VerdictOut]
    outlook: dict[str, Any] = Field(description="middle, low and high for the target's year; chance that it is met")
    disagree: bool = Field(description="methods contradict each other")
    engine: str
    computed_at: dt.datetime

    @staticmethod
    def resolve_indicator(series: Series) -> str:
        return series.indicator.code

    @staticmethod
    def resolve_place(series: Series) -> str:
        return series.place.code

    @staticmethod
    def resolve_source(series: Series) -> str:
        return series.source.code

    @staticmethod
    def resolve_voice(series: Series) -> str:
        return str(voice_of(series))


class IndicatorWithTargets(IndicatorOut):
    targets: list[TargetOut]

    @staticmethod
    def resolve_targets(indicator: Indicator) -> list[Target]:
        return list(indicator.targets.select_related("place"))


class BatchOut(Schema):
    id: int
    file: str
    sha256: str
    form: str
    source: str
    read: int
    new: int
    superseding: int
    unchanged: int
    repeated: int
    refused: int
    problems: list[tuple[int, str, str, str]] = Field(description="line, code, value, what would be right")
    notes: list[tuple[str, int]]
    brought_at: dt.datetime

    @staticmethod
    def resolve_source(batch: Batch) -> str:
        return batch.source.code


@router.get("", response=Page[IndicatorOut], summary="Indicators, by words and by place")
def indicators(request: HttpRequest, which: Paged, words: str = "", place: str = "") -> dict[str, object]:
    where = place_called(place) if place else None
    return page(queries.found(words=words[:200], place=where), which)


@router.get("/batches", response=Page[BatchOut], summary="The files that figures came in, and what was refused")
def batches(request: HttpRequest, which: Paged) -> dict[str, object]:
    return page(queries.batches(), which)


@router.get("/progress", response=Page[SeriesOut], summary="How everybody's series go, by every method")
def progress(request: HttpRequest, which: Paged, place: str = "", indicator: str = "") -> dict[str, object]:
    rows: QuerySet[Series] = Series.objects.filter(slice="").order_by("indicator__code", "place__code", "source")
    if place:
        rows = rows.filter(place=place_called(place))
    if indicator:
        rows = rows.filter(indicator=queries.indicator_called(indicator))
    return page(rows.select_related("indicator", "place", "source__provider", "target__place"), which)


@router.get("/{code}", response=IndicatorWithTargets, summary="One indicator with its targets")
def indicator(request: HttpRequest, code: str) -> Indicator:
    return queries.indicator_called(code)
