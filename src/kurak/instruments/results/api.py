"""Results in the API: the runs, one with its scores, and a country by all indexes."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from kurak.ground.errors import Missing
from kurak.ground.languages.words import Words, words
from kurak.ground.places.queries import place_called
from kurak.ground.publishing.pages import Page, Paged, page
from kurak.ground.trail.kinds import LARGEST
from kurak.instruments.results import queries
from kurak.instruments.results.commands import command_of, command_of_study
from kurak.instruments.results.comparing import queries as compared
from kurak.instruments.results.comparing.organisations import scores_of
from kurak.instruments.results.comparing.queries import organisation_called
from kurak.instruments.results.comparing.showing import chosen_of
from kurak.instruments.results.models import Run, Score, Trend
from kurak.instruments.results.studies.queries import study_of
from kurak.instruments.results.trends import queries as trends
from kurak.instruments.results.wording import why_unranked

router = Router(tags=["results"])


class RunOut(Schema):
    id: int
    instrument: str
    title: Words
    edition: str
    revision: int
    label: str = Field(description="exact, approximate or proxy of the original index")
    engine: str
    declaration: str = Field(description="SHA-256 of what is computed")
    made_from: str = Field(description="SHA-256 of the input")
    draws: int
    seed: int
    command: str = Field(description="makes the same scores again from the data file")
    source: str
    licence: str
    published_at: dt.datetime | None
    unranked: Words | None = Field(None, description="why nobody is ranked by it; null where units are ranked")


class ScoreOut(Schema):
    node: str
    unit: str
    place: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    rank: float | None
    rank_low: float | None
    rank_high: float | None
    ranked: int | None
    rank_share: float | None = Field(description="share of the draws in which the rank holds")
    class_code: str
    class_share: float | None
    coverage: float | None
    reason: str = Field(description="why there is no value; empty where there is one")


class TrendOut(Schema):
    node: str = Field(description="code of a node or of an indicator")
    unit: str
    place: str
    since: int
    until: int
    first: float
    last: float
    yearly: float = Field(description="(last - first) / (until - since), in units of the node or indicator")
    goal: float | None
    by_year: int | None
    needed: float | None = Field(description="change a year that would have led from the first value to the goal")
    arrow: str = Field(description="up, moderate, stagnating, down; empty where the edition declares no goal")


class EditionOverTime(Schema):
    run: RunOut
    scores: list[ScoreOut]


class AssessedNode(Schema):
    node: str
    value: float | None = Field(description="null where the organisation shows its class only")
    class_code: str


class Assessed(Schema):
    assessment: int
    instrument: str
    edition: str
    start: dt.date
    end: dt.date
    valid_until: dt.date | None
    scores: list[AssessedNode]


class Driver(Schema):
    factor: str = Field(description="what may vary")
    first: float | None = Field(description="Sobol index: what it explains alone")
    first_low: float | None
    first_high: float | None
    total: float | None = Field(description="what would vanish with it, together with the others")
    total_low: float | None
    total_high: float | None


class Drivers(Schema):
    outcome: str = Field("rank", description="rank: the mean change of rank; score where nobody is ranked")
    runs: int = 0
    factors: list[Driver] = []


class Part(Schema):
    code: str
    weight: float | None = Field(description="its share of the weight; null in a formula")
    importance: float | None = Field(description="share of the node's differences it accounts for")
    with_rest: float | None = Field(description="correlation with the sum of the others")
    alpha_without: float | None


class Flag(Schema):
    flag: str = Field(description="same: they say nearly the same; against: they pull against each other")
    one: str
    other: str
    r: float


class Coherence(Schema):
    node: str
    period: str
    units: int
    alpha: float | None = Field(description="Cronbach's")
    mean_correlation: float | None
    parts: list[Part]
    correlations: list[list[float | None]] = Field(description="of the parts, in their order")
    flags: list[Flag]


class WorthOfPart(Schema):
    code: str
    moved: float = Field(description="mean absolute change of rank (of score where nobody is ranked) without it")
    most: float
    unit: str = Field(description="whose moves most")
    period: str


class Worth(Schema):
    outcome: str
    parts: list[WorthOfPart]


class StudyOut(Schema):
    n: int
    seed: int
    command: str = Field(description="makes the same again from the data file")
    drivers: Drivers
    coherence: list[Coherence]
    worth: Worth


class PlaceScore(Schema):
    run: RunOut
    score: ScoreOut | None = Field(description="null: the index does not cover the place")


class Wanted(Schema):
    node: str = Field("", max_length=60, description="code of a node; the overall score where empty")
    period: str = Field("", max_length=20)
    place: str = Field("", max_length=60, description="code of a place; all units where empty")


class Which(Schema):
    of: list[str] = Field([], max_length=50, description="units as the data name them; ours where empty")
    node: str = Field("", max_length=60, description="code of a node; the overall score where empty")


def run_out(run: Run) -> dict[str, Any]:
    source = run.data_set.source if run.data_set else None
    return {
        "id": run.pk, "instrument": run.edition.instrument.code, "title": words(run.edition.instrument.title),
        "edition": run.edition.edition, "revision": run.edition.revision, "label": run.label, "engine": run.engine,
        "declaration": run.declaration, "made_from": run.made_from, "draws": run.draws, "seed": run.seed,
        "command": command_of(run), "source": source.title if source else "",
        "licence": source.licence if source else "", "published_at": run.published_at,
        "unranked": words(why) if (why := why_unranked(run.edition.document)) else None,
    }  # fmt: skip


def score_out(score: Score) -> dict[str, Any]:
    place = score.place.code if score.place else ""
    return {name: getattr(score, name) for name in ScoreOut.model_fields if name != "place"} | {"place": place}


def trend_out(trend: Trend) -> dict[str, Any]:
    place = trend.place.code if trend.place else ""
    return {name: getattr(trend, name) for name in TrendOut.model_fields if name != "place"} | {"place": place}


@router.get("", response=Page[RunOut], summary="Published results of indexes")
def results(request: HttpRequest, which: Paged) -> Any:
    return told(queries.runs(), which, run_out)


@router.get("/places/{code}", response=list[PlaceScore], summary="A country by all indexes")
def indexes(request: HttpRequest, code: str) -> Any:
    found = queries.of_place(place_called(code))
    return [{"run": run_out(run), "score": score_out(score) if score else None} for run, score in found]


@router.get("/{int:number}", response=RunOut, summary="One run: how its scores were made")
def result(request: HttpRequest, number: int) -> Any:
    return run_out(published(number))


@router.get("/{int:number}/scores", response=Page[ScoreOut], summary="The scores of a run")
def scores(request: HttpRequest, number: int, which: Paged, wanted: Annotated[Wanted, Query()]) -> Any:
    run = published(number)
    found = queries.scores_of(run, node=wanted.node or queries.root_of(run.edition), period=wanted.period or None)
    return told(found.filter(place__code=wanted.place) if wanted.place else found, which, score_out)


@router.get("/{int:number}/trends", response=Page[TrendOut], summary="How the units of a run moved")
def moves(request: HttpRequest, number: int, which: Paged, node: Annotated[str, Query(max_length=60)] = "") -> Any:
    found = trends.all_of(published(number))
    return told(found.filter(node=node) if node else found, which, trend_out)


@router.get("/{int:number}/over-time", response=list[EditionOverTime], summary="Units over time, edition by edition")
def over_time(
    request: HttpRequest,
    number: int,
    which: Annotated[Which, Query()],
) -> Any:
    """Scores of different editions are of different methods: compute no change across them."""
    run = published(number)
    chosen = chosen_of(compared.units_of(run), which.of)
    found = compared.over_time(run, which.node or queries.root_of(run.edition), chosen)
    return [
        {"run": run_out(each), "scores": [score_out(score) for scores in by_unit.values() for score in scores]}
        for each, by_unit in found
    ]


@router.get("/organisations/{slug}", response=list[Assessed], summary="What an organisation let be published")
def organisation(request: HttpRequest, slug: str) -> Any:
    _organisation, assessments = organisation_called(slug)
    return [
        {"assessment": each.pk, "instrument": each.edition.instrument.code, "edition": each.edition.edition,
         "start": each.start, "end": each.end, "valid_until": each.valid_until,
         "scores": [{"node": node, "value": score.value, "class_code": score.class_code}
                    for node, score in scores_of(each).items()]}
        for each in assessments
    ]  # fmt: skip


@router.get("/{int:number}/study", response=StudyOut, summary="How far a run can be trusted")
def study(request: HttpRequest, number: int) -> Any:
    found = study_of(published(number))
    if found is None:
        raise Missing("study.missing", _("These results were not studied yet."), asked=number)
    return {"n": found.n, "seed": found.seed, "command": command_of_study(found), **found.found}


def told(rows: Any, which: Any, out: Any) -> dict[str, Any]:
    listed = page(rows, which)
    return listed | {"items": [out(each) for each in listed["items"]]}  # type: ignore[attr-defined]


def published(number: int) -> Run:
    """Only what everybody may see; a draft is missing here."""
    found = queries.runs().filter(pk=number).first() if number <= LARGEST else None
    if found is None:
        raise Missing("run.missing", _("There are no such results. The page of results lists them all."), asked=number)
    return found
