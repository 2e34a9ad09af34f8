"""How long the room keeps what (kurak/ground/safety/retention.py)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kurak.ground.files.storing import drop_unused
from kurak.ground.safety.retention import Kept
from kurak.instruments.assessments.models import Answer, Assessment, Evidence, Remark, Sheet

Status = Assessment.Status


def end_drafts(before: datetime) -> int:
    """A draft that nobody has touched for a year was given up."""
    touched = Sheet.objects.filter(role=Sheet.Role.SELF, saved_at__lt=before).values("assessment")
    given_up = Assessment.objects.filter(status=Status.DRAFT, since__lt=before, pk__in=touched, runs=None)
    files = _files(given_up)
    many = given_up.count()
    given_up.delete()
    _drop(files)
    return many


def end_withdrawn(before: datetime) -> int:
    """What an organisation took back is emptied; that there was an assessment stays."""
    return _empty(Assessment.objects.filter(status=Status.WITHDRAWN, since__lt=before))


def end_expired(before: datetime) -> int:
    return _empty(Assessment.objects.filter(status=Status.EXPIRED, since__lt=before))


def _empty(assessments) -> int:
    """Nothing stays but the row and the organisation's empty sheet."""
    files = _files(assessments)
    full = assessments.filter(Q(sheets__answers__isnull=False) | Q(remarks__isnull=False))
    emptied = full.distinct().count()
    Answer.objects.filter(sheet__assessment__in=assessments).delete()
    Sheet.objects.filter(assessment__in=assessments).exclude(role=Sheet.Role.SELF).delete()
    Remark.objects.filter(assessment__in=assessments).delete()
    _drop(files)
    return emptied


def _files(assessments) -> list[str]:
    pieces = Evidence.objects.filter(answer__sheet__assessment__in=assessments).exclude(sha256="")
    return list(pieces.values_list("sha256", flat=True))


def _drop(files: list[str]) -> None:
    transaction.on_commit(lambda: drop_unused(files))


KEPT = (
    Kept(
        "drafts of assessments",
        "Answers, notes and evidence of an assessment that was never handed in.",
        365,
        "Deleted with their files, counted from the last change.",
        end_drafts,
    ),
    Kept(
        "withdrawn assessments",
        "Answers, notes, evidence, reviews and remarks.",
        90,
        "Deleted with their files, counted from the withdrawal. That there was an assessment stays.",
        end_withdrawn,
    ),
    Kept(
        "expired assessments",
        "Answers, notes, evidence, reviews and remarks.",
        730,
        "Deleted with their files, counted from the end of their validity.",
        end_expired,
    ),
    Kept(
        "assessments in force",
        "Answers, notes, evidence, reviews and remarks.",
        None,
        "Kept until they are withdrawn or expire.",
    ),
)
