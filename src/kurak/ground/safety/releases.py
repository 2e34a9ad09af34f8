"""Counts that people can watch. A rounded count still tells something to whoever sees it jump while they know who just
came in. So what was published stays as it was until at least as many people have come or gone as the smallest count."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kurak.ground.safety.counts import SMALLEST, GuardedTable, guard_table
from kurak.ground.safety.models import Release


def published(
    question: str, counts: Mapping[Hashable, int], smallest: int = SMALLEST, *, totals: bool = True
) -> GuardedTable:
    """The guarded answer to a question about people, named once for all: `conversation:12:country`.

    Keys are words or tuples of words. The same is answered until `smallest` people have come or gone."""
    settled = _settled(question, {_written(key): count for key, count in counts.items()}, smallest)
    several = isinstance(next(iter(counts), None), tuple)
    return guard_table(
        {_read(key) if several else key: count for key, count in settled.items()}, smallest, totals=totals
    )


def _written(key: Hashable) -> str:
    return "\x1f".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _read(key: str) -> tuple[str, ...]:
    return tuple(key.split("\x1f"))


@transaction.atomic
def _settled(question: str, counts: dict[str, int], smallest: int) -> dict[str, int]:
    people = sum(counts.values())
    last = Release.objects.select_for_update().filter(question=question).first()
    if last is None:
        last, _ = Release.objects.get_or_create(question=question, defaults={"people": people, "counts": counts})
    elif moved(last.counts, counts) >= smallest:
        last.people, last.counts, last.at = people, counts, timezone.now()
        last.save()
    return last.counts


def moved(before: Mapping[str, int], after: Mapping[str, int]) -> int:
    """How many people must have come or gone, or changed their answer, between two counts.

    >>> moved({"KG": 10, "KZ": 8}, {"KG": 12, "KZ": 8}), moved({"KG": 10, "KZ": 8}, {"KG": 9, "KZ": 9})
    (2, 1)
    """
    steps = [after.get(key, 0) - before.get(key, 0) for key in {*before, *after}]
    return max(sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0))


def forget(question: str) -> None:
    """Takes a question, and every question under it, away with its answer: as when a conversation is deleted."""
    Release.objects.filter(Q(question=question) | Q(question__startswith=f"{question}:")).delete()
