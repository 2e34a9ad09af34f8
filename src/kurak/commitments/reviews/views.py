"""Pages of reviews: the list; one review with its grading, the government's word, and its targets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.commitments.accounts.rules import answering, organisations_of
from kurak.commitments.budgets.queries import places_of
from kurak.commitments.reviews import actions, queries, rules
from kurak.commitments.reviews.forms import BeginForm, ClaimForm, CommentForm, ReviewForm
from kurak.commitments.reviews.models import Review
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.doors import SignedRequest, staff_required
from kurak.ground.people.models import Grant
from kurak.ground.publishing.citing import Citation
from kurak.instruments.assessments.showing import in_full


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    rows = [(each, rules.is_shown(each)) for each in queries.reviews()]
    shown = {"rows": rows, "names": request.user.is_authenticated and places_of(request.user).exists()}
    return render(request, "commitments/reviews/overview.html", shown)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.review_called(pk)
    grading = queries.grading_of(found)
    person: Any = request.user
    rows = grading.rows if grading else []
    authorities = answering(person, found.place) if grading else []
    shown = {
        "review": found, "grading": grading, "coverage": queries.coverage_of(found),
        "rows": [(row, [told(row.criterion, each) for each in row.answers]) for row in rows],
        "numbers": range(1, grading.graders + 1) if grading else (),
        "commenting": CommentForm(authorities=authorities, rows=rows) if authorities else None,
        "claiming": ClaimForm() if rules.may_read_for(person, found) else None,
        "beginning": beginning(found, person),
        "citation": Citation(found.title, found.added_at.date(), url=request.build_absolute_uri(request.path)),
    }  # fmt: skip
    response = render(request, "commitments/reviews/review.html", shown)
    if person.is_authenticated:
        response.headers["Cache-Control"] = "no-store"
    return response


def told(criterion: Any, answer: Any) -> tuple[str, list[Any]]:
    """What a grader answered, with the pages that may be shown."""
    if answer is None:
        return "–", []
    return in_full(criterion, answer.given), [each for each in answer.evidence.all() if each.public]


def beginning(found: Review, person: Any) -> BeginForm | None:
    own = organisations_of(person)
    if found.assessment_id is not None or found.kind not in actions.INSTRUMENTS or not own.exists():
        return None
    return BeginForm(organisations=own)


@staff_required(Grant.Role.ANALYST)
def name(request: SignedRequest) -> HttpResponse:
    form = ReviewForm(request.POST or None, places=places_of(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.name(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reviews:review", made.pk)
    response = render(request, "commitments/reviews/name.html", {"form": form}, status=400 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _begin(request: SignedRequest, found: Review) -> str:
    form = BeginForm(request.POST, organisations=organisations_of(request.user))
    need(form)
    actions.begin(review=found, by=request.user, organisation=form.cleaned_data["organisation"])
    return _("Begun. Hand in your organisation's sheet; a coordinator then invites two graders.")


def _claim(request: SignedRequest, found: Review) -> str:
    form = ClaimForm(request.POST)
    need(form)
    actions.claim(review=found, by=request.user, **form.cleaned_data)
    return _("Noted.")


def _comment(request: SignedRequest, found: Review) -> str:
    grading = queries.grading_of(found)
    authorities = answering(request.user, found.place)
    form = CommentForm(request.POST, authorities=authorities, rows=grading.rows if grading else [])
    need(form)
    given = form.cleaned_data
    organisation = next(each for each in authorities if each.slug == given["organisation"])
    actions.comment(
        review=found, organisation=organisation, text=given["text"], criterion=given["criterion"], by=request.user
    )
    return _("Your comment stands beside the grading.")


def need(form: Any) -> None:
    if not form.is_valid():
        said = " ".join(str(each) for errors in form.errors.values() for each in errors)
        raise Refused("review.form", said)


STEPS: dict[str, Callable[[SignedRequest, Review], str]] = {"begin": _begin, "claim": _claim, "comment": _comment}


@require_POST
@login_required
def act(request: SignedRequest, pk: int, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    found = queries.review_called(pk)
    try:
        said = STEPS[step](request, found)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("reviews:review", pk)
