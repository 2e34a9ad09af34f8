"""Pages of things that went wrong: what happened, and what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from kurak.ground.errors import Refused
from kurak.ground.publishing import problems


def page(request: HttpRequest, *, status: int, title: str, sentence: str = "") -> HttpResponse:
    return render(
        request, "house/error.html", {"status": status, "headline": title, "sentence": sentence}, status=status
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What could not be read is put aside: the page itself looks at the address, and would break on it again."""
    request.GET = QueryDict()
    if request.path_info.startswith("/api/v1/"):
        return problems.malformed(request, exception or Exception())
    return page(
        request,
        status=400,
        title=_("This request could not be understood"),
        sentence=_("Go back and try again. If you came here by a link, it may be broken."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        status=403,
        title=_("This page is not open to you"),
        sentence=_("If you should be able to open it, sign in, or ask the coordinator of your country."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        status=404,
        title=_("There is no such page"),
        sentence=_("The address may be mistyped, or the page may have moved. Start from the home page."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(
        request,
        status=403,
        title=_("Your form could not be accepted"),
        sentence=_("Open the page again and send the form once more. Cookies of this site must be allowed for that."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """No database, no session, no base template: whatever broke must not break this page too."""
    return render(None, "500.html", status=500)


class RefusalMiddleware(MiddlewareMixin):
    """A Refused that no view caught becomes a page with its sentence."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> Any:
        if not isinstance(exception, Refused):
            return None
        return page(request, status=exception.status, title=title_of(exception.status), sentence=str(exception))


def title_of(status: int) -> str:
    return {
        403: _("This is not open to you"),
        404: _("Not found"),
        429: _("Too much at once"),
    }.get(status, _("This could not be done"))
