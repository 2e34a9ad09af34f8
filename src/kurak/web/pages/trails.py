"""The trail of anything: what it stands on, and what stands on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kurak.ground.errors import Missing
from kurak.ground.trail.kinds import Reference
from kurak.ground.trail.queries import carried_by, walk_down
from kurak.web.pages.caching import public


@require_safe
@public
def trail(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What this reader may not see is not there for them."""
    thing = Reference(kind, key)
    top = walk_down(thing, person=request.user)
    if top.hidden:
        raise Missing("trail.missing", _("There is nothing here that can be followed."), kind=kind, key=key)
    return render(request, "pages/trail.html", {"top": top, "above": carried_by(thing, person=request.user)})
