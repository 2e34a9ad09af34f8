"""The pages of results for everybody."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kurak.ground.errors import Missing
from kurak.ground.places.queries import countries as our_countries
from kurak.ground.places.queries import in_order, place_called
from kurak.instruments.results import files, queries, rules, showing, wording
from kurak.instruments.results.commands import command_of_path
from kurak.instruments.results.comparing import countries, organisations
from kurak.instruments.results.comparing import showing as comparing
from kurak.instruments.results.comparing.queries import assessed, organisation_called
from kurak.instruments.results.models import Run
from kurak.instruments.results.plain import plain_path
from kurak.instruments.results.studies import showing as studies
from kurak.instruments.results.trends import queries as trends


def visible(request: HttpRequest, number: int, *, over_data: bool = False) -> Run:
    run = queries.run_numbered(number)
    if not rules.may_see(request.user, run) or (over_data and run.assessment is not None):
        raise Http404
    return run


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    found = [wording.heading(run) | {"years": queries.years_of(run)} for run in queries.newest(queries.runs())]
    shown = {
        "found": found, "countries": in_order(our_countries(), wording.language()), "organisations": assessed()[:24],
    }  # fmt: skip
    return render(request, "results/overview.html", shown | {"computes": rules.may_compute(request.user)})


@require_safe
def run(request: HttpRequest, number: int) -> HttpResponse:
    found = visible(request, number)
    if found.assessment is not None:
        return render(request, "results/assessed.html", wording.heading(found) | {"assessment": found.assessment})
    url = request.build_absolute_uri(request.path)
    shown = showing.page_of(found, request.GET.get("period"), request.GET.get("node"), url)
    shown["over_time"] = comparing.on_the_run(found, shown["node"])
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
    unit, period = shown["unit"], shown["period"]
    shown |= {"path": showing.path_of(found, unit, period), "command": command_of_path(found, unit, period)}
    return render(request, "results/path.html", shown | {"asked": request.GET.urlencode()})


@require_safe
def path_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    from kurak.instruments.results import analysis  # the engine comes with its first use

    found = visible(request, number, over_data=True)
    unit, period = request.GET.get("of", "")[:200], request.GET.get("in", "")[:20]
    queries.profile(found, unit, period)
    way = analysis.path_up(found, unit, period)
    if way is None:
        raise Missing("path.no_classes", _("This edition has no classes, so there is no next one."), asked=unit)
    return files.of_path(found, known_form(form), unit, period, plain_path(way))


def asked(request: HttpRequest, run: Run) -> dict[str, Any]:
    unit, period = request.GET.get("of", "")[:200], request.GET.get("in", "")[:20]
    return showing.profile_of(run, unit, period, request.build_absolute_uri())


@require_safe
def study(request: HttpRequest, number: int) -> HttpResponse:
    """What drives the order, whether the parts go together, what each is worth."""
    found = visible(request, number, over_data=True)
    shown = studies.page_of(found, request.build_absolute_uri(request.path))
    return render(request, "results/study.html", shown | {"computes": rules.may_compute(request.user)})


@require_safe
def study_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    found = visible(request, number, over_data=True)
    return files.of_study(found, known_form(form))


@require_safe
def over_time(request: HttpRequest, number: int) -> HttpResponse:
    """Countries over time: `?of=` names each as the data do, `&node=` a part."""
    found = visible(request, number, over_data=True)
    url = request.build_absolute_uri()
    shown = comparing.page_of(found, request.GET.get("node"), wanted(request), url)
    return render(request, "results/over_time.html", shown | {"asked": request.GET.urlencode()})


@require_safe
def over_time_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    found = visible(request, number, over_data=True)
    rows = comparing.rows_of(found, request.GET.get("node"), wanted(request))
    return files.table_file(
        f"{found.edition.instrument.code}-over-time-{found.pk}", known_form(form), comparing.COLUMNS, rows,
        called="scores", about={"run": files.described(found)}, public=found.status == Run.Status.PUBLISHED,
    )  # fmt: skip


def wanted(request: HttpRequest) -> list[str]:
    return [each[:200] for each in request.GET.getlist("of") if each][:50]


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    place = place_called(code)
    url = request.build_absolute_uri(request.path)
    return render(request, "results/country.html", countries.country_page(place, url=url))


@require_safe
def country_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    place = place_called(code)
    about = {"place": place.code}
    return files.table_file(
        f"{place.code}-by-all-indexes", known_form(form), countries.COLUMNS, countries.rows_of(place),
        called="scores", about=about, public=True,
    )  # fmt: skip


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """All that an organisation let be published, and its country by the indexes beside it."""
    found, assessments = organisation_called(slug)
    url = request.build_absolute_uri(request.path)
    return render(request, "results/organisation.html", organisations.page_of(found, assessments, url))


@require_safe
def organisation_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found, assessments = organisation_called(slug)
    return files.table_file(
        f"{found.slug}-results", known_form(form), organisations.COLUMNS, organisations.rows_of(assessments),
        called="scores", about={"organisation": found.slug}, public=False,
    )  # fmt: skip


@require_safe
def data(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """All scores of a run, as a file."""
    found = visible(request, number)
    rows = found.scores.select_related("place").order_by("node", "period", "rank", "unit")
    return files.of_run(found, known_form(form), files.SCORES, rows, "scores")


@require_safe
def moves(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """All trends of a run, as a file."""
    found = visible(request, number)
    return files.of_run(found, known_form(form), files.TRENDS, trends.all_of(found), "trends")


def known_form(form: str) -> str:
    if form not in files.FORMS:
        raise Http404
    return form
