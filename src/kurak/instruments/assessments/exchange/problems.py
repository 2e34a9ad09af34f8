"""What is wrong with a file that was brought back: sheet, row, cell, and what would be right."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.utils.translation import ngettext

from kurak.ground.errors import Refused

MOST = 200  # shown one by one


@dataclass(frozen=True, slots=True)
class Problem:
    sheet: str
    row: int | None  # as a spreadsheet counts, from 1
    column: str
    value: str
    remedy: str


class BadWorkbook(Refused):
    def __init__(self, problems: list[Problem]) -> None:
        many = len(problems)
        sentence = ngettext(
            "%(count)d problem in the file; nothing was taken over.",
            "%(count)d problems in the file; nothing was taken over.",
            many,
        )
        said = [asdict(each) for each in problems[:MOST]]
        super().__init__("answers.bad_file", sentence % {"count": many}, problems=said)
        self.problems, self.more = problems[:MOST], max(0, many - MOST)


def one(remedy: str, *, sheet: str = "", row: int | None = None, column: str = "", value: str = "") -> BadWorkbook:
    return BadWorkbook([Problem(sheet, row, column, value[:80], remedy)])
