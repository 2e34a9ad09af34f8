"""Pages of accounts: side by side, one by one, where they differ; and one's own, for those who give them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.commitments.accounts import actions, answering, evidencing, queries, rules, showing
from kurak.commitments.accounts.forms import AccountForm, EvidenceForm, VoiceForm, WordsForm
from kurak.commitments.accounts.kinds import title_of
from kurak.commitments.accounts.models import Account, Evidence, Grader, Question
from kurak.commitments.accounts.scales.files import scales
from kurak.commitments.accounts.things import Thing, thing_named, thing_of
from kurak.ground.errors import Forbidden, Missing, Refused
from kurak.ground.files.sending import to_save
from kurak.ground.measures.models import Measure
from kurak.ground.people.doors import SignedRequest, kept_private
from kurak.ground.people.rules import Role, holds
from kurak.ground.publishing.citing import Citation
from kurak.ground.trail.kinds import LARGEST

type View = Callable[..., HttpResponse]


@require_safe
def commitment(request: HttpRequest, agenda: str, code: str) -> HttpResponse:
    return board(request, thing_named(agenda=agenda, commitment=code, person=request.user))


@require_safe
def provision(request: HttpRequest, agenda: str, code: str, place: str) -> HttpResponse:
    try:
        found = thing_named(agenda=agenda, provision=code, place=place, person=request.user)
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    return board(request, found)


def board(request: HttpRequest, thing: Thing) -> HttpResponse:
    """The state, civil society and the treaty body side by side."""
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 5 else 1
    shown = showing.board_page(thing, request.user, max(page, 1))
    return render(request, "commitments/accounts/board.html", shown)


@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: to everybody once it is approved, before that to those who have a part in it."""
    found = queries.account_for(request.user, pk)
    person, thing = request.user, thing_of(found)
    following = Account.objects.filter(replaces=found, published_at__isnull=False).first()
    own = rules.on_its_side(person, found)
    shown = {
        "account": found, "thing": thing, "agenda": thing.agenda, "each": showing.shown(found), "next": following,
        "own": own, "changes": rules.may_change(person, found), "title": title_of(found),
        "approves": found.status == Account.Status.PENDING and rules.may_approve(person, found),
        "withdraws": found.status != Account.Status.WITHDRAWN and rules.may_withdraw(person, found),
        "renews": found.status == Account.Status.APPROVED and found.grader != Grader.RESIDENTS
        and (own or (not found.first_hand and rules.may_report(person, found.place))),
        "public": rules.is_public(found), "answers_as": rules.answering(person, found.place),
        "citation": citation_of(found, request) if found.published_at else None,
    }  # fmt: skip
    response = render(request, "commitments/accounts/account.html", shown)
    return response if shown["public"] and not own else kept_private(response)


def citation_of(found: Account, request: HttpRequest) -> Citation:
    agenda = showing.agenda_title(thing_of(found).agenda)
    day = found.published_at.date() if found.published_at else found.end
    return Citation(f"{title_of(found)} ({agenda})", day, url=request.build_absolute_uri(request.path))


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    piece = queries.evidence_called(pk)
    if piece is None or not piece.sha256 or not rules.may_open(request.user, piece):
        raise Http404
    return to_save(piece.sha256, name=piece.name, kind=piece.kind)


@require_safe
def ladders(request: HttpRequest) -> HttpResponse:
    """All scales, with where their steps stand on the common ladder, and who placed them there."""
    graders = [(each, [Grader(grader).label for grader in each.graders]) for each in scales().values()]
    return render(request, "commitments/accounts/scales.html", {"scales": graders})


