"""The one guarded door through which counts of people leave the platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SMALLEST = 5  # ordinary data; incidents and minors take 10
ROUNDED_TO = 5


@dataclass(frozen=True, slots=True)
class Guarded:
    """A count that may be shown: rounded, or hidden (None)."""

    shown: int | None
    smallest: int

    def __str__(self) -> str:
        return "–" if self.shown is None else str(self.shown)
