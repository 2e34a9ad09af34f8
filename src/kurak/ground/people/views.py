"""Pages of one's own account, and of who holds which role."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kurak.ground.errors import Refused
from kurak.ground.languages.text import Text
from kurak.ground.people import actions, queries
from kurak.ground.people.doors import SignedRequest, staff_required
from kurak.ground.people.forms import ClosingForm, GrantForm, LanguageForm, MemberForm, OrganisationForm
from kurak.ground.people.models import Grant, Organisation
from kurak.ground.people.rules import Role, has_second_factor, is_staff

YEAR = 60 * 60 * 24 * 365


@login_required
@require_safe
def account(request: SignedRequest) -> HttpResponse:
    grants = request.user.grants.select_related("place")
    shown = {
        "grants": grants,
        "memberships": request.user.memberships.select_related("organisation"),
        "staff": is_staff(request.user),
        "second_factor": has_second_factor(request.user),
        "languages_form": LanguageForm(initial={"language": request.user.language}),
        "closing": ClosingForm(person=request.user),
    }
    return render(request, "ground/people/account.html", shown)


@login_required
@require_POST
def language(request: SignedRequest) -> HttpResponse:
    form = LanguageForm(request.POST)
    response = redirect("people:account")
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        actions.choose_language(person=request.user, language=chosen)
        name, secure = settings.LANGUAGE_COOKIE_NAME, request.is_secure()
        response.set_cookie(name, chosen, max_age=YEAR, samesite="Lax", secure=secure)
    return response


@login_required
@require_safe
def data(request: SignedRequest) -> HttpResponse:
    """Everything kept about the account, as a file."""
    response = JsonResponse(
        queries.everything_about(request.user), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response.headers["Content-Disposition"] = 'attachment; filename="kurak-account.json"'
    return response


@login_required
@require_POST
@reauthentication_required
def close(request: SignedRequest) -> HttpResponse:
    form = ClosingForm(request.POST, person=request.user)
    if not form.is_valid():
        messages.error(request, str(form.errors["name"][0]))
        return redirect("people:account")
    try:
        actions.close_account(person=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("people:account")
    logout(request)
    messages.success(request, _("Your account is deleted."))
    return redirect("/")


@login_required
@require_safe
def second_factor(request: SignedRequest) -> HttpResponse:
    """Why staff need one, and the way to it."""
    if has_second_factor(request.user):
        return redirect("/desk/" if is_staff(request.user) else "people:account")
    return render(request, "ground/people/second_factor.html")


@staff_required(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SignedRequest) -> HttpResponse:
    """Who holds what here; a coordinator gives roles."""
    places = queries.coordinated(request.user)
    form = GrantForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid() and given(request, form):
        return redirect("people:people")
    shown = {
        "form": form,
        "grants": queries.grants_at(places),
        "organisations": queries.organisations_at(places),
        "at_once": len(places),
        "founding": OrganisationForm(places=places),
        "joining": MemberForm(organisations=queries.organisations_at(places)),
    }
    return render(request, "ground/people/people.html", shown, status=200 if not form.errors else 422)


@staff_required(Role.COORDINATOR)
@require_POST
def add_organisation(request: SignedRequest) -> HttpResponse:
    form = OrganisationForm(request.POST, places=queries.coordinated(request.user))
    if form.is_valid():
        chosen = form.cleaned_data
        name = Text(chosen["language"], chosen["called"])
        try:
            actions.add_organisation(
                slug=chosen["slug"],
                name=name,
                place=chosen["place"],
                by=request.user,
                kind=chosen["kind"] or Organisation.Kind.CIVIL,
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The organisation is added. Now add its members."))
    else:
        tell(request, form)
    return redirect("people:people")


@staff_required(Role.COORDINATOR)
@require_POST
def add_member(request: SignedRequest) -> HttpResponse:
    form = MemberForm(request.POST, organisations=queries.organisations_at(queries.coordinated(request.user)))
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            person = actions.person_called(chosen["name"])
            actions.add_member(
                organisation=chosen["organisation"], person=person, by=request.user, officer=chosen["officer"]
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The member is added."))
    else:
        tell(request, form)
    return redirect("people:people")


def tell(request: SignedRequest, form: Form) -> None:
    """What is wrong with a form that has no page of its own."""
    for name, problems in form.errors.items():
        said = {"field": form.fields[name].label, "problem": " ".join(map(str, problems))}
        messages.error(request, _("%(field)s: %(problem)s") % said)


def given(request: SignedRequest, form: GrantForm) -> bool:
    chosen = form.cleaned_data
    try:
        person = actions.person_called(chosen["name"])
        actions.grant(
            person=person, role=chosen["role"], place=chosen["place"], by=request.user, reason=chosen["reason"]
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The role is given."))
    return True


@staff_required(Role.COORDINATOR)
@require_POST
def revoke(request: SignedRequest, pk: int) -> HttpResponse:
    grant = get_object_or_404(Grant.objects.filter(place__in=queries.coordinated(request.user)), pk=pk)
    try:
        actions.revoke(grant=grant, by=request.user, reason=request.POST.get("reason", "")[:200])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The role is taken away."))
    return redirect("people:people")
