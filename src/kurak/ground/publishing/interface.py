"""The API's plumbing: django-ninja with our problems, HEAD, ETags, and a description without assets from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, re_path
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from kurak.ground.publishing import problems

MINUTE = 60
View = Callable[..., HttpResponseBase]


class Interface(NinjaAPI):
    """Rooms give it routers; web/api.py puts them together."""

    def __init__(self, **about: Any) -> None:
        super().__init__(docs_url=None, **about)
        for kind, handler in problems.HANDLERS.items():
            self.add_exception_handler(kind, handler)

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        patterns = super()._get_urls()
        for pattern in patterns:
            pattern.callback = civil(pattern.callback)  # type: ignore[arg-type]
        return [*patterns, re_path(r"^.*$", problems.missing)]

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        """With the one shape of problems declared for every operation."""
        described = super().get_openapi_schema(**where)
        schemas = described["components"].setdefault("schemas", {})
        schemas["Fault"] = problems.Fault.model_json_schema()
        schemas["Problem"] = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas["Problem"].pop("$defs", None)
        answer = {
            "description": "What went wrong, and what to do next (RFC 9457)",
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for operations in described["paths"].values():
            for operation in operations.values():
                operation["responses"]["4XX"] = operation["responses"]["5XX"] = answer
        return described


def civil(view: View) -> View:
    """A view of the API that answers HEAD, says when nothing changed, and refuses in our own shape."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            response = problems.not_allowed(request, response.headers["Allow"])
        if request.method == "GET" and isinstance(response, HttpResponse):
            response = opened(request, response)
        if head and isinstance(response, HttpResponse):
            length = str(len(response.content))
            response.content = b""
            response.headers["Content-Length"] = length
        return response

    return csrf_exempt(answered)  # no operation is authorised by a cookie


def opened(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Anybody's pages may read it; whoever has it already is told so."""
    response.headers.setdefault("Access-Control-Allow-Origin", "*")
    if response.status_code != 200:
        return response
    if "Cache-Control" not in response.headers:
        patch_cache_control(response, public=True, max_age=MINUTE)
    set_response_etag(response)
    found = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return found if found is not None else response
