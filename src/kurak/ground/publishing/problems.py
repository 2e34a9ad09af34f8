"""One shape for everything that can go wrong in the API: application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import HttpError, ValidationError

from kurak.ground.errors import Refused

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger("kurak.api")


class Fault(Schema):
    """One thing in the request that is not right."""

    where: str
    what: str


class Problem(Schema):
    """What went wrong, and what to do next."""

    type: str
    title: str
    status: int
    code: str
    instance: str
    data: dict[str, Any] = {}
    errors: list[Fault] = []


def problem(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    title: str,
    data: dict[str, Any] | None = None,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """The answer to a request that failed. `title` is a sentence in the reader's language, `code` stays the same."""
    told = {
        "type": f"urn:kurak:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "instance": request.path,
        "data": data or {},
        "errors": errors or [],
    }
    content = json.dumps(told, ensure_ascii=False, cls=DjangoJSONEncoder)
    response = HttpResponse(content, status=status, content_type=MEDIA_TYPE)
    if status == 429:
        response.headers["Retry-After"] = str(60 * (data or {}).get("minutes", 1))
    return response


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return problem(request, status=refusal.status, code=refusal.code, title=str(refusal), data=refusal.data)


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [{"where": ".".join(map(str, each["loc"])), "what": each["msg"]} for each in error.errors]
    title = _("The request is not right. Each fault is named under `errors`.")
    return problem(request, status=422, code="request.invalid", title=title, errors=faults)


def missing(request: HttpRequest, _error: Exception | None = None) -> HttpResponse:
    title = _("There is nothing at this address. The description of the API lists all that there is.")
    return problem(request, status=404, code="missing", title=title)


def forbidden(request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(request, status=403, code="forbidden", title=_("This is not open to you."))


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    title = _("This address does not answer to that method.")
    response = problem(request, status=405, code="method", title=title, data={"allowed": allowed.split(", ")})
    response.headers["Allow"] = allowed
    return response


def http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, status=error.status_code, code=f"http.{error.status_code}", title=str(error))


def unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("The API failed at %s", request.path, exc_info=error)
    title = _("Something broke on our side. Try again later; if it stays, tell us the address and the time.")
    return problem(request, status=500, code="unexpected", title=title)


def malformed(request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(request, status=400, code="malformed", title=_("The request could not be read."))


# The most particular first; each exception finds the handler of its nearest class.
HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Refused: refused,
    ValidationError: invalid,
    HttpError: http,
    Http404: missing,
    PermissionDenied: forbidden,
    SuspiciousOperation: malformed,
    Exception: unexpected,
}
