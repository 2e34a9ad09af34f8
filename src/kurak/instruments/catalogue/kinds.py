"""How editions are shown in the trail."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.ground.trail.kinds import Kind, by_pk, register
from kurak.instruments.catalogue import rules
from kurak.instruments.catalogue.models import Edition


def register_kinds() -> None:
    register(
        Kind("method", _l("Method"), Edition, by_pk(Edition, "instrument__place"), title_of, url_of,
             lambda edition, person: rules.may_see(person, edition))
    )  # fmt: skip


def title_of(edition: Edition) -> str:
    title = edition.instrument.title.into(get_language() or "en")
    if edition.revision > 1:
        return _("%(title)s, edition %(edition)s, revision %(revision)d") % {
            "title": title, "edition": edition.edition, "revision": edition.revision
        }  # fmt: skip
    return _("%(title)s, edition %(edition)s") % {"title": title, "edition": edition.edition}


def url_of(edition: Edition) -> str:
    parts = [edition.instrument.code, edition.edition]
    if edition.status == Edition.Status.DRAFT:
        return reverse("building:draft", args=[edition.instrument.code, edition.pk])
    return reverse("catalogue:revision", args=[*parts, edition.revision])
