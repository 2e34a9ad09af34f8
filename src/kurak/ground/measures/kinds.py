"""How measures and their sources are shown in the trail."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.ground.measures.models import Measure, Source
from kurak.ground.measures.wording import shown, told
from kurak.ground.trail.kinds import Kind, by_pk, register


def title(measure: Measure) -> str:
    language = get_language() or "en"
    where, when = measure.place.name(language), measure.end.year
    return f"{told(measure, language)}, {where}, {when}: {shown(measure, language)}"


def register_kinds() -> None:
    register(
        Kind(
            code="measure",
            word=_("figure"),
            model=Measure,
            find=by_pk(Measure, "quantity", "place", "source"),
            title=title,
            url=lambda measure: reverse("measure", args=[measure.pk]),
        )
    )
    register(
        Kind(
            code="source",
            word=_("source"),
            model=Source,
            find=by_pk(Source),
            title=lambda source: source.citation or source.title,
            url=lambda source: source.url,
        )
    )
