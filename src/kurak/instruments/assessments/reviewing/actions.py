"""What coordinators and reviewers write, from the handed-in sheet to the organisation's reply."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.models import Membership, Organisation, Person
from kurak.ground.people.rules import Role, holds
from kurak.ground.safety.actions import record
from kurak.instruments.assessments import rules, steps
from kurak.instruments.assessments.actions import still_there
from kurak.instruments.assessments.answering import plain_text
from kurak.instruments.assessments.models import Answer, Assessment, Remark, Sheet
from kurak.instruments.assessments.questions import Questionnaire
from kurak.instruments.assessments.steps import Status
from kurak.instruments.assessments.summing import proposals

LONGEST = 10_000  # characters of a remark


def hold_for_coordinator(assessment: Assessment, by: Person, *statuses: str) -> Assessment:
    held = steps.hold(assessment)
    if not rules.may_coordinate(by, held):
        raise Forbidden(
            "assessment.coordinators",
            _("Only a coordinator of this place who does not belong to the organisation can do this."),
        )
    steps.need(held, *statuses)
    return held


@transaction.atomic
def send_back(*, assessment: Assessment, by: Person, why: str) -> Assessment:
    """Give the sheet back to the organisation, to be completed."""
    held = hold_for_coordinator(assessment, by, Status.SUBMITTED)
    say(held, Remark.Kind.NOTE, need_words(why), by)
    held.sheets.filter(role=Sheet.Role.SELF).update(handed_in_at=None)
    record(verb="assessment.sent_back", on=held, by=by, reason=why)
    return steps.move(held, Status.DRAFT)


@transaction.atomic
def invite(
    *, assessment: Assessment, by: Person, reviewer: Person, role: str, organisation: Organisation | None = None
) -> Sheet:
    """Ask somebody to review. They see nothing before they have declared their interests."""
    held = hold_for_coordinator(assessment, by, Status.SUBMITTED, Status.REVIEW)
    if role not in rules.REVIEWERS:
        raise Refused("reviewer.role", _("Invite them as a peer or as an expert."))
    need_outsider(held, reviewer)
    if there := held.sheets.filter(role__in=rules.REVIEWERS, rater=reviewer).first():
        return there
    sheet = Sheet.objects.create(
        assessment=held, role=role, rater=reviewer, rater_organisation=organisation or organisation_of(reviewer)
    )
    record(verb="reviewer.invited", on=held, by=by, reviewer=reviewer.pk, role=str(role))
    if held.status == Status.SUBMITTED:
        steps.move(held, Status.REVIEW)
    return sheet


def need_outsider(assessment: Assessment, reviewer: Person) -> None:
    """Nobody reviews their own organisation's assessment, nor one whose panel they may sit on."""
    if assessment.opened_by_id == reviewer.pk or rules.is_member(reviewer, assessment.organisation):
        raise Refused("reviewer.own", _("This person belongs to the organisation. Invite somebody from another one."))
    if holds(reviewer, Role.COORDINATOR, place=assessment.place):
        raise Refused(
            "reviewer.coordinator",
            _("This person coordinates the place and may have to decide. Invite somebody who does not."),
        )


def organisation_of(person: Person) -> Organisation | None:
    first = Membership.objects.filter(person=person).select_related("organisation").order_by("pk").first()
    return first.organisation if first else None


@transaction.atomic
def declare(*, sheet: Sheet, by: Person, accepts: bool, interests: str = "") -> Sheet | None:
    """The reviewer says what ties them to the organisation, and takes the review on or not. None: declined."""
    held = steps.hold(sheet.assessment)
    if sheet.rater_id != by.pk or sheet.role not in rules.REVIEWERS:
        raise Forbidden("sheet.not_yours", _("This invitation is not for you."))
    steps.need(held, Status.REVIEW)
    there = still_there(sheet, held)
    need_open(there)
    if not accepts:
        record(verb="reviewer.declined", on=held, by=by)
        there.delete()
        return None
    if there.declared_at is not None and interests.strip()[:2000] != there.interests:
        raise Refused("reviewer.declared", _("You have said this already. Tell the coordinator if something changed."))
    if there.declared_at is None:
        there.interests, there.declared_at = interests.strip()[:2000], timezone.now()
        there.save(update_fields=["interests", "declared_at"])
    return there


def need_open(sheet: Sheet) -> None:
    if sheet.handed_in_at is not None:
        raise Refused("sheet.handed_in", _("This review was handed in: it stays."))


