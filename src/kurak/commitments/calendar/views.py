"""The calendar for everybody, and one's own reminders."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from allauth.account.models import EmailAddress
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.commitments.accounts.listing.views import query_of
from kurak.commitments.calendar import actions, exporting, queries
from kurak.commitments.calendar.forms import ChoosingForm, ReminderForm
from kurak.ground.errors import Refused
from kurak.ground.people.doors import SignedRequest
from kurak.ground.people.rules import Role, holds
from kurak.ground.trail.kinds import LARGEST

MOST = 60  # days on one page
LOOKS_BACK = dt.timedelta(days=365)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What is due, month by month: `?agenda=`, `?place=`."""
    form = ChoosingForm(request.GET)
    now = queries.today()
    coming = queries.days(**form.chosen, since=now)
    past = queries.days(**form.chosen, since=now - LOOKS_BACK, until=now - dt.timedelta(days=1))
    page = Paginator(coming, MOST).get_page(request.GET.get("page"))
    months = groupby(page, lambda each: each.day.replace(day=1))
    shown = {
        "form": form, "months": [(month, list(days)) for month, days in months],
        "many": len(coming), "page": page, "past": past[: -MOST - 1 : -1], "asked": query_of(request),
        "keeps": holds(request.user, Role.ANALYST), "own": queries.own_days(request.user, **form.chosen, since=now),
    }  # fmt: skip
    return render(request, "commitments/calendar/overview.html", shown)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The same for people's own calendars, which ask for it again by themselves."""
    form = ChoosingForm(request.GET)
    days = queries.days(**form.chosen, since=queries.today() - LOOKS_BACK)
    body = exporting.as_calendar(days, name=_("Commitments: what is due"), root=request.build_absolute_uri("/")[:-1])
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="due.ics"'
    return response


@login_required
def reminders(request: SignedRequest) -> HttpResponse:
    """One's own: nobody else sees them."""
    form = ReminderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remind(person=request.user, days=form.cleaned_data["days"], **form.chosen)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("calendar:reminders")
    shown = {
        "form": form, "rows": queries.reminders_of(request.user),
        "reachable": EmailAddress.objects.filter(user=request.user, verified=True).exists(),
    }  # fmt: skip
    response = render(request, "commitments/calendar/reminders.html", shown)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
def forget(request: SignedRequest, pk: int) -> HttpResponse:
    actions.forget(person=request.user, number=min(pk, LARGEST))
    return redirect("calendar:reminders")
