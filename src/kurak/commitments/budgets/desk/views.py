"""Bringing a budget in: the file, then its columns; publishing it; looking at residents' photographs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.commitments.budgets import actions, answering, publishing, queries, rules
from kurak.commitments.budgets.forms import ColumnsForm, FileForm
from kurak.commitments.budgets.kinds import title_of
from kurak.commitments.budgets.reading import BadLines, Reading, sheet_of
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.files.storing import open_file
from kurak.ground.people.doors import SignedRequest, at_the_desk
from kurak.ground.people.models import Grant
from kurak.ground.trail.kinds import LARGEST

type View = Callable[..., HttpResponse]


for_coordinators = at_the_desk(Grant.Role.COORDINATOR, told_at="budgets_desk:overview")
for_analysts = at_the_desk(Grant.Role.ANALYST, told_at="budgets_desk:overview")


@for_analysts
def overview(request: SignedRequest) -> HttpResponse:
    """Budgets of one's places, files that wait for their columns, and sending a file."""
    form = FileForm(request.POST or None, request.FILES or None, places=queries.places_of(request.user))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            kept = actions.send(data=sent.read(), name=sent.name, about=form.about, by=request.user)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("budgets_desk:columns", kept.pk)
    shown = {
        "form": form, "files": queries.files_of(request.user),
        "budgets": queries.with_lines(queries.brought_by_staff_of(request.user))[:200],
        "photos": queries.photos_waiting_for(request.user).count(),
    }  # fmt: skip
    return render(request, "commitments/budgets/desk/overview.html", shown, status=400 if form.errors else 200)


@for_analysts
def columns(request: SignedRequest, pk: int) -> HttpResponse:
    """What each column is. Remembered for the next file of the place with the same columns."""
    file = queries.file_of(request.user, pk)
    if request.POST.get("act") == "drop":
        actions.drop(file=file, by=request.user)
        return redirect("budgets_desk:overview")
    with open_file(file.sha256) as opened:
        sheet = sheet_of(opened.read())
    known, reading, before = actions.remembered(file.place, sheet)
    if not before:
        reading = Reading(language=request.LANGUAGE_CODE)
    form = ColumnsForm(request.POST or None, sheet=sheet, columns=known, reading=reading)
    shown: dict[str, Any] = {"file": file, "form": form, "before": before, "many": len(sheet.rows)}
    if request.method == "POST" and form.is_valid():
        try:
            brought = actions.take(file=file, columns=form.columns, reading=form.reading, by=request.user)
        except BadLines as refused:
            shown |= {"refusals": refused.refusals[:200], "wrong": len(refused.refusals)}
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("%(new)d lines are new, %(changed)d changed, %(unchanged)d unchanged, %(gone)d gone.")
            counts = {name: getattr(brought, name) for name in ("new", "changed", "unchanged", "gone")}
            messages.success(request, said % counts)
            return redirect("budgets:budget", file.place.code, file.year)
    bad = request.method == "POST"
    return render(request, "commitments/budgets/desk/columns.html", shown, status=400 if bad else 200)


@require_POST
@for_analysts
def act(request: SignedRequest, place: str, year: int) -> HttpResponse:
    """Publish it, or take it back."""
    budget = queries.budget_called(place, year, request.user)
    if request.POST.get("act") == "publish":
        publishing.publish(budget=budget, by=request.user)
        messages.success(request, _("Published: everybody can read it now."))
    else:
        publishing.unpublish(budget=budget, by=request.user, why=request.POST.get("why", ""))
        messages.success(request, _("Taken back: it is shown no more."))
    return redirect("budgets:budget", place, year)


@require_POST
@for_analysts
def link(request: SignedRequest, place: str, year: int, code: str) -> HttpResponse:
    """The commitments that a line pays for."""
    line = queries.line_called(queries.budget_called(place, year, request.user), code)
    names = [each for each in re.split(r"[;,\s]+", request.POST.get("commitments", "")) if each][:50]
    try:
        actions.link(line=line, commitments=names, by=request.user)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Linked as you said."))
    return redirect("budgets:line", place, year, code)


@require_safe
@for_coordinators
def photos(request: SignedRequest) -> HttpResponse:
    """Those that wait. Who sent them is not shown: it does not matter for what is on them."""
    rows = [(each, title_of(each.answer.line.budget)) for each in queries.photos_waiting_for(request.user)[:100]]
    return render(request, "commitments/budgets/desk/photos.html", {"rows": rows})


@require_POST
@for_coordinators
def decide(request: SignedRequest, pk: int) -> HttpResponse:
    photo = get_object_or_404(queries.photos_waiting_for(request.user), pk=min(pk, LARGEST))
    if not rules.may_decide(request.user, photo.answer.line.budget.place):
        raise Http404
    show = request.POST.get("act") == "show"
    answering.decide(photo=photo, by=request.user, show=show)
    messages.success(request, _("It is shown now.") if show else _("It is deleted."))
    return redirect("budgets_desk:photos")
