"""What the organisation's side writes: opening, answering, handing in, withdrawing. Each is one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.people.models import Organisation, Person
from kurak.ground.places.models import Place
from kurak.ground.safety import limits
from kurak.ground.safety.actions import record
from kurak.instruments.assessments import rules, steps
from kurak.instruments.assessments.answering import (
    LONGEST_NOTE,
    Given,
    Overtaken,
    need_finished,
    overtaken,
    plain_text,
    problems_with,
    stored,
)
from kurak.instruments.assessments.models import Answer, Assessment, Remark, Sheet
from kurak.instruments.assessments.questions import Questionnaire
from kurak.instruments.assessments.steps import Status
from kurak.instruments.catalogue.models import Edition, Instrument

ITSELF = frozenset({Instrument.Units.ORGANISATION, Instrument.Units.ENTERPRISE})  # the subject is the organisation
BY_ASSESSMENT = frozenset(Instrument.Units) - {Instrument.Units.COUNTRY}


@transaction.atomic
def open_assessment(
    *, by: Person, organisation: Organisation, edition: Edition, start: dt.date, end: dt.date,
    subject: str = "", place: Place | None = None, short: bool = False,
) -> Assessment:  # fmt: skip
    """A new assessment in draft. Opened twice while it still runs, it is the same one."""
    if not rules.is_member(by, organisation):
        raise Forbidden("assessment.not_yours", _("Only members of the organisation can open its assessments."))
    need_assessable(edition)
    subject = named(edition, subject)
    if end < start:
        raise Refused("assessment.period", _("The period must end after it begins."))
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # two clicks, one assessment
    same = Assessment.objects.filter(
        organisation=organisation, edition=edition, subject=subject, start=start, end=end, status=Status.DRAFT
    ).first()
    if same is not None:
        return same
    limits.require(f"person:{by.pk}", "assessment")
    made = Assessment.objects.create(
        edition=edition, organisation=organisation, place=place or organisation.place, subject=subject,
        start=start, end=end, opened_by=by, short=short and Questionnaire(edition).has_core,
    )  # fmt: skip
    Sheet.objects.create(assessment=made, role=Sheet.Role.SELF, rater=by, rater_organisation=organisation)
    return made


def need_assessable(edition: Edition) -> None:
    if edition.status != Edition.Status.PUBLISHED:
        raise Refused("edition.unpublished", _("This edition is not in use. Choose one that is published."))
    if edition.instrument.units not in BY_ASSESSMENT or not edition.document.get("assessing"):
        raise Refused(
            "edition.not_assessed", _("This instrument is computed from data: nobody answers it. Choose another.")
        )


def named(edition: Edition, subject: str) -> str:
    """The name of what is assessed; none where it is the organisation itself."""
    if edition.instrument.units in ITSELF:
        return ""
    subject = " ".join(subject.split())
    if not subject:
        raise Refused("assessment.subject", _("Name what is assessed: the programme, municipality or community."))
    return subject[:200]


@transaction.atomic
def save(*, sheet: Sheet, by: Person, answers: Mapping[str, Given], seen: Mapping[str, str] | None = None) -> list[str]:
    """Write answers on a sheet. Nothing is written if one of them is wrong, or if somebody else has changed one since
    it was seen (`seen`: {criterion: answering.mark}). Returns the criteria that changed."""
    held = hold_sheet(sheet, by=by)
    asked = Questionnaire(held.assessment.edition, short=held.assessment.short).criteria
    problems_with(asked, answers)
    there = {each.criterion: each for each in held.answers.all()}
    if found := overtaken(there, answers, seen or {}):
        raise Overtaken(found)
    changed = [code for code, given in answers.items() if given != stored(there.get(code))]
    for code in changed:
        given = answers[code]
        values = {"given": given.word, "note": given.note, "level": given.level}
        Answer.objects.update_or_create(sheet=held, criterion=code, defaults=values)
    if changed:
        touch(held)
    return changed


def hold_sheet(sheet: Sheet, *, by: Person) -> Sheet:
    """The sheet, locked, for somebody who may fill it now."""
    assessment = steps.hold(sheet.assessment)
    held = still_there(sheet, assessment)
    if not rules.may_fill(by, held):
        raise Forbidden("sheet.not_yours", _("These answers are not yours to give."))
    need_fillable(held)
    return held


def still_there(sheet: Sheet, assessment: Assessment) -> Sheet:
    """The sheet as it stands now, locked; an invitation may have been taken back since somebody looked."""
    held = Sheet.objects.select_for_update(of=("self",)).filter(pk=sheet.pk).first()
    if held is None:
        raise Missing("sheet.missing", _("This sheet is no longer there: the invitation was taken back."))
    held.assessment = assessment
    return held


def need_fillable(sheet: Sheet) -> None:
    if sheet.handed_in_at is not None:
        raise Refused("sheet.handed_in", _("This sheet was handed in. Ask the coordinator if something must change."))
    during = {Sheet.Role.SELF: Status.DRAFT, Sheet.Role.PANEL: Status.PANEL}.get(Sheet.Role(sheet.role), Status.REVIEW)
    steps.need(sheet.assessment, during)


def touch(sheet: Sheet) -> None:
    sheet.saved_at = timezone.now()
    sheet.save(update_fields=["saved_at"])


@transaction.atomic
def hand_in(*, sheet: Sheet, by: Person, incomplete: bool = False) -> Sheet:
    """Finish a sheet. The organisation's own goes to the coordinator, or is decided where no review is asked for."""
    held = hold_sheet(sheet, by=by)
    need_finished(held, incomplete=incomplete)
    held.handed_in_at = timezone.now()
    fields = ["handed_in_at"]
    if held.role == Sheet.Role.SELF:
        held.rater = by
        fields.append("rater")
        steps.move(held.assessment, Status.SUBMITTED if rules.is_reviewed(held.assessment) else Status.DECIDED)
    held.save(update_fields=fields)
    return held


@transaction.atomic
def withdraw(*, assessment: Assessment, by: Person, why: str = "") -> Assessment:
    """The organisation takes everything back, at any time: nothing of it is shown any more."""
    held = steps.hold(assessment)
    if not rules.may_speak_for(by, held):
        raise Forbidden("assessment.officers", _("Only an officer of the organisation can do this."))
    unpublish(held)
    steps.move(held, Status.WITHDRAWN, consent=Assessment.Consent.NONE)
    if why := plain_text(why)[:LONGEST_NOTE]:
        Remark.objects.create(assessment=held, kind=Remark.Kind.NOTE, text=why, by=by)
    record(verb="assessment.withdrawn", on=held, by=by)
    return held


def unpublish(assessment: Assessment) -> None:
    """Its results leave every page; the rows stay, marked."""
    assessment.runs.filter(status="published").update(status="withdrawn")
