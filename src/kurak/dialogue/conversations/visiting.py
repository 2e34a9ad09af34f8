"""A visit to a conversation: who comes, with what key, and how they are answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps

from django.core.signing import TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import constant_time_compare

from kurak.dialogue.conversations import actions, keys, queries, rules
from kurak.dialogue.conversations.models import Conversation, Participant
from kurak.ground.errors import Refused
from kurak.ground.people.rules import has_second_factor

INVITATION = "invitation"  # the cookie and the parameter of a link
TOKEN = re.compile(r"[\w-]{1,40}", re.ASCII)  # what a link may carry; anything else is not put into a header


@dataclass(slots=True)
class Visit:
    conversation: Conversation
    key: str
    invitation: str
    participant: Participant | None
    is_new: bool  # the key was made just now
    is_carried: bool = False  # the key was brought from another device

    def admitted(self) -> Participant:
        """The participant, let in with the first thing they do."""
        if self.participant is None:
            self.participant = actions.admit(conversation=self.conversation, key=self.key, invitation=self.invitation)
        return self.participant


def is_staff_here(request: HttpRequest, conversation: Conversation) -> bool:
    """As at the desk: a password alone opens nothing that is not for everybody."""
    return rules.may_moderate(request.user, conversation) and has_second_factor(request.user)


def may_see(request: HttpRequest, visit: Visit) -> bool:
    """A conversation by link or guest list does not exist for those who were not invited."""
    conversation = visit.conversation
    if visit.participant or is_staff_here(request, conversation):
        return True
    if queries.phase_of(conversation) == Conversation.Phase.DRAFT:
        return False
    if conversation.admission == Conversation.Admission.LINK:
        return constant_time_compare(visit.invitation, conversation.link_token)
    return True


def is_outside(request: HttpRequest, visit: Visit) -> bool:
    """Whether somebody stands before the door of a guests' conversation: they see the door and nothing behind it."""
    guests = visit.conversation.admission == Conversation.Admission.GUESTS
    return guests and visit.participant is None and not is_staff_here(request, visit.conversation)


def visited(view: Callable[..., HttpResponse], *, at_the_door: bool = False) -> Callable[..., HttpResponse]:
    """Find the conversation and the participant, show refusals in their own shape, keep the key in the browser."""

    @wraps(view)
    def with_visit(request: HttpRequest, slug: str, **parts: object) -> HttpResponse:
        visit = visit_of(request, slug)
        if not may_see(request, visit):
            raise Http404
        if not at_the_door and is_outside(request, visit):
            return redirect("conversations:conversation", slug=slug)
        try:
            response = view(request, visit, **parts)
        except Refused as refusal:
            response = refused(request, visit, refusal)
        return kept(request, response, visit)

    return with_visit


entrance = partial(visited, at_the_door=True)


def kept(request: HttpRequest, response: HttpResponse, visit: Visit) -> HttpResponse:
    """The answer with what the browser shall keep, and with what no cache and no other site shall learn."""
    response.headers.setdefault("Cache-Control", "no-store")
    # Not "no-referrer": browsers then send forms with the origin "null", which is refused as forged.
    response.headers["Referrer-Policy"] = "same-origin"
    taking_part = queries.phase_of(visit.conversation) == Conversation.Phase.OPEN
    if visit.is_carried or (visit.is_new and taking_part):
        keys.keep(response, visit.conversation, visit.key, secure=request.is_secure())
    if TOKEN.fullmatch(given := request.GET.get(INVITATION, "")):
        path, secure = keys.path_of(visit.conversation), request.is_secure()
        response.set_cookie(INVITATION, given, path=path, httponly=True, samesite="Lax", secure=secure)
    return response


def visit_of(request: HttpRequest, slug: str) -> Visit:
    conversation = get_object_or_404(Conversation.objects.select_related("place"), slug=slug)
    held = keys.key_in(request)
    invitation = request.GET.get(INVITATION) or request.COOKIES.get(INVITATION, "")
    participant = queries.participant_of(request, conversation) if held else None
    if participant:
        participant.conversation = conversation
    return Visit(conversation, held or keys.new_key(), invitation, participant, is_new=held is None)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def refused(request: HttpRequest, visit: Visit, refusal: Refused) -> HttpResponse:
    if wants_json(request):
        problem = {"code": refusal.code, "detail": str(refusal), "status": refusal.status}
        return JsonResponse(problem, status=refusal.status, content_type="application/problem+json")
    about = {"conversation": visit.conversation, "refusal": refusal}
    return render(request, "dialogue/conversations/refused.html", about, status=refusal.status)


def live_pass(conversation: Conversation) -> str:
    """What the live process asks for before it streams a conversation that is not for everybody."""
    if conversation.admission == Conversation.Admission.OPEN:
        return ""
    return TimestampSigner(salt="live").sign(conversation.slug)
