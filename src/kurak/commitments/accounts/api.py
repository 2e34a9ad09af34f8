"""Accounts in the API: one by one, where they differ, and the scales."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from kurak.commitments.accounts import queries
from kurak.commitments.accounts.models import Account, Grader
from kurak.commitments.accounts.queries import Differing
from kurak.commitments.accounts.scales.files import scales
from kurak.commitments.accounts.summing import Sum
from kurak.commitments.accounts.things import thing_of
from kurak.commitments.agendas.queries import agenda_called
from kurak.ground.errors import Missing
from kurak.ground.languages.words import Words, words
from kurak.ground.places.queries import place_called
from kurak.ground.publishing.pages import Page, Paged
from kurak.ground.trail.kinds import LARGEST

router = Router(tags=["accounts"])


class AccountEvidence(Schema):
    title: str
    page: str
    url: str
    copy_url: str
    sha256: str = Field(description="of the file that was kept")
    measure: int | None


class AccountReply(Schema):
    id: int
    organisation: str
    text: Words | None = Field(description="null: covered, because the words put somebody at risk")
    said_at: dt.datetime
    covered_why: str


class AccountOut(Schema):
    id: int
    agenda: str
    about: str = Field(description="commitment or provision")
    code: str
    place: str
    start: dt.date
    end: dt.date
    grader: str
    organisation: str = Field(description="who says it, if on the platform")
    said_by: str = Field(description="who says it, if not")
    first_hand: bool = Field(description="false: read in a published document")
    scale: str
    value: str = Field(description="step or number; empty: no information")
    ladder: float | None = Field(description="0 to 1; null: says nothing about that")
    confidence: str
    text: Words | None
    evidence: list[AccountEvidence]
    replies: list[AccountReply]
    published_at: dt.datetime
    replaces: int | None


class AccountSum(Schema):
    n: int = Field(description="voices with a place on the ladder")
    silent: int = Field(description="voices that give no information")
    median: float | None
    mean: float | None
    low: float | None
    high: float | None
    firm: bool
    start: dt.date
    end: dt.date


class AccountGap(Schema):
    agenda: str
    about: str
    code: str
    place: str
    title: Words
    state: AccountSum | None
    civil_society: AccountSum | None
    treaty_body: AccountSum | None
    expert: AccountSum | None
    gap: float | None = Field(description="state minus civil society, each its median")
    flagged: bool = Field(description="half the ladder or more")
    firm: bool = Field(description="false: a scale is unverified, or we placed its steps on the ladder ourselves")
    reason: str = Field(description="why there is no gap; empty where there is one")


class ScaleStep(Schema):
    code: str
    title: Words
    ladder: float | None


class ScaleOut(Schema):
    code: str
    title: Words
    says: str = Field(description="standing, ambition, results or position; only standing has a ladder")
    graders: list[str]
    source: str
    verified: bool
    ladder_of_source: bool
    steps: list[ScaleStep] = Field(description="best first; empty: a number from low to high")
    low: float
    high: float


class AskedOf(Schema):
    agenda: str = Field("", max_length=60, description="code of an agenda")
    place: str = Field("", max_length=20, description="code of a place; with everything inside it")


class AskedAccounts(AskedOf):
    grader: str = Field("", max_length=20, description="state, civil-society, treaty-body or expert")


def account_out(account: Account) -> dict[str, Any]:
    thing = thing_of(account)
    return {
        "id": account.pk, "agenda": thing.agenda.code, "about": thing.word, "code": thing.code,
        "place": thing.place.code, "organisation": account.organisation.slug if account.organisation else "",
        "text": words(account.text) if account.text else None,
        "evidence": [
            {"title": each.title, "page": each.page, "url": each.url, "copy_url": each.copy_url,
             "sha256": each.sha256, "measure": each.measure_id} for each in account.evidence.all()
        ],
        "replies": [
            {"id": each.pk, "organisation": each.organisation.slug, "text": words(each.words) if each.words else None,
             "said_at": each.said_at, "covered_why": each.covered_why}
            for each in account.replies.all()
        ],
        "replaces": account.replaces_id,
        **{name: getattr(account, name) for name in (
            "start", "end", "grader", "said_by", "first_hand", "scale", "value", "ladder", "confidence", "published_at"
        )},
    }  # fmt: skip


def sum_out(total: Sum | None) -> dict[str, Any] | None:
    return None if total is None else {name: getattr(total, name) for name in AccountSum.model_fields}


def gap_out(each: Differing) -> dict[str, Any]:
    thing = each.thing
    return {
        "agenda": thing.agenda.code, "about": thing.word, "code": thing.code, "place": thing.place.code,
        "title": words(thing.title), "gap": each.gap.value, "flagged": each.gap.flagged, "firm": each.gap.firm,
        "reason": each.gap.reason,
        **{grader.value.replace("-", "_"): sum_out(each.sum_of(grader)) for grader in Grader
           if grader != Grader.RESIDENTS},
    }  # fmt: skip


@router.get("", response=Page[AccountOut], summary="Published accounts of commitments")
def accounts(request: HttpRequest, which: Paged, asked: Annotated[AskedAccounts, Query()]) -> Any:
    found = queries.published()
    if asked.agenda:
        found = found.filter(queries.about_agenda(agenda_called(asked.agenda)))
    if asked.place:
        found = found.filter(queries.inside(place_called(asked.place)))
    if asked.grader:
        found = found.filter(grader=asked.grader)
    rows = found.prefetch_related("evidence", "replies__organisation").order_by("pk")
    shown = rows[which.offset : which.offset + which.limit]
    return {"total": found.count(), "offset": which.offset, "items": [account_out(each) for each in shown]}


@router.get("/gaps", response=Page[AccountGap], summary="Where the state and civil society differ, widest first")
def gaps(request: HttpRequest, which: Paged, asked: Annotated[AskedOf, Query()]) -> Any:
    found = queries.gaps(
        agenda=agenda_called(asked.agenda) if asked.agenda else None,
        place=place_called(asked.place) if asked.place else None,
    )
    shown = found[which.offset : which.offset + which.limit]
    return {"total": len(found), "offset": which.offset, "items": [gap_out(each) for each in shown]}


@router.get("/scales", response=list[ScaleOut], summary="The scales, and where their steps stand on the common ladder")
def ladders(request: HttpRequest) -> Any:
    return [
        {
            "code": each.code, "title": words(each.title), "says": each.says, "graders": list(each.graders),
            "source": each.source, "verified": each.verified, "ladder_of_source": each.ladder_of_source,
            "steps": [{"code": step.code, "title": words(step.title), "ladder": step.ladder} for step in each.steps],
            "low": each.low, "high": each.high,
        }
        for each in scales().values()
    ]  # fmt: skip


@router.get("/{int:number}", response=AccountOut, summary="One account")
def account(request: HttpRequest, number: int) -> Any:
    rows = queries.published().prefetch_related("evidence", "replies__organisation")
    found = rows.filter(pk=number).first() if number <= LARGEST else None
    if found is None:
        raise Missing(
            "account.missing", _("There is no such account. The list of accounts shows them all."), asked=number
        )
    return account_out(found)
