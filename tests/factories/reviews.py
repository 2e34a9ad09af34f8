"""Reviews for tests: a report, its grading, and somebody of the government."""

from kurak.commitments.reviews.models import Review
from kurak.instruments.assessments.models import Assessment
from tests.factories.accounts import an_organisation_of
from tests.factories.people import a_membership, a_person
from tests.factories.places import a_small_world


def a_review(assessment: Assessment | None = None, **fields) -> Review:
    told = {"kind": "vnr", "year": 2025, "title": "Third review", "url": "https://example.org/vnr.pdf"} | fields
    return Review.objects.create(
        place=told.pop("place", None) or a_small_world().kyrgyzstan, assessment=assessment, **told
    )


def an_official():
    """(somebody, the ministry they speak for)"""
    ministry = an_organisation_of("authority", place=a_small_world().kyrgyzstan)
    return a_membership(a_person(), ministry).person, ministry
