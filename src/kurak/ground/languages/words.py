"""A person's text as the API gives it: as it was written, with translations that say who made them."""

from __future__ import annotations

from typing import Literal

from ninja import Schema

from kurak.ground.languages.text import Text


class Translation(Schema):
    body: str
    made: Literal["human", "machine"]


class Words(Schema):
    language: str
    body: str
    translations: dict[str, Translation]


def words(text: Text) -> Words:
    return Words.model_validate(text.as_json())
