"""How a figure is cited."""

from __future__ import annotations

from django.utils.translation import get_language

from kurak.ground.measures.models import Measure
from kurak.ground.measures.wording import told
from kurak.ground.publishing.citing import LICENCE, Citation


def citation_of(measure: Measure, url: str) -> Citation:
    """A figure is cited as ours; its own page names the source that it was taken from."""
    language = get_language() or "en"
    when = measure.start.year if measure.start.year == measure.end.year else f"{measure.start.year}-{measure.end.year}"
    return Citation(
        title=f"{told(measure, language)}, {measure.place.name(language)}, {when}. From: {measure.source.title}",
        published=measure.stated_at.date(),
        url=url,
        version=str(measure.pk),
        licence=measure.source.licence or LICENCE,
    )
