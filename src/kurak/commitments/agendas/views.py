"""Pages of agendas for everybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from kurak.commitments.agendas import queries, showing
from kurak.commitments.agendas.exchange.writing import MEDIA_TYPES, commitments_written, written
from kurak.commitments.agendas.models import Agenda, Version

MINUTE = 60


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "commitments/agendas/overview.html", showing.overview(request.GET))


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Which parts of an agenda no level below has taken up, and whom no data tell of."""
    agenda, place = request.GET.get("agenda", ""), request.GET.get("place", "")
    return render(request, "commitments/agendas/coverage.html", showing.coverage_page(agenda, place, request.user))


@require_safe
def treaties(request: HttpRequest) -> HttpResponse:
    """Which country is bound by which convention, and since when."""
    return render(request, "commitments/agendas/treaties.html", showing.treaties_page())


@require_safe
def agenda(request: HttpRequest, agenda: str) -> HttpResponse:
    found = queries.agenda_called(agenda, person=request.user)
    shown = showing.agenda_page(found, request.user, by=request.GET.get("by", ""))
    return render(request, "commitments/agendas/agenda.html", shown | cited(request, found))


@require_safe
def provision(request: HttpRequest, agenda: str, code: str) -> HttpResponse:
    found = queries.provision_called(queries.agenda_called(agenda, person=request.user), code)
    asked: dict[str, Any] = {"asked": request.GET.get("page"), "by": request.GET.get("by", "")}
    shown = showing.provision_page(found, request.user, **asked)
    return render(request, "commitments/agendas/provision.html", shown | cited(request, found))


@require_safe
def commitment(request: HttpRequest, agenda: str, code: str) -> HttpResponse:
    found = queries.commitment_called(queries.agenda_called(agenda, person=request.user), code)
    shown = showing.commitment_page(found, request.user)
    return render(request, "commitments/agendas/commitment.html", shown | cited(request, found))


@require_safe
def version(request: HttpRequest, agenda: str, number: int) -> HttpResponse:
    """The tree as it stood in that version."""
    found = queries.agenda_called(agenda, person=request.user)
    shown = showing.version_page(queries.version_called(found, number))
    return render(request, "commitments/agendas/version.html", shown)


@require_safe
def compare(request: HttpRequest, agenda: str) -> HttpResponse:
    """Two versions line by line."""
    found = queries.agenda_called(agenda, person=request.user)
    versions = list(found.versions.filter(status=Version.Status.PUBLISHED))
    before, after = (
        chosen(versions, request.GET.get(name), otherwise) for name, otherwise in (("before", 1), ("after", 0))
    )
    shown: dict[str, Any] = {"agenda": found, "versions": versions, "before": before, "after": after}
    if before and after and before != after:
        lines = showing.shown_lines(before.document, after.document, found)
        shown |= {"lines": lines, "counted": showing.counted(lines)}
    return render(request, "commitments/agendas/compare.html", shown)


def chosen(versions: list[Version], asked: str | None, otherwise: int) -> Version | None:
    found = next((each for each in versions if str(each.number) == asked), None)
    return found or (versions[otherwise] if len(versions) > otherwise else None)


@require_safe
def download(request: HttpRequest, agenda: str, form: str, number: str = "") -> HttpResponse:
    """The agenda as a file: as it stands, or as it stood in a version."""
    found = queries.agenda_called(agenda, person=request.user)
    version = queries.version_called(found, number) if number else None
    response = HttpResponse(written(found, form, version), content_type=MEDIA_TYPES[form])
    name = f"{found.code}-{version.number}.{form}" if version else f"{found.code}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if found.status != Agenda.Status.DRAFT:
        response.headers["Access-Control-Allow-Origin"] = "*"
        patch_cache_control(response, public=True, max_age=MINUTE)
    return response


@require_safe
def commitments_file(request: HttpRequest, agenda: str, form: str) -> HttpResponse:
    """The commitments of an agenda as rows, which can be changed and read back."""
    found = queries.agenda_called(agenda, person=request.user)
    response = HttpResponse(commitments_written(found, form), content_type=MEDIA_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{found.code}-commitments.{form}"'
    return response


def cited(request: HttpRequest, thing: showing.Thing) -> dict[str, object]:
    return {"citation": showing.citation_of(thing, request.build_absolute_uri(request.path))}
