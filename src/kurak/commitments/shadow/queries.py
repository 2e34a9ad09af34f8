"""What can be asked about shadow reports."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from kurak.commitments.shadow import rules
from kurak.commitments.shadow.models import FrozenReport, Section, ShadowReport
from kurak.ground.errors import Missing
from kurak.ground.people.models import Person
from kurak.ground.people.queries import coordinated

WITH = ("agenda", "place", "lead")


def published() -> QuerySet[FrozenReport]:
    """The newest edition of each report that has one in sight, newest first."""
    newest = FrozenReport.objects.filter(withdrawn_at=None).values("report").annotate(newest=Max("pk")).values("newest")
    rows = FrozenReport.objects.filter(pk__in=newest).order_by("-frozen_at", "-pk")
    return rows.select_related(*(f"report__{each}" for each in WITH))


def mine(person: Person) -> QuerySet[ShadowReport]:
    """Reports whose coalition the person belongs to, or whose place they coordinate."""
    own = Q(coalition__organisation__memberships__person=person) | Q(lead__memberships__person=person)
    found = ShadowReport.objects.filter(own | Q(place__in=coordinated(person))).distinct()
    return found.select_related(*WITH).order_by("closed_at", "due", "-opened_at")


def report_for(person: Any, code: str) -> ShadowReport:
    """The work in progress, for those who take part; for everybody else there is none."""
    report = ShadowReport.objects.select_related(*WITH).filter(code=code).first()
    if report is None or not rules.takes_part(person, report):
        raise Missing("shadow.missing", _("There is no such report. The list shows those that are published."))
    return report


def sections_of(report: ShadowReport) -> QuerySet[Section]:
    unsettled = Count("comments", filter=Q(comments__settled=False))
    return report.sections.select_related("provision__agenda", "writer").annotate(unsettled=unsettled)


def section_of(report: ShadowReport, pk: int) -> Section:
    section = (
        report.sections.select_related("provision", "writer", "report__lead", "report__place").filter(pk=pk).first()
    )
    if section is None:
        raise Missing("shadow.no_section", _("There is no such section. The report's page lists them."))
    return section


def editions_of(report: ShadowReport) -> QuerySet[FrozenReport]:
    return report.editions.defer("document")


def edition_called(code: str, number: int | None = None) -> FrozenReport:
    """A published edition; without a number the newest that stands. One that was taken back is found by its number."""
    found = FrozenReport.objects.filter(report__code=code).select_related(*(f"report__{each}" for each in WITH))
    edition = found.filter(withdrawn_at=None).first() if number is None else found.filter(number=number).first()
    if edition is None:
        raise Missing("shadow.missing", _("There is no such report. The list shows those that are published."))
    return edition
