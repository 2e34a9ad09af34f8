"""The API described on one plain page, from its own description."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kurak.ground.publishing.tables import published
from kurak.web.api import api
from kurak.web.pages.caching import public


@require_safe
@public
def reference(request: HttpRequest) -> HttpResponse:
    described = api.get_openapi_schema()
    operations = [
        operation(path, method, each)
        for path, methods in described["paths"].items()
        for method, each in methods.items()
    ]  # fmt: skip
    shown = {"operations": operations, "tables": published(), "description": described["info"]["description"]}
    return render(request, "pages/api.html", shown)


def operation(path: str, method: str, described: dict[str, Any]) -> dict[str, Any]:
    asked = [
        {"name": each["name"], "in": each["in"], "type": kind(each["schema"]), "needed": each.get("required", False)}
        for each in described.get("parameters", [])
    ]
    return {"path": path, "method": method.upper(), "summary": described["summary"], "parameters": asked}


def kind(schema: dict[str, Any]) -> str:
    """The type of a parameter in one word, or its choices.

    >>> kind({"anyOf": [{"enum": ["a", "b"], "type": "string"}, {"type": "null"}]})
    'a | b'
    """
    for each in [schema, *schema.get("anyOf", [])]:
        if "enum" in each:
            return " | ".join(each["enum"])
        if each.get("type") not in (None, "null"):
            return str(each["type"])
    return ""
