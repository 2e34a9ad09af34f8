"""How what is published is cited, and under which licence: text, BibTeX, CFF and CSL-JSON from one description."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Literal

LICENCE = "CC-BY-4.0"
LICENCE_URLS = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
}
PUBLISHER = "Kurak"
KINDS = {"dataset": "Data set", "report": "Report"}


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited.

    >>> cited = Citation("Water in Chuy: edition 2", dt.date(2026, 5, 4), url="https://example.org/e/2")
    >>> cited.text
    'Kurak (2026, May 4). Water in Chuy: edition 2 [Data set]. https://example.org/e/2'
    """

    title: str
    published: dt.date
    url: str = ""
    author: str = PUBLISHER
    version: str = ""
    licence: str = LICENCE
    kind: Literal["dataset", "report"] = "dataset"

    @property
    def text(self) -> str:
        """After the style of the American Psychological Association (7th edition)."""
        day = f"{self.published:%Y, %B} {self.published.day}"
        version = f" (Version {self.version})" if self.version else ""
        return f"{self.author} ({day}). {self.title}{version} [{KINDS[self.kind]}]. {self.url}".strip()

    @property
    def key(self) -> str:
        """Short and plain, for BibTeX.

        >>> Citation("Вода в Чуе", dt.date(2026, 5, 4)).key
        'kurak2026'
        """
        words = re.findall(r"[a-z0-9]+", self.title.lower())
        return "-".join([f"{PUBLISHER.lower()}{self.published.year}", *words[:3]])

    @property
    def bibtex(self) -> str:
        fields = {
            "author": f"{{{self.author}}}",
            "title": self.title,
            "year": str(self.published.year),
            "month": str(self.published.month),
            "version": self.version,
            "url": self.url,
            "note": self.licence,
        }
        lines = [f"  {name} = {{{_braced(value)}}}" for name, value in fields.items() if value]
        return f"@misc{{{self.key},\n" + ",\n".join(lines) + "\n}\n"

    @property
    def csl(self) -> dict[str, Any]:
        """CSL-JSON 1.0, as reference managers read it."""
        day = self.published
        described = {
            "id": self.key,
            "type": self.kind,
            "title": self.title,
            "author": [{"literal": self.author}],
            "issued": {"date-parts": [[day.year, day.month, day.day]]},
            "version": self.version,
            "URL": self.url,
            "license": self.licence,
        }
        return {name: value for name, value in described.items() if value}

    @property
    def cff(self) -> str:
        """A CITATION.cff (Citation File Format 1.2.0). Strings are quoted as JSON, which is YAML too."""
        from json import dumps

        fields = {
            "cff-version": "1.2.0",
            "message": "If you use this data, please cite it.",
            "type": "dataset",
            "title": self.title,
            "version": self.version,
            "date-released": self.published.isoformat(),
            "license": self.licence,
            "url": self.url,
        }
        lines = [f"{name}: {dumps(value, ensure_ascii=False)}" for name, value in fields.items() if value]
        return "\n".join([*lines, "authors:", f"  - name: {dumps(self.author, ensure_ascii=False)}"]) + "\n"


def _braced(value: str) -> str:
    r"""Without what BibTeX would read as a command.

    >>> print(_braced("50% & more_"))
    50\% \& more\_
    """
    if value.startswith("{") and value.endswith("}"):
        return value
    return re.sub(r"([&%$#_])", r"\\\1", re.sub(r"[{}\\]", "", value))
