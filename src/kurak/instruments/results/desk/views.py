"""The desk of results: analysts and coordinators bring data, compute, look, publish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kurak.ground.errors import Forbidden
from kurak.instruments.definitions.problems import Misdeclared
from kurak.instruments.results import actions, queries, rules
from kurak.instruments.results.bringing import places_of
from kurak.instruments.results.forms import ComputeForm, DataForm, WhyForm
from kurak.instruments.results.models import DataSet, Study
from kurak.instruments.results.studies.actions import ask_for_study


def allowed(request: HttpRequest) -> None:
    if not rules.may_compute(request.user):
        raise Forbidden("results.not_yours", _("Only analysts and coordinators bring and publish results."))


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    allowed(request)
    shown = {"runs": queries.drafts()[:100], "data_sets": queries.data_sets()[:100]}
    return render(request, "results/desk/overview.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    allowed(request)
    form = DataForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            data_set, found = actions.bring_data(
                edition=form.cleaned_data["edition"], name=file.name, body=file.read(), source=form.source,
                redistributable=form.cleaned_data["redistributable"], by=request.user,  # type: ignore[arg-type]
            )  # fmt: skip
        except ValueError as wrong:  # Misdeclared of the file, Unusable of the engine
            problems = getattr(wrong, "problems", None)
            if problems is None:
                raise
            return render(request, "results/desk/bring.html", {"form": form, "problems": told(wrong)}, status=400)
        for note in found.notes:
            messages.info(request, note)
        return redirect("results_desk:data", data_set.pk)
    return render(request, "results/desk/bring.html", {"form": form}, status=400 if form.errors else 200)


def told(wrong: Any) -> list[dict[str, str]]:
    """Problems of a file, of a definition or of the engine, in one shape."""
    if isinstance(wrong, Misdeclared):
        return [{"where": _at(each), "said": each.said, "remedy": each.remedy} for each in wrong.problems]
    return [{"where": "", "said": each.said, "remedy": each.remedy} for each in wrong.problems]


def _at(problem: Any) -> str:
    if not problem.line:
        return ""
    return _("line %(line)d, column %(column)d") % {"line": problem.line, "column": problem.column}


@require_safe
def data(request: HttpRequest, number: int) -> HttpResponse:
    allowed(request)
    found = data_set_numbered(number)
    units = list(dict.fromkeys(found.units))
    known = places_of(units)
    shown = {
        "data_set": found, "units": len(units), "known": sorted(known.items()), "form": ComputeForm(),
        "unknown": [unit for unit in units if unit not in known][:200], "runs": found.runs.all(),
    }  # fmt: skip
    return render(request, "results/desk/data.html", shown)


@require_POST
def compute(request: HttpRequest, number: int) -> HttpResponse:
    allowed(request)
    form = ComputeForm(request.POST)
    if not form.is_valid():
        return render(
            request, "results/desk/data.html", {"data_set": data_set_numbered(number), "form": form}, status=400
        )
    run = actions.compute_run(data_set=data_set_numbered(number), by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    return redirect("results:run", run.pk)


@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    allowed(request)
    run = actions.publish_run(run=queries.run_numbered(number), by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Published. The scores of our countries are figures now."))
    return redirect("results:run", run.pk)


@require_POST
def study(request: HttpRequest, number: int) -> HttpResponse:
    """Ask the worker for a study. Imported on use: the worker needs the engine, pages do not."""
    from kurak.instruments.results.studies.tasks import do_the_study

    allowed(request)
    asked = ask_for_study(run=queries.run_numbered(number), by=request.user)  # type: ignore[arg-type]
    if asked.status == Study.Status.ASKED:
        do_the_study.enqueue(asked.pk)
        messages.success(request, _("The results are being studied. Load this page again in a minute."))
    return redirect("results:study", number)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    allowed(request)
    form = WhyForm(request.POST)
    run = queries.run_numbered(number)
    if form.is_valid():
        actions.withdraw_run(run=run, by=request.user, why=form.cleaned_data["why"])  # type: ignore[arg-type]
        messages.success(request, _("Taken back, with its figures."))
    else:
        messages.error(request, _("Say why the results are taken back: whoever used them will ask."))
    return redirect("results:run", run.pk)


def data_set_numbered(number: int) -> DataSet:
    found = DataSet.objects.filter(pk=number).select_related("edition__instrument", "source").first()
    if found is None:
        from kurak.ground.errors import Missing

        raise Missing("data.missing", _("There are no such data. The desk lists what was brought."), asked=number)
    return found
