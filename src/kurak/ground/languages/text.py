"""A text keeps the language it was written in, and carries translations that say how they were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from kurak.ground.languages.declared import BY_CODE

Made = Literal["human", "machine"]


@dataclass(frozen=True, slots=True)
class Rendering:
    """One text in one language, as a page shows it."""

    body: str
    language: str
    made: Made | None = None  # None: the original

    @property
    def direction(self) -> str:
        return BY_CODE[self.language].direction if self.language in BY_CODE else "auto"

    def __str__(self) -> str:
        return self.body


@dataclass(frozen=True, slots=True)
class Text:
    """The original and its translations: {language: (body, made)}.

    >>> text = Text("ru", "Вода", {"en": ("Water", "human")})
    >>> str(text.into("en")), text.into("en").made, str(text.into("kk"))
    ('Water', 'human', 'Вода')
    """

    language: str
    body: str
    translations: Mapping[str, tuple[str, Made]] = field(default_factory=dict)

    def into(self, language: str) -> Rendering:
        """In the language asked for if it is there, else as it was written."""
        if language != self.language and language in self.translations:
            return Rendering(self.translations[language][0], language, self.translations[language][1])
        return self.original

    @property
    def original(self) -> Rendering:
        return Rendering(self.body, self.language)

    def with_translation(self, language: str, body: str, made: Made) -> Text:
        return Text(self.language, self.body, {**self.translations, language: (body, made)})

    def as_json(self) -> dict[str, Any]:
        translations = {code: {"body": body, "made": made} for code, (body, made) in self.translations.items()}
        return {"language": self.language, "body": self.body, "translations": translations}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Text:
        translations = {code: (each["body"], each["made"]) for code, each in stored.get("translations", {}).items()}
        return cls(stored["language"], stored["body"], translations)

    def __str__(self) -> str:
        return self.body


class TextField(models.JSONField):
    """Stores a Text. Accepts a Text or its JSON."""

    description = _("Text with marked translations")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Text | None:
        stored = super().from_db_value(value, expression, connection)
        return None if stored is None else Text.from_json(stored)

    def to_python(self, value: Any) -> Text | None:
        if value is None or isinstance(value, Text):
            return value
        try:
            return Text.from_json(value)
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValidationError(_("A text needs its language and its body.")) from problem

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(value.as_json() if isinstance(value, Text) else value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(value.as_json() if isinstance(value, Text) else value, connection, prepared)
