"""What can be asked about assessments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kurak.ground.errors import Missing
from kurak.ground.people.models import Organisation, Person
from kurak.ground.people.queries import coordinated
from kurak.instruments.assessments import rules
from kurak.instruments.assessments.models import Answer, Assessment, Remark, Sheet
from kurak.instruments.assessments.questions import Page, Questionnaire, said
from kurak.instruments.assessments.steps import APPEAL_DAYS, ENDED, NOW, Status
from kurak.instruments.catalogue.models import Edition, Instrument

NOTHING = _("There is no such assessment, or you have no part in it. Sign in with the account that was invited.")
UNDER_WAY = frozenset({Status.SUBMITTED, Status.REVIEW, Status.REPLY, Status.PANEL})
PATIENCE = {Status.SUBMITTED: 14, Status.REVIEW: 45, Status.PANEL: 21}  # days until a step is overdue


def with_names() -> QuerySet[Assessment]:
    return Assessment.objects.select_related("edition__instrument", "organisation", "place")


def published() -> QuerySet[Assessment]:
    found = with_names().filter(status=Status.PUBLISHED).prefetch_related("runs__scores")
    return found.order_by("-published_at")


def mine(person: Person) -> QuerySet[Assessment]:
    """Those of one's organisations."""
    return with_names().filter(organisation__memberships__person=person).distinct()


def reviews_of(person: Person) -> QuerySet[Sheet]:
    """Invitations to review, open ones first."""
    found = Sheet.objects.filter(rater=person, role__in=rules.REVIEWERS).exclude(assessment__status__in=ENDED)
    return found.select_related("assessment__edition__instrument", "assessment__organisation").order_by(
        "handed_in_at", "-pk"
    )


def at_the_desk(person: Person) -> QuerySet[Assessment]:
    """What a coordinator looks after: handed in, and not of an organisation they belong to. What is still being
    answered, was taken back, or asks for no review, is nobody else's business."""
    places = [place.pk for place in coordinated(person)]
    own = Organisation.objects.filter(memberships__person=person)
    found = with_names().filter(place__in=places).exclude(status__in=rules.THEIRS).exclude(organisation__in=own)
    sat = Sheet.objects.filter(assessment=OuterRef("pk"), role=Sheet.Role.PANEL)  # only what is reviewed has a panel
    found = found.filter(Q(status__in=UNDER_WAY) | Exists(sat))
    return found.order_by("since")


def overdue_since(assessment: Assessment, today: dt.date | None = None) -> dt.date | None:
    """The day by which the next step should have been taken, if that is over."""
    today = today or timezone.now().date()
    if assessment.status == Status.REPLY:
        due = assessment.reply_until
    else:
        days = PATIENCE.get(Status(assessment.status))
        due = assessment.since.date() + dt.timedelta(days=days) if days else None
    return due if due and due < today else None


def assessment_for(person: Any, pk: int) -> Assessment:
    """The case, for somebody who has a part in it; for everybody else there is none."""
    found = with_names().filter(pk=pk).first()
    if found is None or not rules.has_part(person, found):
        raise Missing("assessment.missing", NOTHING)
    return found


def sheet_for(person: Any, pk: int) -> Sheet:
    """A sheet that the person may see."""
    found = Sheet.objects.select_related(
        "assessment__edition__instrument", "assessment__organisation", "assessment__place", "rater"
    ).filter(pk=pk).first()  # fmt: skip
    if found is None or not rules.may_see(person, found):
        raise Missing("assessment.missing", NOTHING)
    return found


def own_sheet(assessment: Assessment) -> Sheet:
    return assessment.sheets.get(role=Sheet.Role.SELF)


def panel_sheet(assessment: Assessment) -> Sheet:
    return assessment.sheets.get(role=Sheet.Role.PANEL)


def review_sheets(assessment: Assessment) -> list[Sheet]:
    """Reviews that were handed in, with their answers."""
    found = assessment.sheets.filter(role__in=rules.REVIEWERS, handed_in_at__isnull=False)
    return list(found.select_related("rater", "rater_organisation__place").prefetch_related("answers"))


