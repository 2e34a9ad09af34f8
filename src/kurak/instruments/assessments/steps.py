"""The steps of an assessment: from which status to which, and what to do when a step is not possible.

draft → submitted → review → reply → panel → decided → published → expired
  └────────── (an edition that asks for no review) ───────┘
submitted → draft: sent back · decided or published → panel: an appeal · anything → withdrawn
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.ground.errors import Missing, Refused
from kurak.instruments.assessments.models import Assessment

Status = Assessment.Status

STEPS: dict[str, frozenset[str]] = {
    Status.DRAFT: frozenset({Status.SUBMITTED, Status.DECIDED, Status.WITHDRAWN}),
    Status.SUBMITTED: frozenset({Status.DRAFT, Status.REVIEW, Status.WITHDRAWN}),
    Status.REVIEW: frozenset({Status.REPLY, Status.WITHDRAWN}),
    Status.REPLY: frozenset({Status.PANEL, Status.WITHDRAWN}),
    Status.PANEL: frozenset({Status.DECIDED, Status.WITHDRAWN}),
    Status.DECIDED: frozenset({Status.PUBLISHED, Status.PANEL, Status.WITHDRAWN}),
    Status.PUBLISHED: frozenset({Status.DECIDED, Status.PANEL, Status.EXPIRED, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset(),
    Status.EXPIRED: frozenset({Status.WITHDRAWN}),
}
ENDED = frozenset({Status.WITHDRAWN, Status.EXPIRED})

NOW = {
    Status.DRAFT: _("It is being answered: the organisation hands it in first."),
    Status.SUBMITTED: _("It is handed in and waits for reviewers, whom a coordinator invites."),
    Status.REVIEW: _("It is under review: reviewers hand in their sheets, then the draft goes to the organisation."),
    Status.REPLY: _("The organisation has the draft and may reply until the day named on the page."),
    Status.PANEL: _("It is before the panel, which decides next."),
    Status.DECIDED: _("It is decided. An officer of the organisation says whether and how it is published."),
    Status.PUBLISHED: _("It is published. The organisation may take it back or appeal."),
    Status.WITHDRAWN: _("The organisation has withdrawn it. Open a new assessment to begin again."),
    Status.EXPIRED: _("It is no longer valid. Open a new assessment to begin again."),
}
REPLY_DAYS, APPEAL_DAYS, VALID_MONTHS = 14, 30, 24


def hold(assessment: Assessment) -> Assessment:
    """The row, locked until the transaction ends: one step at a time."""
    found = Assessment.objects.select_for_update(of=("self",)).select_related("edition__instrument", "place")
    held = found.filter(pk=assessment.pk).first()
    if held is None:
        raise Missing("assessment.missing", _("There is no such assessment."))
    return held


def need(assessment: Assessment, *statuses: str) -> None:
    """Refuses, with what can be done instead, unless the assessment has one of these statuses."""
    if assessment.status not in statuses:
        sentence = NOW[Status(assessment.status)]
        raise Refused("assessment.step", sentence, status=assessment.status)


def move(assessment: Assessment, to: str, **changed: Any) -> Assessment:
    """Take the step and save. `changed`: other fields that change with it."""
    if to not in STEPS[assessment.status]:
        raise Refused("assessment.step", NOW[Status(assessment.status)], status=assessment.status, wanted=str(to))
    assessment.status, assessment.since = to, timezone.now()
    for name, value in changed.items():
        setattr(assessment, name, value)
    assessment.save(update_fields=["status", "since", *changed])
    return assessment


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month.

    >>> months_after(dt.date(2024, 2, 29), 24), months_after(dt.date(2025, 12, 31), 2)
    (datetime.date(2026, 2, 28), datetime.date(2026, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
