"""Offering figures in the name of an organisation, and deciding about them and bringing files in at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.commitments.agendas.desk.coming import SignedRequest, for_staff
from kurak.commitments.agendas.queries import places_for
from kurak.commitments.indicators import actions as bringing
from kurak.commitments.indicators import queries, rules
from kurak.commitments.indicators.models import Observation, Target
from kurak.commitments.indicators.offering import actions
from kurak.commitments.indicators.offering.forms import SAID, BringForm, OfferForm, TargetForm
from kurak.ground.errors import Refused
from kurak.ground.people.models import Organisation
from kurak.ground.places.models import Place

MOST = 200


def kept(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response


def own(request: Any) -> Any:
    """The organisations that the person speaks for."""
    found = Organisation.objects.filter(memberships__person=request.user, memberships__officer=True)
    return found.exclude(kind=Organisation.Kind.AUTHORITY).distinct()


@require_safe
@login_required
def offers(request: HttpRequest) -> HttpResponse:
    """What one's organisations have offered, and what became of it."""
    rows = Observation.objects.filter(organisation__in=own(request)).select_related("indicator", "place")[:MOST]
    return kept(render(request, "commitments/indicators/offers.html", {"rows": rows, "own": own(request)}))


@login_required
def offer(request: Any, code: str) -> HttpResponse:
    indicator = queries.indicator_called(code)
    organisations = own(request)
    start = {
        "organisation": organisations.first(),
        "place": Place.objects.filter(code=request.GET.get("place", "").replace("\x00", "")).first(),
    }
    form = OfferForm(request.POST or None, organisations=organisations, initial=start)
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("organisation", "place")}
        try:
            actions.offer(indicator=indicator, by=request.user, **chosen, **form.said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("An analyst of the place will look at it. Until then it counts nowhere."))
            return redirect("indicators:offers")
    shown = {"form": form, "indicator": indicator, "own": organisations}
    return kept(render(request, "commitments/indicators/offer.html", shown))


@login_required
def offer_again(request: Any, number: int) -> HttpResponse:
    """What was returned is mended here."""
    found = get_object_or_404(Observation.objects.select_related("indicator", "organisation", "place"), pk=number)
    if not rules.may_offer(request.user, found.organisation) or found.status != Observation.Status.RETURNED:
        raise Http404
    start = {name: getattr(found, name) for name in (*SAID, "organisation", "place")}
    form = OfferForm(request.POST or None, organisations=own(request), initial=start)
    for name in ("organisation", "place"):
        form.fields[name].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            actions.offer_again(observation=found, by=request.user, **form.said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("An analyst of the place will look at it. Until then it counts nowhere."))
            return redirect("indicators:offers")
    shown = {"form": form, "indicator": found.indicator, "own": own(request), "remark": found.remark}
    return kept(render(request, "commitments/indicators/offer.html", shown))


@for_staff
def desk(request: SignedRequest) -> HttpResponse:
    """Bring a file in; decide about what was offered."""
    places = places_for(request.user)
    form = BringForm(request.POST or None, request.FILES or None, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            batch = brought(request, form)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("indicators:batch", batch.pk)
    pending = Observation.objects.filter(status=Observation.Status.PENDING, place__in=places)
    shown = {"form": form, "pending": pending.select_related("indicator__quantity", "place", "organisation")[:MOST]}
    return render(request, "commitments/indicators/desk.html", shown)


def brought(request: SignedRequest, form: BringForm) -> Any:
    said = form.cleaned_data
    origin = bringing.Origin(said["code"], said["title"], said["kind"], said["url"], said["licence"])
    return bringing.bring_file(
        data=said["file"].read(), file=said["file"].name, origin=origin, by=request.user,
        place=form.places[said["place"]], copied=said["copied"],
    )  # fmt: skip


@for_staff
def target(request: SignedRequest, code: str) -> HttpResponse:
    """Say where an indicator should be at one of one's places. The same kind of target for the year is replaced."""
    indicator = queries.indicator_called(code)
    start = {"place": request.GET.get("place", ""), "year": 2030, "kind": Target.Kind.GIVEN}
    form = TargetForm(request.POST or None, places=places_for(request.user), initial=start)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        place = form.places[said.pop("place")]
        try:
            bringing.set_target(indicator=indicator, place=place, by=request.user, **said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The series are held to it now."))
            return redirect(f"{reverse('indicators:indicator', args=[code])}?place={place.code}")
    return render(request, "commitments/indicators/target.html", {"form": form, "indicator": indicator})


@require_POST
@for_staff
def decide(request: SignedRequest, number: int) -> HttpResponse:
    """`do` is approve or return, the latter with a remark."""
    found = get_object_or_404(Observation, pk=number, place__in=places_for(request.user))
    try:
        if request.POST.get("do") == "approve":
            actions.approve(observation=found, by=request.user)
            messages.success(request, _("It counts now, beside the official figure."))
        else:
            actions.give_back(observation=found, remark=request.POST.get("remark", ""), by=request.user)
            messages.success(request, _("It was returned."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("indicators_desk:desk")
