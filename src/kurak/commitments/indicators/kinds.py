"""How indicators, files of figures and their targets are shown in the trail."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kurak.commitments.indicators.models import Batch, Indicator
from kurak.ground.trail.kinds import Kind, by_pk, register


def register_kinds() -> None:
    register(
        Kind("indicator", _("Indicator"), Indicator, by_pk(Indicator, "quantity"), title_of, url_of)
    )  # fmt: skip
    register(Kind("batch", _("File of figures"), Batch, by_pk(Batch, "source"), file_of, url_of_batch))


def title_of(indicator: Indicator) -> str:
    return str(indicator.title.into(get_language() or "en"))


def url_of(indicator: Indicator) -> str:
    return reverse("indicators:indicator", args=[indicator.code])


def file_of(batch: Batch) -> str:
    return f"{batch.file}: {batch.source.title}"


def url_of_batch(batch: Batch) -> str:
    return reverse("indicators:batch", args=[batch.pk])
