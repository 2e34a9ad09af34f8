"""The facilitator's pages. Each works without scripts."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kurak.dialogue.conversations import rules
from kurak.dialogue.conversations.coverage import told
from kurak.dialogue.conversations.desk import actions, qr, queries
from kurak.dialogue.conversations.desk import guests as guest_lists
from kurak.dialogue.conversations.desk.forms import LABELS, ConversationForm, GuestList, Seeds, Translation
from kurak.dialogue.conversations.editions.actions import publish_edition
from kurak.dialogue.conversations.models import Conversation, Picture, Statement
from kurak.dialogue.conversations.moderation.queries import queue_of
from kurak.dialogue.conversations.queries import phase_of
from kurak.dialogue.conversations.staffing import any_staff, of_conversation
from kurak.dialogue.conversations.visiting import INVITATION
from kurak.ground.errors import Refused
from kurak.ground.languages.declared import LANGUAGES
from kurak.ground.people.doors import SignedRequest
from kurak.ground.people.rules import Role, holds

for_facilitators = of_conversation(rules.may_run, back="desk:conversation")
for_staff = of_conversation(rules.may_moderate, back="desk:conversations")


def page(
    request: SignedRequest, conversation: Conversation, part: str, template: str = "", **more: object
) -> HttpResponse:
    shown = {
        "conversation": conversation, "part": part, "waits": queue_of(conversation),
        "phase": phase_of(conversation), "runs": rules.may_run(request.user, conversation),
    }  # fmt: skip
    return render(request, f"dialogue/desk/{template or part}.html", shown | more)


@require_safe
@any_staff
def conversations(request: SignedRequest) -> HttpResponse:
    found = Paginator(queries.conversations_of(request.user), 20).get_page(request.GET.get("page"))
    rows = [(each, phase_of(each), queue_of(each), rules.may_run(request.user, each)) for each in found]
    shown = {"page": found, "rows": rows, "may_open": rules.may_open(request.user)}
    shown["waits"] = queue_of(*queries.conversations_of(request.user))
    shown["coordinates"] = holds(request.user, Role.COORDINATOR)
    return render(request, "dialogue/desk/conversations.html", shown)


@any_staff
def new(request: SignedRequest) -> HttpResponse:
    if not rules.may_open(request.user):
        raise Http404
    form = ConversationForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.prepare(by=request.user, slug=form.chosen_slug, **form.values)
        except Refused as refusal:
            form.add_error("slug" if refusal.code == "conversation.slug_taken" else None, str(refusal))
        else:
            messages.success(request, _("The conversation is prepared. Add statements, then open it."))
            return redirect("desk:statements", slug=made.slug)
    return render(request, "dialogue/desk/new.html", {"form": form})


@require_safe
@for_staff
def conversation(request: SignedRequest, conversation: Conversation) -> HttpResponse:
    if not rules.may_run(request.user, conversation):
        return redirect("moderation:queue", slug=conversation.slug)
    picture = Picture.objects.filter(conversation=conversation).only("people", "votes", "drawn_at").first()
    changes = [(each, [LABELS[name] for name in each.fields]) for each in queries.changes_of(conversation)]
    return page(
        request, conversation, "overview", picture=picture, changes=changes, editions=conversation.editions.all(),
        statements=conversation.statements.count(), coming=queries.will_change(conversation, phase_of(conversation)),
        phases=dict(Conversation.Phase.choices), steps=actions.NEXT[Conversation.Phase(phase_of(conversation))],
    )  # fmt: skip


@for_facilitators
def edit(request: SignedRequest, conversation: Conversation) -> HttpResponse:
    form = ConversationForm(request.POST or None, person=request.user, conversation=conversation)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(conversation=conversation, by=request.user, **form.values)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:conversation", slug=conversation.slug)
    return page(request, conversation, "edit", form=form)


@require_POST
@for_facilitators
def change_phase(request: SignedRequest, conversation: Conversation) -> HttpResponse:
    changed = actions.change_phase(conversation=conversation, by=request.user, phase=request.POST.get("phase", ""))
    messages.success(request, _("The conversation is open.") if changed.is_open else _("The conversation is closed."))
    return redirect("desk:conversation", slug=conversation.slug)


@for_facilitators
def statements(request: SignedRequest, conversation: Conversation) -> HttpResponse:
    form = Seeds(request.POST or None, initial={"language": conversation.question.language})
    if request.method == "POST" and form.is_valid():
        try:
            told_of(request, add_seeds(request, conversation, form))
        except Refused as refusal:
            form.add_error("lines", str(refusal))
        else:
            return redirect("desk:statements", slug=conversation.slug)
    found = Paginator(queries.statements_of(conversation), 50).get_page(request.GET.get("page"))
    return page(request, conversation, "statements", form=form, page=found)


def add_seeds(request: SignedRequest, conversation: Conversation, form: Seeds) -> actions.Seeded:
    lines = form.cleaned_data["lines"].splitlines()
    return actions.seed(conversation=conversation, by=request.user, language=form.cleaned_data["language"], lines=lines)


def told_of(request: SignedRequest, seeded: actions.Seeded) -> None:
    many = len(seeded.added)
    messages.success(request, ngettext("%d statement added.", "%d statements added.", many) % many)
    for body in seeded.known:
        messages.info(request, _("Already there: “%(body)s”") % {"body": body})


def numbered(conversation: Conversation, number: int) -> Statement:
    return get_object_or_404(conversation.statements, number=number)


@for_facilitators
def translations(request: SignedRequest, conversation: Conversation, number: int) -> HttpResponse:
    statement = numbered(conversation, number)
    form = Translation(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.translate(statement=statement, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("desk:translations", slug=conversation.slug, number=number)
    others = [each for each in LANGUAGES if each.code != statement.text.language]
    rows = [(each, *statement.text.translations.get(each.code, ("", "human"))) for each in others]
    return page(request, conversation, "statements", "translations", statement=statement, rows=rows, form=form)


@require_POST
@for_facilitators
def mark_about_person(request: SignedRequest, conversation: Conversation, number: int) -> HttpResponse:
    about = request.POST.get("about") == "yes"
    actions.mark_about_person(statement=numbered(conversation, number), by=request.user, about=about)
    return redirect("desk:translations", slug=conversation.slug, number=number)


@require_safe
@for_facilitators
def share(request: SignedRequest, conversation: Conversation) -> HttpResponse:
    link = link_of(request, conversation)
    drawn = qr.svg(link, title=_("QR code of the link"))
    return page(request, conversation, "share", link=link, drawn=drawn)


def link_of(request: SignedRequest, conversation: Conversation) -> str:
    """What people are given: for a conversation by link, with the invitation in it."""
    path = f"/conversations/{conversation.slug}/"
    if conversation.admission == Conversation.Admission.LINK:
        path += f"?{INVITATION}={conversation.link_token}"
    return request.build_absolute_uri(path)


@require_POST
@for_facilitators
def renew_link(request: SignedRequest, conversation: Conversation) -> HttpResponse:
    actions.renew_link(conversation=conversation, by=request.user)
    messages.success(request, _("There is a new link. The old one lets nobody else in."))
    return redirect("desk:share", slug=conversation.slug)


@for_facilitators
def guests(request: SignedRequest, conversation: Conversation) -> HttpResponse:
    form = GuestList(request.POST or None, request.FILES or None)
    invitations: list[actions.Invitation] = []
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["guests"]
        try:
            invitations = actions.invite(conversation=conversation, by=request.user, guests=chosen)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    counted = queries.guests_of(conversation)
    return page(request, conversation, "guests", form=form, invitations=invitations, guests=counted)


@require_POST
@for_facilitators
def codes(request: SignedRequest, conversation: Conversation) -> HttpResponse:
    """The codes that the page before has shown, as a file. They come from the page: we do not have them any more."""
    given = [line.split(",") for line in request.POST.get("codes", "").split()[: actions.MOST_CODES]]
    shown = [actions.Invitation(*parts) for parts in given if len(parts) == 3]
    response = HttpResponse(guest_lists.written(queries.known_codes(conversation, shown)), content_type="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{conversation.slug}-codes.csv"'
    return response


@require_POST
@for_facilitators
def withdraw(request: SignedRequest, conversation: Conversation) -> HttpResponse:
    many = actions.withdraw_unused(conversation=conversation, by=request.user)
    messages.success(request, ngettext("%d unused code withdrawn.", "%d unused codes withdrawn.", many) % many)
    return redirect("desk:guests", slug=conversation.slug)


@require_safe
@for_facilitators
def coverage(request: SignedRequest, conversation: Conversation) -> HttpResponse:
    picture = Picture.objects.filter(conversation=conversation).only("shown").first()
    parts = told(picture.shown.get("coverage", [])) if picture else []
    return page(request, conversation, "coverage", coverage=parts, guests=queries.guests_of(conversation))


@require_POST
@for_facilitators
def freeze(request: SignedRequest, conversation: Conversation) -> HttpResponse:
    """Publish the picture of this moment as an edition, to be cited."""
    edition = publish_edition(conversation=conversation, by=request.user)
    messages.success(request, _("Edition %(number)d is published.") % {"number": edition.number})
    return redirect("desk:conversation", slug=conversation.slug)
