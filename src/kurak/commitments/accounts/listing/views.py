"""The list of gaps, its files, and the feed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kurak.commitments.accounts import queries, showing
from kurak.commitments.accounts.forms import GapsForm
from kurak.commitments.accounts.listing.tables import GAPS, rows_of
from kurak.commitments.accounts.queries import Differing
from kurak.commitments.accounts.summing import Sum
from kurak.ground.errors import Missing
from kurak.ground.publishing.citing import Citation
from kurak.ground.publishing.writing import MEDIA_TYPES, as_csv, as_json


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Where accounts differ, widest first: `?agenda=`, `?place=`, `?flagged=`, `?sort=`."""
    form = GapsForm(request.GET)
    found = chosen(form)
    page = Paginator(found, 40).get_page(request.GET.get("page"))
    shown = {
        "form": form, "page": page, "rows": [showing.row_of(each) for each in page], "many": len(found),
        "flagged": sum(each.gap.flagged for each in found), "asked": query_of(request),
        "compared": sum(each.gap.value is not None for each in found), "citation": citation_of(request, form),
    }  # fmt: skip
    return render(request, "commitments/accounts/gaps.html", shown)


def chosen(form: GapsForm) -> list[Differing]:
    given = asked_for(form)
    found = queries.gaps(agenda=given.get("agenda"), place=given.get("place"))
    if given.get("flagged"):
        found = [each for each in found if each.gap.flagged]
    order = ORDERS.get(given.get("sort") or "")
    return sorted(found, key=order) if order else found


def asked_for(form: Form) -> dict[str, Any]:
    """What was chosen; an agenda or a place that is not there is said, and never answered with everything."""
    form.is_valid()
    for name in ("agenda", "place"):
        if name in form.errors:
            raise Missing(f"{name}.missing", _("There is no such agenda or place here."), asked=form.data.get(name, ""))
    return form.cleaned_data


def lowest(total: Sum | None) -> tuple[bool, float]:
    """What has no place on the ladder comes last."""
    return (True, 0.0) if total is None or total.median is None else (False, total.median)


ORDERS: dict[str, Any] = {
    "state": lambda each: lowest(each.sum_of("state")),
    "civil": lambda each: lowest(each.sum_of("civil-society")),
    "code": lambda each: (each.thing.agenda.code, in_order(each.thing), each.thing.place.code),
}


def in_order(thing: Any) -> tuple[int, str]:
    return (getattr(thing.it, "position", 0), thing.code)


def query_of(request: HttpRequest) -> str:
    """The address's query without the page, to go on with."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


@require_safe
def data(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """The same list as a file."""
    rows = rows_of(chosen(GapsForm(request.GET)))
    writer = as_csv if form == "csv" else as_json
    response = StreamingHttpResponse(writer(GAPS, rows), content_type=MEDIA_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="kurak-account-gaps.{form}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def citation_of(request: HttpRequest, form: GapsForm) -> Citation:
    given = asked_for(form)
    parts = [_("Gaps between accounts of commitments")]
    if given.get("agenda"):
        parts.append(showing.agenda_title(given["agenda"]))
    if given.get("place"):
        parts.append(given["place"].name("en"))
    day: dt.date = timezone.now().date()
    return Citation(", ".join(parts), day, url=request.build_absolute_uri(request.get_full_path()))
