"""Pages of a country, a theme and the region."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kurak.commitments.agendas.queries import agenda_called, published
from kurak.commitments.overviews import queries
from kurak.ground.places.queries import place_called
from kurak.ground.publishing.citing import Citation
from kurak.ground.themes.queries import theme_called


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    place = place_called(code)
    if place.code != code:
        return redirect("overviews:country", place.code, permanent=True)
    name = place.name(get_language() or "en")
    shown = {"promised": queries.promised(place), "place": place, "citation": cited(request, name)}
    return render(request, "commitments/overviews/country.html", shown)


@require_safe
def theme(request: HttpRequest, code: str) -> HttpResponse:
    found = theme_called(code)
    if found.code != code:
        return redirect("overviews:theme", found.code, permanent=True)
    strands = queries.strands(found)
    shown = {
        "theme": found, "strands": strands, "gaps": queries.gaps_of(strands),
        "citation": cited(request, str(found.name.into(get_language() or "en"))),
    }  # fmt: skip
    return render(request, "commitments/overviews/theme.html", shown)


@require_safe
def region(request: HttpRequest) -> HttpResponse:
    """The countries side by side; `?agenda=` looks at one agenda."""
    asked = request.GET.get("agenda", "")
    agenda = agenda_called(asked) if asked else None
    shown = {
        "agenda": agenda, "agendas": published().order_by("code"), "rows": queries.region(agenda),
        "citation": cited(request, _("the region compared")),
    }  # fmt: skip
    return render(request, "commitments/overviews/region.html", shown)


def cited(request: HttpRequest, what: str) -> Citation:
    title = _("Commitments: %(what)s") % {"what": what}
    return Citation(title, timezone.now().date(), url=request.build_absolute_uri())
