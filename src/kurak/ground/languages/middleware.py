"""The reader's language: ?lang=, then the cookie, then what the browser asks for. No language in the path:
a link that is shared opens in the language of whoever opens it, and a participant's cookie can keep to one path."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from kurak.ground.languages.declared import BY_CODE

YEAR = 60 * 60 * 24 * 365
IRANIAN = {"fa": "prs", "fa-af": "prs"}  # browsers of Dari readers ask for Persian


def language_of(request: HttpRequest) -> str:
    chosen = request.GET.get("lang") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in BY_CODE:
        return chosen
    for asked in request.headers.get("Accept-Language", "").lower().split(","):
        code = asked.split(";")[0].strip()
        code = IRANIAN.get(code, code.split("-")[0])
        if code in BY_CODE:
            return code
    return settings.LANGUAGE_CODE


class LanguageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = language_of(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", code)
        if request.GET.get("lang") == code and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != code:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax", secure=request.is_secure()
            )
        return response
