"""How staff come to the pages of one conversation. For everybody else these pages do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from kurak.dialogue.conversations.models import Conversation
from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.doors import at_the_desk

View = Callable[..., HttpResponse]
any_staff = at_the_desk()


def of_conversation(may: Callable[..., bool], *, back: str) -> Callable[[View], View]:
    """A page for those who `may`. A refused act is said on the page called `back`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def with_conversation(request: HttpRequest, slug: str, **parts: object) -> HttpResponse:
            conversation = get_object_or_404(Conversation.objects.select_related("place"), slug=slug)
            if not may(request.user, conversation):
                raise Http404
            try:
                return view(request, conversation, **parts)
            except Forbidden:
                raise
            except Refused as refusal:
                messages.error(request, str(refusal))
                return redirect(reverse(back, kwargs={"slug": conversation.slug}))

        return any_staff(with_conversation)

    return decorate
