"""How long the room keeps what (kurak/ground/safety/retention.py)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kurak.commitments.accounts.models import Account, Evidence, Grader, Question
from kurak.commitments.budgets.models import BudgetFile, ResidentAnswer
from kurak.commitments.calendar.models import Told
from kurak.ground.files.storing import drop_unused
from kurak.ground.safety.retention import Kept

Status = Account.Status


def end_drafts(before: datetime) -> int:
    """What nobody has touched for a year was given up; what is approved stands on none of it."""
    given_up = Account.objects.filter(status__in=[Status.DRAFT, Status.RETURNED], since__lt=before, replies=None)
    files = _files(given_up)
    many = given_up.count()
    given_up.delete()
    _drop(files)
    return many


def end_withdrawn(before: datetime) -> int:
    """What was taken back is emptied. That there was an account stays, and so do the answers to it."""
    taken_back = Account.objects.filter(status=Status.WITHDRAWN, since__lt=before)
    full = taken_back.filter(Q(text__isnull=False) | ~Q(value="") | Q(evidence__isnull=False) | ~Q(remark=""))
    numbers = list(full.distinct().values_list("pk", flat=True))
    emptied = Account.objects.filter(pk__in=numbers)
    files = _files(emptied)
    Evidence.objects.filter(account__in=numbers).delete()
    emptied.update(text=None, value="", ladder=None, remark="", written_by=None)
    _drop(files)
    return len(numbers)


def end_names_of_residents(before: datetime) -> int:
    """A resident's answer is counted on; who gave it need not be known any more once its period is long past."""
    counted = Account.objects.filter(grader=Grader.RESIDENTS, end__lt=before.date(), since__lt=before)
    return counted.exclude(written_by=None).update(written_by=None)


def end_questions(before: datetime) -> int:
    """Questions that were taken back and that nobody has answered."""
    return Question.objects.filter(withdrawn_at__lt=before, replies=None).delete()[0]


def end_told(before: datetime) -> int:
    """Of which day somebody was told: no mail can go out twice about a day that is past."""
    return Told.objects.filter(day__lt=before.date()).delete()[0]


def end_names_on_lines(before: datetime) -> int:
    """An answer on a budget line is counted on; who gave it need not be known any more long after the year."""
    counted = ResidentAnswer.objects.filter(line__budget__year__lt=before.year, on__lt=before.date())
    return counted.exclude(person=None).update(person=None)


def end_files_of_budgets(before: datetime) -> int:
    """Files that were sent and whose columns nobody named."""
    waiting = BudgetFile.objects.filter(sent_at__lt=before)
    files = list(waiting.values_list("sha256", flat=True))
    waiting.delete()
    _drop(files)
    return len(files)


def _files(accounts) -> list[str]:
    return list(Evidence.objects.filter(account__in=accounts).exclude(sha256="").values_list("sha256", flat=True))


def _drop(files: list[str]) -> None:
    transaction.on_commit(lambda: drop_unused(files))


KEPT = (
    Kept(
        "drafts of accounts",
        "Text, value and evidence of an account that was never approved.",
        365,
        "Deleted with their files, counted from the last change.",
        end_drafts,
    ),
    Kept(
        "withdrawn accounts",
        "Text, value, evidence, the reason and who wrote it.",
        90,
        "Emptied with their files, counted from the withdrawal. That there was an account stays, with its answers.",
        end_withdrawn,
    ),
    Kept(
        "residents' names",
        "Which account a resident's answer came from, so that nobody answers twice.",
        365,
        "Cut off, counted from the end of the period. The answer stays in the sum.",
        end_names_of_residents,
    ),
    Kept(
        "withdrawn questions",
        "The question and who proposed it.",
        90,
        "Deleted where nobody has answered, counted from the withdrawal.",
        end_questions,
    ),
    Kept("reminders sent", "Who was told of which day.", 30, "Deleted, counted from that day.", end_told),
    Kept("reminders", "Who asked to be reminded of what.", None, "Kept until its owner takes it away or leaves."),
    Kept(
        "approved accounts and answers",
        "What parties said of commitments, with the evidence, and what was answered.",
        None,
        "Kept: a later account takes the place of an earlier one and deletes nothing.",
    ),
    Kept(
        "files of budgets that wait",
        "A file that was sent and whose columns nobody has named.",
        30,
        "Deleted, counted from the day it was sent. A file that was taken in is deleted at once; its SHA-256 stays.",
        end_files_of_budgets,
    ),
    Kept(
        "answers of residents on budget lines",
        "Done, good, the day, and a photograph without where it was taken.",
        None,
        "Kept until the person takes the answer back or closes the account; both go at once then.",
    ),
    Kept(
        "names of those who answered on budget lines",
        "Which account an answer came from, so that nobody answers twice.",
        365,
        "Cut off, counted from the answer and not before the year is over. The answer stays in the sum.",
        end_names_on_lines,
    ),
)
