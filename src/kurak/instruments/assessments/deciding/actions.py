"""Decision, consent, publication, appeal, expiry. Nothing is published without an officer's word."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.models import Grant, Person
from kurak.ground.safety.actions import record
from kurak.ground.trail.actions import lay
from kurak.ground.trail.kinds import Reference
from kurak.ground.trail.models import Footing
from kurak.instruments.assessments import rules, steps
from kurak.instruments.assessments.actions import unpublish
from kurak.instruments.assessments.analysis import Outcome, Scored, outcome, unit_of
from kurak.instruments.assessments.models import Answer, Assessment, Remark, Sheet
from kurak.instruments.assessments.queries import final_answers, own_sheet, panel_sheet
from kurak.instruments.assessments.questions import Questionnaire
from kurak.instruments.assessments.reviewing.actions import hold_for_coordinator, need_words, say
from kurak.instruments.assessments.steps import Status
from kurak.instruments.assessments.summing import proposals
from kurak.instruments.catalogue.models import Instrument

Consent = Assessment.Consent
PLACES = frozenset({Instrument.Units.MUNICIPALITY, Instrument.Units.COMMUNITY, Instrument.Units.CITY})
WITHHELD = "withheld"  # the reason of a score that is not shown: consent covers the class only


@transaction.atomic
def decide(*, assessment: Assessment, by: Person, why: str, interests: str = "") -> Assessment:
    """The panel's word on every criterion, with its reasons. Where it departs from the reviewers, the note of that
    answer must say why."""
    held = hold_for_coordinator(assessment, by, Status.PANEL)
    if rules.reviews(by, held):
        raise Forbidden("panel.reviewer", _("You have reviewed this assessment. Somebody else decides."))
    need_other_than_before(held, by)
    sheet = panel_sheet(held)
    departures = departures_of(held, sheet)
    bare = [answer.criterion for answer in departures if not answer.note.strip()]
    if bare:
        raise Refused(
            "panel.reasons",
            _("The panel departs from the reviewers without a reason: %(criteria)s. Write a note there.")
            % {"criteria": ", ".join(bare)},
            criteria=bare,
        )
    for answer in departures:
        say(held, Remark.Kind.REASON, answer.note, by, answer.criterion)
    say(held, Remark.Kind.REASON, need_words(why), by)
    now = timezone.now()
    sheet.rater, sheet.interests, sheet.declared_at, sheet.handed_in_at = by, interests.strip(), now, now
    sheet.save(update_fields=["rater", "interests", "declared_at", "handed_in_at"])
    record(verb="assessment.decided", on=held, by=by, reason=why, departures=[each.criterion for each in departures])
    return steps.move(held, Status.DECIDED)


def departures_of(assessment: Assessment, sheet: Sheet) -> list[Answer]:
    """The panel's answers that differ from what the reviewers come to."""
    reviews = list(assessment.sheets.filter(role__in=rules.REVIEWERS).prefetch_related("answers"))
    criteria = Questionnaire(assessment.edition, short=assessment.short).criteria
    found = proposals(criteria, reviews)
    return [
        answer for answer in sheet.answers.order_by("criterion")
        if answer.criterion in found
        and (answer.given, answer.level) != (found[answer.criterion].word, found[answer.criterion].level)
    ]  # fmt: skip


def need_other_than_before(assessment: Assessment, by: Person) -> None:
    """An appeal is heard by somebody else, where there is somebody else."""
    before = panel_sheet(assessment).rater_id
    appealed = assessment.remarks.filter(kind=Remark.Kind.APPEAL).exists()
    if not appealed or before != by.pk:
        return
    around = assessment.place.ancestors(include_self=True).values_list("pk", flat=True)
    others = Grant.objects.filter(role=Grant.Role.COORDINATOR, place__in=list(around)).exclude(person=by)
    if any(rules.may_decide(each.person, assessment) for each in others.select_related("person")):
        raise Refused("appeal.same_person", _("You decided before. Another coordinator hears the appeal."))


@transaction.atomic
def consent(*, assessment: Assessment, by: Person, to: str) -> Assessment:
    """An officer says what may be published: the whole profile, only the class, or nothing. It is published at once."""
    held = steps.hold(assessment)
    need_officer(held, by)
    if to not in Consent.values:
        raise Refused("consent.what", _("Choose: the whole profile, only the class, or nothing."))
    if to == Consent.BAND and not Questionnaire(held.edition).has_classes:
        raise Refused("consent.no_class", _("This instrument has no classes. Choose the whole profile or nothing."))
    if held.status == Status.PUBLISHED and held.consent == to:
        return held  # clicked twice
    steps.need(held, Status.DECIDED, Status.PUBLISHED)
    need_second_person(held, by)
    given = {"consent": to, "consented_by": by, "consented_at": timezone.now()}
    unpublish(held)
    if to == Consent.NONE:
        return keep_private(held, given)
    result = outcome(held, final_answers(held))
    if result.wrong or result.whole is None:
        raise Refused("assessment.unscored", _("The answers give no score: %(why)s") % {"why": result.wrong})
    today = timezone.now().date()
    months = int(Questionnaire(held.edition).assessing.get("valid_months", steps.VALID_MONTHS))
    given |= {"published_at": timezone.now(), "valid_until": held.valid_until or steps.months_after(today, months)}
    if held.status == Status.PUBLISHED:
        for name, value in given.items():
            setattr(held, name, value)
        held.save(update_fields=[*given])
    else:
        steps.move(held, Status.PUBLISHED, **given)
    publish(held, result, by)
    return held


