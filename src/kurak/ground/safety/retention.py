"""How long what is kept, and what happens then. The table is the policy: docs/reference/retention.md is made from it.

A room adds its own classes in `<room>/retention.py`, as `KEPT`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kurak.ground.files.storing import drop_forgotten
from kurak.ground.safety import limits


@dataclass(frozen=True, slots=True)
class Kept:
    """A class of what is stored. `end` does what happens to rows older than the moment given; returns how many."""

    name: str
    what: str
    days: int | None  # None: as long as the platform
    then: str
    end: Callable[[datetime], int] | None = None


def end_sessions(before: datetime) -> int:
    return Session.objects.filter(expire_date__lt=before).delete()[0]


def end_allowances(before: datetime) -> int:
    return limits.forget_ended()


def end_tasks(before: datetime) -> int:
    return DBTaskResult.objects.filter(finished_at__lt=before).delete()[0]


KEPT = (
    Kept(
        "sessions",
        "Who is signed in on a browser.",
        0,
        "Deleted when it ends: 12 hours after signing in.",
        end_sessions,
    ),
    Kept(
        "allowances",
        "How often somebody did something, under a keyed digest.",
        0,
        "Deleted with the span.",
        end_allowances,
    ),
    Kept("tasks", "Work done in the background, with its arguments.", 7, "Deleted.", end_tasks),
    Kept(
        "accounts", "Name, e-mail if given, language, roles, memberships.", None, "Deleted at once when its owner asks."
    ),
    Kept(
        "forgotten files",
        "Files that no row names: their sending was cut off.",
        1,
        "Deleted.",
        drop_forgotten,
    ),
    Kept("acts", "What staff did.", None, "Stays; the name goes with the account."),
)


def classes() -> Iterator[Kept]:
    """The whole table: the ground's classes and those of every room."""
    yield from KEPT
    for room in apps.get_app_configs():
        name = f"{room.name}.retention"
        if room.name.startswith("kurak.") and find_spec(name):
            yield from import_module(name).KEPT


def apply(now: datetime | None = None) -> dict[str, int]:
    """End everything that is due; safe to repeat. Returns how many rows of each class ended."""
    now = now or timezone.now()
    ended = {}
    for kept in classes():
        if kept.end is not None and kept.days is not None:
            ended[kept.name] = kept.end(now - timedelta(days=kept.days))
    return ended
