"""Pages of themes: the nine priorities, the 17 goals, and what is talked about under each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kurak.dialogue.conversations import queries as conversations
from kurak.ground.themes import queries
from kurak.web.pages.caching import public
from kurak.web.pages.queries import shown_talks

MOST_TALKS = 24


@require_safe
@public
def themes(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/themes.html", {"priorities": queries.priorities(), "goals": queries.goals()})


@require_safe
@public
def theme(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.theme_called(code)
    if found.code != code:
        return redirect("theme", found.code, permanent=True)
    talks = shown_talks(conversations.listed().filter(themes=found)[:MOST_TALKS])
    others = queries.priorities() if found.kind == found.Kind.PRIORITY else queries.goals()
    return render(request, "pages/theme.html", {"theme": found, "talks": talks, "others": others})
