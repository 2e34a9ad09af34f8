"""What the platform does by itself, over and over: each duty is idempotent, so that any number of workers may do it.

Rooms name theirs (`AppConfig.ready`); the worker asks which are due."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import OperationalError, connection
from django.utils import timezone

log = logging.getLogger("kurak.duties")
LONGEST_TASK = timedelta(minutes=30)
TRIES = 3


@dataclass(slots=True)
class Duty:
    name: str
    do: Callable[[], object]
    every: float  # seconds
    done_at: float = field(default=float("-inf"))


_duties: dict[str, Duty] = {}


def name_duty(name: str, do: Callable[[], object], *, every: float) -> None:
    _duties[name] = Duty(name, do, every)


def do_what_is_due() -> None:
    """One duty that fails stops no other; a database that is busy is asked again at the next look."""
    for duty in _duties.values():
        if time.monotonic() - duty.done_at < duty.every:
            continue
        try:
            duty.do()
        except OperationalError:
            continue
        except Exception:
            log.exception("The duty %s failed", duty.name)
        duty.done_at = time.monotonic()


def move_log_along() -> None:
    """SQLite's log moves into the database here, where nobody waits for the disk, and not in the process of the pages.
    Passive: it stops no reader and no writer."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")


def put_back_orphans() -> int:
    """Tasks whose worker was killed stay `running` for ever: put them back in the queue, at most three times. A task is
    declared only if doing it twice is doing it once. How many were put back."""
    from django.tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    started_long_ago = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LONGEST_TASK)
    back = [task.pk for task in started_long_ago if len(task.worker_ids) < TRIES]
    started_long_ago.exclude(pk__in=back).update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
    return DBTaskResult.objects.filter(pk__in=back).update(status=TaskResultStatus.READY, started_at=None)


def try_failed_again() -> int:
    """A failed task is tried again after one, then after two minutes; then it stays failed, for somebody to see."""
    from django.tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    recent = DBTaskResult.objects.failed().filter(finished_at__gt=timezone.now() - timedelta(days=1))
    again = 0
    for task in recent:
        tried = len(task.worker_ids)
        if 0 < tried < TRIES and task.finished_at < timezone.now() - timedelta(minutes=tried):
            ready = {"status": TaskResultStatus.READY, "started_at": None, "finished_at": None}
            again += DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.FAILED).update(**ready)
    return again
