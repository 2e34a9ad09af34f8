"""The layout of a workbook: which sheet holds what, and in which columns.

A column of texts is named for its key and language (`title en`, `title ru`); the key alone is for a text that needs no
language. What has no column of its own stands in the column `more`, as {key: value}."""

from __future__ import annotations

from dataclasses import dataclass

from kurak.ground.languages.declared import LANGUAGES

INSTRUMENT, CRITERIA, ANSWERS, CLASSES, SOURCES, NOTES = (
    "instrument", "criteria", "answers", "classes", "sources", "notes"
)  # fmt: skip
MORE = "more"
CONTINUED = "+"  # after a key of the first sheet: its value goes on here
LONGEST_CELL = 32_000  # characters; spreadsheets keep 32,767
CODES = tuple(language.code for language in LANGUAGES)
ALWAYS = ("en", "ru")  # languages that every workbook has columns for
FLAT = ("label", "scale", "data", "ranks", "defaults", "assessing", "example")  # written as `scale.low`, `scale.high`
TOP_TEXTS = frozenset(
    (
        "title",
        "about",
        "publisher",
        "label.why",
        "ranks.why",
        "data.note",
        "example.unit",
        "example.about",
        "assessing.about",
    )
)
NAMES = frozenset(("code", "edition", "dated", "kind", "units"))  # always texts, whatever the spreadsheet makes of them


@dataclass(frozen=True, slots=True)
class Sheet:
    """columns: in their order. texts: keys that have a column for each language. names: columns whose cells are texts
    even where they look like numbers."""

    name: str
    columns: tuple[str, ...]
    texts: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()

    def header(self, languages: list[str]) -> list[str]:
        texts = [column for key in self.texts for column in (key, *(f"{key} {code}" for code in languages))]
        return [*self.columns, *texts]


SHEETS = (
    Sheet(INSTRUMENT, ("key", "value"), (), frozenset({"key"})),
    Sheet(
        CRITERIA,
        (
            "among", "parent", "code", "use", "weight", "direction", "answers", "combine", "missing", "formula",
            "classes", "normalise", "column", "bounds", "evidence", "core", "checked", MORE,
        ),
        ("title", "about", "ask"),
        frozenset({"among", "parent", "code", "use", "direction", "classes", "column", "evidence", "checked"}),
    ),
    Sheet(
        ANSWERS, ("scale", "criterion", "answer", "counts"), ("text",), frozenset({"scale", "criterion", "answer"})
    ),
    Sheet(
        CLASSES,
        ("scheme", "by", "better", "digits", "code", "from", "above", "needs", "when", MORE),
        ("title", "about"),
        frozenset({"scheme", "by", "better", "code"}),
    ),
    Sheet(
        SOURCES, ("code", "url", "licence", "date", "checked", MORE), ("title", "about"),
        frozenset({"code", "url", "licence", "date", "checked"}),
    ),
    Sheet(NOTES, ("checked", "source", MORE), ("text",), frozenset({"checked", "source"})),
)  # fmt: skip
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
