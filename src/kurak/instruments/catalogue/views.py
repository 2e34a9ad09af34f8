"""The catalogue's pages for everybody."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from kurak.instruments.catalogue import queries, showing
from kurak.instruments.catalogue.comparing import compared
from kurak.instruments.catalogue.forms import Filters
from kurak.instruments.catalogue.models import Edition
from kurak.instruments.catalogue.workbooks.writing import as_workbook
from kurak.instruments.catalogue.yaml_writing import as_yaml

MINUTE = 60
PAGE = 36
MEDIA_TYPES = {
    "yaml": "application/yaml; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    filters = Filters(request.GET)
    found = showing.by_title(queries.found(**filters.asked))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = showing.with_publishers(list(page))
    shown = {"filters": filters, "page": page, "rows": rows, "asked": any(filters.asked.values())}
    return render(request, "instruments/catalogue/overview.html", shown)


@require_safe
def instrument(request: HttpRequest, instrument: str) -> HttpResponse:
    shown = showing.instrument_page(queries.instrument_called(instrument))
    return render(request, "instruments/catalogue/instrument.html", shown)


@require_safe
def edition(request: HttpRequest, instrument: str, edition: str, revision: int | None = None) -> HttpResponse:
    found = queries.edition_called(instrument, edition, revision)
    url = request.build_absolute_uri(showing.revision_of(found))
    shown = showing.method_of(found) | {"citation": showing.citation_of(found, url)}
    return render(request, "instruments/catalogue/edition.html", shown)


@require_safe
def download(request: HttpRequest, instrument: str, edition: str, revision: int, form: str) -> HttpResponse:
    """The definition as a file, in the revision that is asked for: it never changes."""
    found = queries.edition_called(instrument, edition, revision)
    response = written(found, form)
    name = f"{found.instrument.code}-{found.edition}-r{found.revision}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=MINUTE)
    return response


def written(edition: Edition, form: str) -> HttpResponse:
    match form:
        case "yaml":
            return HttpResponse(edition.text or as_yaml(edition.document), content_type=MEDIA_TYPES[form])
        case "xlsx":
            return HttpResponse(as_workbook(edition.document), content_type=MEDIA_TYPES[form])
    return JsonResponse(edition.document, json_dumps_params={"ensure_ascii": False})


@require_safe
def compare(request: HttpRequest, instrument: str) -> HttpResponse:
    """Two editions line by line, and what the newer one makes of the same data."""
    found = queries.instrument_called(instrument)
    editions = list(queries.editions_of(found))
    before, after = chosen(editions, request.GET.get("before")), chosen(editions, request.GET.get("after"))
    shown: dict[str, Any] = {"instrument": found, "editions": editions, "before": before, "after": after}
    if before and after and before != after:
        shown |= compared(before, after, data=request.GET.get("data", ""))
    return render(request, "instruments/catalogue/compare.html", shown)


def chosen(editions: list[Edition], asked: str | None) -> Edition | None:
    return next((each for each in editions if str(each.pk) == asked), None)
