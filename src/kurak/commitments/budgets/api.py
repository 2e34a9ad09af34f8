"""Budgets in the API: the list, and one with its lines."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Path, Router, Schema

from kurak.commitments.budgets import queries
from kurak.commitments.budgets.analysis import EXPENDITURE, parts, total
from kurak.commitments.budgets.models import Budget, BudgetLine
from kurak.ground.errors import Missing
from kurak.ground.languages.words import Words, words
from kurak.ground.publishing.pages import Page, Paged

router = Router(tags=["budgets"])


class BudgetOut(Schema):
    place: str
    year: int
    currency: str
    month: int = Field(description="spent until its end; 12: the whole year; 0: not known")
    source: str
    url: str
    invented: bool = Field(description="a sample, of no real place")
    of_adjusted: float | None = Field(description="expenditure executed, of the plan as it stands; 1: all")
    of_approved: float | None = Field(description="of the plan as it was first approved")
    published_at: dt.datetime


class AnswerCount(Schema):
    answer: str
    n: int | None = Field(description="rounded; null: too few to show")


class ResidentsOut(Schema):
    n: int | None = Field(description="rounded; null: too few to show")
    counts: list[AnswerCount]
    answer: str = Field(description="whose share: yes, or the most frequent shown; empty: none")
    share: float | None
    low: float | None = Field(description="Wilson, 90 %")
    high: float | None


class BudgetLineOut(Schema):
    code: str
    title: Words
    side: str
    functional: str = Field(description="COFOG")
    economic: str
    office: str
    special: str
    approved: float
    adjusted: float | None
    executed: float | None
    of_adjusted: float | None
    of_approved: float | None
    commitments: list[str]


class BudgetWithLines(BudgetOut):
    lines: list[BudgetLineOut]


class LineWithAnswers(BudgetLineOut):
    done: ResidentsOut = Field(description="never merged with execution")
    good: ResidentsOut


def budget_out(budget: Budget) -> dict[str, Any]:
    whole = total(list(budget.lines.filter(side=EXPENDITURE)))
    return {
        "place": budget.place.code, "of_adjusted": whole.of_adjusted if whole else None,
        "of_approved": whole.of_approved if whole else None,
        **{name: getattr(budget, name) for name in (
            "year", "currency", "month", "source", "url", "invented", "published_at"
        )},
    }  # fmt: skip


def line_out(line: BudgetLine) -> dict[str, Any]:
    share = parts([line], lambda _line: "")[0]
    return {
        "title": words(line.title), "of_adjusted": share.of_adjusted, "of_approved": share.of_approved,
        "commitments": [f"{each.agenda.code}/{each.code}" for each in line.commitments.all()
                        if each.agenda.status != "draft"],
        **{name: getattr(line, name) for name in (
            "code", "side", "functional", "economic", "office", "special", "approved", "adjusted", "executed"
        )},
    }  # fmt: skip


def said_out(said: queries.Said) -> dict[str, Any]:
    counts = [{"answer": code, "n": many.shown} for code, _words, many in said.counts]
    return {
        "n": said.n.shown,
        "counts": counts,
        "answer": said.answer,
        "share": said.share,
        "low": said.low,
        "high": said.high,
    }


def called(place: str, year: int) -> Budget:
    found = queries.published().filter(place__code__iexact=place, year=year if 0 <= year < 10_000 else 0).first()
    if found is None:
        raise Missing("budget.missing", _("There is no such budget. The list of budgets shows them all."), asked=place)
    return found


@router.get("", response=Page[BudgetOut], summary="Published budgets")
def budgets(request: HttpRequest, which: Paged) -> Any:
    found = queries.published().order_by("place__code", "year")
    shown = found[which.offset : which.offset + which.limit]
    return {"total": found.count(), "offset": which.offset, "items": [budget_out(each) for each in shown]}


@router.get("/{place}/{year}", response=BudgetWithLines, summary="One budget with its lines")
def budget(request: HttpRequest, place: str, year: Annotated[int, Path(ge=1990, le=2100)]) -> Any:
    found = called(place, year)
    return {**budget_out(found), "lines": [line_out(each) for each in queries.lines_of(found)]}


@router.get("/{place}/{year}/{code}", response=LineWithAnswers, summary="One line, with what residents answered")
def line(request: HttpRequest, place: str, year: Annotated[int, Path(ge=1990, le=2100)], code: str) -> Any:
    found = queries.lines_of(called(place, year)).filter(code=code).first()
    if found is None:
        raise Missing("budget.line_missing", _("There is no such line in this budget."), asked=code)
    said = queries.residents_of(found)
    return {**line_out(found), "done": said_out(said.done), "good": said_out(said.good)}
