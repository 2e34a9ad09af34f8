"""Votes from the database into arrays. A worker keeps what it has read; whatever it lost it reads again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import batched

import numpy as np
from django.utils import timezone

from kurak.dialogue.conversations.models import Conversation, Vote

# Rows get their number before they are committed: a lower one may appear after a higher one was read. What is younger
# than this is therefore read afresh every time.
SETTLES = timedelta(seconds=5)
COLUMNS = ("pk", "participant_id", "statement_id", "value")


def empty() -> np.ndarray:
    return np.zeros((0, 4), np.int64)


@dataclass(slots=True)
class Kept:
    events: np.ndarray = field(default_factory=empty)  # (v, 4): COLUMNS
    settled: int = 0  # every row up to this number is in `events`


_kept: dict[int, Kept] = {}


def events(conversation: Conversation) -> tuple[np.ndarray, int]:
    """(v, 4) all vote events in the order they were written, and the row up to which nothing can be missing."""
    kept = _kept.setdefault(conversation.pk, Kept())
    votes = Vote.objects.filter(conversation=conversation)
    if kept.settled and votes.filter(pk__lte=kept.settled).count() != len(kept.events):  # somebody was erased
        kept = _kept[conversation.pk] = Kept()
    fresh = read(votes.filter(pk__gt=kept.settled))  # first, so that all that is young is known to be so afterwards
    young = votes.filter(at__gt=timezone.now() - SETTLES, pk__gt=kept.settled).order_by("pk")
    horizon = young.values_list("pk", flat=True).first()
    old = fresh if horizon is None else fresh[fresh[:, 0] < horizon]
    everything = np.concatenate([kept.events, fresh])
    if len(old):
        kept.events, kept.settled = np.concatenate([kept.events, old]), int(old[-1, 0])
    return everything, kept.settled


def read(votes) -> np.ndarray:
    rows = votes.order_by("pk").values_list(*COLUMNS).iterator(chunk_size=20_000)
    chunks = [np.array(chunk, np.int64) for chunk in batched(rows, 20_000)]
    return np.concatenate(chunks) if chunks else empty()
