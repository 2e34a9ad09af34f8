"""The told part of a definition: titles, sources, questions, anchors. What the engine does not compute with.

Every text must be there in English, because that is what the other languages fall back on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from kurak.ground.languages.declared import BY_CODE
from kurak.instruments.definitions.problems import Path, Problem
from kurak.instruments.definitions.walking import items

KINDS = ("index", "rating", "code-of-conduct", "evaluation", "self-portrait", "report-card", "assessment", "impact")
UNITS = ("country", "organisation", "enterprise", "programme", "municipality", "community", "city", "review")
CHECKED = ("recomputed", "read", "recalled")
EVIDENCE = ("required", "optional", "none")
REVIEWS = ("peer", "expert", "none")
NO_VALUE = ("missing", "not-applicable", "unknown", "withheld", "not-covered")
LONGEST = 20_000  # characters of one text
LAYOUT = (
    "name", "unit", "period", "where", "columns", "published", "rank", "class", "labels", "tolerance", "digits",
    "compare", "pivot", "class_where", "arrows", "exceptions", "why", "note",
)  # fmt: skip
EXCEPTION = ("node", "of", "rows", "share", "periods", "most", "why", "checked")


def told_problems(document: Mapping[str, Any]) -> list[Problem]:
    """All that is wrong with what the document tells."""
    telling = _Telling()
    telling.document(document)
    for path, item in items(document):
        telling.item(path, item, document)
    return telling.problems


class _Telling:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.sources: set[str] = set()

    def wrong(self, path: Path, code: str, said: str, remedy: str) -> None:
        self.problems.append(Problem(path, f"definition.{code}", said, remedy))

    def document(self, given: Mapping[str, Any]) -> None:
        for key in ("title", "about", "kind", "units", "dated", "sources"):
            if given.get(key) in (None, "", [], {}):
                self.wrong((key,), "absent", f"the key {key!r} is missing", f"Add {key}: … at the top of the file")
        self.texts((), given, ("title", "about", "publisher"))
        self.word(("kind",), given.get("kind"), KINDS)
        self.word(("units",), given.get("units"), UNITS)
        self.word(("checked",), given.get("checked"), CHECKED)
        self.day(("dated",), given.get("dated"))
        if isinstance(given.get("label"), Mapping):
            self.texts(("label",), given["label"], ("why",))
        self.ranks(given.get("ranks"))
        for path, source in self.mappings(("sources",), given.get("sources")):
            self.source(path, source)
        for path, note in self.mappings(("notes",), given.get("notes")):
            self.keys(path, note, ("text", "checked", "source"), needs=("text",))
            self.texts(path, note, ("text",))
            self.word((*path, "checked"), note.get("checked"), CHECKED)
        self.data(given.get("data"))
        self.classes(given.get("classes"))
        self.wording(given.get("wording"), given.get("answers"))
        self.example(given.get("example"))
        self.assessing(given.get("assessing"))
        self.layouts(given.get("verify"))

    def ranks(self, given: Any) -> None:
        if not isinstance(given, Mapping):
            return
        self.texts(("ranks",), given, ("why",))
        if given.get("shown") is False and not given.get("why"):
            said = "nobody is ranked, and the file does not say why"
            self.wrong(("ranks", "why"), "ranks", said, "Add why: {en: …, ru: …}; pages show it")

    def source(self, path: Path, source: Mapping[str, Any]) -> None:
        keys = ("code", "title", "url", "licence", "date", "checked", "publisher", "about")
        self.keys(path, source, keys, needs=("code", "title"))
        self.texts(path, source, ("title", "about"))
        self.word((*path, "checked"), source.get("checked"), CHECKED)
        url = source.get("url")
        if url is not None and urlsplit(str(url)).scheme not in ("http", "https"):
            self.wrong((*path, "url"), "url", f"{url!r} is no address of a page", "Write an address with https://")
        code = str(source.get("code"))
        if code in self.sources:
            self.wrong((*path, "code"), "twice", f"there are two sources {code!r}", "Give each its own code")
        self.sources.add(code)

    def data(self, given: Any) -> None:
        if given is None or not self.mapping(("data",), given):
            return
        self.keys(("data",), given, ("licence", "redistributable", "note"))
        self.texts(("data",), given, ("note",))
        if not isinstance(given.get("redistributable", False), bool):
            self.wrong(("data", "redistributable"), "flag", "this is neither true nor false", "Write true or false")

    def classes(self, given: Any) -> None:
        if not isinstance(given, Mapping):
            return
        for name, scheme in given.items():
            if isinstance(scheme, Mapping):
                self.texts(("classes", name), scheme, ("title", "about"))
                self.word(("classes", name, "checked"), scheme.get("checked"), CHECKED)
                for path, each in self.mappings(("classes", name, "of"), scheme.get("of")):
                    self.texts(path, each, ("title", "about"))

    def wording(self, given: Any, answers: Any) -> None:
        """{scale: {answer: what it is called}} of the scales that criteria share."""
        if given is None or not self.mapping(("wording",), given):
            return
        scales = answers if isinstance(answers, Mapping) else {}
        for name, texts in given.items():
            scale = scales.get(name)
            if not isinstance(scale, Mapping):
                remedy = f"Use one of: {', '.join(map(str, scales))}" if scales else "Declare it under answers"
                self.wrong(("wording", name), "scale", f"there is no scale {name!r}", remedy)
            elif self.mapping(("wording", name), texts):
                for word, text in texts.items():
                    self.text(("wording", name, word), text)
                    if word not in scale:
                        said, remedy = f"the scale has no answer {word!r}", f"Use one of: {', '.join(map(str, scale))}"
                        self.wrong(("wording", name, word), "answer", said, remedy)

    def item(self, path: Path, item: Mapping[str, Any], document: Mapping[str, Any]) -> None:
        self.texts(path, item, ("title", "about", "ask", "notes", "unit", "part"))
        self.word((*path, "checked"), item.get("checked"), CHECKED)
        self.word((*path, "evidence"), item.get("evidence"), EVIDENCE)
        if not isinstance(item.get("core", False), bool):
            self.wrong((*path, "core"), "flag", "core is neither true nor false", "Write true or false")
        source = item.get("source")
        if source is not None and str(source) not in self.sources:
            remedy = f"Use one of: {', '.join(sorted(self.sources))}" if self.sources else "Add it under sources"
            self.wrong((*path, "source"), "source", f"there is no source {source!r}", remedy)
        for place, each in enumerate(item.get("then") or [] if isinstance(item.get("then"), list) else []):
            if isinstance(each, Mapping):
                self.texts((*path, "then", place), each, ("title", "about"))
        self.anchors(path, item, document)

    def anchors(self, path: Path, item: Mapping[str, Any], document: Mapping[str, Any]) -> None:
        """Each answer that has a value needs its text once people are asked; no text may stand for no answer."""
        anchors, answers = item.get("anchors"), answers_of(item, document)
        if anchors is not None and not self.mapping((*path, "anchors"), anchors):
            return
        for word in anchors or {}:
            self.text((*path, "anchors", word), (anchors or {})[word])
            if answers and str(word) not in answers:
                said = f"the anchor {str(word)!r} belongs to no answer"
                self.wrong((*path, "anchors", word), "anchor", said, f"Use one of: {', '.join(answers)}")
        if item.get("ask") is None or not (document.get("assessing") or anchors):
            return
        told = {*(anchors or {}), *wording_of(item, document)}
        bare = [word for word, value in answers.items() if value not in NO_VALUE and word not in told]
        if bare:
            said = f"no text says what the answer {bare[0]!r} means" if len(bare) == 1 else (
                f"no texts say what the answers {', '.join(map(repr, bare))} mean")  # fmt: skip
            self.wrong((*path, "anchors" if anchors else "ask"), "anchor", said, "Add them under anchors")

    def example(self, given: Any) -> None:
        if given is None or not self.mapping(("example",), given):
            return
        self.keys(("example",), given, ("unit", "values", "expect", "about", "tolerance"), needs=("values", "expect"))
        self.texts(("example",), given, ("unit", "about"))
        for key in ("values", "expect"):
            self.mapping(("example", key), given.get(key, {}))

    def assessing(self, given: Any) -> None:
        if given is None or not self.mapping(("assessing",), given):
            return
        self.keys(("assessing",), given, ("raters", "evidence", "review", "valid_months", "confidence", "about"))
        self.word(("assessing", "review"), given.get("review"), REVIEWS)
        for key in ("raters", "valid_months"):
            value = given.get(key, 1)
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                self.wrong(("assessing", key), "whole", f"{value!r} is no whole number above 0", "Write such as 2")

    def layouts(self, given: Any) -> None:
        for path, layout in self.mappings(("verify",), given):
            self.keys(path, layout, LAYOUT, needs=("name", "unit", *(() if layout.get("arrows") else ("published",))))
            if layout.get("arrows") is not None and self.mapping((*path, "arrows"), layout["arrows"]):
                self.keys((*path, "arrows"), layout["arrows"], ("column", "series"), needs=("column", "series"))
            self.texts(path, layout, ("why", "note"))
            self.word((*path, "compare"), layout.get("compare"), ("computed", "published"))
            for key in ("columns", "published", "rank", "class", "tolerance", "where", "labels", "digits", "pivot"):
                if key in layout:
                    self.mapping((*path, key), layout[key])
            for place, each in self.mappings((*path, "exceptions"), layout.get("exceptions")):
                self.keys(place, each, EXCEPTION, needs=("node", "why"))
                self.texts(place, each, ("why",))
                self.word((*place, "of"), each.get("of"), ("score", "rank", "class", "arrow"))
                if ("rows" in each) == ("share" in each):
                    self.wrong(place, "exception", "an exception says how many", "Write rows: 3, or share: 0.02")

    # the small ones

    def texts(self, path: Path, given: Mapping[str, Any], keys: Iterable[str]) -> None:
        for key in keys:
            if given.get(key) is not None:
                self.text((*path, key), given[key])

    def text(self, path: Path, given: Any) -> None:
        """{en: …, ru: …}, or a plain string."""
        if isinstance(given, str | int | float) and not isinstance(given, bool):
            return
        if not isinstance(given, Mapping):
            self.wrong(path, "text", "this is no text", "Write {en: …, ru: …}, or a plain text")
            return
        for code, body in given.items():
            if code not in BY_CODE:
                close = get_close_matches(str(code), BY_CODE, n=1)
                remedy = f"Did you mean {close[0]!r}" if close else f"Use one of: {', '.join(BY_CODE)}"
                self.wrong((*path, code), "language", f"there is no language {code!r}", remedy)
            elif not isinstance(body, str) or not body.strip():
                self.wrong(
                    (*path, code), "text", f"the text in {code!r} is empty", "Write it, or leave the language out"
                )
            elif len(body) > LONGEST:
                self.wrong((*path, code), "long", f"the text is longer than {LONGEST} characters", "Shorten it")
        if "en" not in given:
            self.wrong(path, "english", "the text is not there in English", "Add en: …, which others fall back on")

    def word(self, path: Path, given: Any, among: Iterable[str]) -> None:
        if given is not None and given not in (choices := tuple(among)):
            close = get_close_matches(str(given), choices, n=1)
            remedy = f"Did you mean {close[0]!r}" if close else f"Use one of: {', '.join(choices)}"
            self.wrong(path, "word", f"{given!r} is not among the choices", remedy)

    def day(self, path: Path, given: Any) -> None:
        if given is None:
            return
        try:
            date.fromisoformat(str(given))
        except ValueError:
            self.wrong(path, "date", f"{given!r} is no date", "Write it as 2026-01-31")

    def mapping(self, path: Path, given: Any) -> bool:
        if isinstance(given, Mapping):
            return True
        self.wrong(path, "mapping", f"{str(given)[:40]!r} is not a mapping", "Write keys and values here")
        return False

    def mappings(self, path: Path, given: Any) -> list[tuple[Path, Mapping[str, Any]]]:
        if given is None:
            return []
        if not isinstance(given, list):
            self.wrong(path, "list", "this is not a list", "Begin each item with a dash")
            return []
        return [((*path, place), each) for place, each in enumerate(given) if self.mapping((*path, place), each)]

    def keys(self, path: Path, given: Mapping[str, Any], known: Iterable[str], needs: Iterable[str] = ()) -> None:
        names = tuple(known)
        for key in given:
            if key not in names:
                close = get_close_matches(str(key), names, n=1)
                remedy = f"Did you mean {close[0]!r}" if close else f"Use one of: {', '.join(names)}"
                self.wrong((*path, key), "key", f"there is no key {key!r} here", remedy)
        for key in needs:
            if given.get(key) in (None, ""):
                self.wrong((*path, key), "absent", f"the key {key!r} is missing", f"Add {key}: …")


def answers_of(item: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answers of a leaf, {word: value}, wherever they are declared."""
    given = item.get("answers")
    if isinstance(given, str):
        named = document.get("answers")
        given = named.get(given) if isinstance(named, Mapping) else None
    return given if isinstance(given, Mapping) else {}


def wording_of(item: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """{answer: what it is called} of the shared scale that a leaf is answered on."""
    every, name = document.get("wording"), item.get("answers")
    found = every.get(name) if isinstance(every, Mapping) and isinstance(name, str) else None
    return found if isinstance(found, Mapping) else {}
