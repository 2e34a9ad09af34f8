"""Headers on every response, errors and static files among them. The content security policy is Django's (settings)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

NOTHING = (
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in NOTHING),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-DNS-Prefetch-Control": "off",
}
# Whoever sends one of these gets pages that show who they are or what they said.
PERSONAL_COOKIES = ("sessionid", "participant")


class HeadersMiddleware(MiddlewareMixin):
    """Outermost, so that nothing leaves without them."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.pop("Server", None)
        if is_personal(request, response):
            response.headers["Cache-Control"] = "no-store"
        return response


def is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Pages of somebody signed in or taking part: not to be kept on a device that others may search."""
    if request.path_info.startswith(settings.STATIC_URL):
        return False
    return any(name in request.COOKIES or name in response.cookies for name in PERSONAL_COOKIES)
