"""What cannot be read is refused at the door.

A body larger than any form of ours is not read at all: nobody shall fill the disk of the server by sending files.
The character NUL stands in no text that people write, and PostgreSQL stores none: what carries one is refused at the
door, in whatever field it is, so that no page has to think of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

NUL = "\x00"
LARGEST = 5_000_000  # bytes of a form: a guest list of a hundred thousand lines fits


class BodyMiddleware(MiddlewareMixin):
    """Before anything reads the body."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdecimal() and int(length) <= LARGEST:
            return None
        return HttpResponse(
            _("This is more than five megabytes. Send less at once."), status=413, content_type="text/plain"
        )


class ReadableMiddleware(MiddlewareMixin):
    """After the check of forged forms, which reads the form anyway; before every view."""

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_parts: Any) -> HttpResponse | None:
        by_program = getattr(view, "csrf_exempt", False)  # the API, which reads the body itself
        if has_nul_in_address(request) or (not by_program and has_nul_in_form(request)):
            raise BadRequest("NUL in the request")
        return None


def has_nul_in_address(request: HttpRequest) -> bool:
    return NUL in request.path or "%00" in request.META.get("QUERY_STRING", "")


def has_nul_in_form(request: HttpRequest) -> bool:
    return any(NUL in value for _name, values in request.POST.lists() for value in values)
