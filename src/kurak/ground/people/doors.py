"""The door of the desk. It stands before every page under /desk/, so a new page there cannot be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kurak.ground.errors import Forbidden, Refused
from kurak.ground.people.models import Person
from kurak.ground.people.rules import STAFF, has_second_factor, holds, is_staff

DESK = "/desk/"


class SignedRequest(HttpRequest):
    """A request behind login_required or staff_required."""

    user: Person


View = Callable[..., HttpResponse]


def turned_away(request: HttpRequest, *roles: str) -> HttpResponse | None:
    """Where somebody is sent who may not come in; None if they may."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not (holds(request.user, *roles) if roles else is_staff(request.user)):
        raise PermissionDenied
    if not has_second_factor(request.user):
        return redirect("people:second_factor")
    return None


def staff_required(*roles: str) -> Callable[[View], View]:
    """For a view of staff: who holds none of the roles anywhere is refused. What they may do where, its rules say."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **parts: object) -> HttpResponse:
            return turned_away(request, *roles) or view(request, *args, **parts)

        return guarded

    return decorate


def kept_private(response: HttpResponse) -> HttpResponse:
    """Out of every cache: what one person may see is not for who comes after them."""
    response.headers["Cache-Control"] = "no-store"
    return response


def at_the_desk(*roles: str, told_at: str = "") -> Callable[[View], View]:
    """For staff of these roles, of any without one; what they see is kept private. told_at: name of the page on which
    a refused act is said."""

    def decorate(view: View) -> View:
        @wraps(view)
        def for_staff(request: SignedRequest, *args: object, **parts: object) -> HttpResponse:
            try:
                return kept_private(view(request, *args, **parts))
            except Forbidden:
                raise
            except Refused as refusal:
                if not told_at:
                    raise
                messages.error(request, str(refusal))
                return kept_private(redirect(told_at))

        return staff_required(*roles)(for_staff)

    return decorate


class DeskMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(DESK):
            return turned_away(request, *STAFF) or self.get_response(request)
        return self.get_response(request)
