"""Entering, moving and taking back days."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kurak.commitments.agendas.desk.coming import SignedRequest, for_staff
from kurak.commitments.agendas.queries import places_for
from kurak.commitments.calendar import actions, queries
from kurak.commitments.calendar.forms import DueForm
from kurak.commitments.calendar.models import Due
from kurak.ground.errors import Refused
from kurak.ground.trail.kinds import LARGEST


@for_staff
def due(request: SignedRequest) -> HttpResponse:
    """What was entered at one's places, and a form for more."""
    places = places_for(request.user)
    form = DueForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.enter(agenda=given["agenda"], place=given["place"], what=form.what, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is in the calendar."))
            return redirect("calendar_desk:due")
    shown = {"form": form, "rows": queries.kept_at(places)[:200]}
    return render(request, "commitments/calendar/desk.html", shown)


@for_staff
def change(request: SignedRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = DueForm(request.POST or None, places=places_for(request.user), initial=DueForm.of(found))
    for name in ("agenda", "place"):
        form.fields[name].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            actions.move(due=found, what=form.what, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The calendar says it now."))
            return redirect("calendar_desk:due")
    return render(request, "commitments/calendar/desk.html", {"form": form, "found": found, "rows": []})


@require_POST
@for_staff
def withdraw(request: SignedRequest, pk: int) -> HttpResponse:
    actions.withdraw(due=_found(request, pk), by=request.user)
    messages.success(request, _("It is in the calendar no more."))
    return redirect("calendar_desk:due")


def _found(request: SignedRequest, pk: int) -> Due:
    return get_object_or_404(queries.kept_at(places_for(request.user)), pk=min(pk, LARGEST))
