"""The pages of indicators for everybody."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from kurak.commitments.indicators import exporting, profile, queries, rules, showing
from kurak.ground.places.queries import place_called

MINUTE = 60


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    shown = showing.overview(request.GET) | {"may_bring": rules.may_bring(request.user)}
    return render(request, "commitments/indicators/overview.html", shown)


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """`?place=` and `?method=` choose the series and by what it is judged."""
    found = queries.indicator_called(code)
    url = request.build_absolute_uri()
    shown = profile.indicator_page(found, request.GET, url)
    shown["may_aim"] = rules.may_bring(request.user, shown["place"])
    return render(request, "commitments/indicators/indicator.html", shown)


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    url = request.build_absolute_uri(request.path)
    shown = showing.country_page(place_called(code), request.GET, url)
    return render(request, "commitments/indicators/country.html", shown)


@require_safe
def data(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """The observations of an indicator, as a file."""
    place = place_called(request.GET["place"]) if request.GET.get("place") else None
    queries.indicator_called(code)
    return sent(code if place is None else f"{code}-{place.code}", form, code, place)


@require_safe
def country_data(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    place = place_called(code)
    return sent(place.code, form, "", place)


def sent(name: str, form: str, code: str, place: object) -> HttpResponseBase:
    if form not in exporting.MEDIA:
        raise Http404
    measures = queries.measures_of(code, place)  # type: ignore[arg-type]
    response = StreamingHttpResponse(exporting.written(measures, form), content_type=exporting.MEDIA[form])
    file = f"kurak-{name}-{form}.{exporting.ENDINGS[form]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=MINUTE)
    return response


@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.batches(), showing.ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "commitments/indicators/batches.html", {"page": page})


@require_safe
def batch(request: HttpRequest, number: int) -> HttpResponse:
    """What came of a file: what was taken, kept in another way, and refused."""
    return render(request, "commitments/indicators/batch.html", showing.batch_page(queries.batch_numbered(number)))