def answers_of(sheet: Sheet) -> dict[str, Answer]:
    return {each.criterion: each for each in sheet.answers.prefetch_related("evidence")}


def final_answers(assessment: Assessment) -> dict[str, Answer]:
    """Those that count: the panel's once it has decided, else the organisation's own."""
    panel = assessment.sheets.filter(role=Sheet.Role.PANEL, handed_in_at__isnull=False).first()
    return answers_of(panel or own_sheet(assessment))


def organisations_of(person: Person) -> QuerySet[Organisation]:
    return Organisation.objects.filter(memberships__person=person).order_by("slug")


def editions_to_answer() -> list[Edition]:
    """The newest published edition of every instrument that is answered by people."""
    found = Edition.objects.filter(status=Edition.Status.PUBLISHED).exclude(
        instrument__units=Instrument.Units.COUNTRY
    ).select_related("instrument").order_by("instrument__code", "-dated", "-revision")  # fmt: skip
    newest: dict[int, Edition] = {}
    for edition in found:
        newest.setdefault(edition.instrument_id, edition)
    return [edition for edition in newest.values() if edition.document.get("assessing")]


def now_of(assessment: Assessment) -> Any:
    """What happens next, in a sentence."""
    return NOW[Status(assessment.status)]


def shown_class(assessment: Assessment) -> Any:
    """The class that was reached, in words; None where the edition has none."""
    root = assessment.edition.document["tree"]
    scheme = (assessment.edition.document.get("classes") or {}).get(root.get("classes"), {})
    score = next((each for run in assessment.runs.all() if run.status == "published" for each in run.scores.all()
                  if each.node == root["code"]), None)  # fmt: skip
    code = score.class_code if score else ""
    return next((said(each.get("title") or code) for each in scheme.get("of", ()) if each["code"] == code), None)


def shown_answers(assessment: Assessment, final: dict[str, Answer]) -> list[tuple[Page, list[tuple[Any, ...]]]]:
    """(page, [(criterion, option, answer, public evidence)]) of a published profile."""
    own = answers_of(own_sheet(assessment))
    pages = []
    for page in Questionnaire(assessment.edition, short=assessment.short).pages:
        rows = []
        for criterion in page.criteria:
            answer, first = final.get(criterion.code), own.get(criterion.code)
            pieces = [each for each in first.evidence.all() if each.public] if first else []
            rows.append((criterion, criterion.option(answer.given) if answer else None, answer, pieces))
        pages.append((page, rows))
    return pages


def remarks_for(person: Any, assessment: Assessment) -> QuerySet[Remark]:
    """What was said: to both sides all of it; reviewers see none of it, so that they rate for themselves."""
    if rules.is_member(person, assessment.organisation) or rules.may_coordinate(person, assessment):
        return assessment.remarks.select_related("by")
    return assessment.remarks.none()


def compares(person: Any, assessment: Assessment) -> bool:
    """Whether there is more than the organisation's own sheet for this person to compare."""
    if rules.may_coordinate(person, assessment):
        done = assessment.sheets.filter(role__in=rules.REVIEWERS, handed_in_at__isnull=False)
        return not rules.has_open_review(person, assessment) and done.exists()
    known = assessment.status in rules.DRAFT_KNOWN and rules.is_member(person, assessment.organisation)
    return known and assessment.sheets.filter(role__in=rules.REVIEWERS).exists()


def appeal_until(assessment: Assessment) -> dt.datetime | None:
    """The last moment for an appeal; None where none is possible."""
    sheet = assessment.sheets.filter(role=Sheet.Role.PANEL, handed_in_at__isnull=False).first()
    if sheet is None or sheet.handed_in_at is None or assessment.status not in {Status.DECIDED, Status.PUBLISHED}:
        return None
    until = sheet.handed_in_at + dt.timedelta(days=APPEAL_DAYS)
    return until if until >= timezone.now() else None
