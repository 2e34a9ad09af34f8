"""Who may do and see what. Whoever belongs to the organisation speaks for its side and never for the other one."""

from __future__ import annotations

from typing import Any

from kurak.ground.people.models import Membership, Organisation
from kurak.ground.people.rules import Role, has_second_factor, holds
from kurak.instruments.assessments.models import Assessment, Sheet
from kurak.instruments.assessments.steps import Status

REVIEWERS = (Sheet.Role.PEER, Sheet.Role.EXPERT)
DRAFT_KNOWN = frozenset({Status.REPLY, Status.PANEL, Status.DECIDED, Status.PUBLISHED, Status.EXPIRED})
DECISION_KNOWN = frozenset({Status.DECIDED, Status.PUBLISHED, Status.EXPIRED})


def is_known(person: Any) -> bool:
    return bool(getattr(person, "is_authenticated", False) and person.is_active)


def is_member(person: Any, organisation: Organisation | None, *, officer: bool = False) -> bool:
    if organisation is None or not is_known(person):
        return False
    found = Membership.objects.filter(person=person, organisation=organisation)
    return found.filter(officer=True).exists() if officer else found.exists()


def may_speak_for(person: Any, assessment: Assessment) -> bool:
    """Officers: they reply, appeal, consent and withdraw."""
    return is_member(person, assessment.organisation, officer=True)


def may_coordinate(person: Any, assessment: Assessment) -> bool:
    """Coordinators of the place, with a second factor; never of an assessment of their own organisation."""
    return (
        holds(person, Role.COORDINATOR, place=assessment.place)
        and has_second_factor(person)
        and not is_member(person, assessment.organisation)
    )


def reviews(person: Any, assessment: Assessment) -> bool:
    """Invited to review, whether or not anything was declared yet."""
    return is_known(person) and assessment.sheets.filter(role__in=REVIEWERS, rater=person).exists()


def may_decide(person: Any, assessment: Assessment) -> bool:
    """The panel: a coordinator who has not reviewed it."""
    return may_coordinate(person, assessment) and not reviews(person, assessment)


def has_part(person: Any, assessment: Assessment) -> bool:
    """Whether the case is known to them at all."""
    if not is_known(person):
        return False
    member = is_member(person, assessment.organisation)
    return member or reviews(person, assessment) or may_coordinate(person, assessment)


def may_fill(person: Any, sheet: Sheet) -> bool:
    """Whose sheet it is to fill, whatever the status."""
    if sheet.role == Sheet.Role.SELF:
        return is_member(person, sheet.assessment.organisation)
    if sheet.role == Sheet.Role.PANEL:
        return may_decide(person, sheet.assessment)
    return is_known(person) and sheet.rater_id == person.pk and sheet.declared_at is not None


def may_see(person: Any, sheet: Sheet) -> bool:
    """Reviewers see the organisation's own answers, not each other's; the organisation sees theirs with the draft."""
    assessment = sheet.assessment
    if may_fill(person, sheet) or may_coordinate(person, assessment):
        return True
    if is_member(person, assessment.organisation):
        known = DECISION_KNOWN if sheet.role == Sheet.Role.PANEL else DRAFT_KNOWN
        return assessment.status in known and (sheet.role == Sheet.Role.PANEL or sheet.handed_in_at is not None)
    return sheet.role == Sheet.Role.SELF and has_declared(person, assessment)


def has_declared(person: Any, assessment: Assessment) -> bool:
    found = assessment.sheets.filter(role__in=REVIEWERS, declared_at__isnull=False)
    return is_known(person) and found.filter(rater=person).exists()


def is_public(assessment: Assessment) -> bool:
    return assessment.status == Status.PUBLISHED


def shows_profile(assessment: Assessment) -> bool:
    return is_public(assessment) and assessment.consent == Assessment.Consent.PROFILE
