"""A text as documents and forms have it: {language: body}."""

from __future__ import annotations

from typing import Any

from kurak.ground.languages.declared import BY_CODE
from kurak.ground.languages.text import Text


def plain(text: Text | None) -> Any:
    """A text as a document has it: {language: body}, or the bare words of one without a language."""
    if text is None:
        return None
    bodies = {code: body for code, (body, _made) in text.translations.items()}
    return {text.language: text.body, **bodies} if text.language in BY_CODE else text.body