@login_required
@require_safe
def mine(request: SignedRequest) -> HttpResponse:
    rows = [(each, title_of(each), thing_of(each)) for each in queries.mine(request.user)[:200]]
    accounts, questions = queries.unanswered(request.user)
    shown = {
        "coordinates": holds(request.user, Role.COORDINATOR), "reports": holds(request.user, Role.ANALYST),
        "accounts": [(each, title_of(each), thing_of(each)) for each in accounts],
        "questions": [(each, thing_of(each)) for each in questions],
        "rows": rows, "belongs": rules.organisations_of(request.user),
        "release": [(each, title_of(each), thing_of(each)) for each in queries.to_release(request.user)],
    }  # fmt: skip
    return kept_private(render(request, "commitments/accounts/mine.html", shown))


def asked_about(request: HttpRequest) -> Thing:
    """The thing in the query of the address."""
    asked = {name: request.GET.get(name, "") for name in ("agenda", "commitment", "provision", "place")}
    return thing_named(**asked, person=request.user)


@login_required
def write(request: SignedRequest) -> HttpResponse:
    """First whose account and which scale, then what it says: `?agenda=&commitment=`, or `&provision=&place=`."""
    thing = asked_about(request)
    chosen = VoiceForm(request.GET if "voice" in request.GET else None, person=request.user, about=thing)
    shown: dict[str, Any] = {"thing": thing, "agenda": thing.agenda, "choosing": chosen}
    if not chosen.is_valid():
        return kept_private(render(request, "commitments/accounts/write.html", shown))
    organisation = chosen.organisation
    first_hand = organisation is not None or chosen.grader == Grader.RESIDENTS
    form = AccountForm(request.POST or None, scale=chosen.chosen_scale, grader=chosen.grader, first_hand=first_hand)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write(
                by=request.user, about=thing, grader=chosen.grader, said=form.said, organisation=organisation
            )
            if chosen.grader == Grader.RESIDENTS:
                made = actions.submit(account=made, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("accounts:account", pk=made.pk)
    shown |= {"form": form, "scale": chosen.chosen_scale, "voice": chosen.words}
    return kept_private(render(request, "commitments/accounts/write.html", shown))


def of_account(view: View) -> View:
    """For those who have a part in the account; what is refused is said on its page."""

    @wraps(view)
    def found(request: SignedRequest, pk: int, **parts: Any) -> HttpResponse:
        account = queries.account_for(request.user, pk)
        try:
            return kept_private(view(request, account, **parts))
        except (Forbidden, Missing):
            raise
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("accounts:account", pk=pk)

    return login_required(found)


@of_account
def change(request: SignedRequest, account: Account) -> HttpResponse:
    if not rules.may_change(request.user, account):
        raise Http404
    form = AccountForm(
        request.POST or None, scale=scales()[account.scale], grader=account.grader, first_hand=account.first_hand,
        initial=AccountForm.of(account),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(account=account, by=request.user, said=form.said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("accounts:account", pk=account.pk)
    thing = thing_of(account)
    shown = {"form": form, "thing": thing, "agenda": thing.agenda, "account": account, "scale": scales()[account.scale]}
    return render(request, "commitments/accounts/write.html", shown)


def _next(request: SignedRequest, account: Account) -> Account:
    return actions.write_next(account=account, by=request.user)


STEPS: dict[str, tuple[Callable[[SignedRequest, Account], Account], Callable[[], str]]] = {
    "submit": (
        lambda request, account: actions.submit(account=account, by=request.user),
        lambda: _("Handed in. A second person looks at it before it is shown."),
    ),
    "approve": (
        lambda request, account: actions.approve(account=account, by=request.user),
        lambda: _("Approved: everybody can read it now."),
    ),
    "return": (
        lambda request, account: actions.send_back(
            account=account, by=request.user, remark=request.POST.get("remark", "")
        ),
        lambda: _("Sent back with your remark."),
    ),
    "withdraw": (
        lambda request, account: actions.withdraw(
            account=account, by=request.user, reason=request.POST.get("reason", "")
        ),
        lambda: _("Taken back: it is shown no more."),
    ),
    "next": (_next, lambda: _("This is a draft. Once it is approved, it takes the place of the one before.")),
}


@require_POST
@of_account
def act(request: SignedRequest, account: Account, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    do, done = STEPS[step]
    after = do(request, account)
    messages.success(request, done())
    if rules.may_see(request.user, after):
        return redirect("accounts:account", pk=after.pk)
    return redirect(thing_of(after).url if step != "return" else "accounts_desk:queue")


@of_account
def evidence(request: SignedRequest, account: Account) -> HttpResponse:
    """The pieces, and adding one."""
    form = EvidenceForm(request.POST or None, request.FILES or None)
    changes = rules.may_change(request.user, account)
    if request.method == "POST" and form.is_valid():
        try:
            add(account, request, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Added."))
            return redirect("accounts:evidence", pk=account.pk)
    thing = thing_of(account)
    shown = {
        "account": account, "each": showing.shown(account), "form": form, "changes": changes, "thing": thing,
        "agenda": thing.agenda, "title": title_of(account),
    }  # fmt: skip
    return render(request, "commitments/accounts/evidence.html", shown)


def add(account: Account, request: SignedRequest, form: EvidenceForm) -> Evidence:
    given = form.cleaned_data
    about = {"account": account, "by": request.user, "title": given["title"]}
    if sent := given["file"]:
        return evidencing.add_file(**about, file=sent, name=sent.name, page=given["page"], url=given["url"],
                                   public=given["public"])  # fmt: skip
    if given["figure"]:
        number = min(given["figure"], LARGEST)
        measure = Measure.objects.select_related("quantity").filter(pk=number).first()
        if measure is None:
            raise Missing("measure.missing", _("There is no figure of this number here."))
        return evidencing.add_measure(**about, measure=measure)
    return evidencing.add_link(**about, url=given["url"], copy_url=given["copy_url"], page=given["page"])


@require_POST
@login_required
def change_evidence(request: SignedRequest, pk: int) -> HttpResponse:
    piece = queries.evidence_called(pk)
    if piece is None or not rules.on_its_side(request.user, piece.account):
        raise Http404
    account = piece.account
    try:
        if request.POST.get("act") == "remove":
            evidencing.remove(evidence=piece, by=request.user)
        else:
            evidencing.show(evidence=piece, by=request.user, public=request.POST.get("act") == "show")
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done as you said."))
    return redirect("accounts:evidence", pk=account.pk)


@login_required
def ask(request: SignedRequest) -> HttpResponse:
    """Propose a question."""
    thing = asked_about(request)
    form = WordsForm(request.POST or None, organisations=rules.organisations_of(request.user), required=False)
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data.get("organisation")
        try:
            answering.propose(about=thing, by=request.user, text=form.text, organisation=organisation)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Proposed. It is shown once a second person has released it."))
            return redirect(thing.url)
    shown = {"form": form, "thing": thing, "agenda": thing.agenda, "asks": rules.may_ask(request.user, thing.place)}
    return kept_private(render(request, "commitments/accounts/words.html", shown))


@login_required
def reply(request: SignedRequest, word: str, pk: int) -> HttpResponse:
    """Answer an account or a question in the name of an authority, or of the organisation whose account it is."""
    rows: Any = {"account": queries.published(), "question": Question.objects.filter(published_at__isnull=False)}[word]
    to: Any = get_object_or_404(rows.select_related(*queries.THINGS, "organisation"), pk=min(pk, LARGEST))
    organisations = [each for each in rules.organisations_of(request.user) if rules.may_reply(request.user, each, to)]
    if not organisations:
        raise Forbidden(
            "reply.not_yours", _("Authorities of the place answer, and the organisation whose account it is.")
        )
    form = WordsForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data["organisation"]
        try:
            made = answering.reply(to=to, by=request.user, organisation=organisation, text=form.text)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{thing_of(to).url}#reply-{made.pk}")
    thing = thing_of(to)
    shown = {"form": form, "thing": thing, "agenda": thing.agenda, "to": to, "word": word}
    return kept_private(render(request, "commitments/accounts/words.html", shown))
