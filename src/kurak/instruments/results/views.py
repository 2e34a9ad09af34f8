"""The pages of results for everybody."""

from __future__ import annotations

import csv
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from kurak.ground.places.queries import place_called
from kurak.instruments.results import queries, rules, showing
from kurak.instruments.results.models import Run

MINUTE = 60
COLUMNS = (
    "node", "unit", "place", "period", "value", "low", "high", "rank", "rank_low", "rank_high", "ranked", "class_code",
    "class_share", "coverage", "reason",
)  # fmt: skip


def visible(request: HttpRequest, number: int, *, over_data: bool = False) -> Run:
    run = queries.run_numbered(number)
    if not rules.may_see(request.user, run) or (over_data and run.assessment is not None):
        raise Http404
    return run


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    found = [showing.heading(run) for run in queries.newest(queries.runs())]
    return render(request, "results/overview.html", {"found": found, "computes": rules.may_compute(request.user)})


@require_safe
def run(request: HttpRequest, number: int) -> HttpResponse:
    found = visible(request, number)
    if found.assessment is not None:
        return render(request, "results/assessed.html", showing.heading(found) | {"assessment": found.assessment})
    url = request.build_absolute_uri(request.path)
    shown = showing.page_of(found, request.GET.get("period"), request.GET.get("node"), url)
    return render(request, "results/run.html", shown | {"computes": rules.may_compute(request.user)})


@require_safe
def unit(request: HttpRequest, number: int) -> HttpResponse:
    """One unit: `?of=` names it as the data do, `&in=` the period."""
    found = visible(request, number, over_data=True)
    return render(request, "results/unit.html", asked(request, found))


@require_safe
def path(request: HttpRequest, number: int) -> HttpResponse:
    """What would have to change for the next class: computed when somebody asks."""
    found = visible(request, number, over_data=True)
    shown = asked(request, found)
    return render(
        request, "results/path.html", shown | {"path": showing.path_of(found, shown["unit"], shown["period"])}
    )


def asked(request: HttpRequest, run: Run) -> dict[str, Any]:
    unit, period = request.GET.get("of", "")[:200], request.GET.get("in", "")[:20]
    return showing.profile_of(run, unit, period, request.build_absolute_uri())


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "results/country.html", showing.country_page(place_called(code)))


@require_safe
def data(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """All scores of a run, as a file."""
    if form not in ("csv", "json"):
        raise Http404
    found = visible(request, number)
    rows = found.scores.select_related("place").order_by("node", "period", "rank", "unit")
    response: HttpResponse
    if form == "json":
        response = JsonResponse(
            {"run": described(found), "scores": [dict(zip(COLUMNS, cells(each), strict=True)) for each in rows]},
            json_dumps_params={"ensure_ascii": False},
        )
    else:
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        writer = csv.writer(response, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(cells(each) for each in rows)
    name = f"{found.edition.instrument.code}-{found.edition.edition}-results-{found.pk}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    if found.status == Run.Status.PUBLISHED:
        patch_cache_control(response, public=True, max_age=MINUTE)
    return response


def cells(score: Any) -> list[Any]:
    place = score.place.code if score.place else ""
    return [place if name == "place" else getattr(score, name) for name in COLUMNS]


def described(run: Run) -> dict[str, Any]:
    """What recomputing needs to know."""
    return {
        "id": run.pk, "instrument": run.edition.instrument.code, "edition": run.edition.edition,
        "revision": run.edition.revision, "label": run.label, "engine": run.engine, "declaration": run.declaration,
        "made_from": run.made_from, "draws": run.draws, "seed": run.seed, "command": showing.heading(run)["command"],
        "source": run.data_set.source.title if run.data_set else "",
        "licence": run.data_set.source.licence if run.data_set else "",
        "unranked": str(why.into("en")) if (why := showing.why_unranked(run.edition.document)) else None,
    }  # fmt: skip
