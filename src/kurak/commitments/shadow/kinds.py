"""How editions of shadow reports are shown in the trail."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.commitments.shadow.models import FrozenReport
from kurak.ground.trail.kinds import Kind, by_pk, register


def register_kinds() -> None:
    register(
        Kind("shadow-report", _l("Shadow report"), FrozenReport, by_pk(FrozenReport, "report"), title_of,
             lambda edition: reverse("shadow:edition", args=[edition.report.code, edition.number]),
             lambda edition, _person: edition.withdrawn_at is None)
    )  # fmt: skip


def title_of(edition: FrozenReport) -> str:
    title = edition.report.title.into(get_language() or "en")
    return _("%(title)s, edition %(number)d") % {"title": title, "number": edition.number}
