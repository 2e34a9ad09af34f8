"""Keeping commitments and their steps: for analysts and coordinators of the place, and for officers of the owner."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kurak.commitments.agendas import queries, rules
from kurak.commitments.agendas.models import Agenda, Commitment, Step
from kurak.commitments.agendas.promising import actions
from kurak.commitments.agendas.promising.forms import CommitmentForm, StepForm
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.languages.text import Text
from kurak.ground.people.doors import SignedRequest
from kurak.ground.people.rules import has_second_factor, is_staff
from kurak.instruments.catalogue.building.fields import languages_for

View = Callable[..., HttpResponse]


def signed(view: View) -> View:
    """For whoever is signed in; staff with their second factor. What they see stays out of every cache."""

    @wraps(view)
    def found(request: SignedRequest, **parts: Any) -> HttpResponse:
        if is_staff(request.user) and not has_second_factor(request.user):
            return redirect("people:second_factor")
        response = view(request, **parts)
        response.headers["Cache-Control"] = "no-store"
        return response

    return login_required(found)


def of_commitment(view: View) -> View:
    """A commitment that the person may change. A refused act is said on its page."""

    @wraps(view)
    def with_commitment(request: SignedRequest, agenda: str, code: str, **parts: Any) -> HttpResponse:
        found = queries.commitment_called(queries.agenda_called(agenda, person=request.user), code)
        if not rules.may_edit(request.user, found):
            raise Forbidden("commitment.not_yours", _("You may not change this commitment."))
        try:
            return view(request, found, **parts)
        except Forbidden:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
            return back_to(found)

    return signed(with_commitment)


def back_to(commitment: Commitment) -> HttpResponse:
    return redirect("agendas:commitment", agenda=commitment.agenda.code, code=commitment.code)


def spoken_in(request: HttpRequest, *texts: Text | None) -> list[str]:
    there = [code for text in texts if text for code in (text.language, *text.translations)]
    return languages_for({}, *there, request.GET.get("with", ""), getattr(request, "LANGUAGE_CODE", "en"))


def page(request: HttpRequest, name: str, form: Any, agenda: Agenda, **more: Any) -> HttpResponse:
    others = [each for each in LANGUAGES if each.code not in form.languages]
    shown = {"form": form, "agenda": agenda, "other_languages": others}
    return render(request, f"commitments/agendas/keeping/{name}.html", shown | more)


@signed
def new(request: SignedRequest, agenda: str) -> HttpResponse:
    found = queries.agenda_called(agenda, person=request.user)
    if not (rules.may_edit(request.user, found) or rules.may_keep(request.user)):
        raise Forbidden("commitment.not_here", _("You may not add commitments at this place."))
    first = {"level": found.level, "place": found.place_id, "verified": True, "provisions": request.GET.get("to", "")}
    form = CommitmentForm(
        request.POST or None, languages=spoken_in(request), agenda=found, person=request.user, initial=first
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_commitment(by=request.user, agenda=found, **form.said())
        except Refused as refusal:
            form.add_error("code" if refusal.code.startswith("commitment.code") else None, str(refusal))
        else:
            messages.success(request, _("The commitment is there. Add the steps that lead to it."))
            return back_to(made)
    return page(request, "commitment", form, found)


@of_commitment
def change(request: SignedRequest, commitment: Commitment) -> HttpResponse:
    spoken = spoken_in(request, commitment.title, commitment.text)
    about: dict[str, Any] = {"languages": spoken, "agenda": commitment.agenda, "person": request.user}
    form = CommitmentForm(request.POST or None, initial=CommitmentForm.of(commitment, spoken),
                          commitment=commitment, **about)  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            how: dict[str, Any] = {"seen": request.POST.get("seen", ""), "reason": request.POST.get("reason", "")}
            actions.change_commitment(by=request.user, commitment=commitment, **how, **form.said(commitment))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. What it said before stays in its history."))
            return back_to(commitment)
    seen = request.POST.get("seen") or actions.mark_of(commitment)
    return page(request, "commitment", form, commitment.agenda, commitment=commitment, seen=seen)


@require_POST
@of_commitment
def withdraw(request: SignedRequest, commitment: Commitment) -> HttpResponse:
    actions.withdraw_commitment(by=request.user, commitment=commitment, reason=request.POST.get("reason", ""))
    messages.success(request, _("The commitment is withdrawn. Its page stays, with the reason."))
    return back_to(commitment)


@of_commitment
def new_step(request: SignedRequest, commitment: Commitment) -> HttpResponse:
    about: dict[str, Any] = {"languages": spoken_in(request), "initial": {"commitments": [commitment]}}
    form = StepForm(request.POST or None, agenda=commitment.agenda, **about)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_step(by=request.user, **form.said())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The step is on the roadmap."))
            return back_to(commitment)
    return page(request, "step", form, commitment.agenda, commitment=commitment)


@of_commitment
def step(request: SignedRequest, commitment: Commitment, pk: int) -> HttpResponse:
    found = get_object_or_404(Step, pk=pk, commitments=commitment)
    spoken = spoken_in(request, found.title)
    form = StepForm(
        request.POST or None, languages=spoken, agenda=commitment.agenda, initial=StepForm.of(found, spoken)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_step(by=request.user, step=found, seen=request.POST.get("seen", ""), **_kept(form, found))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. What it said before stays in its history."))
            return back_to(commitment)
    seen = request.POST.get("seen") or actions.mark_of_step(found)
    return page(request, "step", form, commitment.agenda, commitment=commitment, step=found, seen=seen)


def _kept(form: StepForm, step: Step) -> dict[str, Any]:
    """Commitments of other agendas, which the form does not show, stay."""
    said = form.said(step)
    others = step.commitments.exclude(agenda=form.agenda)
    return said | {"commitments": [*said["commitments"], *others]}


def history(request: HttpRequest, agenda: str, code: str) -> HttpResponse:
    """What a commitment said at any time, two of its states line by line. For everybody: a promise that changes is
    news."""
    found = queries.commitment_called(queries.agenda_called(agenda, person=request.user), code)
    states = list(queries.states_of(found))
    if not states:
        raise Http404
    before, after = (chosen(states, request.GET.get(name), at) for name, at in (("before", 1), ("after", 0)))
    shown = {"agenda": found.agenda, "commitment": found, "states": states, "before": before, "after": after}
    if before and after and before != after:
        shown["changes"] = queries.differences(before, after)
    return render(request, "commitments/agendas/history.html", shown)


def chosen(states: list[Any], asked: str | None, otherwise: int) -> Any:
    found = next((each for each in states if str(each.history_id) == asked), None)
    return found or (states[otherwise] if len(states) > otherwise else None)
