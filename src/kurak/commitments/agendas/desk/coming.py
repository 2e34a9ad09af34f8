"""How analysts come to the desk of agendas. For everybody else its pages do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from kurak.commitments.agendas import actions, queries, rules
from kurak.commitments.agendas.checking import problems_of_tree
from kurak.commitments.agendas.declared import kind_called
from kurak.commitments.agendas.models import Agenda, Version
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.people.doors import SignedRequest, at_the_desk
from kurak.ground.people.rules import Role
from kurak.instruments.catalogue.building.fields import languages_for

View = Callable[..., HttpResponse]
for_staff = at_the_desk(Role.ANALYST)


def of_agenda(view: View) -> View:
    """A page of an agenda that the person may edit. A refused act is said on the agenda's page."""

    @wraps(view)
    def with_agenda(request: SignedRequest, agenda: str, **parts: object) -> HttpResponse:
        found = get_object_or_404(Agenda.objects.select_related("place", "owner"), code=agenda)
        if not rules.may_edit(request.user, found):
            raise Http404
        try:
            return view(request, found, **parts)
        except Forbidden:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("agendas_desk:agenda", agenda=found.code)

    return for_staff(with_agenda)


def of_draft(view: View) -> View:
    """A page of the draft of an agenda; where there is none, its page offers to begin one."""

    @wraps(view)
    def with_draft(request: SignedRequest, agenda: Agenda, **parts: object) -> HttpResponse:
        draft = queries.draft_of(agenda)
        if draft is None:
            return redirect("agendas_desk:agenda", agenda=agenda.code)
        draft.agenda = agenda
        return view(request, draft, **parts)

    return of_agenda(with_draft)


def page(request: SignedRequest, draft: Version, part: str, **more: Any) -> HttpResponse:
    spoken = languages(request, draft)
    shown = {
        "draft": draft, "agenda": draft.agenda, "kind": kind_called(draft.agenda.kind), "part": part,
        "to_mend": problems_of_tree(draft.document), "seen": request.POST.get("seen") or draft.sha256,
        "other_languages": [each for each in LANGUAGES if each.code not in spoken],
    }  # fmt: skip
    return render(request, f"commitments/agendas/desk/{part}.html", shown | more)


def languages(request: HttpRequest, draft: Version) -> list[str]:
    """Those of the tree, those of the reader, and one more that was asked for."""
    return languages_for(draft.document, request.GET.get("with", ""), getattr(request, "LANGUAGE_CODE", "en"))


def saved(request: SignedRequest, draft: Version, form: Any, change: Callable[[], Any]) -> bool:
    """Keep the draft as the change makes it; what is refused is said in the form, so that nothing typed is lost."""
    try:
        actions.save_version(by=request.user, version=draft, tree=change(), seen=request.POST.get("seen", ""))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
