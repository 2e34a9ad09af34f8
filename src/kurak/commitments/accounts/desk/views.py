"""What waits for a second person; many accounts from a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kurak.commitments.accounts import actions, answering, queries, rules, showing
from kurak.commitments.accounts.bringing.actions import BadLines
from kurak.commitments.accounts.bringing.actions import bring as bring_lines
from kurak.commitments.accounts.bringing.reading import COLUMNS, MOST, read
from kurak.commitments.accounts.models import Grader, Reply
from kurak.commitments.accounts.scales.files import scales
from kurak.commitments.accounts.things import thing_of
from kurak.ground.people.doors import SignedRequest, at_the_desk
from kurak.ground.people.models import Grant
from kurak.ground.publishing.tables import Column
from kurak.ground.publishing.writing import MEDIA_TYPES, as_csv
from kurak.ground.trail.kinds import LARGEST
from kurak.instruments.definitions.problems import Misdeclared

type View = Callable[..., HttpResponse]


for_coordinators = at_the_desk(Grant.Role.COORDINATOR, told_at="accounts_desk:queue")
for_analysts = at_the_desk(Grant.Role.ANALYST, told_at="accounts_desk:queue")


@for_coordinators
def queue(request: SignedRequest) -> HttpResponse:
    """Accounts and questions that wait, longest first. Ticked ones are approved together."""
    if request.method == "POST":
        return approve_ticked(request)
    waiting = queries.waiting_for(request.user)
    single = waiting.exclude(grader=Grader.RESIDENTS).prefetch_related("evidence", "replies")
    page = Paginator(single, 40).get_page(request.GET.get("page"))
    rows = [{"each": showing.shown(each), "thing": thing_of(each), "own": not rules.may_approve(request.user, each)}
            for each in page]  # fmt: skip
    questions = [(each, thing_of(each)) for each in queries.questions_waiting_for(request.user)[:100]]
    answers = waiting.filter(grader=Grader.RESIDENTS).exclude(written_by=request.user).count()
    shown = {"page": page, "rows": rows, "questions": questions, "answers": answers}
    return render(request, "commitments/accounts/desk/queue.html", shown)


def approve_ticked(request: SignedRequest) -> HttpResponse:
    ticked = [int(each) for each in request.POST.getlist("account") if each.isdecimal() and len(each) < 18][:200]
    many = 0
    for each in queries.waiting_for(request.user).filter(pk__in=ticked):
        if rules.may_approve(request.user, each):
            actions.approve(account=each, by=request.user)
            many += 1
    said = ngettext("%(n)d account is approved.", "%(n)d accounts are approved.", many) % {"n": many}
    messages.success(request, said) if many else messages.error(request, _("Tick at least one account."))
    return redirect("accounts_desk:queue")


@require_POST
@for_coordinators
def residents(request: SignedRequest) -> HttpResponse:
    """Residents' answers carry nothing but a step: they are let into the sum together."""
    answers = queries.waiting_for(request.user).filter(grader=Grader.RESIDENTS).exclude(written_by=request.user)
    for each in answers[:500]:
        if rules.may_approve(request.user, each):
            actions.approve(account=each, by=request.user)
    messages.success(request, _("The answers of residents are counted in."))
    return redirect("accounts_desk:queue")


@require_POST
@for_coordinators
def question(request: SignedRequest, pk: int) -> HttpResponse:
    """Release a proposed question, or send it away."""
    found = get_object_or_404(queries.questions_waiting_for(request.user), pk=min(pk, LARGEST))
    if request.POST.get("act") == "release":
        answering.release(question=found, by=request.user)
        messages.success(request, _("Released: everybody can read it now."))
    else:
        answering.withdraw(question=found, by=request.user, why=request.POST.get("why", ""))
        messages.success(request, _("The question is not shown."))
    return redirect("accounts_desk:queue")


@require_POST
@for_coordinators
def cover(request: SignedRequest, pk: int) -> HttpResponse:
    """Words of an answer that put somebody at risk."""
    found = get_object_or_404(Reply, pk=min(pk, LARGEST))
    covered = answering.cover(reply=found, by=request.user, why=request.POST.get("why", ""))
    messages.success(request, _("The words are covered, and everybody sees why."))
    return redirect(f"{answering.about(covered).url}#reply-{covered.pk}")


@for_analysts
def bring(request: SignedRequest) -> HttpResponse:
    """A table of accounts that were published elsewhere."""
    shown: dict[str, Any] = {"columns": COLUMNS, "most": MOST, "scales": scales().values()}
    sent = request.FILES.get("file")
    if request.method != "POST":
        return render(request, "commitments/accounts/desk/bring.html", shown)
    if sent is None:
        shown["missing"] = True
        return render(request, "commitments/accounts/desk/bring.html", shown, status=400)
    try:
        found = read(sent.name or "", sent.read())
        brought = bring_lines(found=found, by=request.user)
    except BadLines as refused:
        shown |= {"refusals": refused.refusals[:200], "many": len(refused.refusals)}
        return render(request, "commitments/accounts/desk/bring.html", shown, status=400)
    except Misdeclared as wrong:
        shown["problems"] = wrong.problems
        return render(request, "commitments/accounts/desk/bring.html", shown, status=400)
    for note in found.notes:
        messages.info(request, note)
    said = _("%(new)d accounts are handed in; %(known)d were here already. A second person approves them.")
    messages.success(request, said % {"new": brought.new, "known": brought.known})
    return redirect("accounts:mine")


@require_safe
@for_analysts
def template(request: SignedRequest) -> HttpResponse:
    """The columns of the table, with one line that shows how."""
    example = {
        "agenda": "my-plan", "about": "commitment", "code": "1", "place": "KG", "year": "2025", "grader": "state",
        "said_by": "Ministry of Finance", "scale": "percent", "value": "80", "confidence": "medium",
        "text": "Forty towns publish their budget.", "language": "en", "url": "https://example.org/report.pdf",
        "page": "12", "title": "Report of the ministry",
    }  # fmt: skip
    rows = [[example.get(name, "") for name in COLUMNS]]
    body = b"".join(as_csv([Column(name, "") for name in COLUMNS], rows))
    response = HttpResponse(body, content_type=MEDIA_TYPES["csv"])
    response.headers["Content-Disposition"] = 'attachment; filename="accounts.csv"'
    return response
