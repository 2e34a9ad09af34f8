"""What every reader gives: one observation, as the file says it, with the line it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kurak.ground.errors import Refused

MOST_PROBLEMS = 1000  # kept of one file; all are counted


class Row(NamedTuple):
    """One observation before anything of it is looked up. Texts are as in the file, without spaces around."""

    line: int
    series: str
    area: str
    time: str
    value: str
    parts: Mapping[str, str]  # {"SEX": "F"}: only what narrows it down; totals are left out
    unit: str = ""
    attributes: Mapping[str, str] = {}  # OBS_STATUS, NATURE, SOURCE_DETAIL, ...
    group: str = ""  # the number of the indicator that the file files it under


class Problem(NamedTuple):
    """What could not be taken: where, what was there, and what would be right."""

    line: int
    code: str
    value: str
    sentence: str


@dataclass
class Report:
    """What a reader found besides observations. Counts everything, keeps the first thousand."""

    form: str = ""
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)

    def refuse(self, line: int, code: str, value: str, sentence: str) -> None:
        self.refused += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(line, code, value[:120], sentence))

    def note(self, sentence: str) -> None:
        self.notes[sentence] = self.notes.get(sentence, 0) + 1


class Unreadable(Refused):
    """The file as a whole is none that can be read."""


def unreadable(code: str, sentence: str, **data: object) -> Unreadable:
    return Unreadable(f"indicators.{code}", sentence, **data)


# Words of whole tables rather than of a part: said or left out, they mean everybody.
TOTALS = frozenset(("", "_T", "_Z", "T", "TOTAL", "ALL", "_X"))
