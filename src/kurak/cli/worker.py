"""kurak worker: keeps pictures fresh and does what waits in the task queue. Any number of them may run at once."""

from __future__ import annotations

import argparse
import os
import signal
import time
from collections.abc import Callable
from uuid import uuid4

LOOK_EVERY = 0.5  # seconds between two looks


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kurak worker", description=__doc__)
    parser.add_argument("--once", action="store_true", help="do what is due and end")
    once = parser.parse_args(words).once
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kurak.web.settings")
    import django

    django.setup()
    work(once=once)
    return 0


def work(*, once: bool) -> None:
    from django.db import close_old_connections

    from kurak.dialogue.conversations.tasks import keep_pictures
    from kurak.ground.duties import do_what_is_due

    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    run_tasks = queue()
    while not stopping:
        close_old_connections()
        drawn = unless_locked(keep_pictures)
        do_what_is_due()
        unless_locked(run_tasks)
        if once:
            return
        if not drawn:
            time.sleep(LOOK_EVERY)


def unless_locked[T](duty: Callable[[], T]) -> T | None:
    """A database that is busy or away now is asked again at the next look."""
    from django.db import OperationalError

    try:
        return duty()
    except OperationalError:
        return None


def queue() -> Callable[[], None]:
    """Does all tasks that wait, then comes back."""
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=uuid4().hex, excluded_queue_names=[],
    )  # fmt: skip
    return worker.run


if __name__ == "__main__":
    raise SystemExit(main([]))
