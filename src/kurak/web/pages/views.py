"""Pages where rooms meet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kurak.ground.publishing.tables import published
from kurak.ground.themes.queries import priorities
from kurak.web.pages import queries
from kurak.web.pages.caching import public


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    countries = queries.countries()
    shown = {
        "talked_about": queries.talked_about(),
        "numbers": queries.numbers(),
        "due_soon": queries.due_soon(today=timezone.now().date()),
        "priorities": priorities(),
        "countries": countries,
        "map": queries.map_of(countries),
    }
    return render(request, "pages/home.html", shown)


@require_safe
@public
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")


@require_safe
@public
def open_data(request: HttpRequest) -> HttpResponse:
    shown = {"tables": published(), "forms": ("csv", "json", "parquet")}
    return render(request, "pages/open_data.html", shown)


@require_safe
@public
def safety(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/safety.html")


@require_safe
@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
@public
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/offline.html")
