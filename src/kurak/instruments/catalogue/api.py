"""Instruments in the API: the list, one with its editions, and the document of an edition."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kurak.ground.languages.words import Words, words
from kurak.ground.publishing.pages import Page, Paged, page
from kurak.instruments.catalogue import queries
from kurak.instruments.catalogue.models import Edition, Instrument

router = Router(tags=["instruments"])

type Label = Literal["exact", "approximate", "proxy"]


class Wanted(Schema):
    """Which instruments."""

    kind: str = Field("", description="index, rating, code-of-conduct, evaluation, …")
    units: str = Field("", description="what is scored: country, organisation, …")
    label: str = Field("", description="exact, approximate or proxy")
    words: str = Field("", max_length=200, description="words of its texts, in any language")


class InstrumentBrief(Schema):
    code: str
    title: Words
    kind: str
    units: str
    edition: str
    label: str
    shipped: bool


class EditionBrief(Schema):
    edition: str
    revision: int
    dated: dt.date
    status: Literal["published", "retired"]
    label: str
    checksum: str = Field(description="SHA-256 of what is computed")
    sha256: str = Field(description="SHA-256 of the whole document")
    published_at: dt.datetime | None


class InstrumentOut(Schema):
    code: str
    title: Words
    kind: str
    units: str
    shipped: bool
    editions: list[EditionBrief]


class EditionOut(EditionBrief):
    instrument: str
    document: dict[str, Any] = Field(description="The definition: docs/reference/instrument-format.md")


@router.get("", response=Page[InstrumentBrief], summary="Instruments: indexes, ratings, codes of conduct, assessments")
def instruments(request: HttpRequest, which: Paged, wanted: Annotated[Wanted, Query()]) -> dict[str, Any]:
    rows = queries.found(**wanted.model_dump()).order_by("instrument__code")
    listed = page(rows, which)
    return listed | {"items": [brief(each) for each in listed["items"]]}  # type: ignore[attr-defined]


@router.get("/{code}", response=InstrumentOut, summary="One instrument and its editions")
def instrument(request: HttpRequest, code: str) -> dict[str, Any]:
    found = queries.instrument_called(code)
    return told(found) | {"editions": list(queries.editions_of(found))}


@router.get(
    "/{code}/editions/{edition}", response=EditionOut, summary="The definition of an edition, in its newest revision"
)
def edition(request: HttpRequest, code: str, edition: str, revision: int | None = None) -> dict[str, Any]:
    """A revision, once asked for by its number, never changes."""
    found = queries.edition_called(code, edition, revision)
    return described(found) | {"instrument": code, "document": found.document}


def told(instrument: Instrument) -> dict[str, Any]:
    names = ("code", "kind", "units", "shipped")
    return {name: getattr(instrument, name) for name in names} | {"title": words(instrument.title)}


def brief(edition: Edition) -> dict[str, Any]:
    return told(edition.instrument) | {"edition": edition.edition, "label": edition.label}


def described(edition: Edition) -> dict[str, Any]:
    return {name: getattr(edition, name) for name in EditionBrief.model_fields}