@transaction.atomic
def dismiss(*, sheet: Sheet, by: Person, why: str) -> None:
    """Take an invitation back: for ties that are too close, or when no answer comes. A review handed in stays."""
    held = hold_for_coordinator(sheet.assessment, by, Status.REVIEW)
    if sheet.role not in rules.REVIEWERS:
        raise Refused("reviewer.none", _("Only invited reviewers can be dismissed."))
    there = still_there(sheet, held)
    need_open(there)
    record(verb="reviewer.dismissed", on=held, by=by, reason=need_words(why), reviewer=there.rater_id)
    there.delete()


@transaction.atomic
def send_draft(*, assessment: Assessment, by: Person, why: str = "") -> Assessment:
    """Close the review: the organisation sees what the reviewers found and has some days to reply.

    why: needed when fewer reviewed than the edition asks for."""
    held = hold_for_coordinator(assessment, by, Status.REVIEW)
    done = held.sheets.filter(role__in=rules.REVIEWERS, handed_in_at__isnull=False).count()
    if not done:
        raise Refused("review.none", _("No reviewer has handed in yet. Wait for one, or invite others."))
    wanted = int(Questionnaire(held.edition).assessing.get("raters", 1))
    if done < wanted and not why.strip():
        sentence = ngettext(
            "This instrument asks for %(wanted)d review; there are %(done)d. Wait, or say why fewer are enough.",
            "This instrument asks for %(wanted)d reviews; there are %(done)d. Wait, or say why fewer are enough.",
            wanted,
        )
        raise Refused("review.few", sentence % {"wanted": wanted, "done": done}, wanted=wanted, done=done)
    if why.strip():
        say(held, Remark.Kind.NOTE, why, by)
    for open_one in held.sheets.filter(role__in=rules.REVIEWERS, handed_in_at=None):
        record(verb="reviewer.dismissed", on=held, by=by, reason="the review is closed", reviewer=open_one.rater_id)
        open_one.delete()
    record(verb="assessment.draft_sent", on=held, by=by, reason=why, reviews=done)
    until = timezone.now().date() + dt.timedelta(days=steps.REPLY_DAYS)
    return steps.move(held, Status.REPLY, reply_until=until)


@transaction.atomic
def reply(*, assessment: Assessment, by: Person, text: str, criterion: str = "") -> Remark:
    """A remark of the organisation on the draft, or on one criterion of it. It stays as it is written."""
    held = steps.hold(assessment)
    if not rules.is_member(by, held.organisation):
        raise Forbidden("assessment.not_yours", _("Only members of the organisation can reply."))
    steps.need(held, Status.REPLY)
    if criterion and criterion not in Questionnaire(held.edition, short=held.short).criteria:
        raise Refused("reply.criterion", _("This edition does not ask this."))
    last = held.remarks.filter(kind=Remark.Kind.REPLY, by=by, criterion=criterion).last()
    if last is not None and last.text == plain_text(text)[:LONGEST]:
        return last  # clicked twice
    return say(held, Remark.Kind.REPLY, need_words(text), by, criterion)


@transaction.atomic
def end_reply(*, assessment: Assessment, by: Person | None) -> Assessment:
    """On to the panel: an officer has nothing to add, or (by None) the days are over."""
    held = steps.hold(assessment)
    if by is not None and not rules.may_speak_for(by, held):
        raise Forbidden("assessment.officers", _("Only an officer of the organisation can do this."))
    steps.need(held, Status.REPLY)
    if by is None and held.reply_until and held.reply_until >= timezone.now().date():
        raise Refused("reply.running", _("The days for the reply are not over yet."))
    prepare_panel(held)
    return steps.move(held, Status.PANEL)


def prepare_panel(assessment: Assessment) -> Sheet:
    """The panel's sheet begins with what the reviewers come to."""
    sheets = list(assessment.sheets.filter(role__in=rules.REVIEWERS).prefetch_related("answers"))
    criteria = Questionnaire(assessment.edition, short=assessment.short).criteria
    panel, _new = Sheet.objects.get_or_create(assessment=assessment, role=Sheet.Role.PANEL)
    Answer.objects.bulk_create(
        [
            Answer(sheet=panel, criterion=code, given=each.word, level=each.level)
            for code, each in proposals(criteria, sheets).items() if each.word
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return panel


def say(assessment: Assessment, kind: str, text: str, by: Person | None, criterion: str = "") -> Remark:
    return Remark.objects.create(
        assessment=assessment, kind=kind, text=plain_text(text)[:LONGEST], by=by, criterion=criterion
    )


def need_words(text: str) -> str:
    if not plain_text(text):
        raise Refused("remark.empty", _("Write a few words: those concerned will read them."))
    return text
