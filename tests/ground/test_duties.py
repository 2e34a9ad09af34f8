"""What the platform does by itself."""

from datetime import timedelta

import pytest
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kurak.ground import duties

READY, RUNNING, FAILED = TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED


def a_task(status, *, minutes_ago: int, workers: int = 1) -> DBTaskResult:
    then = timezone.now() - timedelta(minutes=minutes_ago)
    return DBTaskResult.objects.create(
        status=status, started_at=then, finished_at=then if status == FAILED else None, run_after=then,
        args_kwargs={"args": [], "kwargs": {}}, task_path="nowhere", backend_name="default",
        worker_ids=[f"worker-{n}" for n in range(workers)], exception_class_path="", traceback="",
    )  # fmt: skip


def status_of(task) -> str:
    task.refresh_from_db()
    return task.status


@pytest.mark.django_db
def test_a_task_whose_worker_was_killed_goes_back_into_the_queue():
    orphan, busy = a_task(RUNNING, minutes_ago=31), a_task(RUNNING, minutes_ago=1)
    assert duties.put_back_orphans() == 1
    assert (status_of(orphan), status_of(busy)) == (READY, RUNNING)


@pytest.mark.django_db
def test_a_task_that_killed_three_workers_is_given_up():
    task = a_task(RUNNING, minutes_ago=31, workers=3)
    duties.put_back_orphans()
    assert status_of(task) == FAILED


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "workers", "expected"), [(2, 1, READY), (0, 1, FAILED), (9, 3, FAILED)])
def test_a_failed_task_is_tried_again_a_little_later_and_not_for_ever(minutes, workers, expected):
    task = a_task(FAILED, minutes_ago=minutes, workers=workers)
    duties.try_failed_again()
    assert status_of(task) == expected


def test_one_failing_duty_stops_no_other(monkeypatch, caplog):
    done = []
    monkeypatch.setattr(duties, "_duties", {})
    duties.name_duty("fails", lambda: 1 / 0, every=60)
    duties.name_duty("works", lambda: done.append(1), every=60)
    duties.do_what_is_due()
    duties.do_what_is_due()
    assert done == [1]
    assert "fails" in caplog.text
