"""What is wrong with the files: each problem named with its place, and with what would be right."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kurak.ground.errors import Refused

MOST = 100  # named one by one; more are counted
LONGEST = 80  # characters of a value that are repeated


@dataclass(frozen=True, slots=True)
class Problem:
    file: str
    line: int | None
    column: str
    value: str
    remedy: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        column = f" [{self.column}]" if self.column else ""
        value = f" {self.value!r}" if self.value else ""
        return f"{place}{column}{value}: {self.remedy}"


class BadFiles(Refused):
    """The files were refused as a whole; nothing was written."""

    def __init__(self, problems: list[Problem], more: int = 0) -> None:
        count = len(problems) + more
        sentence = ngettext(
            "%(count)d problem in the files; nothing was imported. Mend it and import again.",
            "%(count)d problems in the files; nothing was imported. Mend them and import again.",
            count,
        ) % {"count": count}
        super().__init__("import.bad_files", sentence, problems=[asdict(each) for each in problems], more=more)
        self.problems, self.more = problems, more

    def __str__(self) -> str:
        lines = [str(self.sentence), *map(str, self.problems)]
        if self.more:
            lines.append(_("… and %(count)d more.") % {"count": self.more})
        return "\n".join(lines)


class Problems:
    """Collects problems, so that all are told at once."""

    def __init__(self) -> None:
        self.named: list[Problem] = []
        self.more = 0

    def add(self, file: str, line: int | None, column: str, value: str, remedy: str) -> None:
        if len(self.named) < MOST:
            shown = value if len(value) <= LONGEST else value[:LONGEST] + "…"
            self.named.append(Problem(file, line, column, shown, remedy))
        else:
            self.more += 1

    def refuse(self) -> None:
        """Raises what was collected, if anything."""
        if self.named:
            raise BadFiles(self.named, self.more)
