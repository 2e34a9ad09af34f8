"""How runs are shown in the trail."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from kurak.ground.trail.kinds import Kind, by_pk, register
from kurak.instruments.results import rules
from kurak.instruments.results.models import DataSet, Run


def register_kinds() -> None:
    register(
        Kind("run", _l("Results"), Run, by_pk(Run, "edition__instrument", "assessment"), title_of, url_of,
             lambda run, person: rules.may_see(person, run))
    )  # fmt: skip
    register(
        Kind("data-set", _l("Data"), DataSet, by_pk(DataSet, "edition__instrument"), lambda each: each.name,
             may_see=lambda each, person: rules.may_compute(person))
    )  # fmt: skip


def title_of(run: Run) -> str:
    title = run.edition.instrument.title.into(get_language() or "en")
    return _("%(title)s, edition %(edition)s: results") % {"title": title, "edition": run.edition.edition}


def url_of(run: Run) -> str:
    return reverse("results:run", args=[run.pk])
