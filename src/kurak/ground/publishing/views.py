"""Downloads of published tables."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from kurak.ground.publishing.packaging import descriptor
from kurak.ground.publishing.tables import published, table_called
from kurak.ground.publishing.writing import MEDIA_TYPES, written

MINUTE = 60


@require_safe
def download(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """One table as a file; whoever has this version already gets nothing twice."""
    table = table_called(code)
    tag = f'"{hashlib.sha256(f"{code}.{form}:{table.version()}".encode()).hexdigest()[:32]}"'
    if found := get_conditional_response(request, etag=tag):
        return found
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=MEDIA_TYPES[form])
    else:
        response = StreamingHttpResponse(written(table, form), content_type=MEDIA_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="kurak-{code}.{form}"'
    return _open(response, tag)


@require_safe
def package(request: HttpRequest) -> HttpResponseBase:
    """datapackage.json: what there is, column by column."""

    def path(table) -> str:
        return request.build_absolute_uri(reverse("download", args=[table.code, "csv"]))

    described = descriptor("kurak", "Kurak", published(), path=path)
    response = JsonResponse(described, json_dumps_params={"ensure_ascii": False, "indent": 1})
    return _open(response, "")


def _open(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    if tag:
        response.headers["ETag"] = tag
    response.headers["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=MINUTE)
    return response
