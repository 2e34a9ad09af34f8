"""What can be asked about reviews: the grading row by row, and which targets are claimed and which have figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kurak.commitments.agendas.models import Provision
from kurak.commitments.indicators.models import Series
from kurak.commitments.reviews import rules
from kurak.commitments.reviews.models import GovernmentComment, Review
from kurak.ground.trail.kinds import LARGEST
from kurak.instruments.assessments.analysis import Agreement, agreement
from kurak.instruments.assessments.models import Answer, Sheet
from kurak.instruments.assessments.questions import Questionnaire
from kurak.instruments.assessments.rules import REVIEWERS

TARGETS = {"agenda__kind": "sdg", "agenda__level": "global", "ended": False, "depth": 1}


def reviews() -> QuerySet[Review]:
    return Review.objects.select_related("place", "assessment__edition__instrument")


def review_called(pk: int) -> Review:
    return get_object_or_404(reviews(), pk=min(pk, LARGEST))


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion with what each grader answered, in the order in which they came, and the government's comments."""

    code: str
    criterion: Any
    answers: Sequence[Answer | None]
    words: Sequence[str]
    comments: list[GovernmentComment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grading:
    rows: list[Row]
    graders: int
    agreement: Agreement
    on_the_whole: list[GovernmentComment]


def grading_of(review: Review) -> Grading | None:
    """None until it is published: the graders must not see each other's answers, nor anybody theirs."""
    if review.assessment is None or not rules.is_shown(review):
        return None
    assessment = review.assessment
    sheets = list(
        Sheet.objects.filter(assessment=assessment, role__in=REVIEWERS, handed_in_at__isnull=False)
        .prefetch_related("answers__evidence").order_by("pk")
    )  # fmt: skip
    comments = list(review.comments.select_related("organisation"))
    by_code = [{each.criterion: each for each in sheet.answers.all()} for sheet in sheets]
    rows = []
    for code, criterion in Questionnaire(assessment.edition, short=assessment.short).criteria.items():
        answers = [found.get(code) for found in by_code]
        words = [each.given if each is not None else "" for each in answers]
        rows.append(Row(code, criterion, answers, words, [each for each in comments if each.criterion == code]))
    whole = [each for each in comments if not each.criterion]
    return Grading(rows, len(sheets), agreement(assessment, sheets), whole)


@dataclass(frozen=True, slots=True)
class Target:
    """A target: how many readers found it claimed, on which pages, and how many series the platform has."""

    target: Provision
    readers: int
    pages: tuple[str, ...]
    series: int


@dataclass(frozen=True, slots=True)
class Coverage:
    both: list[Target]
    claimed_only: list[Target]  # the review says so, and there are no figures here
    figures_only: list[Target]  # there are figures here, and the review says nothing
    neither: int


def coverage_of(review: Review) -> Coverage:
    """Every target of the global goals that is on the platform."""
    claims: dict[int, list[str]] = {}
    for target, page in review.claims.values_list("target", "page"):
        claims.setdefault(target, []).append(page)
    inside = list(review.place.descendants(include_self=True).values_list("pk", flat=True))
    series: dict[int, int] = {}
    for target in Series.objects.filter(place__in=inside, indicator__provisions__isnull=False).values_list(
        "indicator__provisions", flat=True
    ):
        series[target] = series.get(target, 0) + 1
    found = [
        Target(each, len(claims.get(each.pk, ())), tuple(sorted(set(claims.get(each.pk, ())))), series.get(each.pk, 0))
        for each in targets()
    ]
    return Coverage(
        [each for each in found if each.readers and each.series],
        [each for each in found if each.readers and not each.series],
        [each for each in found if each.series and not each.readers],
        sum(not each.readers and not each.series for each in found),
    )


def targets() -> QuerySet[Provision]:
    return Provision.objects.filter(**TARGETS).select_related("agenda").order_by("position")
