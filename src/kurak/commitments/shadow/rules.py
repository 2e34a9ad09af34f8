"""Who takes part in a shadow report. Members of the coalition write; the lead's officers and coordinators of the place
open, share out and freeze, unless they hold a seat of an authority there; only an organisation's own officer signs."""

from __future__ import annotations

from typing import Any

from kurak.commitments.accounts.rules import is_known, is_member, may_judge, organisations_of
from kurak.commitments.shadow.models import CoAuthor, Section, ShadowReport
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place

INDEPENDENT = frozenset({Organisation.Kind.CIVIL, Organisation.Kind.SCHOOL, Organisation.Kind.ENTERPRISE})


def may_open(person: Any, lead: Organisation, place: Place) -> bool:
    """An officer of an independent organisation, or a coordinator of the place for it."""
    if lead.kind not in INDEPENDENT:
        return False
    own = is_member(person, lead, officer=True)
    return own or (may_judge(person, place) and may_judge(person, lead.place))


def may_lead(person: Any, report: ShadowReport) -> bool:
    return is_member(person, report.lead, officer=True) or may_judge(person, report.place)


def takes_part(person: Any, report: ShadowReport) -> bool:
    """Reads the work in progress, and comments."""
    if not is_known(person):
        return False
    if may_lead(person, report) or is_member(person, report.lead):
        return True
    return CoAuthor.objects.filter(report=report, organisation__memberships__person=person).exists()


def may_write(person: Any, section: Section) -> bool:
    """Whose task it is; until it is somebody's task, everybody who takes part."""
    if may_lead(person, section.report):
        return True
    if section.writer_id is not None:
        return is_member(person, section.writer)
    return takes_part(person, section.report)


def signs_for(person: Any, report: ShadowReport) -> list[Organisation]:
    """The organisations in whose name this person may sign it."""
    own = organisations_of(person).filter(memberships__person=person, memberships__officer=True)
    asked = {report.lead_id, *report.coalition.values_list("organisation_id", flat=True)}
    return [each for each in own if each.pk in asked]
