"""Reviews and the targets they claim, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kurak.commitments.reviews import queries, rules
from kurak.ground.publishing.tables import Column, Row, Table, content_version


def reviews() -> Iterator[Row]:
    for each in queries.reviews():
        grading = queries.grading_of(each) if rules.is_shown(each) else None
        found = grading.agreement if grading else None
        yield [each.pk, each.place.code, each.kind, each.year, each.title, each.url, each.sha256 or None,
               grading.graders if grading else None, found.alpha if found else None,
               found.kappa if found else None]  # fmt: skip


def claims() -> Iterator[Row]:
    for each in queries.reviews():
        covered = queries.coverage_of(each)
        for row in (*covered.both, *covered.claimed_only, *covered.figures_only):
            yield [each.pk, row.target.code, row.readers, "; ".join(row.pages) or None, row.series]


TABLES = (
    Table(
        "reviews", _("Reviews"), _("Reports that governments wrote of themselves, with how far two graders agree."),
        (Column("review", "number", "integer"), Column("place", "code of the place"), Column("kind", "vnr, ogp or ndc"),
         Column("year", "of the report", "integer"), Column("title", "as it is printed"),
         Column("url", "where it was published"), Column("sha256", "of the file that was read"),
         Column("graders", "whose grading is published", "integer"),
         Column("alpha", "Krippendorff's, ordinal", "number"), Column("kappa", "Cohen's, of two", "number")),
        reviews, content_version(reviews), ("review",),
    ),
    Table(
        "review-targets", _("Targets of reviews"), _("Which targets a review claims, and which have figures here."),
        (Column("review", "number", "integer"), Column("target", "code"),
         Column("readers", "who found it claimed", "integer"), Column("pages", "where"),
         Column("series", "of the place, on the platform", "integer")),
        claims, content_version(claims), ("review", "target"),
    ),
)  # fmt: skip
