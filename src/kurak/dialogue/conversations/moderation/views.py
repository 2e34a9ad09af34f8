"""The moderators' pages, and the two that everybody may read. Each works without scripts."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kurak.dialogue.conversations.models import Conversation, Flag, Statement
from kurak.dialogue.conversations.moderation import actions, queries, rules
from kurak.dialogue.conversations.moderation.forms import REASONS, AppealVerdict, FlagVerdict, PairVerdict, Verdict
from kurak.dialogue.conversations.rules import may_moderate, may_run
from kurak.dialogue.conversations.staffing import of_conversation
from kurak.dialogue.conversations.visiting import Visit, entrance, visited
from kurak.ground.errors import Refused

AT_ONCE = 20  # statements on a page: as many as one looks at without losing the thread
JUDGE: dict[str, Callable[..., Flag]] = {
    "exclude": actions.exclude, "clear": actions.clear, "restore": actions.restore,
}  # fmt: skip
for_moderators = of_conversation(may_moderate, back="moderation:queue")


def page(request: HttpRequest, conversation: Conversation, name: str, **more: object) -> HttpResponse:
    shown = {
        "conversation": conversation, "waits": queries.queue_of(conversation), "reasons": REASONS,
        "part": "moderation", "tab": name, "runs": may_run(request.user, conversation),
    }  # fmt: skip
    return render(request, f"dialogue/moderation/{name}.html", {**shown, **more})


def numbered(conversation: Conversation, number: int) -> Statement:
    return get_object_or_404(conversation.statements, number=number)


def pages_of(request: HttpRequest, rows: Any) -> Page[Any]:
    return Paginator(rows, AT_ONCE).get_page(request.GET.get("page"))


@require_safe
@for_moderators
def queue(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    statements = pages_of(request, queries.waiting(conversation))
    near = queries.nearest(conversation, statements)
    return page(
        request, conversation, "queue", page=statements, rows=[(each, near.get(each.pk)) for each in statements]
    )


@require_POST
@for_moderators
def decide(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    form = Verdict(request.POST, conversation=conversation)
    if not form.is_valid():
        raise Refused("moderation.unclear", next(iter(form.errors.values()))[0])
    chosen = form.cleaned_data
    outcome = actions.decide_many(
        looked_at=chosen["looked_at"], verdict=chosen["verdict"], reason=chosen["reason"], note=chosen["note"],
        by=request.user,
    )  # fmt: skip
    tell(request, outcome, chosen["verdict"])
    return redirect(f"moderation:{chosen['back'] or 'queue'}", slug=conversation.slug)


def tell(request: HttpRequest, outcome: actions.Outcome, verdict: str) -> None:
    """What was decided, and what somebody else had decided meanwhile."""
    many = len(outcome.done)
    if many and verdict == actions.Verb.ACCEPTED:
        messages.success(request, ngettext("%d statement accepted.", "%d statements accepted.", many) % many)
    elif many:
        messages.success(request, ngettext("%d statement rejected.", "%d statements rejected.", many) % many)
    for refusal in outcome.refused:
        messages.error(request, str(refusal))


@require_safe
@for_moderators
def appeals(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    open_ones = queries.appeals(conversation)
    rows = [(each, rules.may_decide_appeal(request.user, each)) for each in open_ones]
    return page(request, conversation, "appeals", rows=rows)


@require_POST
@for_moderators
def decide_appeal(request: HttpRequest, conversation: Conversation, number: int) -> HttpResponse:
    form = AppealVerdict(request.POST)
    if not form.is_valid():
        raise Refused("moderation.unclear", _("Choose one of the two answers."))
    actions.decide_appeal(statement=numbered(conversation, number), by=request.user, **form.cleaned_data)
    messages.success(request, _("The appeal is decided. The author reads the answer under “my votes”."))
    return redirect("moderation:appeals", slug=conversation.slug)


@require_safe
@for_moderators
def alike(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    pairs = pages_of(request, queries.near_duplicates(conversation))
    return page(request, conversation, "alike", page=pairs, merged=queries.merged(conversation))


@require_POST
@for_moderators
def decide_alike(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    form = PairVerdict(request.POST)
    if not form.is_valid():
        raise Refused("moderation.unclear", _("Choose which statement stays."))
    first, second = (numbered(conversation, form.cleaned_data[name]) for name in ("first", "second"))
    if form.cleaned_data["verdict"] == "apart":
        actions.keep_apart(statement=second, other=first, by=request.user)
    else:
        merge_into(form.cleaned_data["stays"], {each.number: each for each in (first, second)}, by=request.user)
        messages.success(request, _("Merged. Both statements' votes count for the one that stays."))
    return redirect("moderation:alike", slug=conversation.slug)


def merge_into(stays: int | None, pair: dict[int, Statement], *, by) -> None:
    if stays not in pair or len(pair) != 2:
        raise Refused("merge.choose", _("Choose which statement stays."))
    (goes,) = [statement for number, statement in pair.items() if number != stays]
    actions.merge(statement=goes, into=pair[stays], by=by)


@require_POST
@for_moderators
def unmerge(request: HttpRequest, conversation: Conversation, number: int) -> HttpResponse:
    actions.unmerge(statement=numbered(conversation, number), by=request.user)
    messages.success(request, _("The statement stands by itself again, with its own votes."))
    return redirect("moderation:alike", slug=conversation.slug)


@require_safe
@for_moderators
def patterns(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    flags = pages_of(request, queries.flags(conversation))
    return page(request, conversation, "patterns", page=flags, compared=queries.compared(conversation))


@require_POST
@for_moderators
def look_for_patterns(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """Imported on use: the worker needs the engine, pages do not."""
    from kurak.dialogue.conversations.moderation.tasks import look_for_patterns

    look_for_patterns.enqueue(conversation.pk)
    messages.success(request, _("The votes are being looked through. Load this page again in a minute."))
    return redirect("moderation:patterns", slug=conversation.slug)


@require_POST
@for_moderators
def decide_flag(request: HttpRequest, conversation: Conversation, pk: int) -> HttpResponse:
    form = FlagVerdict(request.POST)
    if not form.is_valid():
        raise Refused("moderation.unclear", _("Choose one of the answers."))
    flag = get_object_or_404(queries.flags(conversation), pk=pk)
    act: dict[str, Callable[..., Flag]] = {
        "exclude": actions.exclude,
        "clear": actions.clear,
        "restore": actions.restore,
    }
    act[form.cleaned_data["verdict"]](flag=flag, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("Written down. The picture is drawn anew."))
    return redirect("moderation:patterns", slug=conversation.slug)


@require_safe
@for_moderators
def decided(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    status = Statement.Status.ACCEPTED if request.GET.get("status") == "accepted" else Statement.Status.REJECTED
    statements = pages_of(request, queries.decided(conversation, status))
    return page(request, conversation, "decided", page=statements, accepted=status == Statement.Status.ACCEPTED)


@require_safe
@entrance
def policy(request: HttpRequest, visit: Visit) -> HttpResponse:
    own = visit.conversation.policy
    policy = own.into(get_language() or "en") if own else None
    shown = {"conversation": visit.conversation, "policy": policy, "reasons": REASONS[1:]}
    return render(request, "dialogue/moderation/policy.html", shown)


@require_safe
@visited
def log(request: HttpRequest, visit: Visit) -> HttpResponse:
    entries = Paginator(queries.log(visit.conversation), 50).get_page(request.GET.get("page"))
    return render(request, "dialogue/moderation/log.html", {"conversation": visit.conversation, "page": entries})


@require_safe
@visited
def log_csv(request: HttpRequest, visit: Visit) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{visit.conversation.slug}-moderation-log.csv"'
    writer = csv.writer(response)
    writer.writerow(["day", "decision", "statement", "text", "language", "reason", "merged-into"])
    writer.writerows(queries.row_of(entry) for entry in queries.log(visit.conversation))
    return response
