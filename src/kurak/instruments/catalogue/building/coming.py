"""How analysts come to the builder. For everybody else its pages do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.people.doors import SignedRequest, at_the_desk
from kurak.ground.people.rules import Role
from kurak.instruments.catalogue import actions, queries, rules
from kurak.instruments.catalogue.building.fields import languages_for
from kurak.instruments.catalogue.building.mending import to_mend
from kurak.instruments.catalogue.models import Edition, Instrument

View = Callable[..., HttpResponse]
for_staff = at_the_desk(Role.ANALYST)


def of_instrument(view: View) -> View:
    """A page of an instrument that the person may change. A refused act is said on the instrument's page."""

    @wraps(view)
    def with_instrument(request: SignedRequest, instrument: str, **parts: object) -> HttpResponse:
        found = get_object_or_404(Instrument.objects.select_related("place"), code=instrument)
        if not rules.may_change(request.user, found):
            raise Http404
        try:
            return view(request, found, **parts)
        except Forbidden:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("building:instrument", instrument=found.code)

    return for_staff(with_instrument)


def of_edition(view: View) -> View:
    @wraps(view)
    def with_edition(request: SignedRequest, instrument: Instrument, pk: int, **parts: object) -> HttpResponse:
        edition = queries.draft_called(pk)
        if edition is None or edition.instrument_id != instrument.pk:
            raise Http404
        return view(request, edition, **parts)

    return of_instrument(with_edition)


def of_draft(view: View) -> View:
    """A page of the builder. What was published is shown on its public page instead."""

    @wraps(view)
    def with_draft(request: SignedRequest, edition: Edition, **parts: object) -> HttpResponse:
        if edition.status != Edition.Status.DRAFT:
            messages.info(request, _("This edition is published and stays as it is. Begin a correction to change it."))
            return redirect("building:instrument", instrument=edition.instrument.code)
        return view(request, edition, **parts)

    return of_edition(with_draft)


def page(request: SignedRequest, draft: Edition, part: str, template: str = "", **more: object) -> HttpResponse:
    shown: dict[str, Any] = {
        "draft": draft, "instrument": draft.instrument, "part": part, "to_mend": to_mend(draft),
        "seen": request.POST.get("seen") or actions.version_of(draft),
        "other_languages": [each for each in LANGUAGES if each.code not in languages(request, draft)],
    }  # fmt: skip
    return render(request, f"instruments/building/{template or part}.html", shown | more)


def languages(request: HttpRequest, draft: Edition) -> list[str]:
    """Those of the draft, those of the reader, and one more that was asked for."""
    asked = request.GET.get("with", "")
    return languages_for(draft.document, asked, getattr(request, "LANGUAGE_CODE", "en"))


def saved(request: SignedRequest, draft: Edition, form: Any, change: Callable[[], Any]) -> bool:
    """Keep the draft as the change makes it; what is refused is said in the form, so that nothing typed is lost."""
    try:
        actions.save(by=request.user, edition=draft, document=change(), seen=request.POST.get("seen", ""))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Saved."))
    return True
