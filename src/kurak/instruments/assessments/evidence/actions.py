"""The only ways evidence comes in and goes."""

from __future__ import annotations

from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from kurak.ground.errors import Missing, Refused
from kurak.ground.files import cleaning, inspecting, storing
from kurak.ground.people.models import Person
from kurak.ground.safety import limits
from kurak.ground.safety.actions import record_read
from kurak.instruments.assessments.actions import hold_sheet, touch
from kurak.instruments.assessments.answering import plain_text
from kurak.instruments.assessments.models import Answer, Evidence, Sheet
from kurak.instruments.assessments.questions import Questionnaire

MOST = 10  # pieces under one answer
MOST_BYTES = 60_000_000  # of all files of one assessment
LONGEST_LINK = 500
SAFE_LINK = URLValidator(schemes=["http", "https"])


@transaction.atomic
def add_link(
    *, sheet: Sheet, criterion: str, by: Person, link: str, title: str = "", page: str = "", public: bool = False
) -> Evidence:
    """A link to something that is published. The same link twice is one piece."""
    link = link.strip()
    try:
        SAFE_LINK(link)
    except ValidationError as problem:
        raise Refused("evidence.link", _("Write a whole web address, such as https://example.org/report.")) from problem
    if len(link) > LONGEST_LINK:
        sentence = _("A web address has at most %(most)d characters here. Give the page that leads to it.")
        raise Refused("evidence.link", sentence % {"most": LONGEST_LINK})
    answer = _answer(sheet, criterion, by)
    if there := answer.evidence.filter(link=link).first():
        return there
    return _add(answer, by, link=link, title=title.strip() or link, page=page, public=public)


@transaction.atomic
def add_file(
    *, sheet: Sheet, criterion: str, by: Person, file: IO[bytes], name: str, title: str = "", page: str = "",
    public: bool = False,
) -> Evidence:  # fmt: skip
    """A file, looked into and cleaned before it is kept. The same file twice is one piece."""
    data = file.read(inspecting.LARGEST + 1)
    kind = inspecting.kind_of(data)
    data = cleaning.cleaned(data, kind)
    answer = _answer(sheet, criterion, by)
    _need_room(answer, len(data))
    sha256 = storing.keep(data)
    transaction.on_commit(lambda: storing.keep(data))  # a colleague may have taken the same file away meanwhile
    if there := answer.evidence.filter(sha256=sha256).first():
        return there
    called = inspecting.clean_name(name, kind)
    return _add(
        answer, by, sha256=sha256, name=called, size=len(data), kind=kind.media_type, title=title.strip() or called,
        page=page, public=public,
    )  # fmt: skip


def _answer(sheet: Sheet, criterion: str, by: Person) -> Answer:
    """The answer that the evidence belongs to: made where nothing was answered yet."""
    held = hold_sheet(sheet, by=by)
    asked = Questionnaire(held.assessment.edition, short=held.assessment.short).criteria.get(criterion)
    if asked is None or not asked.takes_evidence:
        raise Refused("evidence.not_asked", _("This question takes no evidence. Write a note instead."))
    answer, _new = Answer.objects.get_or_create(sheet=held, criterion=criterion)
    return answer


def _need_room(answer: Answer, size: int) -> None:
    all_of_it = Evidence.objects.filter(answer__sheet__assessment=answer.sheet.assessment_id)
    if size + sum(all_of_it.values_list("size", flat=True)) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise Refused(
            "evidence.room",
            _("All files of an assessment may have %(most)d MB together. Give a link.") % {"most": most},
        )


def _add(answer: Answer, by: Person, *, title: str, page: str, **what: object) -> Evidence:
    if answer.evidence.count() >= MOST:
        raise Refused(
            "evidence.many", _("At most %(most)d pieces for one answer. Take one away first.") % {"most": MOST}
        )
    limits.require(f"person:{by.pk}", "evidence")
    if answer.level == Answer.Evidence.STATEMENT:
        answer.level = Answer.Evidence.DOCUMENT
        answer.save(update_fields=["level"])
    touch(answer.sheet)
    return Evidence.objects.create(
        answer=answer, title=" ".join(plain_text(title).split())[:200], page=plain_text(page)[:20], added_by=by, **what
    )


@transaction.atomic
def show(*, evidence: Evidence, by: Person, public: bool) -> Evidence:
    """Whether a piece may be shown with the published profile."""
    hold_sheet(evidence.answer.sheet, by=by)
    there = Evidence.objects.filter(pk=evidence.pk).first()
    if there is None:
        raise Missing("evidence.missing", _("This piece was taken away meanwhile."))
    there.public = public
    there.save(update_fields=["public"])
    return there


@transaction.atomic
def remove(*, evidence: Evidence, by: Person) -> None:
    """Take a piece away, and its file unless another answer stands on the same one."""
    held = hold_sheet(evidence.answer.sheet, by=by)
    sha256 = evidence.sha256
    evidence.delete()
    touch(held)
    if sha256:
        transaction.on_commit(lambda: storing.drop_unused([sha256]))


def note_read(*, evidence: Evidence, by: Any) -> None:
    """That a coordinator or a reviewer opened a file of an organisation is written down."""
    record_read(on=evidence, by=by, assessment=evidence.answer.sheet.assessment_id)
