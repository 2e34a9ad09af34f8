"""The only writes of reviews: a report is named, graded through the room of instruments, and answered."""

from __future__ import annotations

import datetime as dt
import re

from django.db import transaction
from django.utils.translation import gettext as _

from kurak.commitments.accounts.evidencing import need_link
from kurak.commitments.accounts.rules import answering, may_report
from kurak.commitments.agendas.models import Provision
from kurak.commitments.reviews import rules
from kurak.commitments.reviews.models import GovernmentComment, Review, TargetClaim
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.models import Organisation, Person
from kurak.ground.places.models import Place
from kurak.ground.safety import limits
from kurak.ground.safety.actions import record
from kurak.instruments.assessments.actions import open_assessment
from kurak.instruments.assessments.models import Assessment
from kurak.instruments.assessments.questions import Questionnaire
from kurak.instruments.catalogue.models import Edition

INSTRUMENTS = {
    Review.Kind.VNR: "vnr-review",
    Review.Kind.OGP: "ogp-report-review",
    Review.Kind.NDC: "ndc-report-review",
}
LONGEST = 5000


@transaction.atomic
def name(
    *, place: Place, kind: str, year: int, title: str, url: str, by: Person, sha256: str = ""
) -> Review:  # fmt: skip
    """Say which report there is. Named twice, it is the same one."""
    if not may_report(by, place):
        raise Forbidden("review.not_here", _("Only analysts and coordinators of the place name its reports."))
    if kind not in Review.Kind.values or not 1990 <= year <= 2100 or not title.strip():
        raise Refused("review.what", _("Give the kind, the year with four digits, and the title as it is printed."))
    if sha256 and not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise Refused("review.sha256", _("A SHA-256 has 64 digits from 0 to 9 and a to f."))
    told = {"title": " ".join(title.split())[:300], "url": need_link(url), "sha256": sha256, "added_by": by}
    made, new = Review.objects.get_or_create(place=place, kind=kind, year=year, defaults=told)
    if new:
        record(verb="review.named", on=made, by=by)
    return made


@transaction.atomic
def begin(*, review: Review, by: Person, organisation: Organisation) -> Review:
    """Open its grading in the name of an organisation: two graders whom a coordinator invites read it, each alone."""
    held = Review.objects.select_for_update(of=("self",)).select_related("place", "assessment").get(pk=review.pk)
    if organisation.kind == Organisation.Kind.AUTHORITY:
        raise Forbidden("review.own", _("An authority comments on the grading; others have its report graded."))
    if held.assessment is not None and held.assessment.status != Assessment.Status.WITHDRAWN:
        raise Refused("review.begun", _("This report is being graded already."))
    code = INSTRUMENTS.get(Review.Kind(held.kind))
    edition = Edition.objects.filter(instrument__code=code, status=Edition.Status.PUBLISHED).last() if code else None
    if edition is None:
        raise Refused("review.no_instrument", _("There is no instrument here that reads reports of this kind."))
    held.assessment = open_assessment(
        by=by, organisation=organisation, edition=edition, place=held.place, subject=held.title,
        start=dt.date(held.year, 1, 1), end=dt.date(held.year, 12, 31),
    )  # fmt: skip
    held.save(update_fields=["assessment"])
    return held


@transaction.atomic
def claim(*, review: Review, target: Provision, page: str, by: Person) -> TargetClaim:
    """The review says, on this page, that it reports on the target. Said again, the page is the new one."""
    if not rules.may_read_for(by, review):
        raise Forbidden("review.not_grader", _("Its graders and analysts of the place say which targets it covers."))
    if target.agenda.kind != "sdg" or target.parent_id is None:
        raise Refused("review.target", _("Choose a target of the Sustainable Development Goals, such as 6.1."))
    if not page.strip():
        raise Refused("review.page", _("Give the page: others must be able to find it."))
    return TargetClaim.objects.update_or_create(
        review=review, target=target, by=by, defaults={"page": page.strip()[:40]}
    )[0]


@transaction.atomic
def comment(
    *, review: Review, organisation: Organisation, text: str, by: Person, criterion: str = ""
) -> GovernmentComment:  # fmt: skip
    """The government's word beside a row. It stays as it was written."""
    if organisation not in answering(by, review.place):
        raise Forbidden("review.not_authority", _("Only authorities of the place comment here."))
    assessment = review.assessment
    if assessment is None or not rules.is_shown(review):
        raise Refused("review.not_graded", _("There is no published grading to comment on yet."))
    if criterion and criterion not in Questionnaire(assessment.edition, short=assessment.short).criteria:
        raise Refused("review.criterion", _("This edition does not ask this."))
    if not text.strip():
        raise Refused("review.words", _("Write what you want to answer."))
    limits.require(f"person:{by.pk}", "reply")
    said = {"criterion": criterion, "organisation": organisation, "text": text.strip()[:LONGEST], "said_by": by}
    return GovernmentComment.objects.create(review=review, **said)
