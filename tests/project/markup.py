"""Reads markup: what a person would see in it, and what a browser would run or fetch."""

from __future__ import annotations

import re
from html.parser import HTMLParser

TAG = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%.*?%}|{{.*?}}", re.DOTALL)
BLOCKTRANSLATE = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
SEEN = {"alt", "title", "placeholder", "aria-label", "aria-description", "content"}
RUNS = {"application/json", "application/ld+json"}  # types of script that a browser does not run
LETTER = re.compile(r"[^\W\d_]{2,}")
# Names stay as they are in every language.
NAMES = {
    "Kurak",
    "CSV",
    "DOCX",
    "JSON",
    "Parquet",
    "XLSX",
    "YAML",
    "PDF",
    "SVG",
    "API",
    "URL",
    "OpenAPI",
    "BibTeX",
    "CFF",
    "CC BY",
    "QR",
    "RSS",
    "ISO",
    "UTC",
}
FILE = re.compile(r"[\w.-]+\.(json|csv|parquet|svg|html|txt)")


def bare_texts(template: str) -> list[str]:
    """Words of a template that no translation can reach."""
    reader = _Texts()
    reader.feed(TAG.sub(" ", BLOCKTRANSLATE.sub(" ", template)))
    return [text for text in reader.found if LETTER.search(_without_names(text))]


def _without_names(text: str) -> str:
    text = FILE.sub("", text)
    for name in NAMES:
        text = re.sub(rf"\b{name}\b", "", text)
    return text


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0  # inside an element whose text nobody reads

    def handle_starttag(self, tag, attrs):
        self.silent += tag in {"script", "style", "code"}
        for name, value in attrs:
            if name in SEEN and value and not (tag == "meta" and name == "content" and "=" in value):
                self.found.append(value)

    def handle_endtag(self, tag):
        self.silent -= tag in {"script", "style", "code"}

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.found.append(data.strip())


class Page(HTMLParser):
    """What a rendered page makes a browser do."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.inline: list[str] = []  # scripts, styles and handlers within the page
        self.fetched: list[str] = []  # what the browser gets without being asked
        self.script = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.script = ""
        if tag == "script" and "src" not in given and given.get("type") not in RUNS:
            self.script = "script"
        if tag == "style":
            self.script = "style"
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag in {"script", "img", "iframe", "source", "video", "audio", "embed"}:
            self.fetched += [given[name] for name in ("src", "srcset") if given.get(name)]
        if tag in {"link", "use", "image", "object"}:
            wanted = given.get("href") or given.get("xlink:href") or given.get("data")
            if wanted and given.get("rel") not in {"canonical", "alternate", "license", "next", "prev"}:
                self.fetched.append(wanted)

    def handle_data(self, data):
        if self.script and data.strip():
            self.inline.append(f"{self.script}: {data.strip()[:60]}")

    def handle_endtag(self, tag):
        self.script = ""
