"""What the room keeps under a person's name, for its owner to read and take along."""

from __future__ import annotations

from typing import Any

from kurak.commitments.accounts.models import Account, Question, Reply
from kurak.commitments.accounts.things import thing_of
from kurak.commitments.budgets.models import ResidentAnswer
from kurak.commitments.calendar.models import Reminder
from kurak.ground.people.models import Person
from kurak.ground.people.queries import tell_owner


def name_what_is_kept() -> None:
    tell_owner("accounts of commitments", accounts)
    tell_owner("questions and answers", words)
    tell_owner("reminders", reminders)
    tell_owner("answers on budget lines", answers_on_lines)


def accounts(person: Person) -> list[dict[str, Any]]:
    found = Account.objects.filter(written_by=person).select_related(
        "commitment__agenda", "provision__agenda", "place", "organisation"
    )
    return [
        {
            "number": each.pk, "about": str(thing_of(each).it), "place": each.place.code, "grader": each.grader,
            "organisation": each.organisation.slug if each.organisation else "", "said_by": each.said_by,
            "start": each.start.isoformat(), "end": each.end.isoformat(), "scale": each.scale, "value": each.value,
            "text": each.text.body if each.text else "", "status": each.status, "since": each.since.isoformat(),
        }
        for each in found
    ]  # fmt: skip


def words(person: Person) -> list[dict[str, Any]]:
    questions = Question.objects.filter(asked_by=person)
    replies = Reply.objects.filter(said_by=person)
    asked = [{"question": each.text.body, "at": each.asked_at.isoformat()} for each in questions]
    return asked + [{"answer": each.text.body, "at": each.said_at.isoformat()} for each in replies]


def reminders(person: Person) -> list[dict[str, Any]]:
    return [
        {"agenda": each.agenda.code if each.agenda else "", "place": each.place.code if each.place else "",
         "days": each.days}
        for each in Reminder.objects.filter(person=person).select_related("agenda", "place")
    ]  # fmt: skip


def answers_on_lines(person: Person) -> list[dict[str, Any]]:
    found = ResidentAnswer.objects.filter(person=person).select_related("line__budget__place", "photo")
    return [
        {
            "place": each.line.budget.place.code, "year": each.line.budget.year, "line": each.line.code,
            "done": each.done, "good": each.good, "on": each.on.isoformat(), "photo": hasattr(each, "photo"),
        }
        for each in found
    ]  # fmt: skip
