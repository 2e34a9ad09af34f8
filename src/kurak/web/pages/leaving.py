"""The quick exit: a link first, so that it works without scripts."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache

# "cache" is left out: browsers take seconds over it, and pages of participants are not stored anyway.
FORGET = '"cookies", "storage"'


@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Forget this site on this device and lead elsewhere, without a word of where one comes from."""
    response = HttpResponseRedirect(settings.EXIT_URL, status=303)
    response["Referrer-Policy"] = "no-referrer"
    if is_meant(request):
        logout(request)
        for name in request.COOKIES:
            response.delete_cookie(name)
        response["Clear-Site-Data"] = FORGET
    return response


def is_meant(request: HttpRequest) -> bool:
    """Not a trick of another site, and not a browser fetching ahead."""
    fetched_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    return request.headers.get("Sec-Fetch-Site", "none") != "cross-site" and not fetched_ahead
