"""What coordinators see and do. What is refused is said on the page of the case."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.actions import person_called
from kurak.ground.people.doors import SignedRequest, staff_required
from kurak.ground.people.models import Grant
from kurak.instruments.assessments import analysis, queries, rules, showing
from kurak.instruments.assessments.deciding import actions as deciding
from kurak.instruments.assessments.forms import InviteForm
from kurak.instruments.assessments.models import Assessment, Sheet
from kurak.instruments.assessments.questions import Questionnaire
from kurak.instruments.assessments.reviewing import actions as reviewing
from kurak.instruments.assessments.steps import Status

type View = Callable[..., HttpResponse]
for_coordinators = staff_required(Grant.Role.COORDINATOR)


def of_case(view: View) -> View:
    """A case that this coordinator looks after; for everybody else there is none."""

    @wraps(view)
    def found(request: SignedRequest, pk: int, **parts: Any) -> HttpResponse:
        case = get_object_or_404(queries.at_the_desk(request.user), pk=pk)
        try:
            response = view(request, case, **parts)
        except Forbidden:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
            response = redirect("assessing:case", pk=pk)
        response.headers["Cache-Control"] = "no-store"
        return response

    return for_coordinators(found)


@require_safe
@for_coordinators
def cases(request: SignedRequest) -> HttpResponse:
    """What waits, longest first; `?status=` chooses."""
    found = queries.at_the_desk(request.user)
    status = request.GET.get("status", "")
    if status in Status.values:
        found = found.filter(status=status)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    rows = [(each, showing.title_of(each), queries.overdue_since(each)) for each in page]
    shown = {"page": page, "rows": rows, "status": status, "statuses": offered()}
    response = render(request, "assessments/desk/cases.html", shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def offered() -> list[tuple[str, Any]]:
    return [(value, label) for value, label in Status.choices if value not in rules.THEIRS]


@require_safe
@of_case
def case(request: SignedRequest, case: Assessment) -> HttpResponse:
    reviews = case.sheets.filter(role__in=rules.REVIEWERS).select_related("rater", "rater_organisation__place")
    panel = case.sheets.filter(role=Sheet.Role.PANEL).first()
    answers = queries.answers_of(panel) if panel else queries.final_answers(case)
    shown = {
        "assessment": case, "title": showing.title_of(case), "now": queries.now_of(case),
        "own": queries.own_sheet(case), "overdue": queries.overdue_since(case), "panel": panel, "invite": InviteForm(),
        "reviews": [(each, is_neighbour(each, case)) for each in reviews],
        "remarks": showing.told(case, case.remarks.all()),
        "wanted": Questionnaire(case.edition).assessing.get("raters", 1),
        "agreement": analysis.agreement(case, queries.review_sheets(case)), "outcome": analysis.outcome(case, answers),
        "decides": rules.may_decide(request.user, case),
        "departures": deciding.departures_of(case, panel) if panel else [],
        "compares": queries.compares(request.user, case),
    }  # fmt: skip
    return render(request, "assessments/desk/case.html", shown)


def is_neighbour(sheet: Sheet, case: Assessment) -> bool:
    """Whether a reviewer comes from the same country: better not, where there is a choice."""
    if sheet.rater_organisation is None:
        return False
    return country_of(sheet.rater_organisation.place) == country_of(case.place)


def country_of(place: Any) -> str:
    found = [each.code for each in place.ancestors(include_self=True) if each.kind == "country"]
    return found[0] if found else ""


@require_POST
@of_case
def act(request: SignedRequest, case: Assessment, step: str) -> HttpResponse:
    """Invite, dismiss, send back, send the draft, decide."""
    if step not in STEPS:
        raise Http404
    do, done = STEPS[step]
    do(case, request)
    messages.success(request, done())
    case.refresh_from_db()
    if case.status == Status.DRAFT:  # sent back, it is on the desk no more
        return redirect("assessing:cases")
    return redirect("assessing:case", pk=case.pk)


def invite(case: Assessment, request: SignedRequest) -> None:
    person = person_called(request.POST.get("name", "").strip())
    sheet = reviewing.invite(assessment=case, by=request.user, reviewer=person, role=request.POST.get("role", ""))
    if is_neighbour(sheet, case):
        messages.warning(request, _("This reviewer comes from the same country. Is there anybody from another one?"))


def dismiss(case: Assessment, request: SignedRequest) -> None:
    number = request.POST.get("sheet", "")
    sheet = get_object_or_404(case.sheets, pk=int(number) if number.isdecimal() and len(number) < 18 else 0)
    reviewing.dismiss(sheet=sheet, by=request.user, why=request.POST.get("why", ""))


STEPS: dict[str, tuple[Callable[[Assessment, SignedRequest], Any], Callable[[], str]]] = {
    "invite": (invite, lambda: _("Invited. They find the invitation under “My assessments”.")),
    "dismiss": (dismiss, lambda: _("The invitation is taken back.")),
    "send-back": (
        lambda case, request: reviewing.send_back(assessment=case, by=request.user, why=request.POST.get("why", "")),
        lambda: _("The sheet is back with the organisation."),
    ),
    "send-draft": (
        lambda case, request: reviewing.send_draft(assessment=case, by=request.user, why=request.POST.get("why", "")),
        lambda: _("The draft is with the organisation, which may reply."),
    ),
    "decide": (
        lambda case, request: deciding.decide(
            assessment=case, by=request.user, why=request.POST.get("why", ""),
            interests=request.POST.get("interests", ""),
        ),
        lambda: _("Decided. An officer of the organisation says what may be published."),
    ),
}  # fmt: skip
