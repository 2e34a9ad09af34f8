"""Evidence of one answer: the pieces, adding one, taking one away; and the file itself, to save and never to open."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.ground.errors import Refused
from kurak.ground.files.sending import to_save
from kurak.ground.people.doors import SignedRequest
from kurak.instruments.assessments import kinds, queries, rules, showing
from kurak.instruments.assessments.evidence import actions
from kurak.instruments.assessments.forms import EvidenceForm
from kurak.instruments.assessments.models import Evidence, Sheet
from kurak.instruments.assessments.questions import Questionnaire
from kurak.instruments.assessments.views import fills, of_sheet


@of_sheet
def evidence(request: SignedRequest, sheet: Sheet, criterion: str) -> HttpResponse:
    questionnaire = Questionnaire(sheet.assessment.edition, short=sheet.assessment.short)
    asked = questionnaire.criteria.get(criterion)
    if asked is None:
        raise Http404
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            add(sheet, criterion, request, form)
        except Refused as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "link", str(refusal))
        else:
            messages.success(request, _("Added."))
            return redirect("assessments:evidence", pk=sheet.pk, criterion=criterion)
    answer = queries.answers_of(sheet).get(criterion)
    page = next(each for each in questionnaire.pages if asked in each.criteria)
    shown = {
        "sheet": sheet, "assessment": sheet.assessment, "title": showing.title_of(sheet.assessment), "page": page,
        "criterion": asked, "pieces": answer.evidence.all() if answer else [], "form": form,
        "fills": fills(request, sheet),
    }  # fmt: skip
    return render(request, "assessments/evidence.html", shown)


def add(sheet: Sheet, criterion: str, request: SignedRequest, form: EvidenceForm) -> Evidence:
    given = form.cleaned_data
    about = {name: given[name] for name in ("title", "page", "public")}
    if file := given["file"]:
        return actions.add_file(sheet=sheet, criterion=criterion, by=request.user, file=file, name=file.name, **about)
    return actions.add_link(sheet=sheet, criterion=criterion, by=request.user, link=given["link"], **about)


@require_POST
@login_required
def change(request: SignedRequest, pk: int) -> HttpResponse:
    """Take a piece away, or say whether everybody may see it."""
    piece = get_object_or_404(Evidence.objects.select_related("answer__sheet"), pk=pk)
    sheet = queries.sheet_for(request.user, piece.answer.sheet_id)
    back = reverse("assessments:evidence", args=[sheet.pk, piece.answer.criterion])
    try:
        if request.POST.get("act") == "remove":
            actions.remove(evidence=piece, by=request.user)
        else:
            actions.show(evidence=piece, by=request.user, public=request.POST.get("act") == "show")
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done as you said."))
    return redirect(back)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """To those who may see it, and to everybody where the organisation said so. Saved, never opened in the browser."""
    piece = Evidence.objects.select_related(*(f"answer__{each}" for each in kinds.OF_ANSWER)).filter(pk=pk).first()
    if piece is None or not piece.sha256 or not kinds.may_see_evidence(piece, request.user):
        raise Http404
    assessment = piece.answer.sheet.assessment
    if rules.may_coordinate(request.user, assessment) or rules.reviews(request.user, assessment):
        actions.note_read(evidence=piece, by=request.user)
    return to_save(piece.sha256, name=piece.name, kind=piece.kind)
