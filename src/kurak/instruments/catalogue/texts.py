"""Texts of a document: {en: …, ru: …}, or a plain string where nothing needs translating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kurak.ground.languages.declared import BY_CODE
from kurak.ground.languages.text import Text

TEXTS = frozenset(("title", "about", "ask", "text", "why", "publisher", "note", "part"))


def text_of(value: Any) -> Text | None:
    """The text, whose original is English where there is English; None where there is none.

    >>> str(text_of({"ru": "Вода", "en": "Water"}).into("ru"))
    'Вода'
    >>> text_of("ND-GAIN").language, text_of({}), text_of(None)
    ('', None, None)
    """
    if isinstance(value, Mapping):
        bodies = {str(code): str(body) for code, body in value.items() if str(code) in BY_CODE and body}
        if not bodies:
            return None
        original = "en" if "en" in bodies else next(iter(bodies))
        others: dict[str, Any] = {code: (body, "human") for code, body in bodies.items() if code != original}
        return Text(original, bodies[original], others)
    return Text("", str(value)) if value not in (None, "") else None


def languages_of(document: Any) -> set[str]:
    """The languages that any text of the document is in."""
    return {code for text in texts_in(document) if isinstance(text, Mapping) for code in text if code in BY_CODE}


def texts_in(value: Any, *, key: str = "") -> Iterator[Any]:
    """Every text of a document, wherever it stands."""
    if (key in TEXTS and isinstance(value, str)) or is_text(value):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from texts_in(each, key=str(name))
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each, key=key)


def is_text(value: Any) -> bool:
    """
    >>> is_text({"en": "Water"}), is_text({"yes": 1, "no": 0}), is_text({})
    (True, False, False)
    """
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(code in BY_CODE for code in value)
        and all(isinstance(body, str) for body in value.values())
    )


def words_of(document: Mapping[str, Any]) -> str:
    """Everything that is said in a document, in every language: what search reads."""
    found: list[str] = [str(document.get("code", "")), str(document.get("edition", ""))]
    for text in texts_in(document):
        found += map(str, text.values()) if isinstance(text, Mapping) else [str(text)]
    return " ".join(found)
