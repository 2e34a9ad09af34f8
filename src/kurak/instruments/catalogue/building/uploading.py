"""A file that somebody sends: the definition in it, or everything that is wrong with it, with line or cell."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kurak.ground.errors import Refused
from kurak.instruments.catalogue.workbooks.opening import opened
from kurak.instruments.catalogue.workbooks.reading import read_workbook
from kurak.instruments.definitions.analysis import Definition, from_document, read
from kurak.instruments.definitions.problems import Misdeclared
from kurak.instruments.definitions.yaml_text import LARGEST


@dataclass(frozen=True, slots=True)
class Fault:
    """where: line 12, column 3; or criteria!B7."""

    where: str
    said: str
    remedy: str


class Unfit(Refused):
    """Nothing was kept of the file. `faults`: all that was found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(
            "upload.faults",
            _("The file has mistakes, and nothing of it was kept. Mend what is listed, and send it again."),
            faults=len(faults),
        )
        self.faults = faults


def taken(name: str, content: bytes) -> Definition:
    """The definition of a YAML or XLSX file. Raises Unfit with all faults, Refused for what cannot be opened."""
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or name.lower().endswith((".xlsx", ".xls", ".xlsm", ".ods")):
        return from_workbook(content)
    try:
        return read(decoded(content))
    except Misdeclared as wrong:
        raise Unfit(
            [Fault(_line(each.line, each.column), each.said, each.remedy) for each in wrong.problems]
        ) from wrong


def _line(line: int, column: int) -> str:
    return _("line %(line)d, column %(column)d") % {"line": line, "column": column}


def decoded(content: bytes) -> str:
    """UTF-8, with or without its mark."""
    if len(content) > LARGEST:
        raise Refused("upload.large", _("The file is larger than one megabyte. Leave out what is not needed."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise Refused(
            "upload.encoding",
            _("Line %(line)d is not text in UTF-8. Save the file as UTF-8.") % {"line": line},
            line=line,
        ) from problem
    if "\x00" in text:
        raise Refused("upload.encoding", _("This is not a text file in UTF-8. Save it as UTF-8."))
    return text


def from_workbook(content: bytes) -> Definition:
    found = read_workbook(opened(content))
    faults = [Fault(each.where, each.said, each.remedy) for each in found.problems]
    if "tree" not in found.document:  # then nothing else can be said of it
        raise Unfit(faults or [Fault("criteria", _("There are no criteria"), _("Write them on the sheet `criteria`"))])
    try:
        definition = from_document(found.document)
    except Misdeclared as wrong:
        for each in wrong.problems:
            sheet, cell = found.at(each.path)
            faults.append(Fault(f"{sheet}!{cell}" if cell else sheet, each.said, each.remedy))
        raise Unfit(faults) from wrong
    if faults:
        raise Unfit(faults)
    return definition
