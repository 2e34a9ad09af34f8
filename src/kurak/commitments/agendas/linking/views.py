"""Links between agendas, made on the page of a part: it leads to another, or is brought closer by one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kurak.commitments.agendas import queries, rules
from kurak.commitments.agendas.actions import add_crosswalk, localise
from kurak.commitments.agendas.bringing.actions import found_ends
from kurak.commitments.agendas.promising.views import signed
from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.people.doors import SignedRequest


@require_POST
@signed
def link(request: SignedRequest, agenda: str, code: str) -> HttpResponse:
    """This part leads to another, beside what the agendas say themselves."""
    start = queries.provision_called(queries.agenda_called(agenda, person=request.user), code)
    ref = request.POST.get("to", "").strip()
    end = found_ends({ref}).get(ref)
    try:
        if end is None or not rules.may_see(request.user, end):
            raise Missing("provision.missing", _("There is no such part: %(refs)s") % {"refs": ref[:80]}, asked=ref)
        about = {"relation": request.POST.get("relation", ""), "note": request.POST.get("note", "")}
        add_crosswalk(by=request.user, start=start, end=end, **about)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The two are linked."))
    return redirect("agendas:provision", agenda=agenda, code=code)


@require_POST
@signed
def bring_closer(request: SignedRequest, agenda: str, code: str) -> HttpResponse:
    """A part of one's own agenda that brings this one closer, in the draft of its next version."""
    target = queries.provision_called(queries.agenda_called(agenda, person=request.user), code)
    own = get_object_or_404(queries.kept_by(request.user), code=request.POST.get("in", ""))
    try:
        draft = localise(by=request.user, target=target, agenda=own, code=request.POST.get("code", "").strip())
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("agendas:provision", agenda=agenda, code=code)
    messages.success(request, _("It is in the draft. Say in your own words what it means where you are."))
    if not rules.may_keep(request.user):  # an officer without a role has no desk
        return redirect("agendas:agenda", agenda=draft.agenda.code)
    return redirect("agendas_desk:part", agenda=draft.agenda.code, code=request.POST["code"].strip())
