"""Pages of assessments: what is published, one's own, and the way through one. Each works without scripts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.people.doors import SignedRequest, kept_private
from kurak.instruments.assessments import actions, analysis, queries, rules, showing
from kurak.instruments.assessments.answering import BadAnswers, Overtaken, Unfinished
from kurak.instruments.assessments.deciding import actions as deciding
from kurak.instruments.assessments.forms import ConsentForm, InterestsForm, OpenForm
from kurak.instruments.assessments.models import Assessment, Sheet
from kurak.instruments.assessments.questions import Page, Questionnaire
from kurak.instruments.assessments.reviewing import actions as reviewing
from kurak.instruments.assessments.steps import Status

type View = Callable[..., HttpResponse]


def of_assessment(view: View) -> View:
    """For somebody who has a part in the case. What is refused is said on its page."""

    @wraps(view)
    def found(request: SignedRequest, pk: int, **parts: Any) -> HttpResponse:
        assessment = queries.assessment_for(request.user, pk)
        try:
            return kept_private(view(request, assessment, **parts))
        except (Forbidden, Missing):
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("assessments:assessment", pk=pk)

    return login_required(found)


def of_sheet(view: View) -> View:
    """For somebody who may see the sheet."""

    @wraps(view)
    def found(request: SignedRequest, pk: int, **parts: Any) -> HttpResponse:
        sheet = queries.sheet_for(request.user, pk)
        try:
            return kept_private(view(request, sheet, **parts))
        except (Forbidden, Missing):
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("assessments:sheet", pk=pk)

    return login_required(found)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.published(), 24).get_page(request.GET.get("page"))
    rows = [(each, showing.title_of(each), queries.shown_class(each)) for each in page]
    return render(request, "assessments/overview.html", {"page": page, "rows": rows})


@require_safe
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """What the organisation lets everybody see."""
    assessment = get_object_or_404(queries.with_names(), pk=pk)
    if assessment.status == Status.EXPIRED:
        shown: dict[str, Any] = {"assessment": assessment, "title": showing.title_of(assessment)}
        return render(request, "assessments/gone.html", shown, status=410)
    if not rules.is_public(assessment):
        raise Http404
    run = assessment.runs.filter(status="published").first()
    shown = {
        "assessment": assessment, "title": showing.title_of(assessment), "run": run, "results": link_of(run),
        "full": rules.shows_profile(assessment), "class_title": queries.shown_class(assessment),
        "trail": reverse("trail", args=["assessment", assessment.pk]),
    }  # fmt: skip
    if shown["full"]:
        final = queries.final_answers(assessment)
        shown |= {"outcome": analysis.outcome(assessment, final), "answered": queries.shown_answers(assessment, final)}
    return render(request, "assessments/published.html", shown)


def link_of(run: Any) -> str:
    """The page of the result, where the platform has one."""
    try:
        return reverse("results:run", args=[run.pk]) if run else ""
    except NoReverseMatch:
        return ""


@login_required
@require_safe
def mine(request: SignedRequest) -> HttpResponse:
    found = [(each, showing.title_of(each), queries.now_of(each)) for each in queries.mine(request.user)]
    reviews = [(each, showing.title_of(each.assessment)) for each in queries.reviews_of(request.user)]
    shown = {"rows": found, "reviews": reviews, "belongs": queries.organisations_of(request.user).exists()}
    return kept_private(render(request, "assessments/mine.html", shown))


@login_required
def new(request: SignedRequest) -> HttpResponse:
    """Open an assessment; `?edition=` chooses one."""
    form = OpenForm(request.POST or None, person=request.user, initial={"edition": request.GET.get("edition", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_assessment(by=request.user, **form.values)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("assessments:assessment", pk=made.pk)
    shown = {"form": form, "belongs": queries.organisations_of(request.user).exists()}
    return kept_private(render(request, "assessments/new.html", shown))


@require_safe
@of_assessment
def assessment(request: SignedRequest, assessment: Assessment) -> HttpResponse:
    """The case, as this person sees it."""
    person, own = request.user, queries.own_sheet(assessment)
    invited = assessment.sheets.filter(role__in=rules.REVIEWERS, rater=person).first()
    if invited is not None and invited.declared_at is None:
        return redirect("assessments:invitation", pk=invited.pk)
    sees_own = rules.may_see(person, own)
    asked = Questionnaire(assessment.edition, short=assessment.short)
    parts = showing.parts_of(own) if sees_own else []
    shown = {
        "assessment": assessment, "title": showing.title_of(assessment), "now": queries.now_of(assessment),
        "own": own, "parts": parts, "progress": showing.whole(parts), "invited": invited,
        "member": rules.is_member(person, assessment.organisation),
        "officer": rules.may_speak_for(person, assessment), "coordinates": rules.may_coordinate(person, assessment),
        "remarks": showing.told(assessment, queries.remarks_for(person, assessment)),
        "own_criteria": asked.criteria, "reviewed": rules.is_reviewed(assessment),
        "consent": ConsentForm(initial={"to": assessment.consent}, has_classes=asked.has_classes),
        "appeal_until": queries.appeal_until(assessment),
        "compares": queries.compares(person, assessment), "run": assessment.runs.filter(status="published").first(),
    }  # fmt: skip
    if shown["member"] or shown["coordinates"]:
        shown["outcome"] = analysis.outcome(assessment, queries.final_answers(assessment))
    return render(request, "assessments/assessment.html", shown)


@require_safe
@of_assessment
def comparison(request: SignedRequest, assessment: Assessment) -> HttpResponse:
    """Every criterion with what each side says, and how far reviewers agree."""
    if not queries.compares(request.user, assessment):
        raise Http404
    names, pages = showing.comparison(assessment, request.user)
    shown = {
        "assessment": assessment, "title": showing.title_of(assessment), "names": names, "pages": pages,
        "agreement": analysis.agreement(assessment, queries.review_sheets(assessment)),
    }  # fmt: skip
    return render(request, "assessments/comparison.html", shown)


@require_safe
@of_sheet
def sheet(request: SignedRequest, sheet: Sheet) -> HttpResponse:
    """The pages of a sheet, what is left to answer, and the way to hand it in."""
    return sheet_page(request, sheet)


def sheet_page(request: SignedRequest, sheet: Sheet, **more: Any) -> HttpResponse:
    parts = showing.parts_of(sheet)
    shown = {
        "sheet": sheet, "assessment": sheet.assessment, "title": showing.title_of(sheet.assessment), "parts": parts,
        "progress": showing.whole(parts), "fills": fills(request, sheet),
        "reviewed": rules.is_reviewed(sheet.assessment),
    }  # fmt: skip
    return render(request, "assessments/sheet.html", shown | more)


def fills(request: SignedRequest, sheet: Sheet) -> bool:
    """Whether the person may write on the sheet as it stands now."""
    try:
        actions.need_fillable(sheet)
    except Refused:
        return False
    return rules.may_fill(request.user, sheet)


@of_sheet
def page(request: SignedRequest, sheet: Sheet, page: str) -> HttpResponse:
    """The questions of one part."""
    questionnaire = Questionnaire(sheet.assessment.edition, short=sheet.assessment.short)
    asked = questionnaire.page(page)
    if asked is None:
        raise Http404
    if request.method != "POST":
        return questions_page(request, sheet, asked, showing.questions(sheet, asked, request.user))
    answers, seen = showing.typed(request.POST, asked)
    try:
        actions.save(sheet=sheet, by=request.user, answers=answers, seen=seen)
    except BadAnswers as refusal:
        rows = showing.questions(sheet, asked, request.user, answers=answers, errors=refusal.problems)
        return questions_page(request, sheet, asked, rows, refusal)
    except Overtaken as refusal:
        rows = showing.questions(sheet, asked, request.user, answers=answers, theirs=refusal.others)
        return questions_page(request, sheet, asked, rows, refusal)
    return after_saving(request, sheet, questionnaire, asked)


def questions_page(
    request: SignedRequest, sheet: Sheet, asked: Page, rows: list[showing.Question], refusal: Refused | None = None
) -> HttpResponse:
    pages = Questionnaire(sheet.assessment.edition, short=sheet.assessment.short).pages
    shown = {
        "sheet": sheet, "assessment": sheet.assessment, "title": showing.title_of(sheet.assessment), "page": asked,
        "rows": rows, "number": 1 + [each.code for each in pages].index(asked.code), "pages": pages,
        "refusal": refusal, "levels": showing.LEVELS, "fills": fills(request, sheet),
        "most_not_applicable": round(100 * asked.most_not_applicable),
    }  # fmt: skip
    return render(request, "assessments/page.html", shown, status=refusal.status if refusal else 200)


def after_saving(request: SignedRequest, sheet: Sheet, questionnaire: Questionnaire, asked: Page) -> HttpResponse:
    """Where the button leads: to the evidence of a question, on to the next part, or back to the list."""
    then = request.POST.get("then", "next")
    criterion = then.removeprefix("evidence:")
    if criterion != then and criterion in {each.code for each in asked.criteria}:
        return redirect("assessments:evidence", pk=sheet.pk, criterion=criterion)
    messages.success(request, _("Saved."))
    codes = [each.code for each in questionnaire.pages]
    after = codes[codes.index(asked.code) + 1 :]
    if then == "next" and after:
        return redirect("assessments:page", pk=sheet.pk, page=after[0])
    return redirect("assessments:sheet", pk=sheet.pk)


@require_POST
@of_sheet
def hand_in(request: SignedRequest, sheet: Sheet) -> HttpResponse:
    try:
        actions.hand_in(sheet=sheet, by=request.user, incomplete=request.POST.get("incomplete") == "yes")
    except Unfinished as refusal:
        return sheet_page(request, sheet, refusal=refusal)
    messages.success(request, _("Handed in. Thank you."))
    return redirect("assessments:assessment", pk=sheet.assessment_id)


@login_required
def invitation(request: SignedRequest, pk: int) -> HttpResponse:
    """A reviewer declares interests before seeing anything."""
    sheet = get_object_or_404(
        Sheet.objects.select_related("assessment__edition__instrument"), pk=pk, rater=request.user
    )
    if sheet.role not in rules.REVIEWERS or not rules.has_part(request.user, sheet.assessment):
        raise Http404
    form = InterestsForm(request.POST or None)
    if request.method == "POST" and (request.POST.get("answer") == "decline" or form.is_valid()):
        return answered_invitation(request, sheet, form)
    shown = {"sheet": sheet, "assessment": sheet.assessment, "title": showing.title_of(sheet.assessment), "form": form}
    return kept_private(render(request, "assessments/invitation.html", shown))


def answered_invitation(request: SignedRequest, sheet: Sheet, form: InterestsForm) -> HttpResponse:
    accepts = request.POST.get("answer") != "decline"
    interests = form.cleaned_data["interests"] if accepts and form.cleaned_data["ties"] == "yes" else ""
    reviewing.declare(sheet=sheet, by=request.user, accepts=accepts, interests=interests)
    if accepts:
        return redirect("assessments:sheet", pk=sheet.pk)
    messages.success(request, _("You have declined. Thank you for saying so."))
    return redirect("assessments:mine")


@require_POST
@of_assessment
def act(request: SignedRequest, assessment: Assessment, step: str) -> HttpResponse:
    """The organisation's steps: reply, end the reply, consent, appeal, withdraw."""
    if step not in STEPS:
        raise Http404
    do, done = STEPS[step]
    do(assessment, request)
    messages.success(request, done())
    return redirect("assessments:assessment", pk=assessment.pk)


STEPS: dict[str, tuple[Callable[[Assessment, SignedRequest], Any], Callable[[], str]]] = {
    "reply": (
        lambda case, request: reviewing.reply(
            assessment=case, by=request.user, text=request.POST.get("text", ""),
            criterion=request.POST.get("criterion", ""),
        ),
        lambda: _("Your reply is noted. It stays as you wrote it."),
    ),
    "end-reply": (
        lambda case, request: reviewing.end_reply(assessment=case, by=request.user),
        lambda: _("The panel decides next."),
    ),
    "consent": (
        lambda case, request: deciding.consent(assessment=case, by=request.user, to=request.POST.get("to", "")),
        lambda: _("Done as you said."),
    ),
    "appeal": (
        lambda case, request: deciding.appeal(assessment=case, by=request.user, text=request.POST.get("text", "")),
        lambda: _("Your appeal is before the panel. Nothing is published until it has decided."),
    ),
    "withdraw": (
        lambda case, request: actions.withdraw(assessment=case, by=request.user, why=request.POST.get("text", "")),
        lambda: _("Withdrawn. Nothing of it is shown any more."),
    ),
}  # fmt: skip
