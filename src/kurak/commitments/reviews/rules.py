"""Who reads a report for the platform, and when its grading is shown."""

from __future__ import annotations

from typing import Any

from kurak.commitments.accounts.rules import is_known, may_report
from kurak.commitments.reviews.models import Review
from kurak.instruments.assessments import rules as of_assessments


def may_read_for(person: Any, review: Review) -> bool:
    """Its graders, and analysts of the place."""
    if not is_known(person):
        return False
    if may_report(person, review.place):
        return True
    return review.assessment is not None and of_assessments.has_declared(person, review.assessment)


def is_shown(review: Review) -> bool:
    """The grading is published, and may be shown row by row."""
    return review.assessment is not None and of_assessments.shows_profile(review.assessment)
