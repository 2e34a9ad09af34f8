"""SDMX-ML as it is read here: 2.0 generic and compact, 2.1 generic and structure-specific, series or flat.

The file is walked once by the standard library's expat and never lies whole in memory. A document type is refused
before anything in it is read, so that no entity is ever expanded or fetched (docs/decisions, SDMX). Names are compared
without their namespaces: national files redeclare and misspell them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from kurak.commitments.indicators.reading.rows import Report, Row, Unreadable, unreadable
from kurak.commitments.indicators.reading.shapes import of_key

CHUNK = 64 * 1024
DATA = {
    "GenericData": "generic",
    "GenericTimeSeriesData": "generic",
    "StructureSpecificData": "structure-specific",
    "StructureSpecificTimeSeriesData": "structure-specific",
    "CompactData": "compact",
}
OTHERS = {"Structure", "CrossSectionalData", "UtilityData", "MessageGroup", "RegistryInterface", "Error"}
VALUE, TIME = "OBS_VALUE", "TIME_PERIOD"
# Attributes of SDMX itself, as they stand beside dimensions in structure-specific files.
OWN = frozenset(("type", "action", "REPORTING_YEAR_START_DAY"))


def is_xml(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def rows_of_sdmx(file: IO[bytes], report: Report) -> Iterator[Row]:
    """The observations in the order of the file. Raises Unreadable for what is no SDMX-ML data message."""
    walk = Walk(report)
    try:
        while chunk := file.read(CHUNK):
            walk.parser.Parse(chunk, False)
            yield from walk.emptied()
        walk.parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise unreadable(
            "broken_xml",
            _("This is no whole XML file: it breaks off or has a wrong character. Send it again."),
            line=problem.lineno, column=problem.offset,
        ) from problem  # fmt: skip
    yield from walk.emptied()


class Walk:
    """The state of one walk through a file."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = refuse_doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.found: list[Row] = []
        self.kind = ""
        self.series: dict[str, str] = {}  # what was said of the series so far
        self.obs: dict[str, str] | None = None  # of the observation that is open
        self.line = 0
        self.time_text: list[str] | None = None  # 2.0 writes the time between tags
        self.in_group = False

    def emptied(self) -> list[Row]:
        rows, self.found = self.found, []
        return rows

    def start(self, tag: str, given: dict[str, Any]) -> None:
        name = tag.rpartition(" ")[2]
        if not self.kind:
            self.kind = kind_of(name)
            self.report.form = form_of(tag, self.kind)
            return
        if name == "Series":
            self.series = named(given)
        elif name == "Obs":
            self.obs, self.line = named(given), self.parser.CurrentLineNumber
        elif name == "Group":
            self.in_group = True
            self.report.note(_("Attributes of groups were not read."))
        elif self.kind == "generic":
            self.generic(name, given)

    def generic(self, name: str, given: dict[str, Any]) -> None:
        if self.in_group:
            return
        here = self.series if self.obs is None else self.obs
        if name == "Value":
            here[given.get("id") or given.get("concept") or ""] = given.get("value", "")
        elif name == "ObsDimension":
            here[given.get("id") or TIME] = given.get("value", "")
        elif name == "ObsValue":
            here[VALUE] = given.get("value", "")
        elif name == "Time":
            self.time_text = []

    def text(self, said: str) -> None:
        if self.time_text is not None:
            self.time_text.append(said)

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "Time" and self.time_text is not None and self.obs is not None:
            self.obs[TIME], self.time_text = "".join(self.time_text), None
        elif name == "Obs" and self.obs is not None:
            self.found.append(of_key({**self.series, **self.obs}, self.line))
            self.obs = None
        elif name == "Series":
            self.series = {}
        elif name == "Group":
            self.in_group = False


def named(given: dict[str, Any]) -> dict[str, str]:
    """Attributes without namespaces, and without those of SDMX itself."""
    return {name: value for name, value in given.items() if " " not in name and name not in OWN}


def kind_of(root: str) -> str:
    if root in DATA:
        return DATA[root]
    if root in OTHERS:
        raise unreadable(
            "not_data", _("This SDMX file holds no observations. Send the data message, not the structure."), found=root
        )
    raise unreadable("not_sdmx", _("This XML file is no SDMX data message."), found=root[:80])


def form_of(tag: str, kind: str) -> str:
    version = "2.0" if "v2_0" in tag.lower() or kind == "compact" else "2.1"
    return f"sdmx-ml-{version}-{kind}"


def refuse_doctype(*_declared: Any) -> None:
    raise Unreadable(
        "indicators.doctype",
        _("This XML file declares a document type. Such files can be made to exhaust a server: remove the DOCTYPE."),
    )
