"""Pages of agendas for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kurak.commitments.agendas import queries, showing


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "commitments/agendas/overview.html", showing.overview(request.GET))


@require_safe
def agenda(request: HttpRequest, agenda: str) -> HttpResponse:
    found = queries.agenda_called(agenda, person=request.user)
    shown = showing.agenda_page(found, request.user, by=request.GET.get("by", ""))
    return render(request, "commitments/agendas/agenda.html", shown | cited(request, found))


@require_safe
def provision(request: HttpRequest, agenda: str, code: str) -> HttpResponse:
    found = queries.provision_called(queries.agenda_called(agenda, person=request.user), code)
    shown = showing.provision_page(found, request.user)
    return render(request, "commitments/agendas/provision.html", shown | cited(request, found))


@require_safe
def commitment(request: HttpRequest, agenda: str, code: str) -> HttpResponse:
    found = queries.commitment_called(queries.agenda_called(agenda, person=request.user), code)
    shown = showing.commitment_page(found, request.user)
    return render(request, "commitments/agendas/commitment.html", shown | cited(request, found))


def cited(request: HttpRequest, thing: showing.Thing) -> dict[str, object]:
    return {"citation": showing.citation_of(thing, request.build_absolute_uri(request.path))}
