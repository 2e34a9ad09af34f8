"""How the trail shows assessments, answers and evidence: to everybody as far as consent goes, to those who take part
all of it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.ground.trail.kinds import Kind, by_pk, register
from kurak.instruments.assessments import rules
from kurak.instruments.assessments.models import Answer, Assessment, Evidence, Sheet
from kurak.instruments.assessments.questions import Questionnaire, said

OF_ANSWER = ("sheet__assessment__edition__instrument", "sheet__assessment__organisation", "sheet__assessment__place")


def register_kinds() -> None:
    register(
        Kind("assessment", _l("Assessment"), Assessment,
             by_pk(Assessment, "edition__instrument", "organisation", "place"), title_of, url_of, may_see)
    )  # fmt: skip
    register(
        Kind("answer", _l("Answer"), Answer, by_pk(Answer, *OF_ANSWER), title_of_answer,
             lambda answer: url_of(answer.sheet.assessment), may_see_answer)
    )  # fmt: skip
    register(
        Kind("evidence", _l("Evidence"), Evidence, by_pk(Evidence, *(f"answer__{each}" for each in OF_ANSWER)),
             lambda evidence: evidence.title, url_of_evidence, may_see_evidence)
    )  # fmt: skip


def title_of(assessment: Assessment) -> str:
    language = get_language() or "en"
    organisation = assessment.organisation
    who = assessment.subject or (str(organisation.name.into(language)) if organisation else "")
    what = said(assessment.edition.document.get("title") or assessment.edition.instrument.code).into(language)
    return _("%(who)s: %(what)s, %(year)d") % {"who": who, "what": what, "year": assessment.end.year}


def url_of(assessment: Assessment) -> str:
    if rules.is_public(assessment):
        return reverse("assessments:published", args=[assessment.pk])
    return reverse("assessments:assessment", args=[assessment.pk])


def may_see(assessment: Assessment, person: Any) -> bool:
    return rules.is_public(assessment) or rules.has_part(person, assessment)


def title_of_answer(answer: Answer) -> str:
    assessment, language = answer.sheet.assessment, get_language() or "en"
    criterion = Questionnaire(assessment.edition).criteria.get(answer.criterion)
    if criterion is None:
        return answer.criterion
    option = criterion.option(answer.given)
    given = option.text.into(language) if option else answer.given
    return _("%(question)s: %(answer)s") % {"question": criterion.title.into(language), "answer": given}


def may_see_answer(answer: Answer, person: Any) -> bool:
    return rules.is_in_profile(answer.sheet) or rules.may_see(person, answer.sheet)


def may_see_evidence(evidence: Evidence, person: Any) -> bool:
    """The organisation's own pieces are shown where it said so; a reviewer's never."""
    sheet = evidence.answer.sheet
    shown = evidence.public and sheet.role == Sheet.Role.SELF and rules.is_in_profile(sheet)
    return shown or rules.may_see(person, sheet)


def url_of_evidence(evidence: Evidence) -> str:
    return evidence.link or reverse("assessments:file", args=[evidence.pk])
