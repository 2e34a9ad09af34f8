"""Taking answers over from a file: all of them or none."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from kurak.ground.errors import Refused
from kurak.ground.people.models import Person
from kurak.instruments.assessments import actions
from kurak.instruments.assessments.answering import Given, Overtaken
from kurak.instruments.assessments.evidence.actions import add_link
from kurak.instruments.assessments.exchange.problems import BadWorkbook, Problem
from kurak.instruments.assessments.exchange.reading import Brought, read
from kurak.instruments.assessments.models import Sheet


def bring_in(*, sheet: Sheet, by: Person, data: bytes, overwrite: bool = False) -> list[str]:
    """Take over what a file says; the criteria that changed. What was changed here since the file was made is a problem
    of its row, unless `overwrite` says that the file is right."""
    return _take_over(sheet, by, read(data, sheet), overwrite)


@transaction.atomic
def _take_over(sheet: Sheet, by: Person, brought: Brought, overwrite: bool) -> list[str]:
    try:
        seen = {} if overwrite else brought.seen
        changed = actions.save(sheet=sheet, by=by, answers=brought.answers, seen=seen)
    except Overtaken as refusal:
        raise BadWorkbook([_overtaken(brought, code, now) for code, now in refusal.others.items()]) from refusal
    problems = []
    for code, link in brought.links.items():
        try:
            with transaction.atomic():
                add_link(sheet=sheet, criterion=code, by=by, link=link)
        except Refused as refusal:
            name, row, _answer = brought.places[code]
            problems.append(Problem(name, row, "link", link[:80], str(refusal)))
    if problems:
        raise BadWorkbook(problems)
    return sorted({*changed, *brought.links})


def _overtaken(brought: Brought, code: str, now: Given) -> Problem:
    name, row, answer = brought.places[code]
    remedy = _("Somebody has answered this here meanwhile: %(now)s. Change the file, or say that the file is right.")
    return Problem(name, row, "answer", answer[:80], remedy % {"now": now.word or "–"})
