"""Finding rows by words, whatever keyboard these were typed on."""

from __future__ import annotations

from django.db.models import Model, QuerySet

from kurak.ground.languages.folding import fold

MOST_WORDS = 12


def holding[Row: Model](rows: QuerySet[Row], words: str, *, field: str = "folded") -> QuerySet[Row]:
    """The rows whose folded field holds every word, in any order; all rows if there are no words.

    The field keeps `fold(text)`; words may be parts of words.
    """
    for word in fold(words).split()[:MOST_WORDS]:
        rows = rows.filter(**{f"{field}__contains": word})
    return rows
