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
THEIRS = frozenset({Status.DRAFT, Status.WITHDRAWN})  # nobody else's business: not yet, or no longer
RATED = frozenset(
    {Status.REVIEW, Status.REPLY, Status.PANEL, Status.DECIDED, Status.PUBLISHED}
)  # open to its reviewers


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
    """Coordinators of the place, with a second factor; never of an assessment of their own organisation, and of none
    that is still being answered, was taken back, or asks nobody outside."""
    return (
        assessment.status not in THEIRS
        and is_reviewed(assessment)
        and holds(person, Role.COORDINATOR, place=assessment.place)
        and has_second_factor(person)
        and not is_member(person, assessment.organisation)
    )


def is_reviewed(assessment: Assessment) -> bool:
    """Whether anybody outside has a part in it."""
    return (assessment.edition.document.get("assessing") or {}).get("review", "none") != "none"


def reviews(person: Any, assessment: Assessment) -> bool:
    """Invited to review, whether or not anything was declared yet."""
    return is_known(person) and assessment.sheets.filter(role__in=REVIEWERS, rater=person).exists()


def may_decide(person: Any, assessment: Assessment) -> bool:
    """The panel: a coordinator who has not reviewed it."""
    return may_coordinate(person, assessment) and not reviews(person, assessment)


def has_part(person: Any, assessment: Assessment) -> bool:
    """Whether the case is known to them at all; to reviewers, as long as it is theirs to rate."""
    if not is_known(person):
        return False
    rates = assessment.status in RATED and reviews(person, assessment)
    return rates or is_member(person, assessment.organisation) or may_coordinate(person, assessment)


def may_fill(person: Any, sheet: Sheet) -> bool:
    """Whose sheet it is to fill, whatever the status."""
    if sheet.role == Sheet.Role.SELF:
        return is_member(person, sheet.assessment.organisation)
    if sheet.role == Sheet.Role.PANEL:
        return may_decide(person, sheet.assessment)
    own = is_known(person) and sheet.rater_id == person.pk and sheet.declared_at is not None
    return own and not is_member(person, sheet.assessment.organisation)  # who has joined it since rates it no more


def may_see(person: Any, sheet: Sheet) -> bool:
    """Reviewers see the organisation's own answers, not each other's; the organisation sees theirs with the draft.
    What the organisation has taken back is open to itself alone."""
    assessment = sheet.assessment
    if is_member(person, assessment.organisation):
        return sees_as_member(sheet)
    if may_coordinate(person, assessment) and not has_open_review(person, assessment):
        return True
    return assessment.status in RATED and (
        may_fill(person, sheet) or (sheet.role == Sheet.Role.SELF and has_declared(person, assessment))
    )


def sees_as_member(sheet: Sheet) -> bool:
    if sheet.role == Sheet.Role.SELF:
        return True
    if sheet.role == Sheet.Role.PANEL:
        return sheet.assessment.status in DECISION_KNOWN
    return sheet.assessment.status in DRAFT_KNOWN and sheet.handed_in_at is not None


def has_open_review(person: Any, assessment: Assessment) -> bool:
    """Whether they still have to rate for themselves, whatever else they are."""
    found = assessment.sheets.filter(role__in=REVIEWERS, rater=person, handed_in_at=None)
    return assessment.status == Status.REVIEW and found.exists()


def has_declared(person: Any, assessment: Assessment) -> bool:
    found = assessment.sheets.filter(role__in=REVIEWERS, declared_at__isnull=False)
    return is_known(person) and found.filter(rater=person).exists()


def is_public(assessment: Assessment) -> bool:
    return assessment.status == Status.PUBLISHED


def shows_profile(assessment: Assessment) -> bool:
    return is_public(assessment) and assessment.consent == Assessment.Consent.PROFILE


def is_in_profile(sheet: Sheet) -> bool:
    """Whether everybody may read its answers: the organisation's own and the panel's, never one reviewer's."""
    return sheet.role not in REVIEWERS and shows_profile(sheet.assessment)
