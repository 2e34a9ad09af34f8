"""Pages of budgets: the list, one budget, one line with what residents answered."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.commitments.budgets import answering, queries, showing
from kurak.commitments.budgets.forms import AnswerForm
from kurak.commitments.budgets.models import Budget, BudgetLine
from kurak.commitments.budgets.tables import LINES, rows_of
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.files.sending import to_save
from kurak.ground.people.doors import SignedRequest, kept_private
from kurak.ground.publishing.writing import MEDIA_TYPES, as_csv


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "commitments/budgets/overview.html", showing.overview(request.user))


@require_safe
def budget(request: HttpRequest, place: str, year: int) -> HttpResponse:
    """`?by=`: function, type or office."""
    found = queries.budget_called(place, year, request.user)
    shown = showing.budget_page(found, request.user, request.GET.get("by", ""), request)
    response = render(request, "commitments/budgets/budget.html", shown)
    return response if found.status == Budget.Status.PUBLISHED else kept_private(response)


@require_safe
def data(request: HttpRequest, place: str, year: int) -> StreamingHttpResponse:
    """The lines of one budget, month by month."""
    found = queries.budget_called(place, year, request.user)
    response = StreamingHttpResponse(as_csv(LINES, rows_of([found])), content_type=MEDIA_TYPES["csv"])
    response.headers["Content-Disposition"] = f'attachment; filename="kurak-budget-{found.place.code}-{year}.csv"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    if found.status != Budget.Status.PUBLISHED:
        response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def line(request: HttpRequest, place: str, year: int, code: str) -> HttpResponse:
    found = queries.line_called(queries.budget_called(place, year, request.user), code)
    return line_shown(request, found, form_for(request, found))


def form_for(request: HttpRequest, line: BudgetLine) -> AnswerForm:
    own = queries.own_answer(line, request.user)
    return AnswerForm(initial={"done": own.done, "good": own.good} if own else {"good": ""})


def line_shown(request: HttpRequest, line: BudgetLine, form: AnswerForm, status: int = 200) -> HttpResponse:
    shown = {**showing.line_page(line, request.user, request), "form": form}
    response = render(request, "commitments/budgets/line.html", shown, status=status)
    return kept_private(response) if request.user.is_authenticated else response


@require_POST
@login_required
def answer(request: SignedRequest, place: str, year: int, code: str) -> HttpResponse:
    """Is it done? Is it good? Or take one's answer back."""
    found = queries.line_called(queries.budget_called(place, year, request.user), code)
    if request.POST.get("act") == "take-back":
        answering.take_back(line=found, by=request.user)
        messages.success(request, _("Your answer is taken back, with its photograph."))
        return redirect("budgets:line", place, year, code)
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            answering.answer(line=found, by=request.user, **form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Thank you. Your answer is counted; a photograph is shown once a coordinator has looked at it.")
            messages.success(request, said)
            return redirect("budgets:line", place, year, code)
    return line_shown(request, found, form, status=400)


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = queries.photo_for(request.user, pk)
    return to_save(found.sha256, name=f"photo-{found.pk}", kind=found.kind)
