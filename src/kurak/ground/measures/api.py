"""Measures, what they measure, and where they come from, in the API."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema

from kurak.ground.languages.words import Words, words
from kurak.ground.measures import queries
from kurak.ground.measures.models import Measure, Quantity, Source
from kurak.ground.publishing.pages import Page, Paged, page
from kurak.ground.trail.queries import Step, walk_down

router = Router(tags=["measures"])
about = Router(tags=["measures"])


class SourceOut(Schema):
    code: str
    title: str
    url: str
    licence: str
    citation: str
    retrieved: dt.date | None


class QuantityOut(Schema):
    code: str
    name: Words
    description: Words | None
    unit: str
    kind: Literal["count", "share", "amount", "score"]
    direction: Literal["up", "down", "neither"]
    dimensions: dict[str, list[str]]

    @staticmethod
    def resolve_name(quantity: Quantity) -> Words:
        return words(quantity.name)

    @staticmethod
    def resolve_description(quantity: Quantity) -> Words | None:
        return words(quantity.description) if quantity.description else None


class MeasureOut(Schema):
    id: int
    quantity: str
    place: str
    start: dt.date
    end: dt.date
    dimensions: dict[str, str]
    value: float
    low: float | None
    high: float | None
    unit: str
    label: Literal["exact", "approximate", "proxy"]
    quality: Literal["original", "copy", "unverified"]
    n: int | None
    source: str
    method: str
    version: str
    made_from: str
    stated_at: dt.datetime
    withdrawn_at: dt.datetime | None
    withdrawn_why: str

    @staticmethod
    def resolve_quantity(measure: Measure) -> str:
        return measure.quantity.code

    @staticmethod
    def resolve_place(measure: Measure) -> str:
        return measure.place.code

    @staticmethod
    def resolve_source(measure: Measure) -> str:
        return measure.source.code

    @staticmethod
    def resolve_unit(measure: Measure) -> str:
        return measure.quantity.unit


class StepOut(Schema):
    """One thing on the way down to the voices and documents; hidden ones have no words."""

    kind: str
    key: str
    relation: str
    title: str
    url: str
    hidden: bool
    more: int
    steps: list[StepOut]


class MeasureWithTrail(MeasureOut):
    trail: StepOut


@router.get("", response=Page[MeasureOut], summary="Measures that stand, newest first")
def measures(
    request: HttpRequest, which: Paged, quantity: str = "", place: str = "", source: str = ""
) -> dict[str, object]:
    found: QuerySet[Measure] = queries.standing().order_by("-end", "-pk")
    wanted = {"quantity__code": quantity, "place__code": place, "source__code": source}
    return page(found.filter(**{name: value for name, value in wanted.items() if value}), which)


@router.get("/{measure_id}", response=MeasureWithTrail, summary="One measure, withdrawn ones too, with its trail")
def measure(request: HttpRequest, measure_id: int) -> Measure:
    found = queries.measure_called(measure_id)
    found.trail = step_out(walk_down(found))  # type: ignore[attr-defined]
    return found


@about.get("/quantities", response=list[QuantityOut], summary="What is measured")
def quantities(request: HttpRequest) -> QuerySet[Quantity]:
    return Quantity.objects.all()


@about.get("/sources", response=list[SourceOut], summary="Where figures come from")
def sources(request: HttpRequest) -> QuerySet[Source]:
    return Source.objects.all()


def step_out(step: Step) -> dict[str, Any]:
    hidden = step.hidden
    return {
        "kind": "" if hidden else step.reference.kind,
        "key": "" if hidden else step.reference.key,
        "relation": step.relation,
        "title": step.title,
        "url": step.url,
        "hidden": hidden,
        "more": step.more,
        "steps": [step_out(each) for each in step.steps],
    }
