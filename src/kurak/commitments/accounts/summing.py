"""Accounts of one kind of grader summed, and the gap between two kinds. Kinds are never averaged with each other, and
what gives no information is missing: it is counted, and never taken for zero.

Only each voice's newest account is summed, and only if its period overlaps the newest period of its kind: what was said
five years ago is history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from kurak.commitments.accounts.models import Account
from kurak.commitments.accounts.scales.files import scales

FLAGGED = 0.5  # a gap from here on is pointed at


@dataclass(frozen=True, slots=True)
class Sum:
    """n: voices with a place on the ladder; silent: those without. The spread is low to high."""

    grader: str
    n: int
    silent: int
    median: float | None
    mean: float | None
    low: float | None
    high: float | None
    firm: bool  # all of them stand on ladders that can be relied upon
    start: dt.date
    end: dt.date

    @property
    def spread(self) -> float | None:
        return None if self.low is None or self.high is None else self.high - self.low


@dataclass(frozen=True, slots=True)
class Gap:
    """value: state minus civil society, each its median; None where they cannot be compared, and why not."""

    value: float | None
    firm: bool = True
    reason: str = ""  # no-state, no-civil, no-ladder, periods

    @property
    def flagged(self) -> bool:
        return self.value is not None and round(abs(self.value), 6) >= FLAGGED


def newest(accounts: Iterable[Account]) -> list[Account]:
    """Of each voice the newest account, as far as it overlaps the newest period; newest first."""
    by_voice: dict[tuple[int | None, str], Account] = {}
    for account in sorted(accounts, key=lambda each: (each.end, each.start, each.published_at, each.pk), reverse=True):
        if scales()[account.scale].says == "standing":
            by_voice.setdefault((account.organisation_id, account.said_by), account)
    found = list(by_voice.values())
    return [each for each in found if each.end >= found[0].start]


def summed(accounts: Sequence[Account]) -> Sum | None:
    """The sum of one kind, from all of its current accounts; None where there is none."""
    voices = newest(accounts)
    if not voices:
        return None
    values = [each.ladder for each in voices if each.ladder is not None]
    return Sum(
        grader=voices[0].grader, n=len(values), silent=len(voices) - len(values),
        median=median(values) if values else None, mean=fmean(values) if values else None,
        low=min(values, default=None), high=max(values, default=None),
        firm=all(scales()[each.scale].firm for each in voices if each.ladder is not None),
        start=min(each.start for each in voices), end=max(each.end for each in voices),
    )  # fmt: skip


def gap(state: Sum | None, civil: Sum | None) -> Gap:
    """How much better the state says it is than civil society found: positive where the state says more."""
    if state is None or civil is None:
        return Gap(None, reason="no-state" if state is None else "no-civil")
    if state.median is None or civil.median is None:
        return Gap(None, reason="no-ladder")
    if state.end < civil.start or civil.end < state.start:
        return Gap(None, reason="periods")
    return Gap(state.median - civil.median, firm=state.firm and civil.firm)