def keep_private(held: Assessment, given: dict[str, Any]) -> Assessment:
    """Decided and shown to nobody else."""
    if held.status == Status.PUBLISHED:
        return steps.move(held, Status.DECIDED, **given)
    for name, value in given.items():
        setattr(held, name, value)
    held.save(update_fields=[*given])
    return held


def need_officer(assessment: Assessment, by: Person) -> None:
    if not rules.may_speak_for(by, assessment):
        raise Forbidden("assessment.officers", _("Only an officer of the organisation can do this."))


def need_second_person(assessment: Assessment, by: Person) -> None:
    """What nobody outside has reviewed, two people of the organisation stand for."""
    reviewed = assessment.sheets.filter(role=Sheet.Role.PANEL, handed_in_at__isnull=False).exists()
    if not reviewed and own_sheet(assessment).rater_id == by.pk:
        raise Refused(
            "consent.same_person",
            _("You gave these answers yourself, and nobody reviewed them. Another officer must agree."),
        )


def publish(assessment: Assessment, result: Outcome, by: Person) -> Any:
    """A run with its scores, as far as consent goes, and the trail below it. Of answers that are not shown no checksum
    leaves either: there are few enough of them to try all."""
    period, full = str(assessment.end.year), assessment.consent == Consent.PROFILE
    run = assessment.runs.create(
        edition=assessment.edition, status="published", engine=result.engine, declaration=result.declared,
        made_from=result.made_from if full else "", label=result.label, made_by=by,
        published_at=assessment.published_at, shown=shown_of(assessment, result),
    )  # fmt: skip
    at = assessment.place if assessment.edition.instrument.units in PLACES else None
    nodes = result.nodes if full else result.nodes[:1]
    run.scores.bulk_create(
        run.scores.model(
            run=run, node=each.code, unit=unit_of(assessment), period=period, place=at,
            organisation=assessment.organisation, class_code=each.class_code, **numbers(each, full=full),
        )
        for each in nodes
    )  # fmt: skip
    lay_trail(assessment, run, by, full=full)
    return run


def numbers(node: Scored, *, full: bool) -> dict[str, Any]:
    if not full:
        return {"value": None, "reason": WITHHELD}
    exact = node.low is None or node.high is None or node.low == node.high
    ends = {} if exact else {"low": node.low, "high": node.high}
    return {"value": node.value, "coverage": node.coverage, "reason": node.reason[:60], **ends}


def shown_of(assessment: Assessment, result: Outcome) -> dict[str, Any]:
    """What pages show beside the scores."""
    reviews = assessment.sheets.filter(role__in=rules.REVIEWERS, handed_in_at__isnull=False).count()
    full = assessment.consent == Consent.PROFILE
    return {"reviews": reviews, "consent": assessment.consent, "confidence": result.confidence if full else None}


def lay_trail(assessment: Assessment, run: Any, by: Person, *, full: bool) -> None:
    """Scores stand on the assessment; the assessment on its answers, and they on their evidence."""
    computed = Footing.Relation.COMPUTED_FROM
    lay(claim=Reference("run", str(run.pk)), on=[assessment], relation=computed, by=None)
    if not full:
        return
    answers = list(final_answers(assessment).values())
    lay(claim=assessment, on=answers, relation=computed, by=None)
    own = {each.criterion: each for each in own_sheet(assessment).answers.prefetch_related("evidence")}
    for answer in answers:
        below: list[Any] = (
            [own[answer.criterion]] if answer.criterion in own and own[answer.criterion] != answer else []
        )
        lay(claim=answer, on=below, relation=computed, by=None)
    for answer in own.values():
        if pieces := list(answer.evidence.all()):
            lay(claim=answer, on=pieces, relation=Footing.Relation.TAKEN_FROM, by=None)


@transaction.atomic
def appeal(*, assessment: Assessment, by: Person, text: str) -> Assessment:
    """The organisation does not accept the decision: the panel sits again, and what was published rests until then."""
    held = steps.hold(assessment)
    need_officer(held, by)
    steps.need(held, Status.DECIDED, Status.PUBLISHED)
    sheet = held.sheets.filter(role=Sheet.Role.PANEL, handed_in_at__isnull=False).first()
    if sheet is None:
        raise Refused("appeal.no_panel", _("No panel has decided this: open a new assessment instead."))
    if timezone.now() > appeal_until(sheet):
        sentence = _("The %(days)d days for an appeal are over. Open a new assessment instead.")
        raise Refused("appeal.late", sentence % {"days": steps.APPEAL_DAYS})
    say(held, Remark.Kind.APPEAL, need_words(text), by)
    sheet.handed_in_at = None
    sheet.save(update_fields=["handed_in_at"])
    unpublish(held)
    nothing = {"consent": Consent.NONE, "consented_by": None, "consented_at": None, "published_at": None}
    return steps.move(held, Status.PANEL, **nothing, valid_until=None)


def appeal_until(sheet: Sheet) -> dt.datetime:
    return (sheet.handed_in_at or timezone.now()) + dt.timedelta(days=steps.APPEAL_DAYS)


@transaction.atomic
def expire(*, assessment: Assessment) -> Assessment:
    """The platform ends what is no longer valid; what it was is kept, and shown no more."""
    held = steps.hold(assessment)
    steps.need(held, Status.PUBLISHED)
    if held.valid_until is None or held.valid_until >= timezone.now().date():
        raise Refused("assessment.valid", _("This assessment is still valid."))
    unpublish(held)
    record(verb="assessment.expired", on=held, by=None)
    return steps.move(held, Status.EXPIRED)
