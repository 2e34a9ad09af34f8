"""The participant's pages: each fetches, asks, renders, and works without scripts."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from kurak.dialogue.conversations import actions, ballot_box, chances, keys, queries, showing
from kurak.dialogue.conversations.forms import AboutMe, NewStatement
from kurak.dialogue.conversations.models import Statement
from kurak.dialogue.conversations.visiting import Visit, entrance, is_outside, visited, wants_json
from kurak.ground.errors import Refused

CARDS = 5  # how many statements a page carries ahead, for those with scripts and a bad network


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.listed(), 20).get_page(request.GET.get("page"))
    rows = [(each, queries.phase_of(each), showing.thumbnail(each)) for each in page]
    return render(request, "dialogue/conversations/overview.html", {"page": page, "rows": rows})


@require_safe
@entrance
def conversation(request: HttpRequest, visit: Visit) -> HttpResponse:
    page = showing.door(visit) if is_outside(request, visit) else showing.page_of(visit, cards=CARDS)
    return render(request, "dialogue/conversations/conversation.html", page)


@require_POST
@entrance
def enter(request: HttpRequest, visit: Visit) -> HttpResponse:
    actions.redeem(conversation=visit.conversation, code=request.POST.get("code", ""), key=visit.key)
    return redirect("conversations:conversation", slug=visit.conversation.slug)


@require_POST
@ballot_box.swift
@visited
def vote(request: HttpRequest, visit: Visit) -> HttpResponse:
    number, value = chances.whole(request.POST.get("statement")), chances.whole(request.POST.get("value"))
    statement = get_object_or_404(Statement, conversation=visit.conversation, number=number)
    cast = actions.cast_vote(
        statement=statement, vote=value, by=visit.admitted(), matters="matters" in request.POST,
        chance=chances.opened(statement.conversation_id, statement.number, request.POST.get("chance", "")),
    )  # fmt: skip
    if wants_json(request):
        return JsonResponse({"statement": statement.number, "value": cast.value, "matters": cast.matters})
    back = "conversations:mine" if "mine" in request.POST else "conversations:conversation"
    return redirect(back, slug=visit.conversation.slug)


@require_GET
@visited
def next_statements(request: HttpRequest, visit: Visit) -> HttpResponse:
    """More cards for a page that has scripts; `skip` names those it still holds or has not sent yet."""
    skip = {chances.whole(number) for number in request.GET.get("skip", "").split(",") if number}
    return render(request, "dialogue/conversations/_cards.html", showing.ballot(visit, cards=CARDS, skip=skip))


@require_POST
@visited
def about_me(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = AboutMe(request.POST, conversation=visit.conversation)
    if not form.is_valid():
        raise Refused("about_me.unknown", form.first_error())
    actions.answer_about_me(by=visit.admitted(), consent=form.consents, answers=form.answers)
    return redirect("conversations:conversation", slug=visit.conversation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def write(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = NewStatement(request.POST or None, conversation=visit.conversation, language=get_language())
    if request.method == "POST" and form.is_valid():
        compared = "anyway" not in request.POST and len(form.written) <= visit.conversation.longest
        alike = queries.alike(visit.conversation, form.written) if compared else []
        if not alike and proposed(visit, form):
            return redirect("conversations:mine", slug=visit.conversation.slug)
        return render(request, "dialogue/conversations/write.html", showing.writing(visit, form, alike))
    return render(request, "dialogue/conversations/write.html", showing.writing(visit, form))


def proposed(visit: Visit, form: NewStatement) -> bool:
    """Add the statement; what is refused stays in the form, so that nobody writes it twice."""
    try:
        actions.propose_statement(
            conversation=visit.conversation,
            body=form.written,
            language=form.cleaned_data["language"],
            by=visit.admitted(),
        )
    except Refused as refusal:
        form.add_error("body", str(refusal))
        return False
    return True


@require_safe
@visited
def mine(request: HttpRequest, visit: Visit) -> HttpResponse:
    return render(request, "dialogue/conversations/mine.html", showing.my_page(visit))


@require_POST
@entrance
def carry(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Go on as the participant one was on another device."""
    key = request.POST.get("key", "").strip().lower().replace(" ", "")
    if not keys.KEY.fullmatch(key):
        raise Refused("key.unreadable", actions.KEY_UNREADABLE)
    visit.key, visit.is_carried = key, True
    return redirect("conversations:mine", slug=visit.conversation.slug)


@require_POST
@visited
def appeal(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    statement = get_object_or_404(Statement, conversation=visit.conversation, number=number)
    actions.appeal(statement=statement, words=request.POST.get("words", ""), by=visit.admitted())
    return redirect("conversations:mine", slug=visit.conversation.slug)


@require_POST
@visited
def erase(request: HttpRequest, visit: Visit) -> HttpResponse:
    if visit.participant:
        actions.erase_participant(by=visit.participant)
    response = render(request, "dialogue/conversations/erased.html", {"conversation": visit.conversation})
    keys.forget(response, visit.conversation)
    return response


@require_safe
@visited
def picture(request: HttpRequest, visit: Visit) -> HttpResponse:
    return render(request, "dialogue/conversations/picture.html", showing.picture_of(visit))


@require_safe
@visited
def table(request: HttpRequest, visit: Visit) -> HttpResponse:
    return render(request, "dialogue/conversations/table.html", showing.picture_of(visit))


@require_safe
@visited
def picture_data(request: HttpRequest, visit: Visit) -> HttpResponse:
    return JsonResponse(showing.data_of(visit.conversation), json_dumps_params={"ensure_ascii": False})


@require_safe
@visited
def projector(request: HttpRequest, visit: Visit) -> HttpResponse:
    return render(request, "dialogue/conversations/projector.html", showing.picture_of(visit))


@require_safe
@visited
def edition(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    found = get_object_or_404(visit.conversation.editions, number=number)
    return render(request, "dialogue/conversations/edition.html", showing.edition_of(visit, found))
