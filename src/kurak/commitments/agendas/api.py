"""Agendas in the API: the list, one with its tree, its versions, commitments."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kurak.commitments.agendas import queries
from kurak.commitments.agendas.declared import kind_called
from kurak.commitments.agendas.exchange.writing import document_of
from kurak.commitments.agendas.models import Agenda, Commitment
from kurak.ground.languages.words import Words, words
from kurak.ground.places.queries import place_called
from kurak.ground.publishing.pages import Page, Paged, page

router = Router(tags=["agendas"])


class Wanted(Schema):
    """Which agendas."""

    kind: str = Field("", max_length=30, description="treaty, sdg, programme, ...")
    level: str = Field("", max_length=10, description="global, regional, national or local")
    place: str = Field("", max_length=20, description="code of a place: what holds there")
    words: str = Field("", max_length=200, description="words of its texts, in any language")


class AgendaBrief(Schema):
    code: str
    kind: str
    title: Words
    level: str
    place: str
    status: str
    adopted: dt.date | None
    holds_from: dt.date | None
    holds_until: dt.date | None
    verified: bool


class VersionBrief(Schema):
    number: int
    label: str
    dated: dt.date
    note: str
    sha256: str = Field(description="SHA-256 of the tree")
    published_at: dt.datetime | None


class AgendaOut(AgendaBrief):
    summary: Words | None
    source: str
    url: str
    licence: str
    versions: list[VersionBrief]
    document: dict[str, Any] = Field(description="The whole agenda as a file: docs/how-to/keep-an-agenda.md")


class ProvisionRef(Schema):
    agenda: str
    code: str
    title: Words


class RoadStep(Schema):
    title: Words
    owner_name: str
    starts: dt.date | None
    due: dt.date | None
    done_on: dt.date | None
    dropped: bool


class CommitmentBrief(Schema):
    agenda: str
    code: str
    title: Words
    level: str
    place: str
    owner: str | None
    owner_name: str
    starts: dt.date | None
    deadline: dt.date | None
    status: str
    share: float | None = Field(description="how much of it is kept where it stands, 0..1, by its kind of agenda")
    verified: bool


class CommitmentOut(CommitmentBrief):
    text: Words | None
    status_since: dt.date | None
    status_why: str
    source: str
    url: str
    provisions: list[ProvisionRef]
    steps: list[RoadStep]


@router.get("", response=Page[AgendaBrief], summary="Agendas: conventions, goals, plans, programmes")
def agendas(request: HttpRequest, which: Paged, wanted: Annotated[Wanted, Query()]) -> dict[str, Any]:
    place = place_called(wanted.place) if wanted.place else None
    rows = queries.found(kind=wanted.kind, level=wanted.level, place=place, words=wanted.words).order_by("code")
    listed = page(rows, which)
    return listed | {"items": [brief(each) for each in listed["items"]]}  # type: ignore[attr-defined]


@router.get("/{code}", response=AgendaOut, summary="One agenda with its tree and versions")
def agenda(request: HttpRequest, code: str) -> dict[str, Any]:
    found = queries.agenda_called(code)
    return brief(found) | {
        "summary": words(found.summary) if found.summary else None, "source": found.source, "url": found.url,
        "licence": found.licence, "versions": list(queries.versions_of(found)),
        "document": document_of(found, queries.newest_of(found)),
    }  # fmt: skip


@router.get("/{code}/versions/{number}", response=dict[str, Any], summary="The tree as it stood in a version")
def version(request: HttpRequest, code: str, number: int) -> dict[str, Any]:
    """What was published once never changes."""
    return dict(queries.version_called(queries.agenda_called(code), number).document)


@router.get("/{code}/commitments", response=Page[CommitmentBrief], summary="What was promised in an agenda")
def commitments(request: HttpRequest, code: str, which: Paged) -> dict[str, Any]:
    rows = queries.commitments_of(queries.agenda_called(code)).order_by("code")
    listed = page(rows, which)
    return listed | {"items": [promised(each) for each in listed["items"]]}  # type: ignore[attr-defined]


@router.get("/{code}/commitments/{commitment}", response=CommitmentOut, summary="One commitment with its roadmap")
def commitment(request: HttpRequest, code: str, commitment: str) -> dict[str, Any]:
    found = queries.commitment_called(queries.agenda_called(code), commitment)
    refs = [
        {"agenda": row.agenda.code, "code": row.code, "title": words(row.title)}
        for row in found.provisions.select_related("agenda")
    ]
    steps = [
        {name: getattr(step, name) for name in RoadStep.model_fields if name != "title"} | {"title": words(step.title)}
        for step in queries.steps_of(found)
    ]
    plainly = {name: getattr(found, name) for name in ("status_since", "status_why", "source", "url")}
    text = words(found.text) if found.text else None
    return promised(found) | plainly | {"text": text, "provisions": refs, "steps": steps}


def brief(agenda: Agenda) -> dict[str, Any]:
    names = ("code", "kind", "level", "status", "adopted", "holds_from", "holds_until", "verified")
    told = {name: getattr(agenda, name) for name in names}
    return told | {"title": words(agenda.title), "place": agenda.place.code}


def promised(commitment: Commitment) -> dict[str, Any]:
    names = ("code", "level", "owner_name", "starts", "deadline", "status", "verified")
    return {name: getattr(commitment, name) for name in names} | {
        "agenda": commitment.agenda.code, "title": words(commitment.title), "place": commitment.place.code,
        "owner": commitment.owner.slug if commitment.owner else None,
        "share": kind_called(commitment.agenda.kind).status(commitment.status).share,
    }  # fmt: skip
