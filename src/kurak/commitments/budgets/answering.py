"""What residents say of a line: is it done, is it good, and a picture of it. The only writes of these.

Where a picture was taken is not kept, whatever the camera wrote into it: it belongs to the place of the line."""

from __future__ import annotations

from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kurak.commitments.budgets import rules
from kurak.commitments.budgets.models import AnswerPhoto, Budget, BudgetLine, ResidentAnswer
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.files import cleaning, inspecting, storing
from kurak.ground.people.models import Person
from kurak.ground.safety import limits
from kurak.ground.safety.actions import record

PICTURES = ("jpeg", "png")


@transaction.atomic
def answer(
    *, line: BudgetLine, by: Person, done: str, good: str = "", photo: IO[bytes] | None = None
) -> ResidentAnswer:
    """Is it done? Is it good? Who answers again replaces what they said before."""
    if not rules.may_answer(by):
        raise Forbidden("budget.sign_in", _("Sign in to answer: one answer a person."))
    if line.budget.status != Budget.Status.PUBLISHED or line.side != BudgetLine.Side.EXPENDITURE:
        raise Refused("budget.no_question", _("Residents are asked about expenditure of published budgets only."))
    if done not in ResidentAnswer.Done.values or good not in ("", *ResidentAnswer.Good.values):
        raise Refused("budget.answer", _("Choose one of the answers."))
    limits.require(f"person:{by.pk}", "account")
    Person.objects.select_for_update(of=("self",)).get(pk=by.pk)  # two clicks, one answer
    said = {"done": done, "good": good, "on": timezone.localdate()}
    given, _new = ResidentAnswer.objects.update_or_create(line=line, person=by, defaults=said)
    if photo is not None:
        _keep_photo(given, photo, by)
    return given


def _keep_photo(given: ResidentAnswer, photo: IO[bytes], by: Person) -> None:
    data = photo.read(inspecting.LARGEST + 1)
    kind = inspecting.kind_of(data)
    if kind.code not in PICTURES:
        raise Refused("budget.photo", _("Send a photograph: JPEG or PNG."))
    limits.require(f"person:{by.pk}", "evidence")
    body = cleaning.cleaned(data, kind)
    sha256 = storing.keep(body)
    transaction.on_commit(lambda: storing.keep(body))
    before = list(AnswerPhoto.objects.filter(answer=given).values_list("sha256", flat=True))
    told = {"sha256": sha256, "kind": kind.media_type, "size": len(body), "status": AnswerPhoto.Status.WAITING,
            "on": timezone.localdate()}  # fmt: skip
    AnswerPhoto.objects.update_or_create(answer=given, defaults=told)
    transaction.on_commit(lambda: storing.drop_unused(before))


@transaction.atomic
def take_back(*, line: BudgetLine, by: Person) -> None:
    """One's own answer, with its photograph."""
    own = ResidentAnswer.objects.filter(line=line, person=by)
    files = list(AnswerPhoto.objects.filter(answer__in=own).values_list("sha256", flat=True))
    own.delete()
    transaction.on_commit(lambda: storing.drop_unused(files))


@transaction.atomic
def decide(*, photo: AnswerPhoto, by: Person, show: bool) -> None:
    """Show a photograph, or delete it: faces, number plates and house numbers can tell who lives where."""
    budget = photo.answer.line.budget
    if not rules.may_decide(by, budget.place) or photo.answer.person_id == by.pk:
        raise Forbidden("budget.photo_not_yours", _("A coordinator of the place decides, and never on their own."))
    record(verb="budget.photo_shown" if show else "budget.photo_deleted", on=photo.answer.line, by=by)
    if show:
        photo.status = AnswerPhoto.Status.SHOWN
        photo.save(update_fields=["status"])
        return
    sha256 = photo.sha256
    photo.delete()
    transaction.on_commit(lambda: storing.drop_unused([sha256]))
