"""Brings the themes of the data file into the database. May be run again at any time."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction

from kurak.ground.languages.text import Text
from kurak.ground.themes.models import Theme

DATA = Path(__file__).parent / "data" / "themes.json"


@transaction.atomic
def load_themes() -> int:
    """Create or renew every declared theme; returns how many there are."""
    declared = json.loads(DATA.read_text(encoding="utf-8"))
    for each in declared:
        texts = {field: declared_text(each.pop(field)) for field in ("name", "description")}
        Theme.objects.update_or_create(code=each.pop("code"), defaults={**each, **texts})
    return len(declared)


def declared_text(bodies: dict[str, str]) -> Text:
    """A text of a data file: the first language is the original, the others were translated by people.

    >>> str(declared_text({"en": "Water", "ru": "Вода"}).into("ru"))
    'Вода'
    """
    (language, body), *others = bodies.items()
    return Text(language, body, {code: (words, "human") for code, words in others})
