"""The record of what staff did, for coordinators. Reading it as a file is itself an act."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from kurak.ground.people.doors import SignedRequest, staff_required
from kurak.ground.people.models import Grant
from kurak.ground.record.forms import ActsForm
from kurak.ground.safety import limits, queries
from kurak.ground.safety.actions import record

COLUMNS = ("at", "actor", "mark", "verb", "subject", "reason", "details", "seal")
coordinators = staff_required(Grant.Role.COORDINATOR)


def wanted(values: Mapping[str, Any]) -> dict[str, str]:
    form = ActsForm(values)
    return {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}


@coordinators
@require_safe
def audit(request: SignedRequest) -> HttpResponse:
    found = queries.acts(**wanted(request.GET))
    shown = {
        "form": ActsForm(request.GET or None),
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "verdict": queries.verify_chain(),
        "wanted": wanted(request.GET),
    }
    return render(request, "ground/record/record.html", shown)


@coordinators
@require_POST
def export(request: SignedRequest) -> HttpResponse:
    """The acts as CSV, oldest first, with their seals: whoever has it can reckon the chain again."""
    limits.require(f"person:{request.user.pk}", "export")
    chosen = wanted(request.POST)
    record(verb="acts.exported", on=request.user, by=request.user, wanted=chosen)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="acts.csv"'
    rows = csv.writer(response)
    rows.writerow(COLUMNS)
    for act in queries.acts(**chosen).order_by("pk"):
        name = act.actor.username if act.actor else ""
        cells = [act.at.isoformat(), name, act.mark, act.verb, act.subject, act.reason, act.details, act.seal]
        rows.writerow([plain_cell(str(cell)) for cell in cells])
    return response


def plain_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> plain_cell("=1+1"), plain_cell("moved away")
    ("'=1+1", 'moved away')
    """
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
